import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Final

import structlog
from typing_extensions import override

from bot.domain.charts import Chart
from bot.domain.refusals import NotDrawnError
from bot.ports import Charts

DRAW_SECONDS: Final = 40
"""With the wait for its turn. The first drawing on a machine reads all its fonts."""
MOST_WAITING: Final = 4
_SCRIPT: Final = Path(__file__).with_name("drawing.py")
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_LAST_WORDS: Final = 500

_log = structlog.get_logger(__name__)


class MatplotlibCharts(Charts):
    """One at a time, each in a process of its own, which ends with it or with the deadline."""

    def __init__(self, folder: Path, *, script: Path = _SCRIPT, seconds: float = DRAW_SECONDS) -> None:
        """What matplotlib finds out about fonts is kept in the folder."""
        self._folder = folder.absolute()
        self._script = script
        self._seconds = seconds
        self._turn = asyncio.Lock()
        self._waiting = 0

    @override
    async def draw(self, chart: Chart) -> bytes:
        if self._waiting > MOST_WAITING:
            raise NotDrawnError
        self._waiting += 1
        try:
            async with asyncio.timeout(self._seconds), self._turn, self._process() as process:
                out, err = await process.communicate(json.dumps(asdict(chart)).encode())
        except (OSError, TimeoutError) as error:
            _log.warning("a chart was not drawn", reason=type(error).__name__)
            raise NotDrawnError from error
        finally:
            self._waiting -= 1
        if process.returncode != 0 or not out.startswith(_PNG):
            told = err.decode(errors="replace")[-_LAST_WORDS:]
            _log.error("a chart was not drawn", code=process.returncode, told=told)
            raise NotDrawnError
        return out

    @asynccontextmanager
    async def _process(self) -> AsyncIterator[Process]:
        """Isolated, and without the bot's environment, which holds secrets. Killed where nobody waits any more."""
        environment = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        environment |= {"MPLCONFIGDIR": str(self._folder), "OPENBLAS_NUM_THREADS": "1"}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", str(self._script), stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
