from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.domain.jobs import Job, JobId, JobState
from bot.services.studio import Line
from bot.ui.text import escaped
from bot.ui.words.amounts import in_credits, pictures
from bot.ui.words.links import message_link
from bot.ui.words.people import mention
from bot.ui.words.times import relative

NOBODY: Final = "Nothing waits, and nothing is being painted here."
SHOWN: Final = 15
PROMPT: Final = 60


def fetch(prompt: str) -> str:
    """On a button."""
    return f"Show here: {prompt}"


def line(told: Line, ready_by: Mapping[JobId, datetime], member: int, kept: int) -> str:
    """What is under way, and what is kept for the member."""
    shown = _shown(told, member)
    lines = [
        f"- {_where(job, told.places.get(job.id), ready_by.get(job.id))} · {_what(job, told, member)}" for job in shown
    ]
    left = len(told.jobs) - len(shown)
    more = [f"-# and {pictures(left)} more"] if left else []
    return "\n".join(["## In line here", *(lines or [NOBODY]), *more, *_kept(told.kept, kept)])


def kept(jobs: Sequence[Job], shown: int) -> str:
    return "\n".join(_kept(jobs, shown))


def _shown(told: Line, member: int) -> list[Job]:
    """Whoever asks sees all of their own."""
    own = [job for job in told.jobs if job.member == member]
    others = [job for job in told.jobs if job.member != member][: max(0, SHOWN - len(own))]
    chosen = {job.id for job in (*own, *others)}
    return [job for job in told.jobs if job.id in chosen]


def _what(job: Job, told: Line, member: int) -> str:
    if job.id not in told.open and not told.to_staff:
        return "in another channel"
    who = "**you**" if job.member == member else mention(job.member)
    what = escaped(job.parameters.prompt, PROMPT) if job.id in told.open else f"in <#{job.channel}>"
    link = message_link(job)
    return f"{who} · {what} · [see it]({link})" if link else f"{who} · {what}"


def _where(job: Job, place: int | None, ready_by: datetime | None) -> str:
    if place is None or ready_by is None:
        return "on its way here" if job.state is JobState.PAINTED else "being painted"
    return f"number {place}, expected {relative(ready_by)}"


def _kept(jobs: Sequence[Job], shown: int) -> Iterator[str]:
    if not jobs:
        return
    yield "## Kept for you"
    for job in jobs[:shown]:
        paid = "paid" if job.state is JobState.DELIVERED else f"{in_credits(job.price)}, held"
        until = "" if job.kept_until is None else f", until {relative(job.kept_until)}"
        yield f"- {escaped(job.parameters.prompt, PROMPT)} · {paid}{until}"
    if len(jobs) > shown:
        yield f"-# and {pictures(len(jobs) - shown)} more"
    yield "-# These could not be posted. A button below shows one in this channel, for all to see."
