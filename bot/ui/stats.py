"""A guild's figures as one picture, for one person."""

import asyncio
import io
from collections.abc import Callable, Sequence
from typing import Final

import discord
from discord import MediaGalleryItem
from discord.ui import LayoutView, MediaGallery, TextDisplay

from bot.domain.charts import Bar, Chart, Ranking, Timeline
from bot.domain.figures import SPANS, Figures, Share
from bot.domain.refusals import BadParametersError
from bot.ui.boundary import ANSWER_SECONDS
from bot.ui.caller import caller_of
from bot.ui.services import Interaction, services_of
from bot.ui.words import stats as words

UPLOAD_SECONDS: Final = 60
_FILE: Final = "stats.png"


async def show(interaction: Interaction, days: int) -> None:
    """Raises the `RefusalError` that speaks against it."""
    caller, statistics = caller_of(interaction), services_of(interaction).statistics
    if days not in SPANS:  # Discord offers no other, but that can be forged
        raise BadParametersError([("days", words.SPAN_PROBLEM)])
    await statistics.judge(caller)
    async with asyncio.timeout(ANSWER_SECONDS):
        await interaction.response.defer(ephemeral=True, thinking=True)
    figures = await statistics.figures(caller, days)
    if not figures.requests:
        await _tell(interaction, TextDisplay(words.nothing(days)))
        return
    guild = interaction.guild.name if interaction.guild is not None else words.THIS_SERVER
    members, channels = _member_names(interaction, figures.members), _channel_names(interaction, figures.channels)
    picture = await statistics.draw(caller.guild, _chart(words.title(guild, days), figures, members, channels))
    alt = words.alt_text(guild, figures, days, members, channels)
    gallery: MediaGallery[LayoutView] = MediaGallery(MediaGalleryItem(f"attachment://{_FILE}", description=alt))
    file = discord.File(io.BytesIO(picture), filename=_FILE, description=alt)
    await _tell(interaction, TextDisplay(words.text(figures, days)), gallery, file=file)


async def _tell(
    interaction: Interaction, *items: discord.ui.Item[LayoutView], file: discord.File | None = None
) -> None:
    view = LayoutView(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()  # nothing in it is pressed
    async with asyncio.timeout(UPLOAD_SECONDS):
        await interaction.edit_original_response(view=view, attachments=[] if file is None else [file])


def _chart(title: str, figures: Figures, members: Sequence[str], channels: Sequence[str]) -> Chart:
    """Who and where only as far as the figures say it."""
    shares = ((words.BY_MEMBER, members, figures.members), (words.BY_CHANNEL, channels, figures.channels))
    outcomes = [Bar(words.OUTCOMES[it], count, f"{count:,}") for it, count in figures.outcomes.items()]
    return Chart(
        title,
        Timeline(
            title=words.PER_DAY,
            labels=[words.day(it.day) for it in figures.days],
            bars=[it.pictures for it in figures.days],
            line=[it.credits for it in figures.days],
            bars_name=words.PICTURES,
            line_name=words.CREDITS,
        ),
        [
            *(Ranking(name, _bars(names, found)) for name, names, found in shares if found),
            Ranking(words.of_requests(figures), outcomes, words.waits(figures)),
        ],
    )


def _bars(names: Sequence[str], shares: Sequence[Share]) -> list[Bar]:
    return [Bar(name, it.pictures, words.amounts(it)) for name, it in zip(names, shares, strict=True)]


def _member_names(interaction: Interaction, shares: Sequence[Share]) -> list[str]:
    """The bot knows hardly any: no list of members is ever fetched."""
    known = {interaction.user.id: interaction.user.display_name}
    return _names(shares, known.get)


def _channel_names(interaction: Interaction, shares: Sequence[Share]) -> list[str]:
    def name(channel: int) -> str | None:
        found = None if interaction.guild is None else interaction.guild.get_channel_or_thread(channel)
        return None if found is None else f"#{found.name}"

    return _names(shares, name)


def _names(shares: Sequence[Share], name: Callable[[int], str | None]) -> list[str]:
    """With the numbers that the text explains."""
    return [
        words.others(it) if it.id is None else f"{place} {name(it.id) or words.unnamed(it.id)}"
        for place, it in enumerate(shares, 1)
    ]
