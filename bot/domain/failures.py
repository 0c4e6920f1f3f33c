"""Why a job ended without a picture. None of these costs anything.

PaintingError
├── AuthenticationError        the API key is missing, deleted or blocked
├── ProviderCreditsError       the operator's account is empty
├── RateLimitedError           too many requests; carries the wait
├── InvalidRequestError        the provider refuses what was sent, and will again
├── SourceGoneError            the provider no longer has the picture that was to be edited
├── ModeratedError             prompt or picture was judged unsuitable
├── ProviderBusyError          the model is overloaded for the moment
├── ProviderFaultError         the provider broke
├── ProviderTimeoutError       no answer in time
├── BadReplyError              an answer that cannot be understood
├── UnusablePictureError       the file is no picture, or none that can be shown
├── DailyBoundError            the operator's bound on paid calls is reached
├── UndeliverableError         the picture exists, but Discord takes it nowhere, or our disk does not
│   ├── TooLargeError          the same, but a smaller file may do
│   └── DiscordAwayError       the same, but later it may well be taken
├── CardRemovedError           somebody removed the card, and with it the wish
└── LostError                  the bot died while the call was out; nobody knows what became of it

What a person reads is in `bot.ui.words`; `str()` of these is for the log and holds no prompt and no secret.
"""

from collections.abc import Iterator
from typing import ClassVar, Final


class PaintingError(Exception):
    """`code` is what the job's row keeps; `again` is whether trying again can help."""

    code: ClassVar[str] = "unexpected"
    again: ClassVar[bool] = True

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class AuthenticationError(PaintingError):
    code = "authentication"
    again = False


class ProviderCreditsError(PaintingError):
    """`needed` and `left` are the provider's own credits, for the operator alone."""

    code = "provider_credits"
    again = False

    def __init__(self, detail: str = "", *, needed: int | None = None, left: int | None = None) -> None:
        super().__init__(detail)
        self.needed = needed
        self.left = left


class RateLimitedError(PaintingError):
    """`wait` is in seconds, None where the provider named none."""

    code = "rate_limited"

    def __init__(self, detail: str = "", *, wait: float | None = None) -> None:
        super().__init__(detail)
        self.wait = wait


class InvalidRequestError(PaintingError):
    code = "invalid_request"
    again = False


class SourceGoneError(PaintingError):
    code = "source_gone"
    again = False


class ModeratedError(PaintingError):
    code = "moderated"
    again = False


class ProviderBusyError(PaintingError):
    """`wait` is in seconds, None where the provider named none."""

    code = "provider_busy"

    def __init__(self, detail: str = "", *, wait: float | None = None) -> None:
        super().__init__(detail)
        self.wait = wait


class ProviderFaultError(PaintingError):
    code = "provider_fault"


class ProviderTimeoutError(PaintingError):
    code = "provider_timeout"


class BadReplyError(PaintingError):
    code = "bad_reply"


class UnusablePictureError(PaintingError):
    """`dimensions` is whether these are what speaks against it."""

    code = "unusable_picture"

    def __init__(self, detail: str = "", *, dimensions: bool = False) -> None:
        super().__init__(detail)
        self.dimensions = dimensions


class DailyBoundError(PaintingError):
    code = "daily_bound"
    again = False


class UndeliverableError(PaintingError):
    code = "undeliverable"
    again = False


class TooLargeError(UndeliverableError):
    code = "too_large"


class DiscordAwayError(UndeliverableError):
    code = "discord_away"


class CardRemovedError(PaintingError):
    code = "card_removed"
    again = False


class LostError(PaintingError):
    code = "lost"


def _codes(kind: type[PaintingError]) -> Iterator[str]:
    yield kind.code
    for narrower in kind.__subclasses__():
        yield from _codes(narrower)


CODES: Final = frozenset({*_codes(PaintingError), "abandoned", "expired"})
"""All that a job's row may say; the last two are of jobs that nobody painted, or fetched."""
