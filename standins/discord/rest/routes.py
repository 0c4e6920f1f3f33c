"""Which path leads where."""

from collections.abc import Iterator

from standins.discord.rate import INTERACTION, OTHER, WRITING
from standins.discord.rest.answers import Answers
from standins.discord.rest.calls import Route
from standins.discord.rest.channels import Channels
from standins.discord.rest.guilds import Guilds
from standins.discord.rest.portal import Portal


def routes(portal: Portal, answers: Answers, guilds: Guilds, channels: Channels) -> Iterator[Route]:
    yield Route("GET", "/users/@me", portal.me, OTHER)
    yield Route("GET", "/oauth2/applications/@me", portal.application, OTHER)
    yield Route("GET", "/applications/@me", portal.application, OTHER)
    yield Route("GET", "/gateway/bot", portal.gateway, OTHER)
    yield Route("POST", "/attachments/refresh-urls", channels.refresh, OTHER)
    for commands in ("/applications/{application}/commands", "/applications/{application}/guilds/{guild}/commands"):
        yield Route("GET", commands, portal.list_commands, OTHER, "guild")
        yield Route("PUT", commands, portal.replace_commands, OTHER, "guild")
    yield from _of_guilds(guilds)
    yield from _by_token(answers)
    yield from _in_channels(channels)


def _of_guilds(guilds: Guilds) -> Iterator[Route]:
    yield Route("GET", "/users/@me/guilds", guilds.mine, OTHER)
    yield Route("DELETE", "/users/@me/guilds/{guild}", guilds.leave, OTHER)
    yield Route("GET", "/users/{user}", guilds.user, OTHER)
    yield Route("GET", "/guilds/{guild}", guilds.get, OTHER, "guild")
    yield Route("GET", "/guilds/{guild}/channels", guilds.channels, OTHER, "guild")
    yield Route("GET", "/guilds/{guild}/roles", guilds.roles, OTHER, "guild")
    yield Route("GET", "/guilds/{guild}/members/{user}", guilds.member, OTHER, "guild")


def _by_token(answers: Answers) -> Iterator[Route]:
    callback, webhook = "/interactions/{interaction}/{token}/callback", "/webhooks/{application}/{token}"
    message = webhook + "/messages/{message}"
    yield Route("POST", callback, answers.callback, OTHER, "token", by_token=True)
    for method, path, work in (
        ("POST", webhook, answers.follow_up),
        ("GET", message, answers.get),
        ("PATCH", message, answers.edit),
        ("DELETE", message, answers.remove),
    ):
        writes = method in {"POST", "PATCH"}
        yield Route(method, path, work, INTERACTION, "token", by_token=True, edits_channel=writes, shared="webhook")


def _in_channels(channels: Channels) -> Iterator[Route]:
    messages, message = "/channels/{channel}/messages", "/channels/{channel}/messages/{message}"
    yield Route("GET", "/channels/{channel}", channels.channel, OTHER, "channel")
    yield Route("GET", messages, channels.list, OTHER, "channel")
    yield Route("POST", messages, channels.post, WRITING, "channel", edits_channel=True)
    yield Route("GET", message, channels.get, OTHER, "channel")
    yield Route("PATCH", message, channels.edit, WRITING, "channel", edits_channel=True)
    yield Route("DELETE", message, channels.remove, WRITING, "channel")
