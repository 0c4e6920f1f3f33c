"""The person's own browser, where there is one."""

import os
import sys
import webbrowser
from threading import Thread
from typing import Final

_DISPLAYS: Final = ("DISPLAY", "WAYLAND_DISPLAY")
_NONE: Final = "No browser could be opened here. Open the address yourself."


def show(address: str) -> None:
    """Does not wait: some browsers take seconds to answer, and some take the terminal until they are closed."""
    if not _has_display():
        return
    Thread(target=_open, args=[address], daemon=True).start()


def _open(address: str) -> None:
    try:
        opened = webbrowser.open(address)
    except (webbrowser.Error, OSError):
        opened = False
    if not opened:
        print(_NONE, flush=True)


def _has_display() -> bool:
    return sys.platform in {"darwin", "win32"} or any(os.environ.get(name) for name in _DISPLAYS)
