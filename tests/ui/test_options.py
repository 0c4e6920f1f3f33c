"""The command's options against the endpoint's own page, field for field."""

from typing import Any

import discord
import pytest
from discord import AppCommandOptionType, app_commands

from bot.domain.parameters import ImageParameters
from bot.domain.refusals import BadParametersError
from bot.services.typed import parameters_of
from bot.ui.options import FieldOption
from bot.ui.words.refusals import refusal
from cogs.imagine import Imagine
from tests.discord_description import complaints
from tests.domain.test_parameters import BOUNDS_OF_OUR_OWN, Row, rows

TYPES = {
    "string": {AppCommandOptionType.string},
    "number": {AppCommandOptionType.integer, AppCommandOptionType.number},
    "boolean": {AppCommandOptionType.boolean},
}


def payload() -> dict[str, Any]:
    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))
    return Imagine.imagine.to_dict(tree)


def options() -> list[tuple[app_commands.Parameter, Row]]:
    return list(zip(Imagine.imagine.parameters, rows(), strict=True))


def test_the_options_are_the_nine_fields_of_the_page_in_its_order() -> None:
    assert [option.name for option in Imagine.imagine.parameters] == [row.name for row in rows()]
    assert len(rows()) == 9


@pytest.mark.parametrize(("option", "row"), options(), ids=lambda it: it.name)
def test_an_option_is_what_the_page_says(option: app_commands.Parameter, row: Row) -> None:
    assert option.type in TYPES[row.kind]
    assert option.required is row.required
    assert [choice.value for choice in option.choices] == (row.choices or [])
    assert [choice.name for choice in option.choices] == (row.choices or [])
    bounds = (option.min_value, option.max_value)
    assert bounds == (BOUNDS_OF_OUR_OWN.get(row.name) or row.range or (None, None))


def test_only_what_may_lie_between_whole_numbers_is_no_whole_number() -> None:
    numbers = [it.name for it in Imagine.imagine.parameters if it.type is AppCommandOptionType.number]
    assert numbers == ["guidance"]


@pytest.mark.parametrize("option", Imagine.imagine.parameters, ids=lambda it: it.name)
def test_an_option_is_described_by_its_field_in_few_words(option: app_commands.Parameter) -> None:
    assert option.description == ImageParameters.model_fields[option.name].description
    assert 1 <= len(str(option.description)) <= 100


def test_discord_takes_the_command() -> None:
    assert complaints("ApplicationCommandCreateRequest", payload()) == []
    required = [option.get("required", False) for option in payload()["options"]]
    assert required == [True] + [False] * 8
    assert payload()["contexts"] == [0]
    assert payload()["integration_types"] == [0]


@pytest.mark.parametrize("value", ["21:9", 500, 2.5, True, [1]])
async def test_a_forged_value_passes_through_to_be_refused_in_words(value: Any) -> None:
    nobody: Any = None
    option = FieldOption(ImageParameters.model_fields["steps"])
    assert await option.transform(nobody, value) is value
    with pytest.raises(BadParametersError) as refused:
        parameters_of({"prompt": "a fox", "steps": value})
    told = refusal(refused.value)
    assert "- `steps`: should be" in told
    assert "Nothing was charged." in told


async def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(BadParametersError) as refused:
        parameters_of({"prompt": "\u200b", "steps": 500, "width": 10})
    told = refusal(refused.value)
    assert [line.split(":")[0] for line in told.splitlines()[1:-1]] == ["- `prompt`", "- `steps`", "- `width`"]
    assert "- `prompt`: has no visible character" in told
