"""Which colours go together."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from standins.endpoint.painter.colour import Colour, colour, turned

# From the zenith to the horizon, then the light, then the ground from far to near.
_SCHEMES = (
    ("#16213e", "#3b4a7a", "#b8739a", "#ffc48c", "#fff1cf", "#8a5f86", "#141127"),  # dusk in rose
    ("#1b3a5c", "#4f8fb0", "#b9dbd6", "#fde8c4", "#fffbe8", "#6f9fa8", "#0d2430"),  # clear morning
    ("#0b1030", "#24306b", "#5b5aa6", "#e58fb1", "#ffe3ea", "#4a4a8c", "#090b1f"),  # blue hour
    ("#2b1633", "#6d2a4e", "#d4573f", "#ffb04f", "#fff0b8", "#8f3d49", "#1a0a1c"),  # ember
    ("#0d2b2e", "#1f5d5a", "#6fb08f", "#f4e3a1", "#fffbdc", "#4d8a7c", "#081a1c"),  # jade
    ("#232946", "#59668f", "#a9b3c9", "#efe3dd", "#ffffff", "#8490ad", "#161a2d"),  # silver mist
    ("#3a1c4a", "#7b3f8c", "#e07fa8", "#ffd0b0", "#fff3e2", "#8d568f", "#1c0d2b"),  # orchid
    ("#0f1f3d", "#1d4e79", "#3aa0b4", "#f7c98b", "#fff2cf", "#2f7590", "#071425"),  # lagoon
    ("#274060", "#5f7396", "#dd9a8a", "#fbe0b5", "#fff4d6", "#a5727a", "#1d1626"),  # desert rose
    ("#1c3152", "#4b6d92", "#d9a77d", "#ffd796", "#fff5cf", "#75809a", "#101827"),  # late summer
)


@dataclass(frozen=True, slots=True)
class Palette:
    sky: Colour
    """Four colours, from the zenith to the horizon."""
    light: Colour
    far: Colour
    near: Colour


def palette(rng: Generator) -> Palette:
    scheme = _SCHEMES[rng.integers(len(_SCHEMES))]
    colours = turned(np.stack([colour(code) for code in scheme]), rng.uniform(-14, 14))
    return Palette(sky=colours[:4], light=colours[4], far=colours[5], near=colours[6])
