from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.domain.charts import Chart
from bot.domain.inscriptions import Inscription, Note
from bot.domain.parameters import ImageParameters
from bot.domain.pictures import Content, Painted, Pending, Picture, Source


class ImageProvider(Protocol):
    """Every method raises a `PaintingError` and nothing else; each has a deadline of its own."""

    async def turn(self) -> None:
        """Wait until the provider's rate allows one more order."""
        ...

    async def request(self, parameters: ImageParameters, source: Source | None = None) -> Painted | Pending:
        """Order one picture, made of a source where there is one. Paid for; repeated where that cannot pay twice."""
        ...

    async def upload(self, picture: Picture) -> str:
        """Hand over a picture that is to be edited: its key. Free, and may be repeated."""
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
    """All raise `UnusablePictureError`, or `UndeliverableError` where our own disk fails; none blocks the loop."""

    async def check(self, content: Content) -> Picture: ...

    def fit(
        self, picture: Picture, limit: int, inscription: Inscription | None = None
    ) -> AbstractAsyncContextManager[Picture]:
        """The same picture in at most `limit` bytes, for as long as the context lasts; itself where it fits.

        The words are put into its file, and fit as well.
        """
        ...

    async def read(self, content: Content) -> Sequence[Note]:
        """The words in a file that tell how the picture was made; what people can read comes first."""
        ...


class Charts(Protocol):
    async def draw(self, chart: Chart) -> bytes:
        """A PNG. Raises `NotDrawnError`, also where too many others wait for theirs; does not block the loop."""
        ...
