from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.domain.charts import Chart
from bot.domain.parameters import ImageParameters
from bot.domain.pictures import Content, Painted, Pending, Picture


class ImageProvider(Protocol):
    """Every method raises a `PaintingError` and nothing else; each has a deadline of its own."""

    async def turn(self) -> None:
        """Wait until the provider's rate allows one more order."""
        ...

    async def request(self, parameters: ImageParameters) -> Painted | Pending:
        """Order one picture. Paid for; repeated only where that cannot pay twice."""
        ...

    async def follow(self, reference: str) -> Painted:
        """Wait for a picture ordered earlier. Free, and may be repeated."""
        ...

    async def probe(self) -> None:
        """Ask, free of charge, whether the key is accepted."""
        ...

    def download(self, painted: Painted) -> AbstractAsyncContextManager[Content]:
        """Fetch the file, which is there for as long as the context lasts. Free, and may be repeated."""
        ...


class Pictures(Protocol):
    """Both raise `UnusablePictureError`, or `UndeliverableError` where our own disk fails; neither blocks the loop."""

    async def check(self, content: Content) -> Picture: ...

    def fit(self, picture: Picture, limit: int) -> AbstractAsyncContextManager[Picture]:
        """The same picture in at most `limit` bytes, for as long as the context lasts; itself where it fits."""
        ...


class Charts(Protocol):
    async def draw(self, chart: Chart) -> bytes:
        """A PNG. Raises `NotDrawnError`, also where too many others wait for theirs; does not block the loop."""
        ...
