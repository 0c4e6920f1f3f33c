"""Smooth randomness: small grids of chance, enlarged and added up."""

import numpy as np
from numpy.random import Generator
from PIL import Image

from standins.endpoint.painter.frame import Frame, Plane


def enlarge(plane: Plane, width: int, height: int) -> Plane:
    image = Image.fromarray(plane).resize((width, height), Image.Resampling.BICUBIC)
    return np.array(image, dtype=np.float32)


def clouds(
    rng: Generator,
    frame: Frame,
    *,
    cells: float,
    octaves: int,
    gain: float = 0.5,
    stretch: float = 1.0,
    detail: float = 1.0,
) -> Plane:
    """Fractal noise with about unit spread; `cells` to a unit of length, `stretch` times wider than high.

    Below a `detail` of 1 it is worked out on a smaller grid.
    """
    width, height = (max(8, round(side * detail)) for side in (frame.width, frame.height))
    total = np.zeros((height, width), dtype=np.float32)
    for octave in range(octaves):
        density = cells * 2**octave
        across, down = density * frame.right / stretch, density * frame.bottom
        if max(across / width, down / height) > 0.7:
            break
        grid = rng.standard_normal((int(down) + 4, int(across) + 4), dtype=np.float32)
        box = (1.0, 1.0, 1.0 + across, 1.0 + down)
        image = Image.fromarray(grid).resize((width, height), Image.Resampling.BICUBIC, box=box)
        total += np.float32(gain**octave) * np.asarray(image, dtype=np.float32)
    total /= max(1e-6, float(total.std()))
    return total if detail >= 1 else enlarge(total, frame.width, frame.height)


def outline(rng: Generator, frame: Frame, *, cells: float, octaves: int, gain: float = 0.5) -> Plane:
    """A fractal line across the frame, as one row."""
    total = np.zeros(frame.width, dtype=np.float32)
    for octave in range(octaves):
        density = cells * 2**octave
        knots = rng.standard_normal(int(density * frame.right) + 5).astype(np.float32)
        at = frame.x[0] * density + 1
        left = at.astype(np.intp)
        total += np.float32(gain**octave) * _catmull(knots, left, at - left)
    return total[None, :]


def _catmull(knots: Plane, left: np.ndarray[tuple[int], np.dtype[np.intp]], t: Plane) -> Plane:
    a, b, c, d = (knots[left + shift] for shift in (-1, 0, 1, 2))
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))


def sample(plane: Plane, x: Plane, y: Plane) -> Plane:
    """The plane read at other places, in pixels; beyond its edges it is mirrored."""
    height, width = plane.shape[-2:]
    columns = np.abs(np.rint(x).astype(np.int32)) % (2 * width)
    rows = np.abs(np.rint(y).astype(np.int32)) % (2 * height)
    columns = np.minimum(columns, 2 * width - 1 - columns)
    rows = np.minimum(rows, 2 * height - 1 - rows)
    return plane[..., rows, columns]
