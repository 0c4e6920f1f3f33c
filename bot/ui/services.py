"""What every door reaches through the client."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import discord
from discord.ui import LayoutView

from bot.domain.album import Turn
from bot.domain.jobs import Job, JobId
from bot.domain.orders import Offer
from bot.services.album import Album
from bot.services.editing import Editing
from bot.services.making import Making
from bot.services.moderation import Moderation
from bot.services.office import Office
from bot.services.preferences import Preferences
from bot.services.privacy import Privacy
from bot.services.queue import Queue
from bot.services.residency import Residency
from bot.services.rulebook import Rulebook
from bot.services.scribe import Scribe
from bot.services.statistics import Statistics
from bot.services.steward import Steward
from bot.services.studio import Studio
from bot.services.treasury import Treasury
from bot.services.wallet import Wallet
from bot.ui.custom_ids import Kind

Interaction: TypeAlias = discord.Interaction[Any]
Press: TypeAlias = Callable[[Interaction, Kind, JobId], Awaitable[None]]
Browse: TypeAlias = Callable[[Interaction, "Browsing"], Awaitable[None]]
Vary: TypeAlias = Callable[[Interaction, JobId, Offer], Awaitable[None]]


class Announcer(Protocol):
    async def announce(self, interaction: Interaction, view: LayoutView, job: Job) -> int:
        """Answer in public with the job's card; the id of its message. Raises what Discord answers."""
        ...

    async def announce_beside(self, interaction: Interaction, view: LayoutView, job: Job) -> int:
        """The same beside an answer that stands already."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Browsing:
    """What somebody leafs through, as a button tells it; `key` is where the text is kept that they search for."""

    favourites: bool = False
    here: bool = False
    key: str | None = None
    turn: Turn | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    studio: Studio
    wallet: Wallet
    steward: Steward
    treasury: Treasury
    queue: Queue
    office: Office
    moderation: Moderation
    rulebook: Rulebook
    scribe: Scribe
    statistics: Statistics
    editing: Editing
    making: Making
    residency: Residency
    preferences: Preferences
    album: Album
    privacy: Privacy
    announcer: Announcer
    press: Press
    vary: Vary
    browse: Browse


def services_of(interaction: Interaction) -> Services:
    """The client is typed as `Any` by discord.py; this is where the type returns."""
    services: Services = interaction.client.services
    return services
