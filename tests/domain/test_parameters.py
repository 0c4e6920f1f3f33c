"""The model of the endpoint's fields is held to the endpoint's own page, line by line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, nan
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.domain.parameters import MAX_SEED, AspectRatio, EditParameters, EditRatio, ImageParameters, OutputFormat

PAGE = Path(__file__).parent.parent / "data" / "flux-2-pro-endpoint.txt"

BOUNDS_OF_OUR_OWN = {"prompt": (1, 4000), "seed": (0, MAX_SEED)}


@dataclass(frozen=True)
class Row:
    name: str
    kind: str
    required: bool
    description: str
    default: str

    @property
    def range(self) -> tuple[float, float] | None:
        """As in "(15-50)" or "1=strictest, 6=most permissive"."""
        if bounds := re.search(r"\((\d+)-(\d+)\)", self.description):
            return float(bounds[1]), float(bounds[2])
        ends = re.findall(r"(\d+)=", self.description)
        return (float(ends[0]), float(ends[1])) if ends else None

    @property
    def choices(self) -> list[str] | None:
        """As in "(jpg, png)"."""
        listed = re.search(r"\(([^()]*,[^()]*)\)", self.description)
        return listed[1].split(", ") if listed else None


def rows() -> list[Row]:
    return list(_rows())


def _rows() -> Iterator[Row]:
    table = PAGE.read_text(encoding="utf-8").split("Prompt Object Parameters\n")[1].split("Code Examples")[0]
    for line in table.splitlines()[2:]:
        name, kind, required, description, default = (cell.strip() for cell in line.strip("|").split("|"))
        yield Row(name, kind, required == "Yes", description, default)


def schema(name: str) -> dict[str, Any]:
    whole = ImageParameters.model_json_schema()
    field: dict[str, Any] = whole["properties"][name]
    definitions: dict[str, dict[str, Any]] = whole["$defs"]
    field |= next((kind for kind in field.get("anyOf", []) if kind["type"] != "null"), {})
    return field | definitions.get(field.get("$ref", "").rpartition("/")[2], {})


def test_the_fields_are_those_of_the_page_in_its_order() -> None:
    assert list(ImageParameters.model_fields) == [row.name for row in rows()]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_a_field_is_what_the_page_says(row: Row) -> None:
    field, info = schema(row.name), ImageParameters.model_fields[row.name]
    kinds = {"string": {"string"}, "number": {"integer", "number"}, "boolean": {"boolean"}}[row.kind]

    assert field["type"] in kinds
    assert info.is_required() is row.required
    assert field.get("enum") == row.choices
    if row.name not in BOUNDS_OF_OUR_OWN:
        bounds = (field["minimum"], field["maximum"]) if "minimum" in field else None
        assert bounds == row.range
    if row.default not in {"-", "Random"}:
        assert str(ImageParameters(prompt="a cat").prompt_object()[row.name]).lower().removesuffix(".0") == row.default


def test_every_range_and_choice_of_the_page_is_read() -> None:
    assert {row.name for row in rows() if row.range} == {"output_quality", "steps", "guidance", "safety_tolerance"}
    assert {row.name for row in rows() if row.choices} == {"aspect_ratio", "output_format"}


@pytest.mark.parametrize("name", BOUNDS_OF_OUR_OWN)
def test_the_page_names_no_bounds_where_ours_stand(name: str) -> None:
    (row,) = (row for row in rows() if row.name == name)
    assert row.range is None


def test_the_bounds_of_our_own() -> None:
    assert (schema("prompt")["minLength"], schema("prompt")["maxLength"]) == BOUNDS_OF_OUR_OWN["prompt"]
    assert (schema("seed")["minimum"], schema("seed")["maximum"]) == BOUNDS_OF_OUR_OWN["seed"]


def test_everything_but_a_missing_seed_is_sent() -> None:
    assert ImageParameters(prompt="a cat").prompt_object() == {
        "prompt": "a cat",
        "aspect_ratio": "1:1",
        "output_format": "png",
        "output_quality": 80,
        "steps": 25,
        "guidance": 3,
        "safety_tolerance": 2,
        "prompt_upsampling": False,
    }


def test_the_enumerations_are_sent_as_the_page_writes_them() -> None:
    parameters = ImageParameters(
        prompt="a cat", aspect_ratio=AspectRatio.TALL, output_format=OutputFormat.JPG, seed=0, guidance=2.5
    )
    sent = parameters.prompt_object()
    assert (sent["aspect_ratio"], sent["output_format"], sent["seed"], sent["guidance"]) == ("9:16", "jpg", 0, 2.5)


@pytest.mark.parametrize(
    "prompt",
    ["", "   ", "\n\t", "\u200b", "\u200b\u200d\u2060", "\u00a0\u3000", "\x00\x07", "\ud800", "x" * 4001, None, 7],
)
def test_a_prompt_that_says_nothing_or_too_much_is_refused(prompt: object) -> None:
    with pytest.raises(ValidationError):
        ImageParameters.model_validate({"prompt": prompt})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  a cat \n", "a cat"),
        ("a\x00 c\x1bat\x7f\x85", "a cat"),
        ("a \ud83dcat\udc00", "a cat"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("👩\u200d🚀 in space", "👩\u200d🚀 in space"),
        ("x" * 4000, "x" * 4000),
    ],
)
def test_what_cannot_be_stored_is_left_out_of_a_prompt(typed: str, kept: str) -> None:
    assert ImageParameters(prompt=typed).prompt == kept


@given(st.text(st.characters(exclude_categories=[]), max_size=200))
def test_a_prompt_that_is_taken_can_be_stored_and_sent(text: str) -> None:
    try:
        prompt = ImageParameters(prompt=text).prompt
    except ValidationError:
        return
    assert prompt.encode()
    assert "\x00" not in prompt
    assert prompt == ImageParameters(prompt=prompt).prompt


@pytest.mark.parametrize(
    ("field", "forged"),
    [
        ("aspect_ratio", "21:9"),
        ("output_format", "webp"),
        ("output_format", "jpeg"),
        ("output_quality", -1),
        ("output_quality", 101),
        ("output_quality", 80.5),
        ("output_quality", "80"),
        ("output_quality", True),
        ("steps", 14),
        ("steps", 51),
        ("steps", True),
        ("guidance", 1.99),
        ("guidance", 5.01),
        ("guidance", nan),
        ("guidance", inf),
        ("guidance", None),
        ("safety_tolerance", 0),
        ("safety_tolerance", 7),
        ("safety_tolerance", True),
        ("prompt_upsampling", 1),
        ("prompt_upsampling", "true"),
        ("seed", -1),
        ("seed", MAX_SEED + 1),
        ("seed", False),
        ("seed", 1.0),
        ("width", 1024),
    ],
)
def test_a_forged_value_is_refused(field: str, forged: object) -> None:
    with pytest.raises(ValidationError) as refusal:
        ImageParameters.model_validate({"prompt": "a cat", field: forged})
    assert [error["loc"] for error in refusal.value.errors()] == [(field,)]


@pytest.mark.parametrize("field", ImageParameters.model_fields)
def test_parameters_cannot_be_changed(field: str) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        setattr(ImageParameters(prompt="a cat"), field, "9:16")


def test_a_seed_is_drawn_once() -> None:
    drawn = ImageParameters(prompt="a cat").seeded()

    assert drawn.seed is not None
    assert drawn.seeded() is drawn
    assert drawn == ImageParameters(prompt="a cat", seed=drawn.seed)


def test_a_typed_seed_is_kept_and_a_reroll_draws_another() -> None:
    typed = ImageParameters(prompt="a cat", seed=0)

    assert typed.seeded() is typed
    seeds = {typed.reseeded().seed for _ in range(8)}
    assert len(seeds) > 1
    assert all(seed is not None and 0 <= seed <= MAX_SEED for seed in seeds)


def test_an_edit_takes_the_same_with_one_shape_more() -> None:
    assert list(EditParameters.model_fields) == list(ImageParameters.model_fields)
    assert {*EditRatio} - {*AspectRatio} == {"match_input_image"}
    assert EditParameters(prompt="fog").prompt_object() == ImageParameters(prompt="fog").prompt_object() | {
        "aspect_ratio": "match_input_image"
    }
    others = [name for name in ImageParameters.model_fields if name != "aspect_ratio"]
    whole, edited = ImageParameters.model_json_schema(), EditParameters.model_json_schema()
    assert all(whole["properties"][name] == edited["properties"][name] for name in others)


def test_an_edit_made_again_stays_one() -> None:
    edit = EditParameters(prompt="fog", seed=7)
    assert isinstance(edit.reseeded(), EditParameters)
    assert isinstance(EditParameters(prompt="fog").seeded(), EditParameters)
    assert EditParameters.model_validate_json(edit.model_dump_json()) == edit
