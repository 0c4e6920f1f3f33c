"""A command as a person fills it in. The client refuses what does not fit, before the bot hears of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from standins.discord.people.resolution import Resolution
from standins.discord.state import Payload

SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(1, 12)
_PYTHON: Final[Mapping[int, tuple[type, ...]]] = {
    STRING: (str,),
    INTEGER: (int,),
    BOOLEAN: (bool,),
    NUMBER: (int, float),
}
_Fill = Callable[[Payload], list[Payload]]


@dataclass(frozen=True, slots=True)
class Form:
    resolution: Resolution

    def filled(self, command: Payload, words: Sequence[str], values: Mapping[str, Any]) -> Payload:
        return self._data(command, words, lambda part: self._options(part, values))

    def typed(self, command: Payload, words: Sequence[str], focused: str, values: Mapping[str, Any]) -> Payload:
        """While one option is being typed: nothing is checked yet."""
        return self._data(command, words, lambda part: self._unchecked(part, focused, values))

    def option(self, command: Payload, words: Sequence[str], name: str) -> Payload:
        """The one that completes what is typed. Raises `LookupError`."""
        options: list[Payload] = _part(command, words).get("options") or []
        for option in options:
            if option["name"] == name and option.get("autocomplete"):
                return option
        raise LookupError(f"{command['name']} does not complete {name!r}")

    def _data(self, command: Payload, words: Sequence[str], fill: _Fill) -> Payload:
        options = fill(_part(command, words))
        for depth in range(len(words), 0, -1):
            part = _part(command, words[:depth])
            options = [{"name": part["name"], "type": part["type"], "options": options}]
        data: Payload = {name: command[name] for name in ("id", "name", "type", "guild_id") if name in command}
        return data | {"options": options, **self.resolution.data()}

    def _options(self, part: Payload, values: Mapping[str, Any]) -> list[Payload]:
        offered = {it["name"]: it for it in part.get("options") or []}
        if any(it["type"] in {SUBCOMMAND, GROUP} for it in offered.values()):
            raise LookupError(f"{part['name']} has parts, and none was named")
        missing = [name for name, it in offered.items() if it.get("required") and name not in values]
        unknown = [name for name in values if name not in offered]
        if missing or unknown:
            raise LookupError(f"/{part['name']}: missing {missing}, unknown {unknown}")
        return [self._option(offered[name], value) for name, value in values.items()]

    def _unchecked(self, part: Payload, focused: str, values: Mapping[str, Any]) -> list[Payload]:
        kinds = {it["name"]: it["type"] for it in part["options"]}
        filled = [{"name": name, "type": kinds[name], "value": value} for name, value in values.items()]
        return [it | {"focused": True} if it["name"] == focused else it for it in filled]

    def _option(self, option: Payload, value: Any) -> Payload:
        return {"name": option["name"], "type": option["type"], "value": self._value(option, value)}

    def _value(self, option: Payload, value: Any) -> Any:
        match option["type"]:
            case kind if kind == USER:
                return self.resolution.user(value)
            case kind if kind == ROLE:
                return self.resolution.role(value)
            case kind if kind == MENTIONABLE:
                return self.resolution.mentionable(value)
            case kind if kind == CHANNEL:
                return self.resolution.place(value, option.get("channel_types"))
            case kind if kind == ATTACHMENT:
                return self.resolution.file(value, option.get("file_types"))
            case _:
                _check(option, value)
                return value


def _part(command: Payload, words: Sequence[str]) -> Payload:
    """The command itself, or what its words lead to. Raises `LookupError`."""
    part = command
    for word in words:
        inner = next((it for it in part.get("options") or [] if it["name"] == word), None)
        if inner is None or inner["type"] not in {SUBCOMMAND, GROUP}:
            raise LookupError(f"{command['name']} has no part {word!r}")
        part = inner
    return part


def _check(option: Payload, value: Any) -> None:
    kind, name = option["type"], option["name"]
    if not isinstance(value, _PYTHON[kind]) or (kind != BOOLEAN and isinstance(value, bool)):
        raise ValueError(f"{name} cannot be {value!r}")
    choices = [it["value"] for it in option.get("choices") or []]
    if choices and value not in choices:
        raise ValueError(f"{name} must be one of {choices}")
    size = len(value) if isinstance(value, str) else value
    low, high = ("min_length", "max_length") if isinstance(value, str) else ("min_value", "max_value")
    if (option.get(low) is not None and size < option[low]) or (option.get(high) is not None and size > option[high]):
        raise ValueError(f"{name} is too small or too large: {value!r}")
