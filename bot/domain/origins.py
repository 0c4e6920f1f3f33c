"""Where pictures may be fetched from: an origin, a path prefix, `*.` for any host below a domain."""

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit


@dataclass(frozen=True, slots=True)
class ImageOrigin:
    scheme: str
    host: str
    port: int | None
    path: str

    @classmethod
    def parse(cls, text: str) -> "ImageOrigin":
        """Raises `ValueError` where the text names no origin."""
        parts = urlsplit(text.strip())
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"{text!r} is no origin such as https://pictures.example or https://*.example/path")
        if parts.query or parts.fragment or parts.username is not None:
            raise ValueError(f"{text!r} has more than an origin and a path")
        return cls(parts.scheme, parts.hostname, parts.port, parts.path.rstrip("/") + "/")

    def allows(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
            same_port = parts.port == self.port
        except ValueError:
            return False
        return (
            parts.scheme == self.scheme
            and parts.username is None
            and same_port
            and self._names(parts)
            and parts.path.startswith(self.path)
            and "/../" not in parts.path
        )

    def _names(self, parts: SplitResult) -> bool:
        host = parts.hostname or ""
        if self.host.startswith("*."):
            return host.endswith(self.host[1:]) and host != self.host[2:]
        return host == self.host
