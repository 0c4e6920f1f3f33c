from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from standins.discord.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, SUBMIT
from standins.discord.journal import Journal
from standins.discord.refusals import Problem, Refusal, RefusedError
from standins.discord.rest.site import Call
from standins.discord.rules.commands import command_problems
from standins.discord.rules.description import Description
from standins.discord.rules.kinds import Kind
from standins.discord.rules.messages import message_problems
from standins.discord.rules.modals import modal_problems
from standins.discord.state import COMPONENTS_V2, EPHEMERAL, ChannelState, InteractionState, Message
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


class Rules:
    """Every problem of a body is put down, and the request refused as the platform would."""

    def __init__(self, description: Path | None, journal: Journal) -> None:
        self._description = None if description is None else Description.load(description)
        self._journal = journal

    def message(self, call: Call, kind: Kind, channel: ChannelState, old: Message | None = None) -> None:
        self._fit(call.body, channel)
        self._judge(call, self._described(_OPERATIONS[kind], call.body), message_problems(call.body, kind, old))

    def commands(self, call: Call) -> None:
        self._judge(call, self._described(_COMMANDS, call.body), command_problems(call.body.payload))

    def callback(self, call: Call, state: InteractionState) -> None:
        self._fit(call.body, state.channel)
        self._judge(call, self._described(_CALLBACK, call.body), _callback_problems(call.body, state))

    def _described(self, operation: tuple[str, str], body: Body) -> Iterable[Problem]:
        return () if self._description is None else self._description.problems(*operation, body.payload)

    def _judge(self, call: Call, described: Iterable[Problem], ruled: Iterable[Problem]) -> None:
        problems = list(described)
        # What breaks the description may have any shape: the other rules may stumble over it.
        problems += [it for it in _listed(ruled) if not problems or it != _SHAPELESS]
        if problems:
            self._journal.violated(call.method, call.path, problems)
            raise RefusedError(Refusal.INVALID_FORM, problems)

    def _fit(self, body: Body, channel: ChannelState) -> None:
        if any(len(file.content) > channel.guild.upload_limit for file in body.files.values()):
            raise RefusedError(Refusal.TOO_LARGE)


def _listed(problems: Iterable[Problem]) -> list[Problem]:
    try:
        return list(problems)
    except (AttributeError, KeyError, TypeError, ValueError):
        return [_SHAPELESS]


def _callback_problems(body: Body, state: InteractionState) -> Iterable[Problem]:
    kind, data = body.fields.get("type"), body.fields.get("data") or {}
    if kind not in _FITTING[state.kind] or (kind in {_DEFERRED_UPDATE, _UPDATE} and state.source is None):
        return [Problem(("type",), f"{kind} does not answer an interaction of type {state.kind}")]
    inner = Body(data, body.files)
    match kind:
        case _ if kind == _MESSAGE:
            problems: Iterable[Problem] = message_problems(inner, Kind.ANSWER, None)
        case _ if kind == _UPDATE:
            problems = message_problems(inner, Kind.UPDATE, state.source)
        case _ if kind == _MODAL:
            problems = modal_problems(data)
        case _:
            problems = _deferral_problems(data)
    return [Problem(("data", *it.path), it.text) for it in problems]


def _deferral_problems(data: Mapping[str, Any]) -> Iterable[Problem]:
    flags = int(data.get("flags") or 0)
    if flags & COMPONENTS_V2:
        yield Problem(("flags",), "IS_COMPONENTS_V2 cannot be set on a deferred answer, only on its edit")
    elif flags & ~EPHEMERAL:
        yield Problem(("flags",), "a deferred answer takes EPHEMERAL alone")
