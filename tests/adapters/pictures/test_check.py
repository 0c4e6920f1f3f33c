import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.adapters.pictures import PillowPictures
from bot.adapters.pictures.decoding import checked, opened
from bot.adapters.pictures.fitting import fitted
from bot.adapters.spool import Spool
from bot.domain.failures import UnusablePictureError
from bot.domain.pictures import Picture, PictureFormat
from tests.adapters.pictures.files import (
    encoded,
    jpeg_claiming,
    lossless_webp_claiming,
    noise,
    png_claiming,
    spooled,
    webp_claiming,
)

if TYPE_CHECKING:
    from bot.ports import Pictures

FORMATS = list(PictureFormat)
FILES = {form: encoded(noise(), form) for form in FORMATS}


@pytest.fixture
def pictures(tmp_path: Path) -> PillowPictures:
    return PillowPictures(Spool(tmp_path))


@pytest.mark.parametrize("form", FORMATS)
async def test_a_picture_is_known_by_its_bytes(pictures: PillowPictures, form: PictureFormat) -> None:
    with spooled(FILES[form]) as file:
        assert await pictures.check(file) == Picture(file, form, 64, 48)


@pytest.mark.parametrize("form", FORMATS)
async def test_what_follows_the_end_does_no_harm(pictures: PillowPictures, form: PictureFormat) -> None:
    with spooled(FILES[form] + bytes(7)) as file:
        assert (await pictures.check(file)).width == 64


async def test_a_thumbnails_end_is_not_the_pictures(pictures: PillowPictures) -> None:
    exif = Image.Exif()
    exif[0x010E] = FILES[PictureFormat.JPEG].decode("latin-1")
    data = encoded(noise(), PictureFormat.JPEG, exif=exif)

    with spooled(data) as file, spooled(data[:-2]) as cut:
        assert (await pictures.check(file)).width == 64
        with pytest.raises(UnusablePictureError, match="breaks off"):
            await pictures.check(cut)


@pytest.mark.parametrize(
    "data",
    [b"", b"<!DOCTYPE html>", b"GIF89a" + bytes(50), b"RIFF\x04\x00\x00\x00WAVE", b"\x89PNG", b"\xff\xd8", bytes(64)],
)
async def test_what_is_no_picture_is_refused(pictures: PillowPictures, data: bytes) -> None:
    with spooled(data) as file, pytest.raises(UnusablePictureError, match="no picture"):
        await pictures.check(file)


@pytest.mark.parametrize("piece", [64 * 1024, 128 * 1024])
@pytest.mark.parametrize("shift", [-2, -1, 0, 1])
async def test_an_end_is_found_wherever_it_stands(pictures: PillowPictures, piece: int, shift: int) -> None:
    data = encoded(noise(256, 256), PictureFormat.JPEG, quality=95)
    assert len(data) > 64 * 1024
    with spooled(data + bytes(piece + shift)) as file:
        assert (await pictures.check(file)).width == 256


@pytest.mark.parametrize("form", FORMATS)
@given(st.data())
def test_a_file_that_breaks_off_is_refused(form: PictureFormat, data: st.DataObject) -> None:
    whole = FILES[form]
    cut = data.draw(st.integers(0, len(whole) - 1))
    with spooled(whole[:cut]) as file, pytest.raises(UnusablePictureError):
        checked(file)


@pytest.mark.parametrize("form", FORMATS)
@given(st.data())
def test_damage_is_unusable_or_harmless(form: PictureFormat, data: st.DataObject) -> None:
    damaged = bytearray(FILES[form])
    places = st.integers(0, 120) | st.integers(0, len(damaged) - 1)
    for place, value in data.draw(st.dictionaries(places, st.integers(0, 255), max_size=5)).items():
        damaged[place] = value
    with spooled(bytes(damaged)) as file, spooled() as out:
        try:
            picture = checked(file)
            assert fitted(picture, 1500, out).content.size <= 1500
        except UnusablePictureError as error:
            told = str(error)
        else:
            told = repr(picture)
    assert len(told) < 200


@pytest.mark.parametrize("claiming", [png_claiming, jpeg_claiming, webp_claiming, lossless_webp_claiming])
@pytest.mark.parametrize("size", [(9000, 10), (10, 9000), (8000, 8000), (16000, 16000)])
async def test_a_bomb_is_refused_by_its_header(
    pictures: PillowPictures, claiming: Callable[[int, int], bytes], size: tuple[int, int]
) -> None:
    with spooled(claiming(*size)) as file, pytest.raises(UnusablePictureError):
        await pictures.check(file)


@pytest.mark.parametrize(("width", "height"), [(8192, 4882), (1, 1), (8192, 1)])
async def test_the_bounds_are_inside(pictures: PillowPictures, width: int, height: int) -> None:
    with spooled(png_claiming(width, height)) as file:
        picture = await pictures.check(file)
    assert (picture.width, picture.height) == (width, height)


@pytest.mark.parametrize(("width", "height"), [(8193, 1), (8192, 4883), (60_000, 60_000), (0, 5)])
async def test_a_step_further_is_outside(pictures: PillowPictures, width: int, height: int) -> None:
    with spooled(png_claiming(width, height)) as file, pytest.raises(UnusablePictureError):
        await pictures.check(file)


def test_the_files_are_closed() -> None:
    with spooled(FILES[PictureFormat.PNG]) as file, opened(file, PictureFormat.PNG) as image:
        assert image.fp is not None
    assert image.fp is None


async def test_the_work_is_done_by_the_executor(tmp_path: Path) -> None:
    names: list[str] = []
    with ThreadPoolExecutor(1, "brush", initializer=lambda: names.append(threading.current_thread().name)) as executor:
        pictures: Pictures = PillowPictures(Spool(tmp_path), executor)
        with spooled(FILES[PictureFormat.PNG]) as file:
            async with pictures.fit(await pictures.check(file), 2000):
                pass
    assert names == ["brush_0"]
