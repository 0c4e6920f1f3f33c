"""Open water under a low sun."""

import numpy as np
from numpy.random import Generator

from standins.endpoint.painter.colour import between
from standins.endpoint.painter.frame import Frame, Picture, Plane, lay, smooth
from standins.endpoint.painter.noise import clouds, outline, sample
from standins.endpoint.painter.palette import Palette
from standins.endpoint.painter.sky import Sun, darkness, paint_sky, paint_stars, place_sun


def sea(frame: Frame, palette: Palette, rng: Generator) -> Picture:
    horizon = frame.bottom * rng.uniform(0.46, 0.6)
    sun = place_sun(rng, frame, horizon)
    picture = paint_sky(frame, palette, rng, horizon=horizon, sun=sun)
    paint_stars(picture, frame, rng, smooth(horizon * 0.7, 0.0, frame.y) * darkness(palette), count=420)
    _islands(picture, frame, palette, rng, horizon=horizon)
    _water(picture, frame, palette, rng, horizon=horizon, sun=sun)
    return picture


def _islands(picture: Picture, frame: Frame, palette: Palette, rng: Generator, *, horizon: float) -> None:
    for nearness in (0.2, 0.5):
        line = outline(rng, frame, cells=2.2, octaves=8, gain=0.45) - np.float32(0.35)
        edge = np.float32(horizon) - np.float32(0.05) * line
        cover = np.clip((frame.y - edge) * np.float32(frame.unit) + 0.5, 0, 1)
        lay(picture, between(palette.sky[3], palette.far, 0.3 + nearness), cover)


def _water(picture: Picture, frame: Frame, palette: Palette, rng: Generator, *, horizon: float, sun: Sun) -> None:
    line = int(horizon * frame.unit)
    nearness = np.linspace(0, 1, frame.height - line, dtype=np.float32)[:, None]
    swell = _swell(frame, rng, nearness)
    sky_above = picture[:, max(0, line - 1) :: -1][:, : frame.height - line]
    reflected = np.concatenate([sky_above, np.repeat(sky_above[:, -1:], frame.height, axis=1)], axis=1)
    rows = np.arange(frame.height - line, dtype=np.float32)[:, None] * np.float32(0.9)
    columns = np.arange(frame.width, dtype=np.float32)[None, :]
    bent = sample(reflected, columns + swell * 6, rows + np.abs(swell) * (6 + 60 * nearness))
    lay(bent, palette.near, np.clip(0.2 + 0.5 * nearness - 0.12 * swell, 0, 0.85))
    width = np.float32(0.03) + nearness * np.float32(0.2)
    street = np.exp(-(((frame.x - np.float32(sun.x)) / width) ** 2))
    glitter = smooth(0.2, 1.7, swell + street * np.float32(0.9) - np.float32(0.45))
    lay(bent, palette.light, np.clip(glitter * street * (1.1 - 0.5 * nearness), 0, 1))
    lay(bent, between(palette.sky[3], palette.light, 0.3), smooth(1.4, 3.2, swell) * np.float32(0.25))
    picture[:, line:] = bent


def _swell(frame: Frame, rng: Generator, nearness: Plane) -> Plane:
    """Waves that lie closer together the farther they are."""
    far = 1 / (nearness + np.float32(0.07))
    middle = frame.width / 2
    columns = (np.arange(frame.width, dtype=np.float32)[None, :] - middle) * far
    long, short = (clouds(rng, frame, cells=cells, octaves=4, stretch=3, gain=0.62) for cells in (10, 22))
    rows = far * np.float32(frame.unit)
    swell = sample(long, columns * np.float32(0.3) + 7 * middle, rows * np.float32(0.5))
    return (swell + np.float32(0.7) * sample(short, columns * np.float32(0.5) + 9 * middle, rows)) * np.float32(0.82)
