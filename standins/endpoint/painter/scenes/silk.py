"""Folds of light: no landscape at all."""

import numpy as np
from numpy.random import Generator

from standins.endpoint.painter.colour import between, ramp
from standins.endpoint.painter.frame import Frame, Picture, Plane, shine, smooth
from standins.endpoint.painter.noise import clouds
from standins.endpoint.painter.palette import Palette


def silk(frame: Frame, palette: Palette, rng: Generator) -> Picture:
    sway = clouds(rng, frame, cells=0.8, octaves=2, gain=0.3)
    drift = clouds(rng, frame, cells=0.7, octaves=2, gain=0.3)
    height = _folds(frame, rng, sway, drift)
    slope_y, slope_x = np.gradient(height, np.float32(1 / frame.unit))
    shade = (-0.6 * slope_x - 0.8 * slope_y) / np.sqrt(9 + slope_x**2 + slope_y**2)
    value = 0.3 * shade + 0.14 * drift + 0.09 * height
    value = np.clip(0.44 + 0.21 * (value - value.mean()) / value.std(), 0.02, 1)
    picture = ramp(np.stack([palette.near, *palette.sky, palette.light]), value)
    shine(picture, between(palette.sky[3], palette.light, 0.6), 0.4 * smooth(0.35, 1.0, shade))
    return picture


def _folds(frame: Frame, rng: Generator, sway: Plane, drift: Plane) -> Plane:
    angle = rng.uniform(-0.9, 0.9)
    along = frame.x * np.float32(np.cos(angle)) + frame.y * np.float32(np.sin(angle))
    across = frame.y * np.float32(np.cos(angle)) - frame.x * np.float32(np.sin(angle))
    phase = across * np.float32(rng.uniform(3.5, 5.5)) + sway * np.float32(0.7)
    height = np.zeros((frame.height, frame.width), dtype=np.float32)
    for fold in range(3):
        turn = np.float32(rng.uniform(0, 2 * np.pi))
        wave = np.sin(phase * np.float32(1.7**fold) + turn + drift * np.float32(0.8 * fold) + along * np.float32(fold))
        height += (1 - np.sqrt(wave * wave + np.float32(0.006 * 2**fold))) * np.float32(0.5**fold)
    return height
