"""Lines of a guild's log channels."""

from collections.abc import Mapping
from functools import singledispatch
from typing import Final

from bot.domain.news import Decided, Divided, Made, News, Refused, Stopped
from bot.domain.rules import Family
from bot.services.steward import Proposal
from bot.ui.panel.presence import Presence
from bot.ui.text import cut, escaped
from bot.ui.words import staff
from bot.ui.words.amounts import in_credits
from bot.ui.words.cards import parameters
from bot.ui.words.deeds import what
from bot.ui.words.links import message_link
from bot.ui.words.people import mention
from bot.ui.words.refusals import refusal
from bot.ui.words.times import full

TITLES: Final = {
    Family.MADE: "Pictures made",
    Family.REFUSED: "Refused",
    Family.CHANGED: "Changed by staff",
    Family.REMOVED: "Removed and reported",
    Family.CREDITS: "Credits",
}
FAULTS: Final = {
    50001: "I cannot see that channel",
    50013: "I may not write there",
    10003: "that channel does not exist any more",
}
OTHER_FAULT: Final = "Discord did not take it"
_LINE: Final = 380
_PROMPT: Final = 150


def log_faults(faults: Mapping[Family, str]) -> str:
    """For staff, who alone can mend it."""
    lines = (f"- {TITLES[family]}: {why}" for family, why in faults.items())
    return "\n".join(["**Some of the log could not be posted**", *lines])


def entry(news: News) -> str:
    return f"- {cut(line(news), _LINE)}"


@singledispatch
def line(news: News) -> str:
    raise NotImplementedError(type(news).__name__)


@line.register
def _(news: Made) -> str:
    job = news.job
    link = message_link(job)
    what = f"[a picture]({link})" if link else "a picture"
    return (
        f"{mention(job.member)} made {what} in <#{job.channel}>: {escaped(job.parameters.prompt, _PROMPT)} · "
        f"{parameters(job.parameters)} · {in_credits(job.price)}"
    )


@line.register
def _(news: Refused) -> str:
    asked = "" if news.parameters is None else f" · {escaped(news.parameters.prompt, _PROMPT)}"
    why = refusal(news.reason).replace("\n", " ").replace(" Nothing was charged.", "")
    return f"{mention(news.caller.member)} in <#{news.caller.channel}>, told: {cut(why, _PROMPT)}{asked}"


@line.register
def _(news: Stopped) -> str:
    job = news.job
    prompt = escaped(job.parameters.prompt, _PROMPT)
    return f"The safety filter stopped a picture of {mention(job.member)} in <#{job.channel}>: {prompt}"


@line.register
def _(news: Decided) -> str:
    deed = news.record.deed
    why = f" · {escaped(deed.reason, _PROMPT)}" if deed.reason else ""
    return f"{mention(deed.actor)}: {what(deed, Presence())}{why} · {full(deed.at)}"


@line.register
def _(news: Divided) -> str:
    told = staff.decided(Proposal(news.act, news.change)).replace("\n-# ", " ")
    return f"{mention(news.act.actor)}: {told}"
