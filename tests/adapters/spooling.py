"""What of a process's files has no name, and disks that are full."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OPEN = Path("/proc/self/fd")


def nameless(folder: Path) -> list[str]:
    """The files of this process in the folder whose name is gone, or that never had one."""
    found = []
    for number in OPEN.iterdir():
        try:
            target = str(number.readlink())
        except FileNotFoundError:  # what this very listing had open
            continue
        if target.startswith(f"{folder}/") and target.endswith("(deleted)"):
            found.append(target)
    return found


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """As a disk that is full for whoever writes more into one file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
