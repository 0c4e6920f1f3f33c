"""Fetches a finished picture from where the provider keeps it: another host, which never sees our key."""

import re
from collections.abc import Sequence
from contextlib import aclosing, suppress
from http import HTTPStatus
from typing import Final

import aiohttp
from yarl import URL

from bot.adapters.onemin.repeating import can_pass
from bot.adapters.onemin.transport import capped, patient, translated
from bot.adapters.spool import SpooledFile
from bot.domain.failures import BadReplyError, ProviderFaultError
from bot.domain.origins import ImageOrigin

LARGEST_PICTURE: Final = 32 * 1024 * 1024

# Right after the painting, the store can be a moment behind its own announcement.
_NOT_YET: Final = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})
# What is left over is read differently by different parsers of addresses, and must not decide what is allowed.
_PLAIN: Final = re.compile(r"[!-\[\]-~]+")


def target(url: str, origins: Sequence[ImageOrigin]) -> URL:
    """The address untouched, since its query is signed; raises `BadReplyError` where it must not be fetched."""
    if _PLAIN.fullmatch(url) and any(origin.allows(url) for origin in origins):
        with suppress(ValueError):
            return URL(url, encoded=True)
    raise BadReplyError("a picture outside the allowed origins")


async def fetch(session: aiohttp.ClientSession, address: URL, file: SpooledFile) -> None:
    """One attempt; `ProviderFaultError` is worth another."""
    with translated():
        async with session.get(
            address, headers={"Accept-Encoding": "identity"}, allow_redirects=False, timeout=patient()
        ) as response:
            if response.status != HTTPStatus.OK:
                raise _refusal(response.status)
            async with aclosing(capped(response, LARGEST_PICTURE)) as pieces:
                await file.fill(pieces)


def _refusal(status: int) -> BadReplyError | ProviderFaultError:
    return (ProviderFaultError if status in _NOT_YET or can_pass(status) else BadReplyError)(f"download {status}")
