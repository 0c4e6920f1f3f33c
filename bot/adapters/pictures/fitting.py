"""Makes a picture smaller, as little as needed: first its quality gives way, then its size."""

from typing import Final

from PIL import Image, ImageOps

from bot.adapters.pictures.decoding import opened
from bot.adapters.spool import SpooledFile
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


def fitted(picture: Picture, limit: int, out: SpooledFile) -> Picture:
    """Written into `out`."""
    with opened(picture.content, picture.format) as image:
        flat, profile = _flat(image), _profile(image)
        for scale, quality in _LADDER:
            scaled = _scaled(flat, scale)
            with out.writer() as file:
                scaled.save(file, "JPEG", quality=quality, optimize=True, icc_profile=profile)
            if out.size <= limit:
                return Picture(out, PictureFormat.JPEG, scaled.width, scaled.height)
    raise UnusablePictureError(f"{picture.content.size} bytes cannot be made {limit}")


def _scaled(image: Image.Image, scale: float) -> Image.Image:
    width, height = (max(1, round(side * scale)) for side in image.size)
    return image if scale == 1 else image.resize((width, height), Image.Resampling.LANCZOS)


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
