"""The first answer to an interaction, and the messages that its token may write and change."""

from dataclasses import dataclass
from typing import Final

from standins.discord.components import numbered
from standins.discord.interactions import Interactions
from standins.discord.messages import Messages
from standins.discord.refusals import Refusal, RefusedError
from standins.discord.replies import Reply
from standins.discord.rest.calls import Call
from standins.discord.rules import Kind, Rules
from standins.discord.state import LOADING, InteractionState, Message, Payload
from standins.discord.uploads import Body

MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
_ORIGINAL: Final = "@original"


@dataclass(frozen=True, slots=True)
class Answers:
    interactions: Interactions
    messages: Messages
    rules: Rules

    async def callback(self, call: Call) -> Reply:
        state = self.interactions.to_acknowledge(call.names["interaction"], call.names["token"])
        self.rules.callback(call, state)
        kind = call.body.fields["type"]
        data = Body(call.body.fields.get("data") or {}, call.body.files)
        message = self._carry_out(state, kind, data)
        self.interactions.acknowledge(state, kind)
        if call.query.get("with_response") not in {"1", "true"}:
            return Reply(204)
        return Reply(200, self._callback(state, kind, message))

    async def follow_up(self, call: Call) -> Reply:
        state = self._state(call)
        waiting = state.original
        if waiting is not None and waiting.flags & LOADING:
            # The first message after a deferred answer takes the place of "thinking".
            self.rules.message(call, Kind.FOLLOW_UP, state.upload_limit, waiting)
            return Reply(200, self.messages.read(self.messages.edit(waiting, call.body)))
        self.interactions.check_followups(state)
        self.rules.message(call, Kind.FOLLOW_UP, state.upload_limit)
        message = self.messages.write(state.channel, call.body, state)
        state.followups.append(message)
        return Reply(200, self.messages.read(message))

    async def get(self, call: Call) -> Reply:
        return Reply(200, self.messages.read(self._message(call, self._state(call))))

    async def edit(self, call: Call) -> Reply:
        state = self._state(call)
        message = self._message(call, state)
        self.rules.message(call, Kind.EDIT_BY_TOKEN, state.upload_limit, message)
        return Reply(200, self.messages.read(self.messages.edit(message, call.body)))

    async def remove(self, call: Call) -> Reply:
        self.messages.remove(self._message(call, self._state(call)))
        return Reply(204)

    def _state(self, call: Call) -> InteractionState:
        return self.interactions.to_follow(call.names["application"], call.names["token"])

    def _message(self, call: Call, state: InteractionState) -> Message:
        wanted = call.names["message"]
        mine = [it for it in (state.original, *state.followups) if it is not None]
        message = state.original if wanted == _ORIGINAL else next((it for it in mine if str(it.id) == wanted), None)
        if message is None or message.id not in self.messages.stored:
            raise RefusedError(Refusal.UNKNOWN_MESSAGE)
        return message

    def _carry_out(self, state: InteractionState, kind: int, data: Body) -> Message | None:
        match kind:
            case _ if kind == MESSAGE:
                state.original = self.messages.write(state.channel, data, state)
            case _ if kind == DEFERRED_MESSAGE:
                flags = int(data.fields.get("flags") or 0)
                state.original = self.messages.write_placeholder(state.channel, state, flags)
            case _ if kind == DEFERRED_UPDATE:
                state.original = state.source
            case _ if kind == UPDATE and state.source is not None:
                state.original = self.messages.edit(state.source, data)
            case _ if kind == CHOICES:
                state.choices = list(data.fields["choices"])
            case _:
                state.modal = {**data.fields, "components": numbered(data.fields["components"])}
        return state.original

    def _callback(self, state: InteractionState, kind: int, message: Message | None) -> Payload:
        about: Payload = {"id": str(state.id), "type": state.kind}
        resource: Payload = {"type": kind}
        if message is not None:
            about |= {
                "response_message_id": str(message.id),
                "response_message_loading": bool(message.flags & LOADING),
                "response_message_ephemeral": message.ephemeral,
            }
            if kind in {MESSAGE, UPDATE}:
                resource["message"] = self.messages.read(message)
        return {"interaction": about, "resource": resource}
