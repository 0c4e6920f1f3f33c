"""What the services need of the world, as narrow as they need it."""

from bot.ports.album import Reprints, Shelf
from bot.ports.archive import Archive, Memory
from bot.ports.cards import Cards, LogDesk, OperatorDesk
from bot.ports.clock import Clock
from bot.ports.credits import Books, Confirmations, Decisions, Funds, Pools
from bot.ports.guilds import Facts, Guilds, Offices
from bot.ports.jobs import Jobs
from bot.ports.monitoring import Loads, Meters
from bot.ports.painting import Charts, ImageProvider, Pictures
from bot.ports.preferences import PreferenceBook
from bot.ports.sources import SourceFiles, SourceMessages
from bot.ports.words import WordFilter, WordFilters

__all__ = [
    "Archive",
    "Books",
    "Cards",
    "Charts",
    "Clock",
    "Confirmations",
    "Decisions",
    "Facts",
    "Funds",
    "Guilds",
    "ImageProvider",
    "Jobs",
    "Loads",
    "LogDesk",
    "Memory",
    "Meters",
    "Offices",
    "OperatorDesk",
    "Pictures",
    "Pools",
    "PreferenceBook",
    "Reprints",
    "Shelf",
    "SourceFiles",
    "SourceMessages",
    "WordFilter",
    "WordFilters",
]
