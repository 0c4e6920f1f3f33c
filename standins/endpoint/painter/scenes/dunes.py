"""Sand in slanting light."""

import numpy as np
from numpy.random import Generator

from standins.endpoint.painter.colour import Colour, between
from standins.endpoint.painter.frame import Frame, Picture, Plane, lay, smooth
from standins.endpoint.painter.noise import outline
from standins.endpoint.painter.palette import Palette
from standins.endpoint.painter.sky import darkness, paint_sky, paint_stars, place_sun

_LAYERS = 5


def dunes(frame: Frame, palette: Palette, rng: Generator) -> Picture:
    horizon = frame.bottom * rng.uniform(0.42, 0.56)
    sun = place_sun(rng, frame, horizon)
    picture = paint_sky(frame, palette, rng, horizon=horizon, sun=sun)
    paint_stars(picture, frame, rng, smooth(horizon * 0.7, 0.0, frame.y) * darkness(palette), count=420)
    side = 1.0 if sun.x > frame.right / 2 else -1.0
    for nearness in np.linspace(0, 1, _LAYERS):
        base = horizon + (frame.bottom - horizon) * float(nearness) ** 1.3 * 0.74
        _dune(picture, frame, palette, rng, nearness=float(nearness), base=base, side=side)
    return picture


def _dune(
    picture: Picture, frame: Frame, palette: Palette, rng: Generator, *, nearness: float, base: float, side: float
) -> None:
    edge, slope = _crests(frame, rng, nearness=nearness, base=base)
    top = min(frame.height - 1, max(0, int(edge.min() * frame.unit)))
    depth = np.maximum(frame.y[top:] - edge, 0)
    lean = np.float32(side * (0.5 + 0.9 * nearness))
    swing = np.float32(0.045) * np.sin(depth * np.float32(15) + np.float32(rng.uniform(0, 6)))
    places = (frame.x - lean * depth + swing * np.minimum(depth * 7, 1)) * np.float32(frame.unit)
    facing = np.interp(places, np.arange(frame.width), slope).astype(np.float32) * np.float32(side)
    light = 0.5 + 0.5 * facing * np.exp(-depth / np.float32(0.12 + 0.3 * nearness))
    lit, shaded = _sides(palette, nearness)
    cover = np.clip((frame.y[top:] - edge) * np.float32(frame.unit) + 0.5, 0, 1)
    lay(picture[:, top:], shaded[:, None, None] + (lit - shaded)[:, None, None] * light, cover)


def _crests(frame: Frame, rng: Generator, *, nearness: float, base: float) -> tuple[Plane, Plane]:
    """Where the sand begins, and which way it leans: sharp at the crests, soft in the hollows."""
    wander = outline(rng, frame, cells=1.1, octaves=2, gain=0.3)[0]
    phase = frame.x[0] * np.float32(rng.uniform(2.6, 4.2) * (1.25 - 0.5 * nearness)) + wander * np.float32(0.5)
    phase += np.float32(rng.uniform(0, np.pi))
    crest = 1 - np.abs(np.sin(phase))
    tall = np.float32(0.075 + 0.085 * nearness) * (1 + np.float32(0.3) * outline(rng, frame, cells=1.4, octaves=2)[0])
    edge = np.float32(base) - tall * crest
    slope = np.cos(phase) * np.sign(np.sin(phase))
    soft = np.convolve(slope, np.full(5, 1 / 5), mode="same").astype(np.float32)
    return edge[None, :], soft


def _sides(palette: Palette, nearness: float) -> tuple[Colour, Colour]:
    haze = palette.sky[3]
    lit = between(haze, between(palette.sky[2], palette.sky[3], 0.45), 0.25 + 0.75 * nearness)
    shaded = between(haze, between(palette.far, palette.near, 0.25 + 0.6 * nearness), 0.3 + 0.7 * nearness)
    return lit, shaded
