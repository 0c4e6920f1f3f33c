"""The 1min.ai client: `wire`, `replies`, `complaints` and `waits` decide without I/O, the rest carries."""

from bot.adapters.onemin.client import OneMin
from bot.adapters.onemin.session import Sessions, open_sessions

__all__ = ["OneMin", "Sessions", "open_sessions"]
