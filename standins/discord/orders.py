"""A command as a person fills it in. The client refuses what does not fit, before the bot hears of it."""

import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from standins.discord.platform import Platform
from standins.discord.state import Attachment, ChannelState, Payload

SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, NUMBER, ATTACHMENT = 1, 2, 3, 4, 5, 10, 11
_PYTHON: Final[Mapping[int, tuple[type, ...]]] = {
    STRING: (str,),
    INTEGER: (int,),
    BOOLEAN: (bool,),
    NUMBER: (int, float),
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a person attaches."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Form:
    platform: Platform
    channel: ChannelState
    attachments: dict[str, Payload]

    def filled(self, command: Payload, words: Sequence[str], values: Mapping[str, Any]) -> Payload:
        data: Payload = {
            "id": command["id"],
            "name": command["name"],
            "type": command["type"],
            "options": self._options(command, words, values),
        }
        if self.attachments:
            data["resolved"] = {"attachments": self.attachments}
        return data

    def _options(self, command: Payload, words: Sequence[str], values: Mapping[str, Any]) -> list[Payload]:
        if words:
            part = next((it for it in command["options"] if it["name"] == words[0]), None)
            if part is None or part["type"] not in {SUBCOMMAND, GROUP}:
                raise LookupError(f"{command['name']} has no part {words[0]!r}")
            inner = self._options(part, words[1:], values)
            return [{"name": part["name"], "type": part["type"], "options": inner}]
        offered = {it["name"]: it for it in command.get("options") or []}
        missing = [name for name, it in offered.items() if it.get("required") and name not in values]
        unknown = [name for name in values if name not in offered]
        if missing or unknown:
            raise LookupError(f"/{command['name']}: missing {missing}, unknown {unknown}")
        return [self._option(offered[name], value) for name, value in values.items()]

    def _option(self, option: Payload, value: Any) -> Payload:
        filled = {"name": option["name"], "type": option["type"], "value": value}
        if option["type"] == ATTACHMENT:
            return filled | {"value": self._attach(value)}
        _check(option, value)
        return filled

    def _attach(self, upload: Upload) -> str:
        kind = mimetypes.guess_type(upload.name)[0] or "application/octet-stream"
        attachment = Attachment(self.platform.ids.next(), upload.name, upload.content, kind)
        self.platform.cdn.keep(self.channel.id, attachment, ephemeral=True)
        url = self.platform.cdn.address(self.channel.id, attachment, ephemeral=True)
        self.attachments[str(attachment.id)] = {
            "id": str(attachment.id),
            "filename": upload.name,
            "size": len(upload.content),
            "url": url,
            "proxy_url": url,
            "content_type": kind,
            "ephemeral": True,
        }
        return str(attachment.id)


def _check(option: Payload, value: Any) -> None:
    kind, name = option["type"], option["name"]
    if not isinstance(value, _PYTHON[kind]) or (kind != BOOLEAN and isinstance(value, bool)):
        raise ValueError(f"{name} cannot be {value!r}")
    choices = [it["value"] for it in option.get("choices") or []]
    if choices and value not in choices:
        raise ValueError(f"{name} must be one of {choices}")
    size, low, high = (
        (len(value), "min_length", "max_length") if isinstance(value, str) else (value, "min_value", "max_value")
    )
    if not option.get(low, size) <= size <= option.get(high, size):
        raise ValueError(f"{name} is too small or too large: {value!r}")
