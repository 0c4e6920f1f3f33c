"""Where pictures may be fetched from: an origin, a path prefix, `*.` for any host below a domain."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

_PORTS: Final = {"http": 80, "https": 443}
_HOST: Final = re.compile(r"(?:[a-z0-9_-]+\.)*[a-z0-9_-]+|[0-9a-f:]+:[0-9a-f:.]*")
_UNCLEAR: Final = re.compile(r"[\x00-\x20\x7f\\]")
"""What parsers of addresses read in different ways, so that one may allow what another fetches."""


@dataclass(frozen=True, slots=True)
class ImageOrigin:
    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def parse(cls, text: str) -> "ImageOrigin":
        """Raises `ValueError` where the text names no origin."""
        parts = _split(text.strip())
        if parts is None or not _HOST.fullmatch((parts.hostname or "").removeprefix("*.")):
            raise ValueError("must be an origin such as https://pictures.example or https://*.example/path")
        if parts.query or parts.fragment or parts.username is not None:
            raise ValueError("must be an origin and a path, with nothing before or behind them")
        return cls(parts.scheme, parts.hostname or "", _port(parts), parts.path.rstrip("/") + "/")

    def allows(self, url: str) -> bool:
        parts = _split(url)
        return (
            parts is not None
            and parts.scheme == self.scheme
            and parts.username is None
            and _port(parts) == self.port
            and self._names(parts.hostname or "")
            and parts.path.startswith(self.path)
            and not {".", ".."} & set(unquote(parts.path).replace("\\", "/").split("/"))
        )

    def _names(self, host: str) -> bool:
        if not self.host.startswith("*."):
            return host == self.host
        return host.endswith(self.host[1:]) and _HOST.fullmatch(host) is not None


def _split(url: str) -> SplitResult | None:
    """None where the text is no address, or one that is not clear to every parser."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in _PORTS and parts.port != 0
    except ValueError:
        return None
    return parts if known and not _UNCLEAR.search(url) else None


def _port(parts: SplitResult) -> int:
    return parts.port or _PORTS[parts.scheme]
