"""Signed addresses of files, and their check."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote, unquote

from aiohttp import web

from standins.discord.clock import Clock
from standins.discord.state import Attachment

LIFETIME_SECONDS: Final = 24 * 60 * 60


class Cdn:
    def __init__(self, clock: Clock) -> None:
        self.root = ""
        self._clock = clock
        self._secret = secrets.token_bytes(32)
        self._files: dict[str, Attachment] = {}

    def keep(self, channel: int, attachments: Iterable[Attachment], *, ephemeral: bool = False) -> None:
        for attachment in attachments:
            self._files[_path(channel, attachment, ephemeral=ephemeral)] = attachment

    def forget(self, channel: int, attachments: Iterable[Attachment], *, ephemeral: bool = False) -> None:
        for attachment in attachments:
            self._files.pop(_path(channel, attachment, ephemeral=ephemeral), None)

    def address(self, channel: int, attachment: Attachment, *, ephemeral: bool = False) -> str:
        """Signed afresh with every reading of the message."""
        return self._signed(_path(channel, attachment, ephemeral=ephemeral))

    def refreshed(self, url: str) -> str | None:
        """The same address, signed afresh; None where it never was one of ours."""
        path = unquote(url.partition("?")[0].removeprefix(f"{self.root}/"))
        return self._signed(path) if path in self._files else None

    async def download(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        file = self._files.get(path)
        if file is None or not self._good(path, request.query):
            return web.Response(status=404, text="This content is no longer available.")
        return web.Response(body=file.content, content_type=file.content_type)

    def _signed(self, path: str) -> str:
        now = int(self._clock.timestamp())
        expires, issued = f"{now + LIFETIME_SECONDS:x}", f"{now:x}"
        return f"{self.root}/{quote(path)}?ex={expires}&is={issued}&hm={self._mark(path, expires, issued)}&"

    def _good(self, path: str, query: Mapping[str, str]) -> bool:
        expires, issued = query.get("ex", ""), query.get("is", "")
        if not hmac.compare_digest(query.get("hm", "").encode(), self._mark(path, expires, issued).encode()):
            return False
        return self._clock.timestamp() < int(expires, 16)

    def _mark(self, path: str, expires: str, issued: str) -> str:
        return hmac.new(self._secret, f"{path} {expires} {issued}".encode(), hashlib.sha256).hexdigest()


def _path(channel: int, attachment: Attachment, *, ephemeral: bool) -> str:
    folder = "ephemeral-attachments" if ephemeral else "attachments"
    return f"{folder}/{channel}/{attachment.id}/{attachment.filename}"
