"""SimCord's files at addresses where the bot can fetch them, as it would from Discord's own store."""

from pathlib import PurePosixPath
from typing import Any

from simcord.backend.cdn import CDN_BASE, CdnStore
from typing_extensions import override

from standins.files import Files


class ServedCdn(CdnStore):
    def __init__(self, files: Files) -> None:
        super().__init__()
        self._root = files.root
        files.find = self.get

    @override
    def store_attachment(self, *given: Any, **named: Any) -> dict[str, Any]:
        stored = super().store_attachment(*given, **named)
        url = stored["url"].replace(CDN_BASE, self._root)
        self._blobs[url] = self._blobs.pop(stored["url"])
        return {**stored, "url": url, "proxy_url": url}

    def by_address(self) -> dict[str, tuple[str, bytes]]:
        """Name and content of each."""
        return {url: (PurePosixPath(url).name, content) for url, content in self._blobs.items()}
