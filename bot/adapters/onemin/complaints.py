"""What an error body says, whichever of the API's shapes it has.

Known shapes: `{"errorCode", "message", "details", "context"}`, `{"success": false, "error": {"code", "message"}}`,
an object with `code` or `name` where the result should be, `{"message", "retryAfter"}`, a bare `{"message"}`, and
what the edge in front of the API sends instead of JSON. `details` is JSON in a string, with more of it inside.

Messages name the owner's team, details quote our own request: both are read, neither is passed on.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pydantic_core import from_json

from bot.adapters.onemin.waits import plain_wait, spoken_wait
from bot.adapters.onemin.wire import SOURCE_FIELD
from bot.domain.parameters import ImageParameters

# Deeper than any reply seen, and far from the interpreter's own limit.
_DEPTH: Final = 16
# What was sent comes back under these names. A prompt may hold any word, so it must not be searched for some.
_ECHOES: Final = frozenset({"request", "config", "headers", "promptobject", "prompt", "input", "requestbody"})
# Digits or an unbroken word could be a key or a name; every code that was ever seen is words and underscores.
_CODE: Final = re.compile(r"[A-Z]{2,20}(?:_[A-Z]{2,20}){1,7}")
_EDGE: Final = re.compile(r"error\s*code:?\s*(1\d{3})\b|cf-error-code\W{1,4}(1\d{3})\b", re.IGNORECASE)
_CREDITS: Final = re.compile(
    r"requires\s{1,9}(\d{1,15})\s{1,9}credits?,\s{1,9}but\s{1,9}the\s.{1,300}?\sonly\s{1,9}has\s{1,9}(\d{1,15})\s",
    re.IGNORECASE | re.DOTALL,
)
_NO_CREDITS: Final = re.compile(r"insufficient[_ ]credits?|not enough credits?", re.IGNORECASE)
_MODERATION: Final = re.compile(
    r"moderat(?:ed|ion)|nsfw|(?<!case[- ])\bsensitive|(?<!_)safety(?![_ ]?(?:tolerance|checker))|flagged"
    r"|content[_ ]policy|inappropriate",
    re.IGNORECASE,
)
_GONE: Final = re.compile(
    r"NoSuchKey|\b(?:image|image_?url|asset|file|object)\b(?:[^.\n]|\.(?!\s)){0,60}?"
    r"(?:not found|not exist|no longer|expired|been deleted|not accessible)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Complaint:
    """`said` is the API's own text, `beneath` what it quotes of its supplier; both for judging only."""

    said: str = field(default="", repr=False)
    beneath: str = field(default="", repr=False)
    code: str = ""
    upstream: int | None = None
    edge: int | None = None
    fields: tuple[str, ...] = ()
    wait: float | None = None
    in_json: bool = True

    @property
    def moderated(self) -> bool:
        return self.in_json and bool(_MODERATION.search(f"{self.code} {self.said} {self.beneath}"))

    @property
    def out_of_credits(self) -> bool:
        return bool(_NO_CREDITS.search(f"{self.code} {self.said}") or _CREDITS.search(self.said))

    @property
    def source_gone(self) -> bool:
        """Nothing is documented of it. Words about a file that is not there can only mean the one that we named."""
        return self.in_json and (SOURCE_FIELD in self.fields or bool(_GONE.search(f"{self.said}\n{self.beneath}")))

    @property
    def credits(self) -> tuple[int, int] | None:
        """What was needed and what was left, where the text says so."""
        figures = _CREDITS.search(self.said)
        return (int(figures[1]), int(figures[2])) if figures else None


def complaint_of(body: bytes) -> Complaint:
    try:
        tree = from_json(body)
    except ValueError:
        return _from_the_edge(body)
    return complaint_in(tree)


def complaint_in(tree: object) -> Complaint:
    voices = list(_voices(tree))
    above, beneath = [v for v in voices if not v.quoted], [v for v in voices if v.quoted]
    said = _joined(above)
    return Complaint(
        said=said,
        beneath=_joined(beneath),
        code=next((text for text in _texts(voices, "errorcode", "code", "name") if _CODE.fullmatch(text)), ""),
        upstream=next(_statuses(beneath), None),
        fields=tuple(sorted({*ImageParameters.model_fields, SOURCE_FIELD} & set(_texts(beneath, "field")))),
        wait=_wait(above, said),
    )


def _from_the_edge(body: bytes) -> Complaint:
    text = body[:65536].decode("utf-8", "replace")
    edge = _EDGE.search(text)
    return Complaint(in_json=False, edge=int(edge[1] or edge[2]) if edge else None, wait=spoken_wait(text))


@dataclass(frozen=True, slots=True)
class _Voice:
    """A text or number, the lower-case name it stands under, and whether that is within `details`."""

    name: str
    value: str | float
    quoted: bool


def _voices(tree: object) -> Iterator[_Voice]:
    """All there is, the outermost first."""
    rest = deque([("", tree, False, 0)])
    while rest:
        name, node, quoted, depth = rest.popleft()
        inner = _inside(name, node) if depth < _DEPTH else []
        rest.extend((key, value, quoted or key == "details", depth + 1) for key, value in inner if key not in _ECHOES)
        if not inner and depth < _DEPTH and isinstance(node, str | int | float):
            yield _Voice(name, node, quoted)


def _inside(name: str, node: object) -> list[tuple[str, object]]:
    if isinstance(node, dict):
        return [(key.lower(), value) for key, value in node.items()]
    if isinstance(node, list):
        return [(name, value) for value in node]
    if isinstance(node, str) and node.lstrip()[:1] in {"{", "["}:
        try:
            return [(name, from_json(node))]
        except ValueError:
            return []
    return []


def _joined(voices: Iterable[_Voice]) -> str:
    return "\n".join(voice.value for voice in voices if isinstance(voice.value, str))


def _texts(voices: Iterable[_Voice], *names: str) -> Iterator[str]:
    return (voice.value for voice in voices if voice.name in names and isinstance(voice.value, str))


def _statuses(voices: Iterable[_Voice]) -> Iterator[int]:
    named = (voice.value for voice in voices if voice.name in {"status", "statuscode"})
    return (status for status in named if isinstance(status, int) and status // 100 in {4, 5})


def _wait(voices: Iterable[_Voice], said: str) -> float | None:
    named = (plain_wait(voice.value) for voice in voices if voice.name in {"retryafter", "retry_after"})
    return next((wait for wait in named if wait is not None), spoken_wait(said))
