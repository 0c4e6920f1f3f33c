"""What another picture is made with, and who chose which of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.layers import Layer, carried
from bot.domain.parameters import AspectRatio, ImageParameters
from bot.domain.remakes import Remix, rerolled, tried_again, varied
from tests.examples import a_job

ASKER, OTHER = 30, 31
GIVEN = {
    "aspect_ratio": Layer.TYPED,
    "steps": Layer.PRESET,
    "guidance": Layer.OWN,
    "output_format": Layer.GUILD,
    "seed": Layer.TYPED,
}
SOURCE = a_job(
    parameters=ImageParameters(prompt="a red fox", aspect_ratio=AspectRatio.TALL, steps=40, guidance=4, seed=7),
    given=GIVEN,
)
UNSEEDED = {name: layer for name, layer in GIVEN.items() if name != "seed"}


def test_what_somebody_else_chose_is_only_taken_over() -> None:
    assert carried(GIVEN, by_same_member=True) == GIVEN
    assert carried(GIVEN, by_same_member=False) == {
        "aspect_ratio": Layer.SOURCE,
        "steps": Layer.SOURCE,
        "guidance": Layer.SOURCE,
        "output_format": Layer.GUILD,
        "seed": Layer.SOURCE,
    }


def test_a_reroll_has_a_seed_that_nobody_chose() -> None:
    again = rerolled(SOURCE, ASKER)
    assert again.parameters.model_copy(update={"seed": 7}) == SOURCE.parameters
    assert again.parameters.seed != 7
    assert again.given == UNSEEDED
    assert not again.typed


def test_another_try_keeps_the_seed_and_who_chose_it() -> None:
    again = tried_again(SOURCE, OTHER)
    assert again.parameters == SOURCE.parameters
    assert again.given == carried(GIVEN, by_same_member=False)
    drawn = tried_again(a_job(parameters=ImageParameters(prompt="a fox")), ASKER)
    assert drawn.parameters.seed is not None


@given(st.integers(1, 9))
def test_variations_differ_by_their_seeds_alone(count: int) -> None:
    made = varied(SOURCE, ASKER, count)
    assert len({it.parameters.seed for it in made} - {7}) == count
    for it in made:
        assert it.parameters.model_copy(update={"seed": 7}) == SOURCE.parameters
        assert it.given == UNSEEDED


def test_a_remix_counts_only_what_it_changes_as_typed() -> None:
    wanted = {"prompt": "a red fox", "aspect_ratio": AspectRatio.TALL, "guidance": 2.5, "prompt_upsampling": False}
    remix = Remix(wanted)(SOURCE, ASKER)
    assert set(remix.typed) == {"guidance"}
    assert (remix.parameters.guidance, remix.parameters.steps) == (2.5, 40)
    assert remix.parameters.seed != 7
    assert remix.given == {**UNSEEDED, "guidance": Layer.TYPED}


def test_another_prompt_is_no_option() -> None:
    remix = Remix({"prompt": "a blue fox"}, keeps_seed=True)(SOURCE, OTHER)
    assert set(remix.typed) == {"prompt"}
    assert "prompt" not in remix.given
    assert remix.parameters.seed == 7
    assert remix.given["seed"] is Layer.SOURCE


@pytest.mark.parametrize("seed", [None, 7])
def test_a_seed_that_is_kept_was_chosen_by_the_picture(seed: int | None) -> None:
    source = a_job(parameters=ImageParameters(prompt="a fox", seed=seed))
    remix = Remix({"prompt": "a fox"}, keeps_seed=True)(source, ASKER)
    assert remix.parameters.seed is not None
    assert remix.parameters.seed == (seed if seed is not None else remix.parameters.seed)
    assert remix.given == {"seed": Layer.SOURCE}
