"""The only place that opens files with Pillow, and so the only one that its errors can come from."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from typing import Final

from PIL.Image import DecompressionBombError
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from bot.adapters.pictures.structure import buffered, claimed_format, is_complete
from bot.domain.failures import UnusablePictureError
from bot.domain.pictures import LARGEST_SIDE, MOST_PIXELS, Content, Picture, PictureFormat

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


def checked(content: Content) -> Picture:
    """Decodes the header alone."""
    with buffered(content) as file:
        form = claimed_format(file)
        if form is None:
            raise UnusablePictureError(f"{content.size} bytes that are no picture")
        if not is_complete(file, form):
            raise UnusablePictureError(f"{form} that breaks off after {content.size} bytes")
    with opened(content, form) as image:
        width, height = image.size
    return Picture(content, form, width, height)


@contextmanager
def opened(content: Content, form: PictureFormat) -> Iterator[ImageFile]:
    """The picture, within bounds; whatever Pillow cannot do with it in there is an `UnusablePictureError`."""
    try:
        with buffered(content) as file, _image(file, form) as image:
            _bound(image.size)
            yield image
    except _DAMAGE as damage:
        raise UnusablePictureError(f"damaged {form}: {type(damage).__name__}") from damage


def _image(file: BufferedReader, form: PictureFormat) -> ImageFile:
    # Not `Image.open`: beyond a limit of its own, it warns of bombs instead of refusing them.
    match form:
        case PictureFormat.PNG:
            return PngImageFile(file)
        case PictureFormat.JPEG:
            return JpegImageFile(file)
        case PictureFormat.WEBP:
            return WebPImageFile(file)


def _bound(size: tuple[int, int]) -> None:
    width, height = size
    if max(size) > LARGEST_SIDE or width * height > MOST_PIXELS:
        raise UnusablePictureError(f"{width} by {height} pixels are too many", dimensions=True)
