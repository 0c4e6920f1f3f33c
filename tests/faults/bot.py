"""The bot as it is, but its clock can be put forward and it waits for the provider in a hurry.

`AHEAD` names a file that holds by how many seconds.
"""

import asyncio
import os
import sys
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final
from unittest.mock import patch

from typing_extensions import override

from bot.__main__ import main
from bot.adapters.clock import SystemClock
from bot.adapters.onemin import OneMin

HURRY: Final = 100


class ClockAhead(SystemClock):
    @override
    def now(self) -> datetime:
        return super().now() + timedelta(seconds=float(Path(os.environ["AHEAD"]).read_text()))


async def hurried(seconds: float) -> None:
    await asyncio.sleep(seconds / HURRY)


def run() -> int:
    with patch.multiple("bot.app", SystemClock=ClockAhead, OneMin=partial(OneMin, sleep=hurried)):
        return main()


if __name__ == "__main__":
    sys.exit(run())
