"""What a text reads as, whatever it is written with. Prompts and entries are folded alike."""

import unicodedata
from dataclasses import dataclass
from typing import Final

import regex

OTHERWISE: Final = "@$!"
"""Letters where they stand for some, else punctuation."""

_UNSEEN: Final = regex.compile(
    r"""(?V1)[
        [\p{Cc}\p{Cf}\p{Cs}\p{Me}\p{Default_Ignorable_Code_Point}
         \p{Block=Combining_Diacritical_Marks}\p{Block=Combining_Diacritical_Marks_Extended}
         \p{Block=Combining_Diacritical_Marks_Supplement}\p{Block=Combining_Diacritical_Marks_For_Symbols}
         \p{Block=Combining_Half_Marks}
         [\p{Script=Arabic}&&\p{Mn}] \u0640 \u064B-\u065F [\p{Script=Hebrew}&&\p{Mn}]]
        --[\s]]""",
    regex.VERBOSE,
)
"""Format characters, accents and vowel points. Not the vowels of Indic scripts, which are marks as well."""
_SYMBOL: Final = regex.compile(r"[\p{So}--\u2800]", regex.V1)
_BETWEEN: Final = regex.compile(rf"[^\p{{L}}\p{{M}}\p{{N}}\p{{So}}{OTHERWISE}]+|\u2800")
_BETWEEN_OF_ENTRIES: Final = regex.compile(rf"[^\p{{L}}\p{{M}}\p{{N}}\p{{So}}{OTHERWISE}*]+|\u2800")
_PUNCTUATION: Final = regex.compile(rf"(?<!\S)([{OTHERWISE}])\1*(?!\S)")
"""Exclamation marks, prices, and other such signs by themselves."""

_LOOKALIKES: Final = {
    ord(other): letter
    for letter, others in {  # Cyrillic first, then Greek, then Latin
        "a": "\u0430\u03b1",
        "b": "\u0432\u03b2",
        "c": "\u0441",
        "d": "\u0501\u0111",
        "e": "\u0435\u03b5",
        "g": "\u0261",
        "h": "\u043d\u04bb\u03b7\u0127",
        "i": "\u0456\u03b9\u0131",
        "j": "\u0458",
        "k": "\u043a\u03ba",
        "l": "\u04cf\u0142",
        "m": "\u043c\u03bc",
        "o": "\u043e\u03bf\u00f8",
        "p": "\u0440\u03c1",
        "q": "\u051b",
        "s": "\u0455",
        "t": "\u0442\u03c4\u0167",
        "u": "\u03c5",
        "v": "\u0475\u03bd",
        "w": "\u051d\u03c9",
        "x": "\u0445\u03c7",
        "y": "\u0443\u03b3",
        "z": "\u03b6",
        "ae": "\u00e6",
        "oe": "\u0153",
    }.items()
    for other in others
}
_SWAPS: Final = str.maketrans("013457l@$!", "oieastiasi")
"""A 1 is an i or an l, so in this rough form these are one letter."""


_ASCII: Final = {
    code: " " if char.isprintable() or char in "\t\n\v\f\r" else None
    for code, char in enumerate(map(chr, range(128)))
    if not char.isalnum() and char not in OTHERWISE
}
"""The same as the expressions above, and several times as quick."""
_ASCII_OF_ENTRIES: Final = {code: into for code, into in _ASCII.items() if code != ord("*")}


@dataclass(frozen=True, slots=True)
class Folded:
    """`rough` has a letter for each character of `plain`, with the swaps undone."""

    plain: str
    rough: str


def folded(text: str, *, entry: bool = False) -> Folded:
    """Of an entry, the `*` are kept."""
    letters = _letters(text)
    if letters.isascii():
        apart = letters.translate(_ASCII_OF_ENTRIES if entry else _ASCII)
    else:
        apart = _SYMBOL.sub(r" \g<0> ", (_BETWEEN_OF_ENTRIES if entry else _BETWEEN).sub(" ", letters))
    line = " ".join(_PUNCTUATION.sub("", apart).split())
    return Folded(line, line.translate(_SWAPS))


def _letters(text: str) -> str:
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text)).translate(_LOOKALIKES)
