"""What becomes of a submitted form about words."""

import asyncio
from re import Match
from typing import Any, Final

import aiohttp
import discord

from bot.domain.word_lists import expect_size, lines_of
from bot.ui.boundary import ANSWER_SECONDS, tell
from bot.ui.caller import caller_of
from bot.ui.forms import fields_of
from bot.ui.services import Interaction, services_of
from bot.ui.wordlists.forms import TEXT, Act
from bot.ui.words import word_lists as words

DOWNLOAD_SECONDS: Final = 20


async def submitted(interaction: Interaction, form: Match[str]) -> None:
    """Raises the `RefusalError` that speaks against it."""
    match Act(form["act"]):
        case Act.EDIT:
            await _save(interaction, "words", int(form["words"]))
        case Act.EXCEPTIONS:
            await _save(interaction, "excepted", int(form["excepted"]))
        case Act.TEST:
            await _test(interaction)
        case Act.IMPORT:
            seen = {name: int(form[name]) for name in ("words", "excepted")}
            await _import(interaction, seen)


async def _save(interaction: Interaction, name: str, seen: int) -> None:
    lines = lines_of(fields_of(interaction).get(TEXT, ""))
    await services_of(interaction).office.change(caller_of(interaction), name, lines, seen)
    await _told(interaction)


async def _test(interaction: Interaction) -> None:
    prompt = fields_of(interaction).get(TEXT, "")
    entry = await services_of(interaction).office.try_prompt(caller_of(interaction), prompt)
    await tell(interaction, words.PASSES if entry is None else words.refused(entry))


async def _import(interaction: Interaction, seen: dict[str, int]) -> None:
    caller, office = caller_of(interaction), services_of(interaction).office
    await office.regulations(caller)  # only staff have anything downloaded
    file = _file_of(interaction)
    if file is None:
        await tell(interaction, words.NO_FILE)
        return
    expect_size(file.size)
    async with asyncio.timeout(ANSWER_SECONDS):
        await interaction.response.defer(ephemeral=True, thinking=True)
    try:
        async with asyncio.timeout(DOWNLOAD_SECONDS):
            data = await file.read()
    except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError):
        await tell(interaction, words.FILE_AWAY)
        return
    if await office.import_words(caller, data, seen):
        await _told(interaction)
    else:
        await tell(interaction, words.SAME)


async def _told(interaction: Interaction) -> None:
    known = await services_of(interaction).office.regulations(caller_of(interaction))
    await tell(interaction, words.saved(known.rules))


def _file_of(interaction: Interaction) -> discord.Attachment | None:
    """What came with the form: in a process that never saw it, discord.py makes nothing of it."""
    data: Any = interaction.data or {}
    sent = next(iter(data.get("resolved", {}).get("attachments", {}).values()), None)
    if sent is None:
        return None
    return discord.Attachment(data=sent, state=interaction._state)  # noqa: SLF001 - there is no other way to one
