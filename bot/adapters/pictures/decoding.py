"""The only place that opens files with Pillow, and so the only one that its errors can come from."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Final

from PIL.Image import DecompressionBombError
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from bot.adapters.pictures.structure import claimed_format, is_complete
from bot.domain.failures import UnusablePictureError
from bot.domain.pictures import Picture, PictureFormat

LARGEST_SIDE: Final = 8192
MOST_PIXELS: Final = 40_000_000

# What Pillow's decoders raise on damaged files; there is no common base.
_DAMAGE: Final = (
    ArithmeticError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
    DecompressionBombError,
)


def checked(data: bytes) -> Picture:
    """Reads the header alone."""
    form = claimed_format(data)
    if form is None:
        raise UnusablePictureError(f"{len(data)} bytes that are no picture")
    if not is_complete(data, form):
        raise UnusablePictureError(f"{form} that breaks off after {len(data)} bytes")
    with opened(data, form) as image:
        width, height = image.size
    return Picture(data, form, width, height)


@contextmanager
def opened(data: bytes, form: PictureFormat) -> Iterator[ImageFile]:
    """The picture, within bounds; whatever Pillow cannot do with it in there is an `UnusablePictureError`."""
    try:
        with _file(data, form) as image:
            _bound(image.size)
            yield image
    except _DAMAGE as damage:
        raise UnusablePictureError(f"damaged {form}: {type(damage).__name__}") from damage


def _file(data: bytes, form: PictureFormat) -> ImageFile:
    # Not `Image.open`: beyond a limit of its own, it warns of bombs instead of refusing them.
    match form:
        case PictureFormat.PNG:
            return PngImageFile(BytesIO(data))
        case PictureFormat.JPEG:
            return JpegImageFile(BytesIO(data))
        case PictureFormat.WEBP:
            return WebPImageFile(BytesIO(data))


def _bound(size: tuple[int, int]) -> None:
    width, height = size
    if max(size) > LARGEST_SIDE or width * height > MOST_PIXELS:
        raise UnusablePictureError(f"{width} by {height} pixels are too many")
