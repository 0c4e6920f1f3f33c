"""How a picture was made, in its own file: for our reader, for Pillow, and without a pixel changed."""

import json
from io import BytesIO
from itertools import product
from pathlib import Path

import pytest
from PIL import Image
from PIL.ExifTags import IFD, Base
from PIL.PngImagePlugin import PngImageFile, PngInfo

from bot.adapters.pictures import PillowPictures
from bot.adapters.pictures.decoding import checked
from bot.adapters.pictures.inscribing import inscribed
from bot.adapters.pictures.reading import notes_in
from bot.adapters.spool import Spool
from bot.domain.inscriptions import DATA_KEY, TEXT_KEY, Inscription, Note, inscription_of
from bot.domain.parameters import EditParameters, ImageParameters
from bot.domain.pictures import Picture, PictureFormat
from tests.adapters.pictures.files import decoded, encoded, held, noise
from tests.examples import Held, a_job

PLAIN = Inscription("a red fox\nSteps: 25, Seed: 7, Size: 64x48", '{"job": "1-0"}')
FOREIGN = Inscription("狐狸 🦊 в снегу\nSteps: 25, Seed: 7, Size: 64x48", '{"prompt": "狐狸 🦊"}')
HUGE = Inscription("🦊" * 4000, "🦊" * 4000)


def picture(form: PictureFormat, image: Image.Image | None = None, **options: object) -> Picture:
    return checked(Held(encoded(image or noise(), form, **options)))


def told(inscription: Inscription) -> list[Note]:
    return [Note(TEXT_KEY, inscription.text), Note(DATA_KEY, inscription.data)]


@pytest.mark.parametrize("words", [PLAIN, FOREIGN, HUGE], ids=["plain", "foreign", "huge"])
@pytest.mark.parametrize("form", PictureFormat)
def test_words_are_put_between_what_is_there_and_read_back(form: PictureFormat, words: Inscription) -> None:
    before = picture(form)
    after = inscribed(before, words)
    data = held(after.content)
    assert after.content.size == len(data)
    assert decoded(data).tobytes() == decoded(held(before.content)).tobytes()
    assert checked(Held(data)).format is form
    assert notes_in(after.content) == told(words)
    assert after.wordless.content is before.content


@pytest.mark.parametrize("form", PictureFormat)
def test_not_a_byte_of_the_picture_itself_is_written_anew(form: PictureFormat) -> None:
    before = held(picture(form).content)
    after = held(inscribed(picture(form), PLAIN).content)
    body = before[-(len(before) - 33) :] if form is PictureFormat.PNG else before[20:]
    assert body in after


def test_picture_tools_find_them_in_png() -> None:
    with PngImageFile(BytesIO(held(inscribed(picture(PictureFormat.PNG), FOREIGN).content))) as image:
        assert image.text == {TEXT_KEY: FOREIGN.text, DATA_KEY: FOREIGN.data}


@pytest.mark.parametrize("form", [PictureFormat.JPEG, PictureFormat.WEBP])
def test_picture_tools_find_them_in_exif(form: PictureFormat) -> None:
    with Image.open(BytesIO(held(inscribed(picture(form), FOREIGN).content))) as image:
        exif = image.getexif()
    comment = exif.get_ifd(IFD.Exif)[Base.UserComment]
    assert comment.removeprefix(b"UNICODE\x00").decode("utf-16-be") == FOREIGN.text
    assert json.loads(exif[Base.ImageDescription].encode("latin-1")) == json.loads(FOREIGN.data)


def test_a_jpeg_that_knows_which_side_is_up_still_does() -> None:
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    after = inscribed(picture(PictureFormat.JPEG, exif=exif.tobytes()), FOREIGN)
    with Image.open(BytesIO(held(after.content))) as image:
        assert image.getexif()[Base.Orientation] == 6
    assert notes_in(after.content) == [Note("Comment", FOREIGN.text)]


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
@pytest.mark.parametrize("options", [{"lossless": True}, {"quality": 50}, {"icc_profile": b"x" * 9}])
def test_webp_keeps_its_form_its_transparency_and_its_profile(mode: str, options: dict[str, object]) -> None:
    image = noise().convert(mode)
    if mode == "RGBA":
        image.putalpha(Image.linear_gradient("L").resize(image.size))
    before = picture(PictureFormat.WEBP, image, **options)
    after = held(inscribed(before, PLAIN).content)
    first, second = decoded(held(before.content)), decoded(after)
    assert (first.mode, first.tobytes()) == (second.mode, second.tobytes())
    assert first.info.get("icc_profile") == second.info.get("icc_profile")


def test_webp_with_exif_of_its_own_is_left_as_it_is() -> None:
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    before = picture(PictureFormat.WEBP, exif=exif.tobytes())
    assert inscribed(before, PLAIN) is before


def test_words_too_long_for_a_jpeg_are_left_out() -> None:
    before = picture(PictureFormat.JPEG)
    assert inscribed(before, Inscription("x" * 70_000, "{}")) is before
    one = inscribed(before, Inscription("x" * 40_000, "{}"))
    assert notes_in(one.content) == [Note("Comment", "x" * 40_000)]


def test_readers_find_every_place_in_a_file_of_pieces() -> None:
    content = inscribed(picture(PictureFormat.PNG), PLAIN).content
    whole, reader = held(content), content.reader()
    for at, size in product(range(0, len(whole) + 100, 41), (0, 1, 500, 10**6)):
        assert reader.seek(at) == at == reader.tell()
        assert reader.read(size) == whole[at : at + size]
    assert reader.seek(-3, 2) == len(whole) - 3
    assert reader.seek(1, 1) == len(whole) - 2
    assert reader.read() == whole[-2:]
    assert reader.read(None) == b""
    assert reader.readable()
    assert reader.seekable()


@pytest.mark.parametrize("spare", [0, 100, 10_000_000])
async def test_what_is_made_to_fit_fits_with_its_words(tmp_path: Path, spare: int) -> None:
    pictures, before = PillowPictures(Spool(tmp_path)), picture(PictureFormat.PNG, noise(400, 300))
    limit = before.content.size + spare
    async with pictures.fit(before, limit, FOREIGN) as after:
        assert after.content.size <= limit
        assert await pictures.read(after.content) == told(FOREIGN)
        assert (after.format is PictureFormat.PNG) == (spare > 1000)
        async with pictures.fit(after, after.content.size // 2, FOREIGN) as smaller:
            assert smaller.content.size <= after.content.size // 2
            assert await pictures.read(smaller.content) == told(FOREIGN)


async def test_room_is_kept_for_the_words_where_the_picture_alone_would_just_fit(tmp_path: Path) -> None:
    pictures, before = PillowPictures(Spool(tmp_path)), picture(PictureFormat.PNG, noise(400, 300))
    async with pictures.fit(before, before.content.size // 2) as plain:
        limit = plain.content.size + 10
    async with pictures.fit(before, limit, FOREIGN) as after:
        assert after.content.size <= limit
        assert await pictures.read(after.content) == told(FOREIGN)


async def test_where_words_would_take_the_whole_place_the_picture_comes_first(tmp_path: Path) -> None:
    pictures, before = PillowPictures(Spool(tmp_path)), picture(PictureFormat.PNG, noise(400, 300))
    async with pictures.fit(before, 20_000, HUGE) as after:
        assert after.content.size <= 20_000
        assert notes_in(after.content) == []


async def test_a_guild_without_words_gets_the_file_as_it_is(tmp_path: Path) -> None:
    before = picture(PictureFormat.PNG)
    async with PillowPictures(Spool(tmp_path)).fit(before, 10**7) as after:
        assert after is before


def test_the_words_are_those_that_picture_tools_know() -> None:
    job = a_job(parameters=ImageParameters(prompt="a fox,\nrunning", seed=7, guidance=2.5, aspect_ratio="3:2"))
    words = inscription_of(job, "labs/flux", (1216, 832))
    assert words.text == (
        "a fox,\nrunning\nSteps: 25, CFG scale: 2.5, Seed: 7, Size: 1216x832, Model: labs/flux, "
        f'Aspect ratio: "3:2", Safety tolerance: 2, Prompt upsampling: False, Job: {job.id}'
    )
    assert json.loads(words.data) == {
        "job": job.id,
        "origin": "imagine",
        "parent": None,
        "model": "labs/flux",
        "parameters": job.parameters.prompt_object(),
    }
    assert str(job.member) not in words.text + words.data


def test_an_edit_without_a_seed_is_told_too() -> None:
    words = inscription_of(a_job(parameters=EditParameters(prompt="night")), "m", (1, 1))
    assert "Seed" not in words.text
    assert "Aspect ratio: match_input_image" in words.text


def pnginfo(**texts: str) -> PngInfo:
    info = PngInfo()
    for key, text in texts.items():
        info.add_text(key, text)
    return info


def test_other_tools_words_are_read_and_what_is_none_is_left_out() -> None:
    info = pnginfo(parameters="a cat\nSteps: 20, Seed: 1", workflow="{}", Software="PaintPro", prompt=" ")
    assert notes_in(Held(encoded(noise(), PictureFormat.PNG, pnginfo=info))) == [
        Note("parameters", "a cat\nSteps: 20, Seed: 1"),
        Note("workflow", "{}"),
    ]
    assert notes_in(Held(b"MZ" + bytes(200))) == []
    assert notes_in(Held(b"")) == []
