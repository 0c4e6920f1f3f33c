"""What cannot be done with pictures that were made before.

AlbumError
├── UnseenError                the message of the picture cannot be read, or nothing may show it here
├── NotPostedError             it was read, but Discord does not take it here
├── ShownLatelyError           the member showed a picture again a short while ago
└── SearchGoneError            what was searched for is no longer kept
"""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.album import Unseen
from bot.domain.refusals import RefusalError


class AlbumError(RefusalError):
    pass


@dataclass(eq=False)
class UnseenError(AlbumError):
    why: Unseen


class NotPostedError(AlbumError):
    pass


@dataclass(eq=False)
class ShownLatelyError(AlbumError):
    over_at: datetime


class SearchGoneError(AlbumError):
    pass
