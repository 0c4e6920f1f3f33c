"""Every card, at its largest, against the limits that Discord sets."""

from collections.abc import Iterator
from typing import Any

import pytest
from discord.ui import ActionRow, LayoutView

from bot.domain.jobs import Job, JobState, Origin, job_id
from bot.domain.parameters import AspectRatio, ImageParameters, OutputFormat
from bot.domain.pictures import Picture, PictureFormat
from bot.ui import cards
from bot.ui.words.failures import failure
from tests.discord_description import complaints
from tests.examples import NOON, PAINTING_ERRORS, Held, a_job
from tests.ui.test_text import plain

COMPONENTS_V2 = 1 << 15
ONE_OF_EACH = {f"{kind} markup" for kind in ("queued", "painting", "picture", "cancelled late", "moderated", "lost")}
PROMPTS = {
    "short": "x",
    "markup": "*_~`|[]()<@&1>#:" * 250,
    "families": "👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿" * 220,
    "zalgo": ("z" + "\u0301" * 40) * 90,
    "lines": "- one\n> two\n# three\n" * 190,
    "one word": "x" * 4000,
}


def jobs(state: JobState, **changes: Any) -> Iterator[tuple[str, Job]]:
    for name, prompt in PROMPTS.items():
        parameters = ImageParameters(
            prompt=prompt[:4000],
            seed=2**31 - 1,
            aspect_ratio=AspectRatio.WIDE,
            output_format=OutputFormat.JPG,
            steps=50,
            guidance=2.123456789012345,
            safety_tolerance=6,
            prompt_upsampling=True,
        )
        big: dict[str, Any] = {"id": job_id(2**64 - 1, 99), "member": 2**63 - 1, "origin": Origin.RETRY}
        yield name, a_job(parameters=parameters, state=state, **big, **changes)


def codes() -> dict[str, bool]:
    """Every code, and whether trying again can help."""
    return {kind.code: kind.again for kind in PAINTING_ERRORS} | {"abandoned": True}


def views() -> Iterator[tuple[str, LayoutView]]:
    for name, job in jobs(JobState.QUEUED):
        yield f"queued {name}", cards.queued(job, 10**6, NOON)
        yield f"painting {name}", cards.painting(job, NOON)
        yield f"picture {name}", cards.picture(job, cards.file_name(job, Picture(Held(b""), PictureFormat.JPEG, 1, 1)))
    for when, painted_at in (("late", NOON), ("early", None)):
        for name, job in jobs(JobState.CANCELLED, painted_at=painted_at):
            yield f"cancelled {when} {name}", cards.ended(job)
    for code in codes():
        job = dict(jobs(JobState.FAILED, failure=code))["markup"]
        yield f"{code} markup", cards.ended(job)
    for name, job in jobs(JobState.LOST):
        yield f"lost {name}", cards.ended(job)


def components_of(view: LayoutView) -> list[dict[str, Any]]:
    shown: Any = view  # the method has no types
    components: list[dict[str, Any]] = shown.to_components()
    return components


def parts(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for part in components:
        yield part
        yield from parts(part.get("components", []))


def of_type(view: LayoutView, kind: int) -> list[dict[str, Any]]:
    return [part for part in parts(components_of(view)) if part["type"] == kind]


def labels(view: LayoutView) -> list[str]:
    return [button["label"] for button in of_type(view, 2)]


def test_every_card_is_within_discords_limits_at_its_largest() -> None:
    for name, view in views():
        components = list(parts(components_of(view)))
        told = [part["content"] for part in of_type(view, 10)]
        assert len(components) <= 40, name
        assert sum(map(len, told)) <= 4000, name
        assert len(told[0]) <= 600, name
        plain(told[0])
        assert len(labels(view)) <= 4, name
        ids = [button["custom_id"] for button in of_type(view, 2)]
        assert len(set(ids)) == len(ids), name
        for item in (item for gallery in of_type(view, 12) for item in gallery["items"]):
            assert 1 <= len(item["description"]) <= 1024, name


def test_discord_takes_every_card_as_an_answer_and_as_a_message() -> None:
    cards_by_name = dict(views())
    for name in ONE_OF_EACH:  # to hold a card against the description takes a while
        view = cards_by_name[name]
        body = {"flags": COMPONENTS_V2, "components": components_of(view)}
        assert complaints("IncomingWebhookInteractionRequest", body) == [], name
        assert complaints("MessageCreateRequest", body) == [], name


def test_discords_description_would_find_a_card_that_is_too_large() -> None:
    _, job = next(jobs(JobState.QUEUED))
    (container,) = components_of(cards.queued(job, 1, NOON))
    container["components"][0]["content"] = "x" * 4001
    assert complaints("MessageCreateRequest", {"components": [container]}) != []


def test_a_card_goes_from_waiting_to_picture_with_the_buttons_that_make_sense() -> None:
    job = a_job()
    assert labels(cards.queued(job, 1, NOON)) == ["Cancel"]
    assert labels(cards.painting(job, NOON)) == ["Cancel"]
    assert labels(cards.picture(job, "1.png")) == ["Reroll", "Remix", "More", "Report"]


def test_the_picture_is_the_file_beside_it_and_described_by_its_prompt() -> None:
    job = a_job()
    name = cards.file_name(job, Picture(Held(b""), PictureFormat.WEBP, 1, 1))
    (gallery,) = of_type(cards.picture(job, name), 12)
    (item,) = gallery["items"]
    assert item["media"]["url"] == "attachment://1234567890123456789-0.webp"
    assert item["description"] == "a red fox"


@pytest.mark.parametrize(("code", "again"), codes().items())
def test_a_failure_is_told_and_may_be_tried_again_where_that_can_help(code: str, *, again: bool) -> None:
    view = cards.ended(a_job(state=JobState.FAILED, failure=code))
    assert labels(view) == (["Try again"] if again else [])
    assert of_type(view, 10)[1]["content"].startswith(failure(code))


def test_a_lost_job_can_be_tried_again() -> None:
    view = cards.ended(a_job(state=JobState.LOST))
    assert labels(view) == ["Try again"]
    assert "I was interrupted" in of_type(view, 10)[1]["content"]


def test_a_cancelled_job_tells_what_it_cost_and_leads_nowhere() -> None:
    free = cards.ended(a_job(state=JobState.CANCELLED))
    paid = cards.ended(a_job(state=JobState.CANCELLED, painted_at=NOON))
    assert labels(free) == labels(paid) == []
    assert of_type(free, 10)[1]["content"].startswith("Cancelled. Nothing was charged.")
    assert of_type(paid, 10)[1]["content"].startswith("Cancelled after it was painted: 1 credit spent.")


def test_cancelling_anyway_takes_another_press() -> None:
    row = cards.cancel_anyway(a_job())
    assert isinstance(row, ActionRow)
    (button,) = row.to_component_dict()["components"]
    assert (button["label"], button["custom_id"]) == ("Cancel anyway", "cancel-anyway:1:1234567890123456789-0")
