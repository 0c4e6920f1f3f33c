from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import regex

from standins.discord.refusals import Problem
from standins.discord.rules.files import file_type_problems

CHAT_INPUT, USER, MESSAGE = 1, 2, 3
_MOST: Final = {CHAT_INPUT: 100, USER: 15, MESSAGE: 15}
_NAME: Final = regex.compile(r"[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}")
_CHARACTERS: Final = 8000
_PARTS: Final = 25
_TEXT_LIMIT: Final = 100
_FURTHEST: Final = 2**53
_STRING, _INTEGER, _NUMBER = 3, 4, 10
_VALUES: Final[Mapping[int, tuple[type, ...]]] = {_STRING: (str,), _INTEGER: (int,), _NUMBER: (int, float)}
_ATTACHMENT: Final = 11
_LOCALES: Final = frozenset(
    (
        *("ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "he", "hi", "hr", "hu"),
        *("id", "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi"),
        *("zh-CN", "zh-TW"),
    )
)
_GLOBAL_ONLY: Final = ("contexts", "integration_types")

Path = tuple[str | int, ...]
Command = Mapping[str, Any]


def command_problems(commands: Sequence[Command], *, of_guild: bool) -> Iterator[Problem]:
    for kind, number in Counter(_kind(it) for it in commands).items():
        if number > _MOST.get(kind, 0):
            yield Problem((), f"{number} commands of type {kind}")
    for (_, name), number in Counter((_kind(it), it.get("name")) for it in commands).items():
        if number > 1:
            yield Problem((), f"two commands are named {name!r}")
    for place, command in enumerate(commands):
        yield from _command((place,), command)
        if _characters(command) > _CHARACTERS:
            yield Problem((place,), f"more than {_CHARACTERS} characters in all")
        for name in _GLOBAL_ONLY:
            if of_guild and command.get(name) is not None:
                yield Problem((place, name), "is for commands that are for all guilds")


def choice_problems(path: Path, choices: Sequence[Command], kind: int) -> Iterator[Problem]:
    """`kind` is the type of the option that they are for."""
    if len(choices) > _PARTS:
        yield Problem((*path, "choices"), f"more than {_PARTS}")
    for place, choice in enumerate(choices):
        value, inner = choice.get("value"), (*path, "choices", place)
        if not 1 <= len(choice.get("name") or "") <= _TEXT_LIMIT:
            yield Problem((*inner, "name"), f"must have 1 to {_TEXT_LIMIT} characters")
        if not isinstance(value, _VALUES.get(kind, ())) or isinstance(value, bool):
            yield Problem((*inner, "value"), "is of another type than the option")
        elif isinstance(value, str) and len(value) > _TEXT_LIMIT:
            yield Problem((*inner, "value"), f"more than {_TEXT_LIMIT} characters")
        elif isinstance(value, int | float) and abs(value) > _FURTHEST:
            yield Problem((*inner, "value"), "must lie within 2^53")


def _kind(command: Command) -> int:
    return int(command.get("type") or CHAT_INPUT)


def _command(path: Path, command: Command) -> Iterator[Problem]:
    if _kind(command) == CHAT_INPUT:
        yield from _named(path, command)
        yield from _options(path, command)
    elif command.get("description") or command.get("options"):
        yield Problem(path, "a context menu has neither description nor options")
    yield from _translated(path, command)


def _named(path: Path, part: Command) -> Iterator[Problem]:
    name = str(part.get("name") or "")
    if not _NAME.fullmatch(name) or name != name.lower():
        yield Problem((*path, "name"), f"{name!r} is no name")
    if not 1 <= len(part.get("description") or "") <= _TEXT_LIMIT:
        yield Problem((*path, "description"), f"must have 1 to {_TEXT_LIMIT} characters")


def _translated(path: Path, part: Command) -> Iterator[Problem]:
    for name in ("name_localizations", "description_localizations"):
        for locale in set(part.get(name) or {}) - _LOCALES:
            yield Problem((*path, name), f"{locale!r} is no locale")


def _options(path: Path, part: Command) -> Iterator[Problem]:
    options = list(part.get("options") or [])
    names = [it.get("name") for it in options]
    if len(options) > _PARTS:
        yield Problem((*path, "options"), f"more than {_PARTS}")
    if len(set(names)) < len(names):
        yield Problem((*path, "options"), "names stand twice")
    required = [bool(it.get("required")) for it in options]
    if required != sorted(required, reverse=True):
        yield Problem((*path, "options"), "required ones come first")
    for place, option in enumerate(options):
        inner = (*path, "options", place)
        yield from _named(inner, option)
        yield from _translated(inner, option)
        yield from _bounds(inner, option)
        yield from _choices(inner, option)
        if option.get("type") == _ATTACHMENT:
            yield from file_type_problems(inner, option)
        yield from _options(inner, option)


def _bounds(path: Path, option: Command) -> Iterator[Problem]:
    for low, high in (("min_length", "max_length"), ("min_value", "max_value")):
        if option.get(low) is not None and option.get(high) is not None and option[low] > option[high]:
            yield Problem((*path, low), f"must not be larger than {high}")
    for name in ("min_value", "max_value"):
        if abs(option.get(name) or 0) > _FURTHEST:
            yield Problem((*path, name), "must lie within 2^53")


def _choices(path: Path, option: Command) -> Iterator[Problem]:
    choices = list(option.get("choices") or [])
    if choices and option.get("autocomplete"):
        yield Problem((*path, "autocomplete"), "cannot stand beside choices")
    for name in ("name", "value"):
        values = [it.get(name) for it in choices]
        if len(set(values)) < len(values):
            yield Problem((*path, "choices"), f"a {name} stands twice")
    yield from choice_problems(path, choices, int(option.get("type") or 0))


def _characters(part: Command) -> int:
    """Names, descriptions and values; of translations the longest counts."""
    own = sum(
        max(map(len, [str(part.get(name) or ""), *(part.get(f"{name}_localizations") or {}).values()]))
        for name in ("name", "description")
    )
    values = sum(len(str(it.get("name") or "")) + len(str(it.get("value"))) for it in part.get("choices") or [])
    return own + values + sum(_characters(it) for it in part.get("options") or [])
