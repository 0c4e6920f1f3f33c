"""What has to come of every fault of the provider, with every fault of Discord, at every moment of a job.

`PROVIDER` says what an order comes to: a picture, or words. `DISCORD` says what then becomes of the picture, and what
of the words. `MOMENTS` says when both go wrong, and what is different then. `outcome` reads one cell out of the three.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from standins.discord import Trouble
from standins.endpoint import Fault, PathKind


class Card(StrEnum):
    """What the member sees in the end on the card that answered."""

    PICTURE = "the picture, with its prompt"
    WORDLESS = "the picture without the prompt"
    SMALLER = "the picture, made smaller"
    WORDS = "why there is none, with Try again where that can help"
    CANCELLED = "that it was cancelled, and what that cost"
    KEPT = "that the picture is kept"
    AS_IT_WAS = "what stood there before: it cannot be changed"
    NOTHING = "nothing that belongs there"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`spent` is in credits; `below` is what a message of its own shows, `waits` says that `/queue` has the picture."""

    state: str
    spent: int
    card: Card
    below: Card = Card.NOTHING
    waits: bool = False
    failure: str | None = None
    again: bool = False


SHOWN: Final = Outcome("delivered", 1, Card.PICTURE)
WORDLESS: Final = Outcome("delivered", 1, Card.WORDLESS)
SMALLER: Final = Outcome("delivered", 1, Card.SMALLER)
BELOW: Final = Outcome("delivered", 1, Card.AS_IT_WAS, below=Card.PICTURE)
KEPT: Final = Outcome("kept", 0, Card.AS_IT_WAS, waits=True, failure="undeliverable")
"""Its price is held and not spent."""
GONE: Final = Outcome("failed", 0, Card.AS_IT_WAS, failure="card_removed")

TOLD: Final = Card.WORDS
UNTOLD: Final = Card.AS_IT_WAS


@dataclass(frozen=True, slots=True)
class Order:
    """A fault of the endpoint as it is ordered: once, or `times=None` for good."""

    fault: Fault
    at: PathKind | None = None
    times: int | None = 1
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Provided:
    """What comes of an order: a picture where `failure` is None, else the words of that code.

    Each of the `variants` is one way to get there; the bot does not tell them apart. `posts` is how often the order
    goes out: the design allows a repeat only where nothing was ordered for sure.
    """

    name: str
    variants: tuple[tuple[Order, ...], ...]
    posts: int = 1
    state: str = "failed"
    failure: str | None = None
    again: bool = False


def each(*faults: Fault, at: PathKind | None = None, times: int | None = 1) -> tuple[tuple[Order, ...], ...]:
    return tuple((Order(it, at, times),) for it in faults)


def throttled(times: int | None) -> tuple[tuple[Order, ...], ...]:
    return tuple((Order(it, PathKind.GENERATE, times, retry_after=0),) for it in _THROTTLING)


_THROTTLING: Final = (
    Fault.RATE_LIMITED,
    Fault.RATE_LIMITED_HEADER_ONLY,
    Fault.RATE_LIMITED_FIELD_ONLY,
    Fault.RATE_LIMITED_TEXT_ONLY,
    Fault.RATE_LIMITED_BARE,
    Fault.EDGE_RATE_LIMITED,
)
_GENERATE: Final = PathKind.GENERATE
_DOWNLOAD: Final = PathKind.DOWNLOAD

PROVIDER: Final = (
    Provided("well", ((),)),
    Provided(
        "key refused",
        each(Fault.BAD_KEY, Fault.KEY_DELETED, Fault.KEY_INACTIVE, at=_GENERATE),
        failure="authentication",
    ),
    Provided(
        "account empty",
        each(
            Fault.OUT_OF_CREDITS,
            Fault.PAYMENT_REQUIRED,
            Fault.OUT_OF_CREDITS_IN_200,
            Fault.OUT_OF_CREDITS_IN_200_NAMED,
        ),
        failure="provider_credits",
    ),
    Provided(
        "request refused",
        each(
            Fault.UPSTREAM_REFUSED,
            Fault.UNSUPPORTED_MODEL,
            Fault.UNSUPPORTED_MODEL_OLD_WORDING,
            Fault.MISSING_FIELDS,
            Fault.STRUCTURED_ERROR,
        )
        + each(Fault.PAYLOAD_TOO_LARGE, Fault.UNPROCESSABLE, at=_GENERATE),
        failure="invalid_request",
    ),
    Provided(
        "moderated",
        each(Fault.MODERATED, Fault.UPSTREAM_MODERATED),
        state="moderated",
        failure="moderated",
    ),
    Provided("throttled once", (*throttled(1), (Order(Fault.UNAVAILABLE, _GENERATE, retry_after=0),)), posts=2),
    Provided("throttled for good", throttled(None), posts=4, failure="rate_limited", again=True),
    Provided(
        "busy",
        (*each(Fault.UPSTREAM_BUSY), *each(Fault.UNAVAILABLE, at=_GENERATE)),
        failure="provider_busy",
        again=True,
    ),
    Provided(
        "broken",
        each(
            Fault.SERVER_ERROR,
            Fault.BAD_GATEWAY,
            Fault.EDGE_BLOCKED,
            Fault.EDGE_CHALLENGE,
            Fault.EDGE_EMPTY,
            Fault.EDGE_UNKNOWN,
            Fault.RESET_AT_ONCE,
            at=_GENERATE,
        ),
        failure="provider_fault",
        again=True,
    ),
    Provided(
        "broken after it was painted",
        (*each(Fault.RESET_AFTER_BODY, at=_GENERATE), *each(Fault.FAILED, Fault.FAILED_OTHER_SPELLING)),
        failure="provider_fault",
        again=True,
    ),
    Provided(
        "too late",
        each(Fault.GATEWAY_TIMEOUT, Fault.EDGE_UNREACHABLE, Fault.EDGE_TIMEOUT, at=_GENERATE),
        failure="provider_timeout",
        again=True,
    ),
    Provided(
        "nonsense",
        (
            *each(Fault.BAD_JSON, Fault.EMPTY_ANSWER, Fault.TRUNCATED_JSON, Fault.ENORMOUS_JSON, at=_GENERATE),
            *each(Fault.FOREIGN_PICTURE_URL, Fault.SUCCESS_WITHOUT_URL),
        ),
        failure="bad_reply",
        again=True,
    ),
    Provided("odd but well", each(Fault.PROCESSING_FIRST, Fault.URL_AT_TOP_LEVEL, Fault.OTHER_FORMAT)),
    Provided(
        "a poll fails",
        tuple(
            (Order(Fault.PROCESSING_FIRST), Order(it, PathKind.RESULT))
            for it in (Fault.SERVER_ERROR, Fault.POLL_NULL, Fault.RESET_AT_ONCE, Fault.GATEWAY_TIMEOUT)
        ),
    ),
    Provided(
        "a download fails",
        each(Fault.PICTURE_MISSING, Fault.PICTURE_FORBIDDEN, Fault.PICTURE_TRUNCATED, Fault.PICTURE_WEBP)
        + each(Fault.SERVER_ERROR, Fault.RESET_AT_ONCE, Fault.GATEWAY_TIMEOUT, at=_DOWNLOAD),
    ),
    Provided(
        "no download succeeds",
        each(Fault.PICTURE_MISSING, Fault.PICTURE_FORBIDDEN, Fault.PICTURE_TRUNCATED, times=None)
        + each(Fault.EXPIRED_PICTURE_URL),
        failure="provider_fault",
        again=True,
    ),
    Provided(
        "no picture in the file",
        each(Fault.PICTURE_IS_HTML, Fault.PICTURE_BOMB, Fault.PICTURE_EMPTY, times=None),
        failure="unusable_picture",
        again=True,
    ),
    Provided(
        "a file not to be fetched",
        each(Fault.PICTURE_REDIRECTED, Fault.PICTURE_OVERSIZE, times=None),
        failure="bad_reply",
        again=True,
    ),
)

SLOW: Final = (
    Provided("no answer", each(Fault.HANG, at=_GENERATE), failure="provider_timeout", again=True),
    Provided("never finished", each(Fault.POLL_NEVER_ENDS), failure="provider_timeout", again=True),
)
"""They cost the whole deadline each, and are played once, with Discord well."""


@dataclass(frozen=True, slots=True)
class Strike:
    """A fault of Discord at one of the ways to a channel. 0 is all that a reset has for a status."""

    way: str
    status: int
    code: int = 0
    times: int | None = None
    after: bool = False

    @property
    def trouble(self) -> Trouble:
        return Trouble.ANSWER if self.status else Trouble.RESET


BY_TOKEN: Final = "PATCH /webhooks/*/{token}/messages/@original"
OWN: Final = "PATCH /channels/{channel}/messages/*"
POST: Final = "POST /channels/{channel}/messages"


@dataclass(frozen=True, slots=True)
class Taken:
    """What Discord makes of a picture, and of words; each of the `variants` is one way to get there."""

    name: str
    variants: tuple[tuple[Strike, ...], ...]
    picture: Outcome = SHOWN
    words: Card = TOLD
    below: bool = False
    """Whether words that the card does not take stand in a message of their own."""

    @property
    def once(self) -> bool:
        return any(it.times == 1 for strikes in self.variants for it in strikes)


def everywhere(*ways: str, answers: tuple[tuple[int, int], ...]) -> tuple[tuple[Strike, ...], ...]:
    return tuple(tuple(Strike(way, *answer) for way in ways) for answer in answers)


ALL: Final = (BY_TOKEN, OWN, POST)
_NO_RIGHT: Final = ((403, 50001), (403, 50013))
_AUTOMOD: Final = ((400, 200000), (400, 200001))

DISCORD: Final = (
    Taken("well", ((),)),
    Taken(
        "passing",
        (
            (Strike(BY_TOKEN, 0, times=1),),
            (Strike(BY_TOKEN, 0, times=1, after=True),),
            (Strike(BY_TOKEN, 429, times=1),),
            *((Strike(BY_TOKEN, it, times=1),) for it in (500, 502, 504)),
        ),
    ),
    Taken("the token has died", everywhere(BY_TOKEN, answers=((401, 50027), (404, 10015)))),
    Taken("no edits", everywhere(BY_TOKEN, OWN, answers=(*_NO_RIGHT, (403, 30046))), BELOW, UNTOLD, below=True),
    Taken("no way", everywhere(*ALL, answers=(*_NO_RIGHT, (404, 10003), (413, 40005), *_AUTOMOD)), KEPT, UNTOLD),
    Taken("the card is gone", everywhere(BY_TOKEN, OWN, answers=((404, 10008),)), GONE, UNTOLD),
    Taken("too large", ((Strike(BY_TOKEN, 413, 40005, times=1),),), SMALLER),
    Taken("AutoMod stops the words", tuple((Strike(BY_TOKEN, *it, times=1),) for it in _AUTOMOD), WORDLESS),
)


class Moment(StrEnum):
    WAITING = "in the line, before its turn: Discord's fault meets the word that it is being painted"
    PAINTING = "while it is painted: Discord's fault meets the end"
    CANCELLING = "while it is painted, after Cancel anyway: nothing is fetched or shown, what was made is paid"
    SHOWING = "after it was kept, with Show here: it is paid by then, and stays where it cannot be shown"


MOMENTS: Final = tuple(Moment)


def outcome(provided: Provided, taken: Taken, moment: Moment) -> Outcome:
    match moment:
        case Moment.CANCELLING:
            return _cancelled(provided, taken)
        case Moment.SHOWING:
            return _shown(provided, taken)
        case Moment.WAITING if taken.once:
            return told(provided, DISCORD[0]) if provided.failure else SHOWN
        case _:
            return told(provided, taken) if provided.failure else taken.picture


def _cancelled(provided: Provided, taken: Taken) -> Outcome:
    if not is_painted(provided):
        return told(provided, taken)
    return Outcome("cancelled", 1, *where(taken, Card.CANCELLED))


def _shown(provided: Provided, taken: Taken) -> Outcome:
    if provided.failure is None and taken.picture.spent:
        return taken.picture
    return Outcome("delivered", 1, *where(taken, Card.KEPT), waits=True)


def told(provided: Provided, taken: Taken) -> Outcome:
    again = provided.again and (taken.words is TOLD or taken.below)
    return Outcome(provided.state, 0, *where(taken, Card.WORDS), failure=provided.failure, again=again)


def where(taken: Taken, words: Card) -> tuple[Card, Card]:
    """On the card, and below it."""
    if taken.words is TOLD:
        return words, Card.NOTHING
    return UNTOLD, words if taken.below else Card.NOTHING


def is_painted(provided: Provided) -> bool:
    """Whether the provider made it, and only the file fails, if anything does."""
    return provided.failure is None or provided.name in _MADE


def can_happen(provided: Provided, moment: Moment) -> bool:
    match moment:
        case Moment.SHOWING:
            return provided.name in {"well", "a download fails", *_FILES}
        case Moment.CANCELLING:
            return provided.name not in _AT_ONCE
        case _:
            return True


_FILES: Final = frozenset({"no download succeeds", "no picture in the file", "a file not to be fetched"})
_MADE: Final = _FILES
_AT_ONCE: Final = frozenset(
    {"key refused", "account empty", "request refused", "throttled for good", "throttled once", "busy", "broken"}
)
"""They are refused before anybody could cancel."""
