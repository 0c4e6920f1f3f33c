"""What a card says when no picture came, by the code that the job's row keeps."""

from typing import Final

from bot.domain import failures as why

UNEXPECTED: Final = "Something went wrong on my side."

_WORDS: Final[dict[str, str]] = {
    why.AuthenticationError.code: (
        "The image service does not accept this bot's key. This bot's operator has to fix that."
    ),
    why.ProviderCreditsError.code: (
        "The operator's account at the image service is out of credits. This bot's operator has to fix that."
    ),
    why.RateLimitedError.code: "The image service is taking no more requests for the moment.",
    why.InvalidRequestError.code: (
        "The image service refused this request. Other options may pass; if none do, tell this bot's operator."
    ),
    why.SourceGoneError.code: (
        "The image service no longer has the picture that this was made from. Open **Edit this picture** on that "
        "picture again."
    ),
    why.ModeratedError.code: (
        "The image service's safety filter stopped this one. Another wording, or another seed, may pass."
    ),
    why.ProviderBusyError.code: "The image service is overloaded for the moment.",
    why.ProviderFaultError.code: "The image service had a fault.",
    why.ProviderTimeoutError.code: "The image service did not answer in time.",
    why.BadReplyError.code: "The image service's answer made no sense.",
    why.UnusablePictureError.code: "What the image service sent is not a picture that can be shown here.",
    why.DailyBoundError.code: "The bot has painted as much today as its operator allows. It goes on tomorrow (UTC).",
    why.UndeliverableError.code: "The picture was made, but it could not be posted here.",
    why.TooLargeError.code: "Discord found the picture too large, however small it was made.",
    why.DiscordAwayError.code: "The picture was made, but Discord was out of reach.",
    why.CardRemovedError.code: "Somebody removed this card, and with it the wish.",
    "expired": "The picture was kept for a while, and nobody had it shown.",
    why.LostError.code: "I was interrupted while this was being painted.",
    why.PaintingError.code: UNEXPECTED,
    "abandoned": "I could not finish announcing this one.",
}

_KINDS: Final[list[type[why.PaintingError]]] = [why.PaintingError, *why.PaintingError.__subclasses__()]
_AGAIN: Final = frozenset(kind.code for kind in _KINDS if kind.again)

NOTHING_CHARGED: Final = "Nothing was charged."


def failure(code: str | None) -> str:
    return f"{_WORDS.get(code or '', UNEXPECTED)} {NOTHING_CHARGED}"


def worth_trying_again(code: str | None) -> bool:
    return code in _AGAIN or code == "abandoned"
