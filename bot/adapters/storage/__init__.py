from bot.adapters.storage.archives import SqlArchive
from bot.adapters.storage.bookkeeping import SqlBooks
from bot.adapters.storage.books import audit
from bot.adapters.storage.checkup import SqlRecords
from bot.adapters.storage.database import PATIENCE_SECONDS, Database
from bot.adapters.storage.migrate import migrate, migrate_to
from bot.adapters.storage.offices import SqlOffices
from bot.adapters.storage.preference_book import SqlPreferences
from bot.adapters.storage.revision import expect_current
from bot.adapters.storage.shelves import SqlShelf
from bot.adapters.storage.signals import Heard, Signals
from bot.adapters.storage.store import SqlStore

__all__ = [
    "PATIENCE_SECONDS",
    "Database",
    "Heard",
    "Signals",
    "SqlArchive",
    "SqlBooks",
    "SqlOffices",
    "SqlPreferences",
    "SqlRecords",
    "SqlShelf",
    "SqlStore",
    "audit",
    "expect_current",
    "migrate",
    "migrate_to",
]
