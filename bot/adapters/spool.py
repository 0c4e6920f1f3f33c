"""Files on their way from one host to another: small ones in memory, larger ones on disk, where they have no name.

Without a name, nothing of them is left over, however the process ends.
"""

import asyncio
from collections.abc import AsyncIterable, Iterator
from contextlib import contextmanager, suppress
from io import SEEK_CUR, SEEK_END, SEEK_SET, BufferedIOBase, BufferedWriter, BytesIO, RawIOBase
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock
from typing import IO, Final

from typing_extensions import Buffer, override

from bot.domain.failures import UndeliverableError
from bot.domain.faults import NoFolderError
from bot.domain.pictures import Content

IN_MEMORY: Final = 2 * 1024 * 1024
# Each write is a turn in a thread: few and large ones cost next to nothing.
_WRITTEN_AT_ONCE: Final = 1024 * 1024


class Spool:
    def __init__(self, folder: Path, in_memory: int = IN_MEMORY) -> None:
        """Makes the folder where there is none; raises `NoFolderError` where nothing can be written in it."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            TemporaryFile(dir=folder).close()
        except OSError as error:
            raise NoFolderError from error
        self._folder, self._in_memory = folder, in_memory

    def file(self) -> "SpooledFile":
        """An empty file; `aclose` it."""
        return SpooledFile(self._folder, self._in_memory)


class SpooledFile(Content):
    """`append`, `close` and what reads and writes may block, and belong into threads.

    A thread that is left alone with it, because its task was cancelled, gets a `ValueError` once it is closed.
    Trouble with the disk is an `UndeliverableError`: the picture is still there where it came from.
    """

    # Not `SpooledTemporaryFile`: each of its readers would need a copy of what is in memory.
    def __init__(self, folder: Path, in_memory: int) -> None:
        self._folder, self._in_memory = folder, in_memory
        self._lock = Lock()
        self._memory = b""
        self._disk: IO[bytes] | None = None
        self._size = 0
        self._closed = False

    @property
    @override
    def size(self) -> int:
        return self._size

    @override
    def reader(self) -> BufferedIOBase:
        return BytesIO(self._memory) if self._disk is None else _Window(self._disk, self._lock, self._size)

    def writer(self) -> BufferedWriter:
        """Begins anew."""
        with self._lock, _kept():
            self._memory, self._size = b"", 0
            if self._disk is not None:
                self._disk.seek(0)
                self._disk.truncate()
        return BufferedWriter(_Pen(self))

    def append(self, *pieces: Buffer) -> None:
        more = sum(memoryview(piece).nbytes for piece in pieces)
        with self._lock, _kept():
            if self._closed:
                raise ValueError("the file is closed")
            if self._disk is None and self._size + more > self._in_memory:
                self._disk = TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by `close`
                pieces, self._memory = (self._memory, *pieces), b""
            if self._disk is None:
                self._memory = b"".join([self._memory, *pieces])
            else:
                self._disk.seek(0, SEEK_END)
                self._disk.writelines(pieces)
                self._disk.flush()  # or a full disk would be noticed by whoever closes
            self._size += more

    async def fill(self, pieces: AsyncIterable[bytes]) -> None:
        """Append all that comes, in threads."""
        batch, size = list[bytes](), 0
        async for piece in pieces:
            batch.append(piece)
            size += len(piece)
            if size >= _WRITTEN_AT_ONCE:
                await asyncio.to_thread(self.append, *batch)
                batch, size = [], 0
        await asyncio.to_thread(self.append, *batch)

    async def aclose(self) -> None:
        # In a thread, because another may still be writing, and to the end, even if nobody waits for it any more.
        await asyncio.shield(asyncio.get_running_loop().run_in_executor(None, self.close))

    def close(self) -> None:
        with self._lock, suppress(OSError):  # what a full disk did not take is written once more, in vain
            self._closed, self._memory = True, b""
            if self._disk is not None:
                self._disk.close()


class _Window(BufferedIOBase):
    """Looks into a file of somebody else from a place of its own. Only `read` waits, for the lock and the disk."""

    def __init__(self, disk: IO[bytes], lock: Lock, size: int) -> None:
        self._disk, self._lock, self._size = disk, lock, size
        self._at = 0

    @override
    def readable(self) -> bool:
        return True

    @override
    def seekable(self) -> bool:
        return True

    @override
    def fileno(self) -> int:
        """By this, aiohttp learns the size that it announces."""
        return self._disk.fileno()

    @override
    def seek(self, offset: int, whence: int = SEEK_SET, /) -> int:
        self._at = {SEEK_SET: 0, SEEK_CUR: self._at, SEEK_END: self._size}[whence] + offset
        return self._at

    @override
    def tell(self) -> int:
        return self._at

    @override
    def read(self, size: int | None = -1, /) -> bytes:
        with self._lock, _kept():
            self._disk.seek(self._at)
            data = self._disk.read(-1 if size is None else size)
        self._at += len(data)
        return data


class _Pen(RawIOBase):
    """Without a `fileno`, by which Pillow would write past the lock."""

    def __init__(self, file: SpooledFile) -> None:
        self._file = file

    @override
    def writable(self) -> bool:
        return True

    @override
    def write(self, data: Buffer, /) -> int:
        self._file.append(data)
        return memoryview(data).nbytes


@contextmanager
def _kept() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UndeliverableError(f"a file in DATA_DIR: {error.strerror}") from error
