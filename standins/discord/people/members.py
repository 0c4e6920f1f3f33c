"""Members, and what they do."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from standins.discord.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, SUBMIT
from standins.discord.people import access
from standins.discord.people.choosing import chosen
from standins.discord.people.forms import submission
from standins.discord.people.orders import Form
from standins.discord.people.outcome import Interaction
from standins.discord.people.resolution import Resolution, Upload
from standins.discord.people.writing import Placed, Writer
from standins.discord.reading import BUTTON, button, select
from standins.discord.registry import CHAT_INPUT, OF_MESSAGES, OF_USERS
from standins.discord.state import ChannelState, Message, Payload, Role


class Member(Writer):
    async def slash(self, channel: Placed, command: str, /, **options: Any) -> Interaction:
        """Use a command, subcommands with spaces between, and wait for the bot's answer."""
        return await self._answered(self.begin_slash(channel, command, **options))

    def begin_slash(self, channel: Placed, command: str, /, **options: Any) -> Interaction:
        """The same without waiting. People, roles, channels and files are options as they are."""
        name, *words = command.split()
        known, form = self._found(name, CHAT_INPUT, channel.state), Form(self._resolution(channel.state))
        return self._use(known, channel.state, form.filled(known, words, options))

    async def complete(self, channel: Placed, command: str, focused: str, /, **typed: Any) -> Interaction:
        """Look at what is offered for an option while typing it; `typed` is everything so far."""
        return await self._answered(self.begin_complete(channel, command, focused, **typed))

    def begin_complete(self, channel: Placed, command: str, focused: str, /, **typed: Any) -> Interaction:
        name, *words = command.split()
        known, form = self._found(name, CHAT_INPUT, channel.state), Form(self._resolution(channel.state))
        option = form.option(known, words, focused)
        data = form.typed(known, words, focused, {focused: "", **typed})
        return self._use(known, channel.state, data, option)

    async def press(
        self, message: Mapping[str, Any], *, label: str | None = None, custom_id: str | None = None
    ) -> Interaction:
        return await self._answered(self.begin_press(message, label=label, custom_id=custom_id))

    def begin_press(
        self, message: Mapping[str, Any], *, label: str | None = None, custom_id: str | None = None
    ) -> Interaction:
        source = self._visible(message)
        pressed = button(self._platform.messages.read(source), label=label, custom_id=custom_id)
        return self._touch(source, {"component_type": BUTTON, "custom_id": pressed["custom_id"], "id": pressed["id"]})

    async def choose(self, message: Mapping[str, Any], custom_id: str, values: Sequence[Any]) -> Interaction:
        """Choose in a select: values of its options, or people, roles and channels."""
        source = self._visible(message)
        offered, resolution = select(self._platform.messages.read(source), custom_id), self._resolution(source.channel)
        picked = chosen(offered, values, resolution)
        data = {"component_type": offered["type"], "custom_id": custom_id, "id": offered["id"], "values": picked}
        return await self._answered(self._touch(source, data | resolution.data()))

    async def use_on(self, message: Mapping[str, Any], command: str) -> Interaction:
        """Use a command from the context menu of a message."""
        target = self._visible(message)
        resolution = self._resolution(target.channel)
        return await self._answered(self._use_on(resolution.message(target), OF_MESSAGES, command, resolution))

    async def use_on_member(self, channel: Placed, member: "Member", command: str) -> Interaction:
        """Use a command from the context menu of somebody."""
        resolution = self._resolution(channel.state)
        return await self._answered(self._use_on(resolution.user(member), OF_USERS, command, resolution))

    async def submit(self, opened: Interaction, values: Mapping[str, Any]) -> Interaction:
        """Fill in and send the form that an interaction opened. Files are lists of `Upload`."""
        return await self._answered(self.begin_submit(opened, values))

    def begin_submit(self, opened: Interaction, values: Mapping[str, Any]) -> Interaction:
        if opened.modal is None:
            raise LookupError("no form is open")
        state, resolution = opened.state, self._resolution(opened.state.channel)
        data = submission(opened.modal, values, resolution)
        return self._begin(SUBMIT, state.channel, data, state.owners, state.source)

    def give(self, *roles: Role) -> None:
        self.state.roles.extend(roles)

    def take(self, *roles: Role) -> None:
        self.state.roles[:] = [it for it in self.state.roles if it not in roles]

    def leave(self) -> None:
        """The guild; their pictures stay, and so does their name."""
        del self.state.guild.members[self.id]

    def install(self) -> None:
        """Have the bot for oneself, in every guild."""
        self._platform.patrons.add(self.id)

    def _found(self, name: str, kind: int, channel: ChannelState) -> Payload:
        member = access.entered(channel, self.id)
        known = self._platform.registry.find(name, kind, channel.guild.id)
        access.check(known, member, channel, self._platform)
        return known

    def _use(
        self, command: Payload, channel: ChannelState, data: Payload, focused: Payload | None = None
    ) -> Interaction:
        owners = access.owners(command, access.entered(channel, self.id), channel, self._platform)
        kind = COMMAND if focused is None else AUTOCOMPLETE
        return self._begin(kind, channel, data, owners, focused=focused)

    def _use_on(self, target: str, kind: int, command: str, resolution: Resolution) -> Interaction:
        known = self._found(command, kind, resolution.channel)
        data = {name: known[name] for name in ("id", "name", "type", "guild_id") if name in known}
        return self._use(known, resolution.channel, data | {"target_id": target, **resolution.data()})

    def _touch(self, source: Message, data: Payload) -> Interaction:
        return self._begin(COMPONENT, source.channel, data, access.owners_of(source), source)

    def _begin(
        self,
        kind: int,
        channel: ChannelState,
        data: Payload,
        owners: Mapping[str, str],
        source: Message | None = None,
        focused: Payload | None = None,
    ) -> Interaction:
        member, plain = access.entered(channel, self.id), json.loads(json.dumps(data))
        state = self._platform.interactions.open(kind, member, channel, plain, owners, source, focused)
        return Interaction(self._platform, state)

    async def _answered(self, begun: Interaction) -> Interaction:
        await begun.answered()
        return begun

    def _resolution(self, channel: ChannelState) -> Resolution:
        return Resolution(self._platform, access.entered(channel, self.id), channel)


__all__ = ["Member", "Placed", "Upload"]
