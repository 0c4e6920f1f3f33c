"""Asks the bot of this machine whether it works: the image's HEALTHCHECK.

Imports nothing but the standard library: it runs twice a minute, and the bot's own imports take a second.
"""

import os
import sys
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from typing import Final

SECONDS: Final = 4


def main() -> str | None:
    """What is wrong, if anything."""
    host, port = os.environ.get("HTTP_HOST") or "127.0.0.1", os.environ.get("HTTP_PORT", "")
    if not port.isdecimal():
        return None  # the operator wants no pages, so nobody can be asked
    # Linux reaches the machine itself also at 0.0.0.0 and ::, where one otherwise only listens.
    door = HTTPConnection(host, int(port), timeout=SECONDS)
    try:
        door.request("GET", "/healthz")
        answer = door.getresponse()
        return None if answer.status == HTTPStatus.OK else answer.read().decode()
    except (OSError, HTTPException) as error:
        return str(error)


if __name__ == "__main__":
    sys.exit(main())
