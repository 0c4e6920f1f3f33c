"""A member's pictures and favourites, for them alone: they are read again from where they stand."""

import asyncio
from collections.abc import Iterator
from typing import Final

import discord
from discord.ui import ActionRow, Item, LayoutView, MediaGallery, TextDisplay

from bot.domain.album import Look, Turn, Unseen
from bot.domain.jobs import Job, JobId
from bot.services.album import Page
from bot.ui.boundary import ANSWER_SECONDS, tell
from bot.ui.browsing import BrowseButton
from bot.ui.buttons import DeleteButton, MoreButton, RemixButton, ShowAgainButton
from bot.ui.caller import caller_of
from bot.ui.line import KEPT_SHOWN, fetch_buttons
from bot.ui.services import Browsing, Interaction, services_of
from bot.ui.words import album as words
from bot.ui.words import line
from bot.ui.words.cards import alt_text

TEXT_LIMIT: Final = 100


async def open_album(interaction: Interaction, *, favourites: bool, here: bool, text: str | None) -> None:
    """Raises the `RefusalError` that speaks against it."""
    caller = caller_of(interaction)
    async with asyncio.timeout(ANSWER_SECONDS):
        await interaction.response.defer(ephemeral=True)
    wanted = (text or "").strip()
    key = await services_of(interaction).album.search(caller, wanted) if wanted else None
    await _show(interaction, Browsing(favourites=favourites, here=here, key=key))


async def browse(interaction: Interaction, browsing: Browsing) -> None:
    """Another page, in the place of the one that was pressed."""
    async with asyncio.timeout(ANSWER_SECONDS):
        await interaction.response.defer()
    await _show(interaction, browsing)


async def show_again(interaction: Interaction, job: JobId) -> None:
    """Raises the `RefusalError` that speaks against it; what is shown is a message of its own."""
    caller = caller_of(interaction)
    async with asyncio.timeout(ANSWER_SECONDS):
        await interaction.response.defer(ephemeral=True, thinking=True)
    copy = await services_of(interaction).album.show_again(caller, job)
    if copy is not None:
        await tell(interaction, words.shown_again(copy))


async def _show(interaction: Interaction, browsing: Browsing) -> None:
    caller = caller_of(interaction)
    look = Look(
        guild=caller.guild,
        member=caller.member,
        favourites=browsing.favourites,
        channel=caller.channel if browsing.here else None,
    )
    page = await services_of(interaction).album.page(caller, look, browsing.key, browsing.turn)
    async with asyncio.timeout(ANSWER_SECONDS):
        await interaction.edit_original_response(
            view=view_of(page, browsing), allowed_mentions=discord.AllowedMentions.none()
        )


def view_of(page: Page, browsing: Browsing) -> LayoutView:
    view = LayoutView(timeout=None)
    for item in _items(page, browsing):
        view.add_item(item)
    view.stop()  # as in `boundary`
    return view


def _items(page: Page, browsing: Browsing) -> Iterator[Item[LayoutView]]:
    if page.kept:
        yield TextDisplay(line.kept(page.kept, KEPT_SHOWN))
        yield fetch_buttons(page.kept)
    yield TextDisplay(words.heading(page))
    for job in page.leaf.jobs:
        yield from _entry(job, page)
    turns = [
        Turn(spot, newer=newer)
        for spot, newer in ((page.leaf.newer, True), (page.leaf.older, False))
        if spot is not None
    ]
    if turns:
        row: ActionRow[LayoutView] = ActionRow()
        for turn in turns:
            row.add_item(BrowseButton(browsing, turn))
        yield row


def _entry(job: Job, page: Page) -> Iterator[Item[LayoutView]]:
    seen = page.pictures[job.id]
    yield TextDisplay(words.entry(job, page.look.member, seen))
    if seen is Unseen.CLOSED:
        return
    if not isinstance(seen, Unseen):
        gallery: MediaGallery[LayoutView] = MediaGallery(
            discord.MediaGalleryItem(seen, description=alt_text(job), spoiler=job.spoiler)
        )
        yield gallery
    row: ActionRow[LayoutView] = ActionRow()
    if not isinstance(seen, Unseen):
        row.add_item(ShowAgainButton(job.id))
    row.add_item(RemixButton(job.id))
    row.add_item(MoreButton(job.id))
    if job.member == page.look.member:
        row.add_item(DeleteButton(job.id))
    yield row
