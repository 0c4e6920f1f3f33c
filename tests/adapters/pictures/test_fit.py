from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from bot.adapters.pictures import PillowPictures
from bot.adapters.spool import Spool
from bot.domain.failures import UndeliverableError, UnusablePictureError
from bot.domain.pictures import Picture, PictureFormat
from tests.adapters.pictures.files import decoded, encoded, held, noise, png_claiming, spooled
from tests.adapters.spooling import nameless, no_file_beyond

Check = Callable[[bytes], Awaitable[Picture]]
Fit = Callable[..., Awaitable[Image.Image]]


@pytest.fixture
def pictures(tmp_path: Path) -> PillowPictures:
    return PillowPictures(Spool(tmp_path))


@pytest.fixture
async def check(pictures: PillowPictures) -> AsyncIterator[Check]:
    async with AsyncExitStack() as files:

        async def check(data: bytes) -> Picture:
            return await pictures.check(files.enter_context(spooled(data)))

        yield check


@pytest.fixture
def fit(pictures: PillowPictures, check: Check) -> Fit:
    async def fit(
        image: Image.Image, limit: int, form: PictureFormat = PictureFormat.PNG, **options: object
    ) -> Image.Image:
        picture = await check(encoded(image, form, **options))
        assert picture.content.size > limit
        async with pictures.fit(picture, limit) as smaller:
            assert smaller.content.size <= limit
            assert smaller == await pictures.check(smaller.content)
            assert smaller.format is PictureFormat.JPEG
            return decoded(held(smaller.content))

    return fit


@pytest.mark.parametrize("form", PictureFormat)
async def test_what_fits_is_left_untouched(pictures: PillowPictures, check: Check, form: PictureFormat) -> None:
    picture = await check(encoded(noise(), form))
    async with pictures.fit(picture, picture.content.size) as fitting:
        assert fitting is picture


@pytest.mark.parametrize("form", PictureFormat)
async def test_first_the_quality_gives_way(pictures: PillowPictures, check: Check, form: PictureFormat) -> None:
    picture = await check(encoded(noise(), form, quality=100))
    async with pictures.fit(picture, picture.content.size - 1) as smaller:
        assert (smaller.width, smaller.height) == (64, 48)


async def test_no_more_is_taken_than_needed(pictures: PillowPictures, check: Check) -> None:
    picture = await check(encoded(noise(256, 256), PictureFormat.PNG))
    sizes = []
    for limit in (90_000, 60_000, 40_000, 20_000, 4_000):
        async with pictures.fit(picture, limit) as smaller:
            sizes.append(smaller.content.size)
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 5


async def test_then_the_size_gives_way_and_the_shape_stays(fit: Fit) -> None:
    smaller = await fit(noise(320, 240), 3000)
    assert smaller.width < 320
    assert smaller.width / smaller.height == pytest.approx(320 / 240, rel=0.05)


async def test_what_cannot_fit_is_refused(pictures: PillowPictures, check: Check) -> None:
    picture = await check(encoded(noise(), PictureFormat.PNG))
    with pytest.raises(UnusablePictureError, match="cannot be made 100"):
        async with pictures.fit(picture, 100):
            pass


async def test_a_thin_picture_keeps_its_last_pixel(fit: Fit) -> None:
    assert (await fit(noise(900, 1), 640)).height == 1


async def test_large_results_are_written_to_disk_and_a_smaller_one_begins_anew(tmp_path: Path, check: Check) -> None:
    picture = await check(encoded(noise(256, 256), PictureFormat.PNG))
    async with PillowPictures(Spool(tmp_path, in_memory=50_000)).fit(picture, 30_000) as smaller:
        data = held(smaller.content)
    assert len(data) == smaller.content.size
    assert decoded(data).size == (smaller.width, smaller.height)
    assert data.endswith(b"\xff\xd9")


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
async def test_what_is_transparent_becomes_white(fit: Fit, mode: str) -> None:
    image = noise(200, 200).convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 200, 100))
    smaller = await fit(image.convert(mode), 8000)

    assert smaller.mode == "RGB"
    assert all(channel > 240 for channel in smaller.resize((1, 1), box=(0, 0, smaller.width, 5)).tobytes())


@pytest.mark.parametrize("mode", ["1", "L", "I;16", "CMYK"])
async def test_every_kind_of_colour_can_be_made_smaller(fit: Fit, mode: str) -> None:
    form = PictureFormat.JPEG if mode == "CMYK" else PictureFormat.PNG
    image = noise(400, 400).convert("L" if mode == "I;16" else mode).convert(mode)
    assert (await fit(image, 4500, form)).mode == "RGB"


async def test_a_turned_picture_stays_turned(fit: Fit) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    smaller = await fit(noise(320, 160), 8000, PictureFormat.JPEG, quality=100, exif=exif)
    assert smaller.height > smaller.width


@pytest.mark.parametrize(("mode", "kept"), [("RGB", True), ("L", False)])
async def test_the_colour_profile_goes_along_where_it_still_holds(fit: Fit, mode: str, *, kept: bool) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    smaller = await fit(noise(200, 200).convert(mode), 20_000, icc_profile=profile)
    assert (smaller.info.get("icc_profile") == profile) is kept


async def test_pixels_that_are_not_there_are_found_out(pictures: PillowPictures, check: Check) -> None:
    data = png_claiming(64, 64)
    picture = await check(data)
    assert (picture.format, picture.width, picture.height) == (PictureFormat.PNG, 64, 64)
    with pytest.raises(UnusablePictureError, match="damaged png"):
        async with pictures.fit(picture, len(data) - 1):
            pass


async def test_a_disk_that_is_full_does_not_make_the_picture_bad(tmp_path: Path, check: Check) -> None:
    picture = await check(encoded(noise(256, 256), PictureFormat.PNG))
    with no_file_beyond(0), pytest.raises(UndeliverableError, match="File too large"):
        async with PillowPictures(Spool(tmp_path, in_memory=0)).fit(picture, 30_000):
            pass
    assert nameless(tmp_path) == []


async def test_what_was_made_smaller_is_closed_after_its_use(tmp_path: Path, check: Check) -> None:
    pictures = PillowPictures(Spool(tmp_path, in_memory=0))
    picture = await check(encoded(noise(256, 256), PictureFormat.PNG))
    async with pictures.fit(picture, 30_000):
        assert len(nameless(tmp_path)) == 1
    assert nameless(tmp_path) == []
    with pytest.raises(UnusablePictureError):
        async with pictures.fit(picture, 100):
            pass
    assert nameless(tmp_path) == []
