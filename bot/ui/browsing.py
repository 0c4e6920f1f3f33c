"""The button that leads to another page of pictures. It holds the whole question, so it outlives every restart."""

from datetime import UTC, datetime, timedelta
from re import Match
from typing import Any, Final, Self

from discord.ui import Button, DynamicItem, Item
from typing_extensions import override

from bot.domain.album import Spot, Turn
from bot.domain.jobs import JobId
from bot.ui.boundary import answering
from bot.ui.custom_ids import ALBUM, album_id
from bot.ui.services import Browsing, Interaction, services_of
from bot.ui.words import album as words

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_NEWER, _OLDER = "newer", "older"
_MINE, _FAVOURITES = "mine", "favourites"


class BrowseButton(DynamicItem[Button[Any]], template=ALBUM):
    def __init__(self, browsing: Browsing, turn: Turn) -> None:
        custom_id = album_id(
            _FAVOURITES if browsing.favourites else _MINE,
            int(browsing.here),
            browsing.key or "",
            _NEWER if turn.newer else _OLDER,
            (turn.spot.at - _EPOCH) // _MICROSECOND,
            turn.spot.job,
        )
        super().__init__(Button(label=words.NEWER if turn.newer else words.OLDER, custom_id=custom_id))
        self.browsing = Browsing(favourites=browsing.favourites, here=browsing.here, key=browsing.key, turn=turn)

    @classmethod
    @override
    async def from_custom_id(cls, interaction: Interaction, item: Item[Any], match: Match[str], /) -> Self:
        spot = Spot(_EPOCH + int(match["at"]) * _MICROSECOND, JobId(match["job"]))
        asked = Browsing(favourites=match["shelf"] == _FAVOURITES, here=match["here"] == "1", key=match["key"] or None)
        return cls(asked, Turn(spot, newer=match["way"] == _NEWER))

    @override
    async def callback(self, interaction: Interaction) -> None:
        async with answering(interaction):  # discord.py only logs what a dynamic item raises
            await services_of(interaction).browse(interaction, self.browsing)
