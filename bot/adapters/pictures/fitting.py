"""Makes a picture smaller, as little as needed: first its quality gives way, then its size."""

from collections.abc import Iterator
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from bot.adapters.pictures.decoding import opened
from bot.domain.failures import UnusablePictureError
from bot.domain.pictures import Picture, PictureFormat

# Scale and JPEG quality, from what nobody sees to what is still a picture.
_LADDER: Final = (
    (1.0, 95),
    (1.0, 90),
    (1.0, 80),
    (1.0, 70),
    (0.75, 80),
    (0.5, 80),
    (0.35, 75),
    (0.25, 75),
    (0.125, 70),
    (0.0625, 70),
)


def fitted(picture: Picture, limit: int) -> Picture:
    with opened(picture.data, picture.format) as image:
        for smaller in _smaller(_flat(image), _profile(image)):
            if len(smaller.data) <= limit:
                return smaller
    raise UnusablePictureError(f"{len(picture.data)} bytes cannot be made {limit}")


def _smaller(image: Image.Image, profile: bytes | None) -> Iterator[Picture]:
    for scale, quality in _LADDER:
        width, height = (max(1, round(side * scale)) for side in image.size)
        scaled = image if scale == 1 else image.resize((width, height), Image.Resampling.LANCZOS)
        out = BytesIO()
        scaled.save(out, "JPEG", quality=quality, optimize=True, icc_profile=profile)
        yield Picture(out.getvalue(), PictureFormat.JPEG, width, height)


def _profile(image: Image.Image) -> bytes | None:
    """The colour profile, unless it describes another kind of colour than the RGB that is written."""
    return image.info.get("icc_profile") if image.mode in {"RGB", "RGBA"} else None


def _flat(image: Image.Image) -> Image.Image:
    """Upright and on white: JPEG has no transparency, and orientation would be lost with the metadata."""
    upright = ImageOps.exif_transpose(image)
    if not upright.has_transparency_data:
        return upright.convert("RGB")
    ground = Image.new("RGBA", upright.size, "white")
    ground.alpha_composite(upright.convert("RGBA"))
    return ground.convert("RGB")
