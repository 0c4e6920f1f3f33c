"""Takes out of a finished text what nobody may read: the secrets that are known, and what has the shape of one.

Known ones are looked for in each spelling that something on the way to the text may have given them. Shapes are those
of addresses that carry their own permission, of Discord's tokens and of headers; where in doubt, too much is taken out.
"""

import base64
import re
import string
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

HIDDEN: Final = "**********"
SHORTEST_PASSWORD: Final = 8
"""A shorter one may be any word; it is taken out of addresses alone."""

_NEVER_SPELT: Final = frozenset(f"{string.ascii_letters}{string.digits}_.-~")
_BEGIN: Final = r"(?:(?<![\w-])|(?<=\\[bfnrt])|(?<=\\x[0-9a-f]{2})|(?<=\\u[0-9a-f]{4})|(?<=%[0-9a-f]{2}))"
"""Where a word begins, also behind a sign that was escaped or quoted."""
_IS: Final = r"(?:=|%3d|\\+u003d)"
_VALUE: Final = r"[^\s&\"'<>\\,;)\]}|\x1b]"
_IN_ADDRESS: Final = r"[^\s\"'<>\\\x1b]"
_SIGNED: Final = (
    r"X-(?:Amz|Goog)-[\w-]+|[\w-]*Signature|Key-Pair-Id|Policy|AWSAccessKeyId|[\w-]*api[_-]?key"
    r"|(?:access_|refresh_|id_)?token|password|passwd|secret|sig|hm"
)
_TO: Final = r"(?:[\"'\\]+\s*,|[\"'\\]*\s*[:=])\s*(?:[\"'\\]*b(?=[\"'\\]))?[\"'\\]*"
_HEADER: Final = r"(?:proxy-)?authorization|(?:x-)?api-key"

_SHAPES: Final = tuple(
    (signs.split(), re.compile(pattern), rf"\g<1>{HIDDEN}")
    for signs, pattern in (
        # What an address carries to whoever it leads to: name and password, and its whole query.
        ("://", r"(://)[^\s/?#\"'<>@]*:[^\s\"'<>/?#]*(?=@)"),
        ("://", rf"(://[^\s?\"'<>\\\x1b]*\?){_IN_ADDRESS}+"),
        # Where an address was quoted into another one, or only its query is told.
        (
            "x-amz x-goog sig hm policy awsaccess key-pair api-key api_key apikey token passw secret",
            rf"(?i)({_BEGIN}(?:{_SIGNED}){_IS}){_VALUE}+",
        ),
        ("hm", rf"(?i)((?:[?&]|%3f|%26|u0026)(?:ex|is){_IS})[0-9a-f]{{6,}}"),
        # Who has these can answer for the bot.
        (
            "webhooks interactions",
            r"(?i)((?:/|%2f)(?:webhooks|interactions)(?:/|%2f)\d+(?:/|%2f))[^\s/?\"'<>\\%\x1b]+",
        ),
        ("aw50zxjhy3rpb24", r"()aW50ZXJhY3Rpb24[\w=-]+"),
        (".", r"()[MNO][\w-]{17,39}\.[\w-]{6,7}\.[\w-]{27,}"),
        ("eyj", r"()eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"),
        # Headers, as text, as a mapping, as pairs of bytes.
        (
            "authorization api-key",
            rf"(?i)({_BEGIN}(?:{_HEADER}){_TO}(?:(?:bot|bearer|basic)\s+)?){_VALUE}+",
        ),
        ("bot bearer basic", r"((?:Bot|Bearer|Basic)\s+)[\w.~+/=-]{16,}"),
        # PostgreSQL quotes the row that it refuses, prompt and all.
        ("detail:", r"(DETAIL: +)(?:[^\n\\]|\\(?!n))+"),
    )
)
"""What is looked for where one of the signs is there, in small letters: most lines have none, and pay for no more."""


class Redaction:
    def __init__(self, secrets: Iterable[SecretStr]) -> None:
        # The longest first: one may be a part of another.
        values = sorted({secret.get_secret_value() for secret in secrets} - {""}, key=len, reverse=True)
        self._known = [re.compile("".join(map(_spelt, value))) for value in values]
        self._encoded = [form for value in values for form in _encodings(value.encode())]

    def __call__(self, text: str) -> str:
        for known in self._known:
            text = known.sub(HIDDEN, text)
        for form in self._encoded:
            text = text.replace(form, HIDDEN)
        small = text.lower()
        for signs, shape, hidden in _SHAPES:
            if any(sign in small for sign in signs):
                text = shape.sub(hidden, text)
        return text


def passwords(*urls: str) -> Iterator[SecretStr]:
    """Of addresses, where they are long enough to be looked for."""
    for url in urls:
        raw = urlsplit(url).password or ""
        yield from (SecretStr(it) for it in {raw, unquote(raw)} if len(it) >= SHORTEST_PASSWORD)


def _spelt(sign: str) -> str:
    """One sign as it is, and however often it was escaped or quoted on its way: JSON in JSON, `repr` of `repr`."""
    if sign in _NEVER_SPELT:
        return re.escape(sign)
    raw, units = sign.encode(), sign.encode("utf-16-be")
    ways = [
        rf"\\*{re.escape(sign)}",
        "".join(rf"%(?:25)*(?i:{byte:02x})" for byte in raw),
        "".join(rf"\\+x(?i:{byte:02x})" for byte in raw),
        "".join(rf"\\+u(?i:{units[at : at + 2].hex()})" for at in range(0, len(units), 2)),
        rf"\\+(?i:x{ord(sign):02x}|U{ord(sign):08x})",
    ]
    return f"(?:{'|'.join([*ways, '[+]'] if sign == ' ' else ways)})"


def _encodings(value: bytes) -> Iterator[str]:
    # Three bytes are four letters, so what stands before decides which of ours share one with a neighbour.
    for first in range(3):
        whole = value[first:][: (len(value) - first) // 3 * 3]
        if len(whole) >= SHORTEST_PASSWORD:
            yield base64.b64encode(whole).decode()
            yield base64.urlsafe_b64encode(whole).decode()
