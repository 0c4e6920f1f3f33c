"""Colours mixed the way the eye mixes them (OKLab)."""

import numpy as np
from numpy.typing import NDArray

from standins.endpoint.painter.frame import Picture, Plane

Colour = NDArray[np.floating]
_LUT = 1024


def colour(code: str) -> Colour:
    return np.array([int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)], dtype=np.float32)


def ramp(colours: Colour, values: Plane) -> Picture:
    """Colours for values from 0 to 1, evenly between the given ones."""
    stops = np.linspace(0, 1, len(colours))
    lab = _to_oklab(colours)
    steps = np.linspace(0, 1, _LUT)
    table = np.stack([np.interp(steps, stops, lab[:, part]) for part in range(3)], axis=-1)
    places = np.clip(values * (_LUT - 1), 0, _LUT - 1).astype(np.intp)
    return np.take(np.ascontiguousarray(_from_oklab(table).T), places, axis=1)


def between(one: Colour, other: Colour, share: float) -> Colour:
    lab = _to_oklab(np.stack([one, other]))
    return _from_oklab(lab[0] + (lab[1] - lab[0]) * np.float32(share))


def turned(colours: Colour, degrees: float) -> Colour:
    """The same colours with their hues turned."""
    lab = _to_oklab(colours)
    angle = np.deg2rad(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    lab[..., 1:] = lab[..., 1:] @ turn.T
    return _from_oklab(lab)


def _to_oklab(srgb: Colour) -> Colour:
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    lab: Colour = np.cbrt(linear @ _lms().T) @ _lab().T
    return lab


def _from_oklab(lab: Colour) -> Colour:
    linear = np.clip(((lab @ np.linalg.inv(_lab()).T) ** 3) @ np.linalg.inv(_lms()).T, 0, 1)
    srgb = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    clipped: Colour = np.clip(srgb, 0, 1).astype(np.float32)
    return clipped


def _lms() -> NDArray[np.float64]:
    return np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )


def _lab() -> NDArray[np.float64]:
    return np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
