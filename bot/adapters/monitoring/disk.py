import asyncio
import shutil
from pathlib import Path
from typing import Final

MEBIBYTE: Final = 2**20
TOO_LITTLE: Final = 256 * MEBIBYTE
"""Four pictures on their way take half of it."""
ENOUGH: Final = 2 * TOO_LITTLE
"""More than what was too little: else what hovers around it is told again and again."""


class Disk:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._full = False

    async def is_full(self) -> bool:
        """Whether there is hardly room left. A folder that cannot be looked at is told by whoever writes in it."""
        try:
            free = (await asyncio.to_thread(shutil.disk_usage, self._folder)).free
        except OSError:
            return self._full
        self._full = free < (ENOUGH if self._full else TOO_LITTLE)
        return self._full
