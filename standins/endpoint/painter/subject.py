"""What a prompt is about, as far as a painter of landscapes can tell."""

import re
from collections.abc import Callable
from typing import Final

from numpy.random import Generator

from standins.endpoint.painter.chance import chance
from standins.endpoint.painter.frame import Frame, Picture
from standins.endpoint.painter.palette import Palette
from standins.endpoint.painter.scenes.aurora import aurora
from standins.endpoint.painter.scenes.dunes import dunes
from standins.endpoint.painter.scenes.nebula import nebula
from standins.endpoint.painter.scenes.ridges import ridges
from standins.endpoint.painter.scenes.sea import sea
from standins.endpoint.painter.scenes.silk import silk

Scene = Callable[[Frame, Palette, Generator], Picture]

_SUBJECTS: Final[tuple[tuple[Scene, frozenset[str]], ...]] = (
    (ridges, frozenset({"mountain", "hill", "forest", "tree", "valley", "lake", "mist", "fog", "dawn", "landscape"})),
    (sea, frozenset({"sea", "ocean", "beach", "bay", "coast", "island", "ship", "boat", "harbour", "lighthouse"})),
    (nebula, frozenset({"space", "galaxy", "planet", "nebula", "cosmos", "universe", "astronaut", "rocket", "star"})),
    (aurora, frozenset({"aurora", "night", "winter", "snow", "north", "arctic", "wolf", "cabin", "ice"})),
    (dunes, frozenset({"desert", "dune", "sand", "camel", "canyon", "oasis", "mars"})),
    (silk, frozenset({"abstract", "silk", "pattern", "texture", "flow", "wave", "wallpaper", "logo"})),
)


def scene_for(prompt: str) -> Scene:
    for word in re.findall(r"[a-z]+", prompt.lower()):
        for scene, words in _SUBJECTS:
            if word in words or word.removesuffix("s") in words:
                return scene
    return _SUBJECTS[chance("subject", prompt).integers(len(_SUBJECTS))][0]
