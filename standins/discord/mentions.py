"""Whom a message calls: what is written in it, less what its sender did not allow."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from standins.discord.components import throughout
from standins.discord.rendering.people import PeopleRenderer
from standins.discord.rights import Right
from standins.discord.state import ChannelState, Message, Payload

USERS, ROLES, EVERYONE = "users", "roles", "everyone"
_ALL: Final = (USERS, ROLES, EVERYONE)
_USER: Final = re.compile(r"<@!?([0-9]+)>")
_ROLE: Final = re.compile(r"<@&([0-9]+)>")
_EVERYONE: Final = re.compile(r"@(?:everyone|here)\b")

NOBODY: Final[Mapping[str, Any]] = {
    "mentions": [],
    "mention_roles": [],
    "mention_channels": [],
    "mention_everyone": False,
}


def pinged(
    message: Message, allowed: Mapping[str, Any] | None, people: PeopleRenderer, *, by_default: Iterable[str] = _ALL
) -> Payload:
    """`allowed` is the request's own word; None where it has none, and `by_default` counts."""
    text, guild = _text(message), message.channel.guild
    users = [it for it in _numbers(_USER, text, _filter(allowed, USERS, by_default)) if it in guild.members]
    roles = [it for it in _numbers(_ROLE, text, _filter(allowed, ROLES, by_default)) if it in _roles(message.channel)]
    parses = by_default if allowed is None else allowed.get("parse") or ()
    everyone = EVERYONE in parses and bool(_EVERYONE.search(text)) and _may_call_everyone(message)
    called = [people.user(guild.members[it].user) for it in users]
    return {
        **NOBODY,
        "mentions": called,
        "mention_roles": [str(it) for it in roles],
        "mention_everyone": everyone,
    }


def _text(message: Message) -> str:
    written = [it["content"] for it in throughout(message.components) if "content" in it]
    return "\n".join([message.content, *written])


def _numbers(pattern: re.Pattern[str], text: str, passes: Callable[[str], bool]) -> list[int]:
    return [int(it) for it in dict.fromkeys(pattern.findall(text)) if passes(it)]


def _filter(allowed: Mapping[str, Any] | None, kind: str, by_default: Iterable[str]) -> Callable[[str], bool]:
    if allowed is None:
        return lambda _: kind in by_default
    listed = set(map(str, allowed.get(kind) or ()))
    return lambda number: kind in (allowed.get("parse") or ()) or number in listed


def _roles(channel: ChannelState) -> set[int]:
    return {role.id for role in channel.guild.roles}


def _may_call_everyone(message: Message) -> bool:
    member = message.channel.guild.members.get(message.author.id)
    return member is not None and bool(message.channel.rights(member) & Right.MENTION_EVERYONE)
