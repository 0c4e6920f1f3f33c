"""The bot in a hurry, which tells on SIGUSR1 how many tasks it has, in the file that `TASKS` names."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from tests.faults.bot import run


def tell(*_: object) -> None:
    tasks = Path(os.environ["TASKS"])
    fresh = tasks.with_suffix(".new")
    fresh.write_text(str(len(asyncio.all_tasks())))
    fresh.replace(tasks)


if __name__ == "__main__":
    signal.signal(signal.SIGUSR1, tell)
    sys.exit(run())
