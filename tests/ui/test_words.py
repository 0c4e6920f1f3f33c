import importlib
import pkgutil
import re
import string
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.caps import Basis, Cap, Room
from bot.domain.credits import PeriodKind, Plan, Pool, Split
from bot.domain.failures import PaintingError
from bot.domain.jobs import JobState, Origin
from bot.domain.parameters import MAX_SEED, AspectRatio, EditParameters, ImageParameters, OutputFormat
from bot.domain.pictures import Source
from bot.domain.reports import Report
from bot.services.wallet import Statement
from bot.ui import words
from bot.ui.words import about, amounts, cards, edits, errors, failures, startup, times
from bot.ui.words.links import message_link
from bot.ui.words.wallet import statement
from tests.examples import NOON, PAINTING_ERRORS, a_job

NAMES = "|".join(ImageParameters.model_fields)
PARAMETERS = st.builds(
    ImageParameters,
    prompt=st.text(st.characters(categories=["L", "N", "P", "S"]) | st.just(" "), min_size=1, max_size=80)
    .map(lambda text: " ".join(text.split()))
    .filter(bool),
    aspect_ratio=st.sampled_from(AspectRatio),
    output_format=st.sampled_from(OutputFormat),
    output_quality=st.integers(0, 100),
    steps=st.integers(15, 50),
    guidance=st.floats(2, 5),
    safety_tolerance=st.integers(1, 6),
    prompt_upsampling=st.booleans(),
    seed=st.integers(0, MAX_SEED),
)


def texts() -> Iterator[tuple[str, str]]:
    for module in pkgutil.iter_modules(words.__path__, f"{words.__name__}."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if name.isupper() and not name.startswith("_") and isinstance(value, str):
                yield f"{module.name.rpartition('.')[2]}.{name}", value


def pasted(command: str) -> dict[str, Any]:
    """The options as Discord reads them out of a pasted command: each up to the next name with a colon."""
    assert command.startswith("/imagine ")
    _, *parts = re.split(rf"(?:^|(?<= ))({NAMES}):", command.removeprefix("/imagine "))
    read = dict(zip(parts[::2], (value.strip() for value in parts[1::2]), strict=True))
    assert len(parts) == 2 * len(read), "an option came twice"
    kind = {"output_quality": int, "steps": int, "guidance": float, "safety_tolerance": int, "seed": int}
    values: dict[str, Any] = {name: kind.get(name, str)(value) for name, value in read.items()}
    return values | {"prompt_upsampling": {"True": True, "False": False}[read["prompt_upsampling"]]}


@pytest.mark.parametrize(("name", "text"), list(texts()), ids=[name for name, _ in texts()])
def test_a_fixed_text_is_plain_words(name: str, text: str) -> None:
    assert text == text.strip()
    assert text
    assert not re.search(r"\bNone\b|  |Error\b", text)
    placeholders = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    assert placeholders <= ({"error", "cause"} if name.startswith("startup.") else set())


@pytest.mark.parametrize("kind", PAINTING_ERRORS)
def test_every_failure_has_words_of_its_own_and_says_that_it_was_free(kind: type[PaintingError]) -> None:
    told = failures.failure(kind.code)
    assert told.endswith(". Nothing was charged.")
    assert (told == failures.failure("a code of next year")) == (kind is PaintingError)
    assert failures.worth_trying_again(kind.code) == kind.again
    assert not re.search(r"None|[{}]|_", told)


def test_no_two_failures_read_the_same() -> None:
    assert len({failures.failure(kind.code) for kind in PAINTING_ERRORS}) == len(PAINTING_ERRORS)


def test_a_failure_that_nobody_knows_is_still_told() -> None:
    assert failures.failure(None) == failures.failure("x") == "Something went wrong on my side. Nothing was charged."
    assert not failures.worth_trying_again(None)


def test_a_job_that_was_never_announced_can_be_tried_again() -> None:
    assert failures.worth_trying_again("abandoned")
    assert failures.failure("abandoned") != failures.failure(None)


@pytest.mark.parametrize("text", [errors.UNKNOWN_BUTTON, errors.incident("1a2b3c4d"), cards.CANCELLED_FREE])
def test_what_goes_wrong_at_a_door_says_that_nothing_was_charged(text: str) -> None:
    assert text.endswith("Nothing was charged.")


@given(PARAMETERS.filter(lambda it: not re.search(rf"\b({NAMES}):", it.prompt, re.IGNORECASE)))
def test_a_pasted_command_makes_the_very_same_picture(values: ImageParameters) -> None:
    assert ImageParameters.model_validate(pasted(cards.command(values))) == values


@given(PARAMETERS, st.lists(st.sampled_from([*ImageParameters.model_fields, "Steps", "a", "(seed"]), min_size=1))
def test_option_names_in_a_prompt_do_not_become_options(values: ImageParameters, names: list[str]) -> None:
    prompt = " ".join(f"{name}:50" for name in names)
    values = values.model_copy(update={"prompt": prompt})
    read = ImageParameters.model_validate(pasted(cards.command(values)))
    assert read == values.model_copy(update={"prompt": read.prompt})
    assert read.prompt.replace(" :", ":") == prompt


def test_the_command_of_an_edit_is_edit_and_its_prompt_brings_no_picture() -> None:
    values = EditParameters(prompt="image:fox steps:9", seed=7)
    assert cards.command(values).startswith("/edit prompt:image :fox steps :9 aspect_ratio:match_input_image ")


def test_more_about_an_edit_leads_to_its_source_where_that_was_a_message() -> None:
    job = a_job(parameters=EditParameters(prompt="fog"), source=Source("key", channel=20, message=40))
    assert "**edited from** [this message](https://discord.com/channels/10/20/40)" in cards.details(job, 30)
    assert "edited from" not in cards.details(replace(job, source=Source("key")), 30)
    assert "key" not in cards.details(job, 30)


def test_a_price_above_one_stands_in_the_form() -> None:
    assert edits.prompt_hint(1).endswith("should be")
    assert edits.prompt_hint(3).endswith(" It costs 3 credits.")
    assert len(edits.prompt_hint(10**6)) <= 100


def test_a_number_is_written_whole() -> None:
    values = ImageParameters(prompt="a fox", guidance=2.123456789, seed=7)
    assert "guidance:2.123456789 " in cards.command(values)
    assert "guidance:3 " in cards.command(ImageParameters(prompt="a fox", guidance=3.0, seed=7))


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"seed": 7}, "1:1 · png · seed 7"),
        ({}, "1:1 · png"),
        (
            {"seed": 7, "aspect_ratio": "16:9", "output_format": "jpg", "output_quality": 55},
            "16:9 · jpg 55 · seed 7",
        ),
        (
            {"seed": 0, "steps": 30, "guidance": 2.5, "safety_tolerance": 1, "prompt_upsampling": True},
            "1:1 · png · seed 0 · steps 30 · guidance 2.5 · safety tolerance 1 · prompt upsampling True",
        ),
        ({"seed": 7, "guidance": 3.0, "output_quality": 10}, "1:1 · png · seed 7"),
    ],
)
def test_one_line_tells_what_is_not_as_usual(changes: dict[str, Any], line: str) -> None:
    assert cards.parameters(ImageParameters(prompt="a fox", **changes)) == line


def test_each_door_has_its_verb() -> None:
    assert [cards.asked_by(a_job(origin=origin)) for origin in Origin] == [
        "Asked by <@30>",
        "Rerolled by <@30>",
        "Tried again by <@30>",
        "Remixed by <@30>",
        "Varied by <@30>",
        "Edited by <@30>",
    ]


def test_the_place_in_line_is_told_with_a_time_that_counts_by_itself() -> None:
    assert cards.queued(1, NOON) == f"Next in line, expected <t:{int(NOON.timestamp())}:R>"
    assert cards.queued(12, NOON).startswith("Number 12 in line, expected <t:")
    assert cards.painting(NOON) == f"Painting, expected <t:{int(NOON.timestamp())}:R>"


def test_a_late_cancel_tells_its_price() -> None:
    job = a_job(split=Split(1, 1))
    assert cards.cancelled(job, charged=True) == "Cancelled after it was painted: 2 credits spent."
    assert cards.cancelled(job, charged=False) == "Cancelled. Nothing was charged."
    assert "It costs 2 credits if it is made, nothing if it is not." in cards.cancelling(job)


def test_details_tell_every_option_but_the_prompt() -> None:
    job = a_job(painting_at=NOON, painted_at=NOON + timedelta(seconds=75))
    told = cards.details(job, viewer=1)
    assert [line.split("**")[1] for line in told.splitlines() if line.startswith("**")] == [
        *list(ImageParameters.model_fields)[1:],
        "price",
        "painted in",
        "asked for",
    ]
    assert "**painted in** 1 min 15 s" in told
    assert told.endswith("-# Job 1234567890123456789-0")
    assert "fox" not in told
    assert "painted in" not in cards.details(a_job(), viewer=1)


def test_amounts_have_separators_and_the_right_number() -> None:
    assert [amounts.in_credits(it) for it in (0, 1, 2, 1234567)] == [
        "0 credits",
        "1 credit",
        "2 credits",
        "1,234,567 credits",
    ]
    assert [amounts.pictures(it) for it in (1, 12345)] == ["1 picture", "12,345 pictures"]
    assert [amounts.seconds(it) for it in (0, 14.25, 60, 3725)] == ["0.0 s", "14.2 s", "1 min 0 s", "62 min 5 s"]


@given(st.datetimes(datetime(2000, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - made aware
def test_times_are_discords_own(moment: datetime) -> None:
    assert re.fullmatch(r"<t:\d+:R>", times.relative(moment))
    assert re.fullmatch(r"<t:\d+:f>", times.full(moment))
    assert int(times.full(moment)[3:-3]) == moment.timestamp() // 1


def test_a_job_without_a_card_has_no_link() -> None:
    assert message_link(a_job()) == ""
    assert message_link(a_job(card=40)) == "https://discord.com/channels/10/20/40"


def pool(allowance: int | None = 100, **changes: Any) -> Pool:
    return Pool(Plan(allowance, PeriodKind.MONTH), 1, date(2026, 3, 1), **changes)


FREE = Room(Cap(Basis.NONE), 0, 0)


def test_a_statement_counts_what_is_left_and_what_it_buys() -> None:
    told = statement(
        Statement(pool(2000, spent=500, held=1, bonus=1, bonus_held=1), Room(Cap(Basis.ROLE, 10, 77), 3, 11), 2)
    )
    moment = int(datetime(2026, 4, 1, tzinfo=UTC).timestamp())
    assert told.splitlines() == [
        "## This server's credits",
        f"`{'█' * 15}{'░' * 5}` **1,500** left, enough for 750 pictures",
        "1,499 of this month's 2,000 credits, and 1 credit of bonus that stay",
        "2 credits held for pictures under way",
        f"New credits come <t:{moment}:R> (<t:{moment}:f>).",
        "## Your part",
        f"`{'█' * 3}{'░' * 17}` **2** left, 2 of them extra, used last",
        (
            "Your cap is 10 credits, from the role <@&77>, with 3 credits extra on top. "
            "You have used 11, pictures under way included."
        ),
        f"It begins anew <t:{moment}:R> (<t:{moment}:f>), and extra lapses.",
        "-# A picture costs 2 credits, paid when it is here. What fails costs nothing.",
    ]


def test_an_unlimited_guild_is_told_so() -> None:
    told = statement(Statement(pool(None, paused=True), FREE, 1)).splitlines()
    assert told == [
        "## This server's credits",
        "**Unlimited**: pictures cost this server nothing.",
        "Nothing is under way.",
        "**Paused** by the bot's operator: no new pictures for now.",
        "## Your part",
        "You have no cap of your own here. You may spend what the server has.",
        "-# A picture costs 1 credit, paid when it is here. What fails costs nothing.",
    ]


@pytest.mark.parametrize("price", [0, 1])
@pytest.mark.parametrize("allowance", [0, 1, 10**9])
@pytest.mark.parametrize("spent", [0, 1, 10**9])
def test_a_statement_can_be_made_of_any_pool(allowance: int, spent: int, price: int) -> None:
    told = statement(Statement(pool(allowance, spent=spent), FREE, price))
    assert len(re.findall("[█░]", told)) == 20
    assert ("enough for" in told) == bool(price and allowance > spent)
    assert "-" not in told.replace("-#", "")


def test_the_operator_reads_a_report_that_cannot_break_its_frame() -> None:
    nasty = "**@everyone** <@&1> `x` " * 400
    job = a_job(parameters=ImageParameters(prompt=nasty[:4000]), card=40, state=JobState.DELIVERED)
    told = about.report(Report(job, 5, nasty))
    assert len(told) <= 4000
    assert len(told.splitlines()) == 6
    assert not re.search(r"(?<!\\)@everyone|(?<!\\)<@&", told)
    assert "**Reason** none given" in about.report(Report(a_job(), 5, " \n"))
    assert "**Picture** no card" in about.report(Report(a_job(), 5, ""))


def test_about_links_what_the_operator_published() -> None:
    told = about.about("Ada", "https://ada.example/privacy", None)
    assert "This bot is run by Ada." in told
    assert "Privacy policy: https://ada.example/privacy" in told
    assert f"Terms: {about.NO_LINK}" in told
    assert len(told) <= 4000


def test_the_books_are_told_in_the_right_number() -> None:
    assert startup.books([]) == "The books are right."
    assert startup.books(["a"]).splitlines() == ["a", "The books are wrong in one place."]
    assert startup.books(["a", "b"]).splitlines()[-1] == "The books are wrong in 2 places."
