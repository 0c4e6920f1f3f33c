"""Which files `.dockerignore` keeps out: the last pattern that fits a path, or a folder above it, decides."""

import re
from pathlib import PurePosixPath

from tests.image.dockerfile import ROOT

_WILD = {"**/": "(.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def ignored(path: str) -> bool:
    out = False
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        pattern = line.strip()
        if pattern and not pattern.startswith("#") and _fits(pattern.removeprefix("!").strip("/"), path):
            out = not pattern.startswith("!")
    return out


def _fits(pattern: str, path: str) -> bool:
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    regex = "".join(_WILD.get(part, re.escape(part)) for part in parts)
    whole = PurePosixPath(path)
    return any(re.fullmatch(regex, it.as_posix()) for it in (whole, *whole.parents[:-1]))
