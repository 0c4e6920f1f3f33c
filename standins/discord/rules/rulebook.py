from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from standins.discord.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, SUBMIT
from standins.discord.journal import Journal
from standins.discord.refusals import Problem, Refusal, RefusedError
from standins.discord.rest.calls import Call
from standins.discord.rules.commands import choice_problems, command_problems
from standins.discord.rules.description import Description
from standins.discord.rules.kinds import Kind
from standins.discord.rules.messages import EMPTY, message_problems
from standins.discord.rules.modals import modal_problems
from standins.discord.state import COMPONENTS_V2, EPHEMERAL, InteractionState, Message
from standins.discord.uploads import Body

_MESSAGE, _DEFERRED, _DEFERRED_UPDATE, _UPDATE, _CHOICES, _MODAL = 4, 5, 6, 7, 8, 9
_FITTING: Final = {
    COMMAND: {_MESSAGE, _DEFERRED, _MODAL},
    COMPONENT: {_MESSAGE, _DEFERRED, _DEFERRED_UPDATE, _UPDATE, _MODAL},
    AUTOCOMPLETE: {_CHOICES},
    SUBMIT: {_MESSAGE, _DEFERRED, _DEFERRED_UPDATE, _UPDATE},
}
_OPERATIONS: Final = {
    Kind.FOLLOW_UP: ("/webhooks/{webhook_id}/{webhook_token}", "post"),
    Kind.EDIT_BY_TOKEN: ("/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", "patch"),
    Kind.POST: ("/channels/{channel_id}/messages", "post"),
    Kind.EDIT: ("/channels/{channel_id}/messages/{message_id}", "patch"),
}
_SHAPELESS: Final = Problem((), "not of the shape that it should have")
_CALLBACK: Final = ("/interactions/{interaction_id}/{interaction_token}/callback", "post")
_COMMANDS: Final = ("/applications/{application_id}/commands", "put")
_GUILD_COMMANDS: Final = ("/applications/{application_id}/guilds/{guild_id}/commands", "put")
_LARGEST_REQUEST: Final = 25 * 1024 * 1024


class Rules:
    """Every problem of a body is put down, and the request refused as the platform would."""

    def __init__(self, description: Path | None, journal: Journal) -> None:
        self._description = None if description is None else Description.load(description)
        self._journal = journal

    def message(self, call: Call, kind: Kind, limit: int, old: Message | None = None) -> None:
        """`limit` is what one file may measure."""
        _fit(call.body, limit)
        self._judge(call, self._described(_OPERATIONS[kind], call.body), message_problems(call.body, kind, old))

    def commands(self, call: Call, *, of_guild: bool) -> None:
        operation = _GUILD_COMMANDS if of_guild else _COMMANDS
        problems = command_problems(call.body.payload, of_guild=of_guild)
        self._judge(call, self._described(operation, call.body), problems)

    def callback(self, call: Call, state: InteractionState) -> None:
        _fit(call.body, state.upload_limit)
        self._judge(call, self._described(_CALLBACK, call.body), _callback_problems(call.body, state))

    def _described(self, operation: tuple[str, str], body: Body) -> Iterable[Problem]:
        return () if self._description is None else self._description.problems(*operation, body.payload)

    def _judge(self, call: Call, described: Iterable[Problem], ruled: Iterable[Problem]) -> None:
        problems = list(described)
        # What breaks the description may have any shape: the other rules may stumble over it.
        problems += [it for it in _listed(ruled) if not problems or it != _SHAPELESS]
        if problems:
            self._journal.violated(call.method, call.path, problems)
            empty = [it.text for it in problems] == [EMPTY.text]
            raise RefusedError(Refusal.EMPTY_MESSAGE if empty else Refusal.INVALID_FORM, problems)


def _fit(body: Body, limit: int) -> None:
    """Each file by itself, and all together by what a request may measure where nobody paid for more."""
    if any(len(file.content) > limit for file in body.files.values()) or body.size > max(_LARGEST_REQUEST, limit):
        raise RefusedError(Refusal.TOO_LARGE)


def _listed(problems: Iterable[Problem]) -> list[Problem]:
    try:
        return list(problems)
    except (AttributeError, KeyError, TypeError, ValueError):
        return [_SHAPELESS]


def _callback_problems(body: Body, state: InteractionState) -> Iterator[Problem]:
    kind = body.fields.get("type")
    if kind not in _FITTING[state.kind] or (kind in {_DEFERRED_UPDATE, _UPDATE} and state.source is None):
        yield Problem(("type",), f"{kind} does not answer an interaction of type {state.kind}")
        return
    for problem in _data_problems(kind, Body(body.fields.get("data") or {}, body.files), state):
        yield Problem(("data", *problem.path), problem.text)


def _data_problems(kind: int, body: Body, state: InteractionState) -> Iterable[Problem]:
    match kind:
        case _ if kind == _MESSAGE:
            return message_problems(body, Kind.ANSWER, None)
        case _ if kind == _UPDATE:
            return message_problems(body, Kind.UPDATE, state.source)
        case _ if kind == _MODAL:
            return modal_problems(body.fields)
        case _ if kind == _CHOICES:
            option = state.focused or {}
            return choice_problems((), body.fields.get("choices") or [], option.get("type", 0))
        case _:
            return _deferral_problems(body.fields)


def _deferral_problems(data: Mapping[str, Any]) -> Iterable[Problem]:
    flags = int(data.get("flags") or 0)
    if flags & COMPONENTS_V2:
        yield Problem(("flags",), "IS_COMPONENTS_V2 cannot be set on a deferred answer, only on its edit")
    elif flags & ~EPHEMERAL:
        yield Problem(("flags",), "a deferred answer takes EPHEMERAL alone")
