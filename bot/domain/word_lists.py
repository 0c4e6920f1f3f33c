"""Lists of words that staff type or send as a file, read line by line.

In a file, `#` begins a comment and `!` an exception; in an entry, `*` stands for any letters of a word.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.rule_refusals import BadSettingError

MOST_ENTRIES: Final = 10_000
"""Words and exceptions of a guild together."""
LONGEST_ENTRY: Final = 100
MOST_INSIDE: Final = 100
"""Entries with a `*` in their middle: each is looked for by itself, in every word that begins alike."""
LARGEST_FILE: Final = 4 * 2**20
"""As much as the longest list of the longest entries can take."""
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_LETTER: Final = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Lists:
    """As long as the file has lines, and empty where a line is of the other kind: complaints name the file's lines."""

    words: Sequence[str]
    excepted: Sequence[str]


def read_list(data: bytes) -> Lists:
    """Raises `BadSettingError` where the file is no list."""
    expect_size(len(data))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadSettingError("words", "the file is not text in UTF-8") from None
    lines = [line.strip() for line in lines_of(text)]
    return Lists(
        ["" if line.startswith(("!", "#")) else line for line in lines],
        [line[1:] if line.startswith("!") else "" for line in lines],
    )


def expect_size(size: int) -> None:
    """Raises `BadSettingError` where a file is too large to be looked at."""
    if size > LARGEST_FILE:
        raise BadSettingError("words", f"the file has more than {LARGEST_FILE // 2**20} MiB")


def lines_of(text: str) -> list[str]:
    return _LINE_END.split(text)


def written(words: Sequence[str], excepted: Sequence[str]) -> str:
    """The file that `read_list` reads as these."""
    return "".join([*(f"{entry}\n" for entry in words), *(f"!{entry}\n" for entry in excepted)])


def entries(lines: Sequence[str]) -> tuple[str, ...]:
    """Without blanks and doubles, in their order; raises a `ValueError` that names the first bad line."""
    kept: dict[str, str] = {}
    inside = 0
    for number, line in enumerate(lines, start=1):
        entry = " ".join(line.split())
        if not entry or (key := entry.casefold()) in kept:
            continue
        inside += "*" in entry.strip("*")
        problem = _problem(entry) or _too_many(len(kept) + 1, inside)
        if problem:
            raise ValueError(f"line {number:,} {problem}")
        kept[key] = entry
    return tuple(kept.values())


def _problem(entry: str) -> str | None:
    if len(entry) > LONGEST_ENTRY:
        return f"has {len(entry):,} characters, and an entry at most {LONGEST_ENTRY}"
    if _CONTROL.search(entry):
        return "has control characters in it"
    if entry[0] in "#!":
        return "begins with # or !, which stand for comments and exceptions in files"
    if not _LETTER.search(entry) and not any(unicodedata.category(it) == "So" for it in entry):
        return "has no letters, digits or symbols to look for"
    return None


def _too_many(count: int, inside: int) -> str | None:
    if count > MOST_ENTRIES:
        return f"is too much: there can be {MOST_ENTRIES:,} entries"
    if inside > MOST_INSIDE:
        return f"is too much: {MOST_INSIDE} entries can have a * inside a word"
    return None
