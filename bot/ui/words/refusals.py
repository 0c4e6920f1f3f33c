"""Why a door said no, for the person at it."""

from functools import singledispatch
from typing import Final

from bot.domain import refusals as no
from bot.domain.album_refusals import AlbumError
from bot.domain.jobs import JobState
from bot.domain.preference_refusals import PreferenceError
from bot.domain.rule_refusals import RuleError
from bot.ui.words.album import album_refusal
from bot.ui.words.amounts import in_credits, pictures
from bot.ui.words.caps import rule
from bot.ui.words.edits import SOURCES
from bot.ui.words.failures import failure
from bot.ui.words.links import message_link
from bot.ui.words.preference_refusals import preference_refusal
from bot.ui.words.rights import right
from bot.ui.words.rules import rule_refusal
from bot.ui.words.times import full, relative
from bot.ui.words.variations import short_of

_TARGETS: Final = {
    no.TargetProblem.BOT: "A bot paints no pictures, so it has no credits.",
    no.TargetProblem.GONE: "This person is not in this server any more.",
    no.TargetProblem.ROLE_GONE: "This role does not exist any more.",
}


@singledispatch
def refusal(error: no.RefusalError) -> str:
    raise NotImplementedError(type(error).__name__)


@refusal.register
def _(_: no.NotInvitedError) -> str:
    return (
        "This bot paints only in the servers its operator has chosen, and this is not one of them. Nothing was charged."
    )


@refusal.register
def _(_: no.OutsideGuildError) -> str:
    return "I paint in servers only: a server's credits pay for the pictures. Nothing was charged."


@refusal.register
def _(error: no.MissingRightsError) -> str:
    names = ", ".join(f"**{right(name)}**" for name in error.rights)
    return (
        f"I may not show pictures in this channel: I lack {names} here. "
        "A moderator can grant that in the channel's settings. Nothing was charged."
    )


@refusal.register
def _(error: no.TooBoldError) -> str:
    where = "this age-restricted channel" if error.age_restricted else "this channel"
    elsewhere = "" if error.age_restricted else " Age-restricted channels may allow more."
    return (
        f"`safety_tolerance` {error.asked} is more than the {error.ceiling} allowed in {where}. "
        f"Try again with {error.ceiling} or less.{elsewhere} Nothing was charged."
    )


@refusal.register
def _(error: no.BadParametersError) -> str:
    lines = "\n".join(f"- `{name}`: {_plainly(problem)}" for name, problem in error.problems)
    return f"Some options cannot be used as they are:\n{lines}\nNothing was charged."


@refusal.register
def _(error: RuleError) -> str:
    return rule_refusal(error)


@refusal.register
def _(error: AlbumError) -> str:
    return album_refusal(error)


@refusal.register
def _(error: PreferenceError) -> str:
    return preference_refusal(error)


@refusal.register
def _(error: no.OutOfCreditsError) -> str:
    held = f" ({in_credits(error.held)} held for pictures under way)" if error.held else ""
    left = (
        f"This server has {in_credits(error.available)} left{held}, and a picture costs {in_credits(error.price)}."
        if error.available
        else f"This server's credits are used up{held}."
    )
    return f"{left} New credits come {relative(error.returns_at)} ({full(error.returns_at)}). Nothing was charged."


@refusal.register
def _(error: no.PausedError) -> str:
    what = "The bot is paused everywhere" if error.everywhere else "This server's pictures are paused"
    return f"{what} by the bot's operator. What was ordered before is still made. Nothing was charged."


@refusal.register
def _(error: no.CapReachedError) -> str:
    room = error.room
    left = f"you have {in_credits(room.left or 0)} of it left, and a picture costs {in_credits(error.price)}"
    spent = left if room.left else f"you have used {in_credits(room.use)}"
    return (
        f"{rule(room)}, and {spent}. It begins anew {relative(error.returns_at)} ({full(error.returns_at)}). "
        "Nothing was charged."
    )


@refusal.register
def _(error: no.GuildBusyError) -> str:
    return (
        f"This server already has {pictures(error.limit)} waiting or under way, the most it may have. "
        "Try again when one is finished. Nothing was charged."
    )


@refusal.register
def _(error: no.MemberBusyError) -> str:
    return (
        f"You already have {pictures(error.limit)} waiting or under way, the most one member may have. "
        "Try again when one is finished. Nothing was charged."
    )


@refusal.register
def _(error: no.DayFullError) -> str:
    return (
        "The bot has painted as much today as its operator allows. "
        f"It goes on {relative(error.returns_at)} ({full(error.returns_at)}). Nothing was charged."
    )


@refusal.register
def _(error: no.ProviderAwayError) -> str:
    return failure(error.trouble)


@refusal.register
def _(_: no.EditingOffError) -> str:
    return "This bot's operator has switched the editing of pictures off. Nothing was charged."


@refusal.register
def _(error: no.SourceError) -> str:
    return f"{SOURCES[error.problem]} Nothing was charged."


@refusal.register
def _(error: no.NotTakenError) -> str:
    return failure(error.code)


@refusal.register
def _(_: no.NotPostedError) -> str:
    return "Discord did not take the card of this picture, so it is not made. Try again. Nothing was charged."


@refusal.register
def _(error: no.UnderWayError) -> str:
    link = message_link(error.job)
    what = f"[under way]({link})" if link else "under way"
    return f"You already asked for this, and it is {what}. Nothing more was charged."


@refusal.register
def _(error: no.OnlySomeError) -> str:
    possible = f"{error.possible} of the {pictures(error.wanted)}"
    return (
        f"Only {possible} could be made now: {short_of(error.reason)}. "
        "Press **Variations** again to see what you can have. Nothing was charged."
    )


@refusal.register
def _(_: no.OfferChangedError) -> str:
    return (
        "What this costs, or how many you may have at once, has changed since you were asked. "
        "Press **Variations** again. Nothing was charged."
    )


@refusal.register
def _(_: no.UnknownJobError) -> str:
    return "I no longer know this picture, so there is nothing I can do with it. Nothing was charged."


@refusal.register
def _(error: no.TooLateError) -> str:
    if error.job.state is JobState.PAINTED:
        return "Too late: the picture is painted and on its way here."
    if error.job.state is JobState.EXPIRED:
        return "Too late: it was kept for a while, and has expired. Nothing was charged."
    if error.job.state is JobState.DELIVERED:
        link = message_link(error.job)
        return f"Too late: {f'[the picture]({link})' if link else 'the picture'} has already been shown."
    return "Too late: this one has already ended."


@refusal.register
def _(error: no.CostsAnywayError) -> str:
    return (
        f"The picture is being painted right now. If you cancel, nobody will see it, but once it is made "
        f"it still costs {in_credits(error.job.price)}."
    )


@refusal.register
def _(_: no.NotYoursError) -> str:
    return "That is for the member who asked for this picture. To cancel it is for the server's staff, too."


@refusal.register
def _(_: no.NotStaffError) -> str:
    return "Only this server's staff can do this: it takes the permission **Manage Server**. Nothing was changed."


@refusal.register
def _(_: no.NotOperatorError) -> str:
    return "Only the bot's operator can do this. Nothing was changed."


@refusal.register
def _(error: no.BadTargetError) -> str:
    return f"{_TARGETS[error.problem]} Nothing was changed."


@refusal.register
def _(error: no.BadAmountError) -> str:
    return f"The number has to be from {error.least:,} to {error.most:,}. Nothing was changed."


@refusal.register
def _(error: no.TooLittleError) -> str:
    if not error.there:
        return "There are no credits to take. Nothing was changed."
    return f"There are only {in_credits(error.there)} to take, not {error.asked:,}. Nothing was changed."


@refusal.register
def _(error: no.TooManyRulesError) -> str:
    return f"Already {error.most} roles have rules of their own, the most there may be. Nothing was changed."


@refusal.register
def _(_: no.UnknownGuildError) -> str:
    return "No server with this id has ever used the bot. Nothing was changed."


@refusal.register
def _(_: no.ConfirmationGoneError) -> str:
    return "This can no longer be confirmed here. Type the command again. Nothing was changed."


@refusal.register
def _(_: no.AlreadyAtItError) -> str:
    return "I am at it already, since you asked before. It takes a while. Nothing was charged."


@refusal.register
def _(_: no.NotDrawnError) -> str:
    return "I could not draw this now. Try again in a minute. Nothing was charged."


@refusal.register
def _(_: no.StoppingError) -> str:
    return "I am about to restart and take no new pictures. Try again in a minute. Nothing was charged."


@refusal.register
def _(_: no.StorageBusyError) -> str:
    return "I am too busy this moment. Try again in a few seconds. Nothing was charged."


@refusal.register
def _(_: no.StorageDownError) -> str:
    return "I cannot reach my records, so I take no new pictures. Try again in a few minutes. Nothing was charged."


def _plainly(problem: str) -> str:
    problem = problem.removeprefix("Value error, ").removeprefix("Input ")
    return problem[:1].lower() + problem[1:]
