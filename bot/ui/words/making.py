from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from bot.domain.inscriptions import TEXT_KEY, Note
from bot.domain.jobs import Job
from bot.domain.sources import Candidate
from bot.ui.text import escaped
from bot.ui.words.cards import details

MENU: Final = "How was this made?"
NOTHING: Final = "Nothing in these files tells how they were made. Many apps take that out when a picture is shared."
WHOLE: Final = "-# The whole:"
NOT_PROVED: Final = "-# Anybody can write such words into a file: nothing of it is proved."

_PROMPT: Final = 1500
_TEXT: Final = 3000
_LINE: Final = 600
_LINES: Final = 30
_NAME: Final = 80


def fits(prompt: str) -> bool:
    return len(prompt) <= _PROMPT // 2


def job(known: Job, viewer: int) -> str:
    return f"**prompt** {escaped(known.parameters.prompt, _PROMPT)}\n{details(known, viewer)}"


def notes(told: Sequence[tuple[Candidate, Sequence[Note]]]) -> tuple[str, bool]:
    """What the files tell, as far as it goes, and whether that is not all."""
    if not told:
        return NOTHING, False
    lines = (line for it, found in told for line in chain([_title(it)], _lines(found)))
    shown, length = list[str](), 0
    for line in lines:
        length += len(line) + 1
        if length > _TEXT or len(shown) == _LINES:
            cut = True
            break
        shown.append(line)
    else:
        cut = any(len(line) >= _LINE for line in whole(told).splitlines())
    return "\n".join([*shown, NOT_PROVED]), cut or _more(told)


def whole(told: Sequence[tuple[Candidate, Sequence[Note]]]) -> str:
    """For a file, where nothing can be formatted."""
    return "\n\n".join(f"{it.name}\n\n{_plain(found)}" for it, found in told)


def _title(candidate: Candidate) -> str:
    return f"**{escaped(candidate.name, _NAME)}**"


def _lines(found: Sequence[Note]) -> Iterator[str]:
    """The form that people read where there is one; the others say the same to programs."""
    readable = [it for it in found if it.key == TEXT_KEY] or found
    # Only what is shown is escaped, which takes time: anybody can write a flood of signs into a file.
    return (escaped(line[: 2 * _LINE], _LINE) for it in readable for line in it.text.splitlines() if line.strip())


def _more(told: Sequence[tuple[Candidate, Sequence[Note]]]) -> bool:
    return any(len(found) > 1 for _, found in told)


def _plain(found: Sequence[Note]) -> str:
    return "\n\n".join(f"[{it.key}]\n{it.text}" for it in found)
