"""What members read about pictures that were made before."""

from functools import singledispatch
from typing import Final

from bot.domain import album_refusals as no
from bot.domain.album import Copy, Unseen
from bot.domain.jobs import Job
from bot.services.album import Page
from bot.ui.text import escaped
from bot.ui.words.links import card_link, message_link
from bot.ui.words.people import mention
from bot.ui.words.times import full, relative

NEWER: Final = "Newer"
OLDER: Final = "Older"
PROMPT_LIMIT: Final = 200

DELETE_OWN: Final = (
    "Delete this picture? In its place the channel then reads that you deleted it, without the prompt. "
    "Nothing is refunded, and it cannot be undone."
)
DELETE_AS_STAFF: Final = (
    "Remove this picture as staff? In its place the channel then reads that staff removed it, without the prompt. "
    "The record stays, nothing is refunded, and it cannot be undone."
)
DELETED: Final = "Done: it can be seen no more, also where it was shown again. Nothing was refunded."
_NOTHING: Final = "Nothing was found."
_NOTHING_HERE: Final = "Nothing more was found among these; older pictures follow."
_UNSEEN: Final = {
    Unseen.GONE: "The message with it is gone.",
    Unseen.FORBIDDEN: "I may not read the channel it is in: that takes **View Channel** and **Read Message History**.",
    Unseen.AWAY: "Discord does not hand it out now. Try again in a minute.",
    Unseen.BOLD: "It is too bold to be seen in this channel. Look at it where it stands.",
    Unseen.CLOSED: "It is in a channel that you may no longer see, or of which I cannot tell whether you may.",
}


def heading(page: Page) -> str:
    look = page.look
    what = "Your favourites" if look.favourites else "Your pictures"
    where = "" if look.channel is None else f" in <#{look.channel}>"
    text = f" with “{escaped(look.text, PROMPT_LIMIT)}”" if look.text else ""
    lines = [f"## {what}{where}{text}"]
    if not page.leaf.jobs:
        lines.append(_NOTHING_HERE if page.leaf.cut else _NOTHING)
    if page.leaf.older is None:
        lines.append(f"-# What is older than {'a day' if page.days == 1 else f'{page.days:,} days'} is not kept here.")
    return "\n".join(lines)


def entry(job: Job, viewer: int, seen: str | Unseen) -> str:
    if seen is Unseen.CLOSED:
        return f"-# {_UNSEEN[seen]}"
    asked = "" if job.member == viewer else f" · by {mention(job.member)}"
    lines = [
        escaped(job.parameters.prompt, PROMPT_LIMIT),
        f"-# {full(job.created_at)} · <#{job.channel}> · [see it there]({message_link(job)}){asked}",
    ]
    if isinstance(seen, Unseen):
        lines.append(f"-# {_UNSEEN[seen]}")
    return "\n".join(lines)


def shown_again(copy: Copy) -> str:
    return f"[Here it is]({card_link(copy.guild, copy.channel, copy.message)}), for all to see. Nothing was charged."


@singledispatch
def album_refusal(error: no.AlbumError) -> str:
    raise NotImplementedError(type(error).__name__)


@album_refusal.register
def _(error: no.UnseenError) -> str:
    return f"I cannot show this picture. {_UNSEEN[error.why]} Nothing was charged."


@album_refusal.register
def _(_: no.NotPostedError) -> str:
    return "Discord does not take this picture here now. Try again in a minute, or elsewhere. Nothing was charged."


@album_refusal.register
def _(error: no.ShownLatelyError) -> str:
    return (
        "You showed a picture again a short while ago. "
        f"You can show the next one {relative(error.over_at)}. Nothing was charged."
    )


@album_refusal.register
def _(_: no.SearchGoneError) -> str:
    return "I keep what was searched for a day, and this is older. Type `/history` again. Nothing was changed."
