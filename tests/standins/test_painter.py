import io
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from standins.endpoint.painter import paint, repaint

SIZES = {
    "1:1": (1024, 1024),
    "16:9": (1365, 768),
    "9:16": (768, 1365),
    "3:2": (1254, 836),
    "2:3": (836, 1254),
    "4:5": (916, 1145),
    "5:4": (1145, 916),
}
SUBJECTS = ["a mountain", "the sea", "a galaxy", "a winter night", "a desert", "abstract silk"]
SEED = 20260327
SCALE = 0.2


def sketch(prompt: str, seed: int = SEED, aspect_ratio: str = "1:1") -> bytes:
    return paint(prompt, seed, aspect_ratio, "png", 80, scale=SCALE)


def pixels(picture: bytes) -> NDArray[np.float64]:
    with Image.open(io.BytesIO(picture)) as opened:
        return np.asarray(opened.convert("RGB"), dtype=np.float64)


def difference(one: bytes, other: bytes) -> float:
    return float(np.abs(pixels(one) - pixels(other)).mean())


@pytest.mark.parametrize("prompt", SUBJECTS)
def test_same_words_and_seed_give_the_same_bytes(prompt: str) -> None:
    assert sketch(prompt) == sketch(prompt)


@pytest.mark.parametrize("prompt", SUBJECTS)
def test_another_seed_gives_another_picture(prompt: str) -> None:
    pictures = [sketch(prompt, seed) for seed in range(3)]

    assert all(difference(*pair) > 4 for pair in pairwise(pictures))


def test_another_prompt_gives_another_picture() -> None:
    assert all(difference(sketch(one), sketch(other)) > 8 for one, other in pairwise(SUBJECTS))


@pytest.mark.parametrize("prompt", SUBJECTS)
def test_picture_has_light_and_shade(prompt: str) -> None:
    assert pixels(sketch(prompt)).std() > 20


@pytest.mark.parametrize(("aspect_ratio", "size"), SIZES.items())
def test_size_follows_the_aspect_ratio(aspect_ratio: str, size: tuple[int, int]) -> None:
    with Image.open(io.BytesIO(sketch("a mountain", aspect_ratio=aspect_ratio))) as opened:
        assert opened.size == (round(size[0] * SCALE), round(size[1] * SCALE))


def test_full_size_picture_is_a_megapixel_below_three_megabytes() -> None:
    picture = paint("a galaxy", SEED, "16:9", "png", 80)

    assert len(picture) < 3_000_000
    with Image.open(io.BytesIO(picture)) as opened:
        assert (opened.format, opened.size) == ("PNG", (1365, 768))


def test_quality_decides_the_size_of_a_jpeg() -> None:
    pictures = [paint("a mountain", SEED, "1:1", "jpg", quality, scale=SCALE) for quality in (0, 50, 100)]

    assert [len(picture) for picture in pictures] == sorted({len(picture) for picture in pictures})
    assert all(picture.startswith(b"\xff\xd8\xff") for picture in pictures)


def test_smallest_scale_still_paints() -> None:
    for prompt in SUBJECTS:
        assert paint(prompt, SEED, "16:9", "png", 80, scale=0.01)


def test_repainting_changes_the_colours_and_keeps_the_motif() -> None:
    source = sketch("a mountain")
    changed = repaint(source, "in ember light", SEED, "match_input_image", "png", 80, scale=SCALE)
    grey, grey_changed = (pixels(picture).mean(axis=2).ravel() for picture in (source, changed))

    assert difference(source, changed) > 10
    assert np.corrcoef(grey, grey_changed)[0, 1] > 0.7
    assert changed == repaint(source, "in ember light", SEED, "match_input_image", "png", 80, scale=SCALE)
    assert changed != repaint(source, "in ember light", SEED + 1, "match_input_image", "png", 80, scale=SCALE)


@pytest.mark.parametrize(("aspect_ratio", "size"), [("match_input_image", (300, 100)), ("1:1", (205, 205))])
def test_repainting_keeps_the_shape_unless_told_otherwise(aspect_ratio: str, size: tuple[int, int]) -> None:
    out = io.BytesIO()
    Image.new("LA", (300, 100), (120, 200)).save(out, "PNG")
    changed = repaint(out.getvalue(), "at dusk", SEED, aspect_ratio, "jpg", 80, scale=SCALE)

    with Image.open(io.BytesIO(changed)) as opened:
        assert opened.size == size
