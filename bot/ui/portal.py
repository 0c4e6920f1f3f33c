"""What Discord's REST interface tells of the bot, without a session at its gateway."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Final

import aiohttp
import discord
from pydantic import SecretStr
from typing_extensions import override

from bot.domain.checkup import (
    Application,
    DiscordUnreachableError,
    NoSuchChannelError,
    Residence,
    TokenRefusedError,
)
from bot.ports.checkup import Portal, Portals

RIGHTS: Final = (
    "view_channel",
    "send_messages",
    "send_messages_in_threads",
    "embed_links",
    "attach_files",
    "read_message_history",
)
"""What the invite asks for."""
_SCOPES: Final = ("bot", "applications.commands")
_PRIVILEGED: Final = (
    *("gateway_presence", "gateway_presence_limited"),
    *("gateway_guild_members", "gateway_guild_members_limited"),
    *("gateway_message_content", "gateway_message_content_limited"),
)
_PAGE: Final = 200


class DiscordPortals(Portals):
    def __init__(self, token: SecretStr) -> None:
        self._token = token

    @override
    @asynccontextmanager
    async def enter(self) -> AsyncIterator[Portal]:
        async with discord.Client(intents=discord.Intents(guilds=True)) as client:
            try:
                with _translated():
                    await client.login(self._token.get_secret_value())
            except discord.LoginFailure:
                raise TokenRefusedError from None
            assert client.application is not None  # noqa: S101 - since the login
            yield DiscordPortal(client, _application(client.application))


class DiscordPortal(Portal):
    def __init__(self, client: discord.Client, application: Application) -> None:
        self._client = client
        self._application = application
        self._known: dict[int, tuple[discord.Guild, discord.Member]] = {}

    @property
    @override
    def application(self) -> Application:
        return self._application

    @override
    async def residences(self) -> AsyncIterator[Residence]:
        after = None
        while True:
            with _translated():
                # Not `fetch_guilds`: that drops the rights, which would take two requests more for each guild.
                page: list[Any] = await self._client.http.get_guilds(_PAGE, after=after, with_counts=False)
            for it in page:
                yield Residence(int(it["id"]), it["name"], _lacking(discord.Permissions(int(it["permissions"]))))
            if len(page) < _PAGE:
                return
            after = page[-1]["id"]

    @override
    async def takes_commands(self, guild: int) -> bool:
        with _translated():
            try:
                await self._client.http.get_guild_commands(self._client.application_id or 0, guild)
            except discord.Forbidden:
                return False
        return True

    @override
    async def lacking(self, channel: int) -> Sequence[str]:
        with _translated():
            try:
                return await self._lacking(channel)
            except (discord.NotFound, discord.Forbidden, discord.InvalidData):
                raise NoSuchChannelError from None

    async def _lacking(self, channel: int) -> Sequence[str]:
        found = await self._client.fetch_channel(channel)
        if isinstance(found, discord.abc.PrivateChannel):
            raise NoSuchChannelError
        threaded = isinstance(found, discord.Thread)
        guild, me = await self._membership(found.guild.id)
        # Read as its guild's own: else nobody would know the roles there.
        place = await guild.fetch_channel(found.parent_id if isinstance(found, discord.Thread) else channel)
        rights = place.permissions_for(me)
        needed = ("view_channel", "send_messages_in_threads" if threaded else "send_messages")
        return tuple(right for right in needed if not getattr(rights, right))

    async def _membership(self, number: int) -> tuple[discord.Guild, discord.Member]:
        if number not in self._known:
            guild = await self._client.fetch_guild(number, with_counts=False)
            assert self._client.user is not None  # noqa: S101 - since the login
            self._known[number] = guild, await guild.fetch_member(self._client.user.id)
        return self._known[number]


def _application(info: discord.AppInfo) -> Application:
    config = info.guild_integration_config
    own = (config and config.oauth2_install_params) or info.install_params
    return Application(
        name=info.name,
        public=info.bot_public,
        needs_code=info.bot_require_code_grant,
        privileged=any(getattr(info.flags, name) for name in _PRIVILEGED),
        interactions_url=info.interactions_endpoint_url,
        lacking=() if own is None else _left_out(own),
    )


def _left_out(own: discord.AppInstallParams) -> tuple[str, ...]:
    return (*(scope for scope in _SCOPES if scope not in own.scopes), *_lacking(own.permissions))


def _lacking(rights: discord.Permissions) -> tuple[str, ...]:
    return () if rights.administrator else tuple(right for right in RIGHTS if not getattr(rights, right))


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except discord.HTTPException as error:
        raise DiscordUnreachableError(f"{error.status} {error.text or error.response.reason}".strip()) from None
    except (aiohttp.ClientError, OSError, KeyError, TypeError, ValueError) as error:
        raise DiscordUnreachableError(str(error) or type(error).__name__) from None
