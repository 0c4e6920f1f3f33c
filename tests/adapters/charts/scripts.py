"""Scripts in the place of the one that draws."""

from pathlib import Path
from textwrap import dedent
from typing import Final

HANGS: Final = "import sys; sys.stdin.read(); import signal; signal.pause()"
BREAKS: Final = "raise SystemExit('this is why')"
BREAKS_OFF: Final = r"""
    import sys
    sys.stdout.buffer.write(b"\x89PNG\r\n\x1a\n")
    sys.exit(1)
"""
DRAWS_NOTHING: Final = "print('no picture')"
TELLS_ITS_ENVIRONMENT: Final = r"""
    import json, os, sys
    sys.stdin.read()
    sys.stdout.buffer.write(b"\x89PNG\r\n\x1a\n" + json.dumps(dict(os.environ)).encode())
"""
ASKS: Final = r"""
    import socket, sys
    sys.stdin.read()
    with socket.create_connection(("127.0.0.1", PORT)) as connection:
        sys.stdout.buffer.write(b"\x89PNG\r\n\x1a\n" + connection.recv(100))
"""
"""Somebody at this port has to answer, or there will be no picture."""


def script(folder: Path, text: str) -> Path:
    file = folder / "script.py"
    file.write_text(dedent(text))
    return file
