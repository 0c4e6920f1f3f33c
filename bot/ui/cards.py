"""What the community sees of a job: one message that goes from waiting to picture."""

from datetime import datetime
from typing import Any, Final

import discord
from discord.ui import ActionRow, Container, LayoutView, MediaGallery, Separator, TextDisplay

from bot.domain.failures import LostError
from bot.domain.jobs import Job, JobState, Veil
from bot.domain.pictures import Picture
from bot.ui.buttons import (
    CancelAnywayButton,
    CancelButton,
    JobButton,
    MoreButton,
    RemixButton,
    ReportButton,
    RerollButton,
    RetryButton,
)
from bot.ui.words import cards as words
from bot.ui.words import failures

_WAITING: Final = discord.Colour(0x5865F2)
_PAINTING: Final = discord.Colour(0xFEE75C)
_DONE: Final = discord.Colour(0x57F287)
_ENDED: Final = discord.Colour(0x99AAB5)
_VEILED: Final = {Veil.HIDDEN: words.HIDDEN, Veil.REMOVED: words.REMOVED, Veil.DELETED: words.DELETED}


def queued(job: Job, place: int, ready_by: datetime) -> LayoutView:
    return _card(job, _WAITING, words.queued(place, ready_by), CancelButton(job.id))


def painting(job: Job, ready_by: datetime) -> LayoutView:
    return _card(job, _PAINTING, words.painting(ready_by), CancelButton(job.id))


def picture(job: Job, file: str, *, wordless: bool = False, again_by: int | None = None) -> LayoutView:
    """The card with the picture that is uploaded under this file name beside it, if need be without the prompt.

    On a copy stands who had it shown again.
    """
    gallery: MediaGallery[LayoutView] = MediaGallery(
        discord.MediaGalleryItem(
            f"attachment://{file}", description=words.WORDLESS if wordless else words.alt_text(job), spoiler=job.spoiler
        )
    )
    again = "" if again_by is None else f"\n-# {words.shown_again_by(again_by)}"
    return _view(
        Container(
            TextDisplay(f"-# {words.WORDLESS} {words.MORE_HAS_THEM}" if wordless else words.prompt(job)),
            gallery,
            TextDisplay(f"-# {words.parameters(job.parameters)}\n-# {_descent(job, wordless=wordless)}{again}"),
            _row(RerollButton(job.id), RemixButton(job.id), MoreButton(job.id), ReportButton(job.id)),
            accent_colour=_DONE,
        )
    )


def file_name(job: Job, shown: Picture) -> str:
    return f"{job.id}.{shown.format.value}"


def veiled(job: Job) -> LayoutView:
    """In place of a picture; without the prompt, which may be what is wrong with it."""
    return _view(
        Container(TextDisplay(f"{_VEILED[job.veil or Veil.HIDDEN]}\n-# {words.asked_by(job)}"), accent_colour=_ENDED)
    )


def fetching(job: Job) -> LayoutView:
    return _card(job, _PAINTING, words.FETCHING)


def ended(job: Job, *, wordless: bool = False) -> LayoutView:
    """How it ended, or that nobody wants it any more; if need be without the prompt."""
    code = LostError.code if job.state is JobState.LOST else job.failure
    again = job.state.ended and job.kept_until is None and failures.worth_trying_again(code)
    buttons = [RetryButton(job.id)] if again and job.state is not JobState.CANCELLED else []
    return _card(job, _ENDED, _end(job, code), *buttons, wordless=wordless)


def _end(job: Job, code: str | None) -> str:
    if job.kept_until is not None:
        return words.kept(job, job.kept_until)
    if not job.state.ended:
        return words.CANCELLING
    if job.state is JobState.CANCELLED:
        return words.cancelled(job, charged=job.painted_at is not None)
    return failures.failure(code)


def cancel_anyway(job: Job) -> ActionRow[LayoutView]:
    return _row(CancelAnywayButton(job.id))


def _card(job: Job, colour: discord.Colour, status: str, *buttons: JobButton, wordless: bool = False) -> LayoutView:
    return _view(
        Container(
            TextDisplay(f"-# {words.WORDLESS}" if wordless else words.prompt(job)),
            Separator(),
            TextDisplay(f"{status}\n-# {_descent(job, wordless=wordless)}"),
            *([_row(*buttons)] if buttons else []),
            accent_colour=colour,
        )
    )


def _descent(job: Job, *, wordless: bool) -> str:
    # AutoMod may be what forbids the link.
    return words.asked_by(job) if wordless else words.descent(job)


def _view(container: Container[Any]) -> LayoutView:
    view = LayoutView(timeout=None)
    view.add_item(container)
    return view


def _row(*buttons: JobButton) -> ActionRow[LayoutView]:
    row: ActionRow[LayoutView] = ActionRow()
    for button in buttons:
        row.add_item(button)
    return row
