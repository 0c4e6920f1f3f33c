"""From planes of colour to the bytes of a file."""

import io

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFont

from standins.endpoint.painter.frame import Picture

_PNG_EFFORT = 2  # the next steps cost far more time than they save room
_SMALLEST_FONT = 8


def developed(picture: Picture, rng: Generator) -> Image.Image:
    """Grain of a single step keeps soft skies from showing bands."""
    grain = rng.random(picture.shape[1:], dtype=np.float32)
    pixels = np.clip(picture * 255 + grain, 0, 255).astype(np.uint8)
    return Image.fromarray(np.ascontiguousarray(np.moveaxis(pixels, 0, -1)))


def sign(image: Image.Image, text: str, *, left: bool = False) -> None:
    """A small mark in a lower corner."""
    size = max(_SMALLEST_FONT, round(0.0155 * (image.width * image.height) ** 0.5))
    x, y = size if left else image.width - size, image.height - size
    anchor = "ls" if left else "rs"
    draw, font = ImageDraw.Draw(image, "RGBA"), ImageFont.load_default(size)
    draw.text((x + 1, y + 1), text, (0, 0, 0, 90), font, anchor)
    draw.text((x, y), text, (255, 255, 255, 150), font, anchor)


def encode(image: Image.Image, output_format: str, output_quality: int) -> bytes:
    out = io.BytesIO()
    if output_format == "png":
        image.save(out, "PNG", compress_level=_PNG_EFFORT)
    else:
        image.save(out, "JPEG", quality=max(1, output_quality))
    return out.getvalue()
