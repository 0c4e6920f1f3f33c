"""Lists of refused words. Nothing else knows the library that looks for thousands at once."""

from bot.adapters.words.filters import ListFilters

__all__ = ["ListFilters"]
