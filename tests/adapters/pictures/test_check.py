import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.adapters.pictures import PillowPictures
from bot.adapters.pictures.decoding import checked, opened
from bot.adapters.pictures.fitting import fitted
from bot.domain.failures import UnusablePictureError
from bot.domain.pictures import Picture, PictureFormat
from tests.adapters.pictures.files import (
    encoded,
    jpeg_claiming,
    lossless_webp_claiming,
    noise,
    png_claiming,
    webp_claiming,
)

if TYPE_CHECKING:
    from bot.ports import Pictures

FORMATS = list(PictureFormat)
FILES = {form: encoded(noise(), form) for form in FORMATS}
PICTURES = PillowPictures()


@pytest.mark.parametrize("form", FORMATS)
async def test_a_picture_is_known_by_its_bytes(form: PictureFormat) -> None:
    assert await PICTURES.check(FILES[form]) == Picture(FILES[form], form, 64, 48)


@pytest.mark.parametrize("form", FORMATS)
async def test_what_follows_the_end_does_no_harm(form: PictureFormat) -> None:
    assert (await PICTURES.check(FILES[form] + bytes(7))).width == 64


async def test_a_thumbnails_end_is_not_the_pictures() -> None:
    exif = Image.Exif()
    exif[0x010E] = FILES[PictureFormat.JPEG].decode("latin-1")
    data = encoded(noise(), PictureFormat.JPEG, exif=exif)

    assert (await PICTURES.check(data)).width == 64
    with pytest.raises(UnusablePictureError, match="breaks off"):
        await PICTURES.check(data[:-2])


@pytest.mark.parametrize(
    "data",
    [b"", b"<!DOCTYPE html>", b"GIF89a" + bytes(50), b"RIFF\x04\x00\x00\x00WAVE", b"\x89PNG", b"\xff\xd8", bytes(64)],
)
async def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(UnusablePictureError, match="no picture"):
        await PICTURES.check(data)


@pytest.mark.parametrize("form", FORMATS)
@given(st.data())
def test_a_file_that_breaks_off_is_refused(form: PictureFormat, data: st.DataObject) -> None:
    whole = FILES[form]
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(UnusablePictureError):
        checked(whole[:cut])


@pytest.mark.parametrize("form", FORMATS)
@given(st.data())
def test_damage_is_unusable_or_harmless(form: PictureFormat, data: st.DataObject) -> None:
    damaged = bytearray(FILES[form])
    places = st.integers(0, 120) | st.integers(0, len(damaged) - 1)
    for place, value in data.draw(st.dictionaries(places, st.integers(0, 255), max_size=5)).items():
        damaged[place] = value
    try:
        picture = checked(bytes(damaged))
        assert len(fitted(picture, 1500).data) <= 1500
    except UnusablePictureError as error:
        told = str(error)
    else:
        told = repr(picture)
    assert len(told) < 200


@pytest.mark.parametrize("claiming", [png_claiming, jpeg_claiming, webp_claiming, lossless_webp_claiming])
@pytest.mark.parametrize("size", [(9000, 10), (10, 9000), (8000, 8000), (16000, 16000)])
async def test_a_bomb_is_refused_by_its_header(claiming: Callable[[int, int], bytes], size: tuple[int, int]) -> None:
    with pytest.raises(UnusablePictureError):
        await PICTURES.check(claiming(*size))


@pytest.mark.parametrize(("width", "height"), [(8192, 4882), (1, 1), (8192, 1)])
async def test_the_bounds_are_inside(width: int, height: int) -> None:
    picture = await PICTURES.check(png_claiming(width, height))
    assert (picture.width, picture.height) == (width, height)


@pytest.mark.parametrize(("width", "height"), [(8193, 1), (8192, 4883), (60_000, 60_000), (0, 5)])
async def test_a_step_further_is_outside(width: int, height: int) -> None:
    with pytest.raises(UnusablePictureError):
        await PICTURES.check(png_claiming(width, height))


def test_the_files_are_closed() -> None:
    with opened(FILES[PictureFormat.PNG], PictureFormat.PNG) as image:
        assert image.fp is not None
    assert image.fp is None


async def test_the_work_is_done_by_the_executor() -> None:
    names: list[str] = []
    with ThreadPoolExecutor(1, "brush", initializer=lambda: names.append(threading.current_thread().name)) as executor:
        pictures: Pictures = PillowPictures(executor)
        await pictures.fit(await pictures.check(FILES[PictureFormat.PNG]), 2000)
    assert names == ["brush_0"]
