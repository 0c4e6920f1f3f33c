"""What the community sees of a job: one message that goes from waiting to picture."""

from datetime import datetime
from typing import Any, Final

import discord
from discord.ui import ActionRow, Container, LayoutView, MediaGallery, Separator, TextDisplay

from bot.domain.failures import LostError
from bot.domain.jobs import Job, JobState
from bot.domain.pictures import Picture
from bot.ui.buttons import (
    CancelAnywayButton,
    CancelButton,
    JobButton,
    MoreButton,
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


def queued(job: Job, place: int, ready_by: datetime) -> LayoutView:
    return _card(job, _WAITING, words.queued(place, ready_by), CancelButton(job.id))


def painting(job: Job, ready_by: datetime) -> LayoutView:
    return _card(job, _PAINTING, words.painting(ready_by), CancelButton(job.id))


def picture(job: Job, file: str) -> LayoutView:
    """The card with the picture that is uploaded under this file name beside it."""
    gallery: MediaGallery[LayoutView] = MediaGallery(
        discord.MediaGalleryItem(f"attachment://{file}", description=words.alt_text(job))
    )
    return _view(
        Container(
            TextDisplay(words.prompt(job)),
            gallery,
            TextDisplay(f"-# {words.parameters(job.parameters)}\n-# {words.asked_by(job)}"),
            _row(RerollButton(job.id), MoreButton(job.id), ReportButton(job.id)),
            accent_colour=_DONE,
        )
    )


def file_name(job: Job, shown: Picture) -> str:
    return f"{job.id}.{shown.format.value}"


def ended(job: Job, *, charged: bool) -> LayoutView:
    if not job.state.ended:
        return _card(job, _ENDED, words.CANCELLING)
    if job.state is JobState.CANCELLED:
        return _card(job, _ENDED, words.cancelled(job, charged=charged))
    code = LostError.code if job.state is JobState.LOST else job.failure
    again = [RetryButton(job.id)] if failures.worth_trying_again(code) else []
    return _card(job, _ENDED, failures.failure(code), *again)


def cancel_anyway(job: Job) -> ActionRow[LayoutView]:
    return _row(CancelAnywayButton(job.id))


def _card(job: Job, colour: discord.Colour, status: str, *buttons: JobButton) -> LayoutView:
    return _view(
        Container(
            TextDisplay(words.prompt(job)),
            Separator(),
            TextDisplay(f"{status}\n-# {words.asked_by(job)}"),
            *([_row(*buttons)] if buttons else []),
            accent_colour=colour,
        )
    )


def _view(container: Container[Any]) -> LayoutView:
    view = LayoutView(timeout=None)
    view.add_item(container)
    return view


def _row(*buttons: JobButton) -> ActionRow[LayoutView]:
    row: ActionRow[LayoutView] = ActionRow()
    for button in buttons:
        row.add_item(button)
    return row
