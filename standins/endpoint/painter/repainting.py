"""A picture changed by a prompt."""

import io
from typing import Final

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageFilter, ImageOps

from standins.endpoint.painter.chance import chance
from standins.endpoint.painter.colour import ramp
from standins.endpoint.painter.frame import Frame, Picture, lay, shine
from standins.endpoint.painter.output import developed, encode, sign
from standins.endpoint.painter.palette import Palette, palette
from standins.endpoint.painter.sizes import size_like, size_of

_LUMINANCE: Final = (0.2126, 0.7152, 0.0722)
_BLOOM: Final = np.float32(0.22)


def repaint(
    image_bytes: bytes,
    prompt: str,
    seed: int,
    aspect_ratio: str,
    output_format: str,
    output_quality: int,
    *,
    scale: float = 1.0,
) -> bytes:
    """The same motif in the colours of the prompt and the light of the seed."""
    rng = chance(prompt, str(seed))
    source = _opened(image_bytes, aspect_ratio, scale)
    image = developed(_changed(source, palette(chance(prompt)), rng), rng)
    sign(image, f"stand-in · edit · seed {seed}", left=True)  # a painted source is marked on the right
    return encode(image, output_format, output_quality)


def _opened(image_bytes: bytes, aspect_ratio: str, scale: float) -> Image.Image:
    with Image.open(io.BytesIO(image_bytes)) as opened:
        image = ImageOps.exif_transpose(opened).convert("RGB")
    matching = aspect_ratio == "match_input_image"
    size = size_like(*image.size, scale) if matching else size_of(aspect_ratio, scale)
    return ImageOps.fit(image, size, Image.Resampling.LANCZOS)


def _changed(source: Image.Image, palette: Palette, rng: Generator) -> Picture:
    frame = Frame(*source.size)
    picture = _planes(source)
    grey = np.tensordot(_LUMINANCE, picture, axes=1)
    toned = ramp(np.stack([palette.near, *palette.sky, palette.light]), grey)
    lay(picture, toned, np.full((1, 1), rng.uniform(0.62, 0.82), dtype=np.float32))
    shine(picture, _planes(source.filter(ImageFilter.GaussianBlur(frame.unit * 0.02))), np.full((1, 1), _BLOOM))
    away = np.hypot(frame.x - np.float32(frame.right * rng.uniform(0, 1)), frame.y + np.float32(0.1))
    shine(picture, palette.light, np.float32(0.5) * np.exp(-away / np.float32(0.4)))
    return picture


def _planes(image: Image.Image) -> Picture:
    return np.moveaxis(np.asarray(image, dtype=np.float32) / 255, -1, 0)
