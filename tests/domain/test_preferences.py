"""Defaults and presets of members, and which layer wins."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.domain.layers import Layer
from bot.domain.parameters import OPTIONS, ImageParameters
from bot.domain.preferences import Choices, Preset, options_of, still_valid
from bot.domain.rules import GuildRules

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "aspect_ratio": st.sampled_from(["1:1", "16:9", "2:3"]),
    "output_format": st.sampled_from(["png", "jpg"]),
    "output_quality": st.integers(0, 100),
    "steps": st.integers(15, 50),
    "guidance": st.floats(2, 5),
    "safety_tolerance": st.integers(1, 6),
    "prompt_upsampling": st.booleans(),
    "seed": st.integers(0, 9),
}
SOME = st.fixed_dictionaries({}, optional=VALUES)


@given(SOME, SOME, SOME, SOME, st.frozensets(st.sampled_from(OPTIONS)))
def test_the_highest_layer_that_says_anything_wins(
    typed: dict[str, Any], preset: dict[str, Any], own: dict[str, Any], guild: dict[str, Any], locked: frozenset[str]
) -> None:
    rules = GuildRules(defaults=guild, locked=locked)
    choices = Choices(own, Preset("noir", preset))
    completed, given_by = rules.completed(ImageParameters(prompt="a fox", **typed), choices)
    free = set(OPTIONS) - locked
    layers = [
        (Layer.TYPED, typed),
        (Layer.PRESET, {name: it for name, it in preset.items() if name in free}),
        (Layer.OWN, {name: it for name, it in own.items() if name in free}),
        (Layer.GUILD, guild),
    ]
    usual = ImageParameters(prompt="a fox")
    for option in OPTIONS:
        layer, values = next(((it, values) for it, values in layers if option in values), (None, {}))
        assert getattr(completed, option) == values.get(option, getattr(usual, option))
        assert given_by.get(option) == layer
    assert completed.model_fields_set == {"prompt", *typed}


@given(SOME, SOME, st.integers(1, 6), st.integers(15, 50), st.integers(0, 100))
def test_nothing_but_what_was_typed_is_above_a_ceiling(
    preset: dict[str, Any], own: dict[str, Any], tolerance: int, steps: int, quality: int
) -> None:
    rules = GuildRules(max_steps=steps, max_quality=quality)
    completed, given_by = rules.completed(
        ImageParameters(prompt="a fox"), Choices(own, Preset("noir", preset)), tolerance
    )
    rules.judge_options(completed)
    assert completed.safety_tolerance <= tolerance
    for option, most in (("steps", steps), ("output_quality", quality), ("safety_tolerance", tolerance)):
        wanted = preset.get(option, own.get(option, getattr(ImageParameters(prompt="x"), option)))
        assert (given_by.get(option) is Layer.GUILD) == (wanted > most)


def test_a_default_of_ones_own_counts_without_a_preset() -> None:
    completed, given_by = GuildRules().completed(ImageParameters(prompt="a fox"), Choices({"steps": 30}))
    assert (completed.steps, given_by) == (30, {"steps": Layer.OWN})


@pytest.mark.parametrize(
    ("suffix", "whole"),
    [("", "a fox"), ("in grey", "a fox in grey"), (", in grey", "a fox, in grey"), ("; film", "a fox; film")],
)
def test_the_words_of_a_preset_stand_behind_the_prompt(suffix: str, whole: str) -> None:
    assert Preset("noir", {}, suffix).extended("a fox") == whole


def test_only_options_are_kept_and_only_with_values_that_the_endpoint_takes() -> None:
    assert options_of({"steps": 30, "prompt": "x", "colour": "red"}) == {"steps": 30}
    with pytest.raises(ValidationError):
        options_of({"steps": 51})
    assert still_valid({"steps": 51, "guidance": 3, "prompt": "x", "colour": 1}) == {"guidance": 3}
