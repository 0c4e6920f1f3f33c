"""Members, and what they do."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from standins.discord.forms import submission
from standins.discord.interactions import COMMAND, COMPONENT, SUBMIT
from standins.discord.orders import Form
from standins.discord.outcome import Interaction
from standins.discord.platform import Platform
from standins.discord.reading import BUTTON, button, select
from standins.discord.rights import Right
from standins.discord.state import ChannelState, MemberState, Message, Payload


class Member:
    def __init__(self, platform: Platform, state: MemberState) -> None:
        self.state = state
        self._platform = platform

    @property
    def id(self) -> int:
        return self.state.user.id

    @property
    def name(self) -> str:
        return self.state.user.name

    async def slash(self, channel: "Placed", command: str, /, **options: Any) -> Interaction:
        """Use a command, subcommands with spaces between, and wait for the bot's answer."""
        return await self._answered(self.begin_slash(channel, command, **options))

    def begin_slash(self, channel: "Placed", command: str, /, **options: Any) -> Interaction:
        """The same without waiting."""
        name, *words = command.split()
        known = self._platform.portal.command(name)
        self._may_use(known, channel.state)
        data = Form(self._platform, channel.state, {}).filled(known, words, options)
        return self._begin(COMMAND, channel.state, data)

    async def press(
        self, message: Mapping[str, Any], *, label: str | None = None, custom_id: str | None = None
    ) -> Interaction:
        return await self._answered(self.begin_press(message, label=label, custom_id=custom_id))

    def begin_press(
        self, message: Mapping[str, Any], *, label: str | None = None, custom_id: str | None = None
    ) -> Interaction:
        source = self._visible(message)
        pressed = button(self._platform.messages.read(source), label=label, custom_id=custom_id)
        data = {"component_type": BUTTON, "custom_id": pressed["custom_id"], "id": pressed["id"]}
        return self._begin(COMPONENT, source.channel, data, source)

    async def choose(self, message: Mapping[str, Any], custom_id: str, values: Sequence[str]) -> Interaction:
        """Choose in a select by the values of its options, or by ids."""
        source = self._visible(message)
        chosen = select(self._platform.messages.read(source), custom_id, values)
        data = {"component_type": chosen["type"], "custom_id": custom_id, "id": chosen["id"], "values": [*values]}
        return await self._answered(self._begin(COMPONENT, source.channel, data, source))

    async def use_on(self, message: Mapping[str, Any], command: str) -> Interaction:
        """Use a command from the context menu of a message."""
        known, target = self._platform.portal.command(command), self._visible(message)
        self._may_use(known, target.channel)
        number = str(target.id)
        data = {name: known[name] for name in ("id", "name", "type")} | {
            "target_id": number,
            "resolved": {"messages": {number: self._platform.messages.read(target)}},
        }
        return await self._answered(self._begin(COMMAND, target.channel, data))

    async def submit(self, opened: Interaction, values: Mapping[str, Any]) -> Interaction:
        """Fill in and send the form that an interaction opened."""
        if opened.modal is None:
            raise LookupError("no form is open")
        data = submission(opened.modal, values)
        return await self._answered(self._begin(SUBMIT, opened.state.channel, data, opened.state.source))

    def _begin(self, kind: int, channel: ChannelState, data: Payload, source: Message | None = None) -> Interaction:
        plain = json.loads(json.dumps(data))
        return Interaction(self._platform, self._platform.interactions.open(kind, self.state, channel, plain, source))

    async def _answered(self, begun: Interaction) -> Interaction:
        await begun.answered()
        return begun

    def _visible(self, message: Mapping[str, Any]) -> Message:
        stored = self._platform.messages.stored[int(message["id"])]
        if stored.ephemeral and (stored.answers is None or stored.answers.member.user != self.state.user):
            raise LookupError("somebody else's private answer")
        return stored

    def _may_use(self, command: Payload, channel: ChannelState) -> None:
        needed = Right(int(command["default_member_permissions"] or 0))
        if self.state.rights & Right.ADMINISTRATOR:
            return
        if needed & ~self.state.rights:
            raise PermissionError(f"{self.name} does not see /{command['name']}")
        if command["nsfw"] and not channel.nsfw:
            raise PermissionError(f"/{command['name']} is not shown in an ordinary channel")


class Placed:
    """What has a channel's state."""

    state: ChannelState
