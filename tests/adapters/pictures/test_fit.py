import pytest
from PIL import Image, ImageCms

from bot.adapters.pictures import PillowPictures
from bot.domain.failures import UnusablePictureError
from bot.domain.pictures import Picture, PictureFormat
from tests.adapters.pictures.files import decoded, encoded, noise, png_claiming

PICTURES = PillowPictures()


async def fit(
    image: Image.Image, limit: int, form: PictureFormat = PictureFormat.PNG, **options: object
) -> Image.Image:
    picture = await PICTURES.check(encoded(image, form, **options))
    assert len(picture.data) > limit
    smaller = await PICTURES.fit(picture, limit)
    assert len(smaller.data) <= limit
    assert smaller == await PICTURES.check(smaller.data)
    assert smaller.format is PictureFormat.JPEG
    return decoded(smaller.data)


@pytest.mark.parametrize("form", PictureFormat)
async def test_what_fits_is_left_untouched(form: PictureFormat) -> None:
    picture = await PICTURES.check(encoded(noise(), form))
    assert await PICTURES.fit(picture, len(picture.data)) is picture


@pytest.mark.parametrize("form", PictureFormat)
async def test_first_the_quality_gives_way(form: PictureFormat) -> None:
    picture = await PICTURES.check(encoded(noise(), form, quality=100))
    smaller = await PICTURES.fit(picture, len(picture.data) - 1)
    assert (smaller.width, smaller.height) == (64, 48)


async def test_no_more_is_taken_than_needed() -> None:
    picture = await PICTURES.check(encoded(noise(256, 256), PictureFormat.PNG))
    sizes = [len((await PICTURES.fit(picture, limit)).data) for limit in (90_000, 60_000, 40_000, 20_000, 4_000)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 5


async def test_then_the_size_gives_way_and_the_shape_stays() -> None:
    smaller = await fit(noise(320, 240), 3000)
    assert smaller.width < 320
    assert smaller.width / smaller.height == pytest.approx(320 / 240, rel=0.05)


async def test_what_cannot_fit_is_refused() -> None:
    picture = await PICTURES.check(encoded(noise(), PictureFormat.PNG))
    with pytest.raises(UnusablePictureError, match="cannot be made 100"):
        await PICTURES.fit(picture, 100)


async def test_a_thin_picture_keeps_its_last_pixel() -> None:
    assert (await fit(noise(900, 1), 640)).height == 1


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
async def test_what_is_transparent_becomes_white(mode: str) -> None:
    image = noise(200, 200).convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 200, 100))
    smaller = await fit(image.convert(mode), 8000)

    assert smaller.mode == "RGB"
    assert all(channel > 240 for channel in smaller.resize((1, 1), box=(0, 0, smaller.width, 5)).tobytes())


@pytest.mark.parametrize("mode", ["1", "L", "I;16", "CMYK"])
async def test_every_kind_of_colour_can_be_made_smaller(mode: str) -> None:
    form = PictureFormat.JPEG if mode == "CMYK" else PictureFormat.PNG
    image = noise(400, 400).convert("L" if mode == "I;16" else mode).convert(mode)
    assert (await fit(image, 4500, form)).mode == "RGB"


async def test_a_turned_picture_stays_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    smaller = await fit(noise(320, 160), 8000, PictureFormat.JPEG, quality=100, exif=exif)
    assert smaller.height > smaller.width


@pytest.mark.parametrize(("mode", "kept"), [("RGB", True), ("L", False)])
async def test_the_colour_profile_goes_along_where_it_still_holds(mode: str, *, kept: bool) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    smaller = await fit(noise(200, 200).convert(mode), 20_000, icc_profile=profile)
    assert (smaller.info.get("icc_profile") == profile) is kept


async def test_pixels_that_are_not_there_are_found_out() -> None:
    data = png_claiming(64, 64)
    picture = await PICTURES.check(data)
    assert picture == Picture(data, PictureFormat.PNG, 64, 64)
    with pytest.raises(UnusablePictureError, match="damaged png"):
        await PICTURES.fit(picture, len(data) - 1)
