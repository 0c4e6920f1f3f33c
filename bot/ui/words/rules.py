"""What a guild's own rules say to whoever comes against them, and to staff who change them."""

from collections.abc import Sequence
from functools import singledispatch
from typing import Final

from bot.domain import rule_refusals as no
from bot.domain.jobs import Veil
from bot.ui.words.amounts import pictures
from bot.ui.words.times import full, relative

NOTHING_CHARGED: Final = "Nothing was charged."
_MOST_NAMED: Final = 10
_VEILED: Final = {
    Veil.HIDDEN: "This picture is hidden until staff look at it.",
    Veil.REMOVED: "This picture was removed by staff.",
    Veil.DELETED: "Who asked for this picture has deleted it.",
    Veil.ERASED: "What I knew about this picture was erased, so there is nothing I can do with it.",
    Veil.AGED: "This picture is too old: what I knew about it is not kept any more, so I can do nothing with it.",
}


@singledispatch
def rule_refusal(error: no.RuleError) -> str:
    raise NotImplementedError(type(error).__name__)


@rule_refusal.register
def _(_: no.StaffPausedError) -> str:
    return f"Pictures are paused in this server by its staff. What was ordered before is still made. {NOTHING_CHARGED}"


@rule_refusal.register
def _(error: no.WrongPlaceError) -> str:
    return f"In this server pictures are asked for in {_either(error.places, '#')}. {NOTHING_CHARGED}"


@rule_refusal.register
def _(error: no.RoleNeededError) -> str:
    return f"In this server pictures are for members with {_either(error.roles, '@&')}. {NOTHING_CHARGED}"


@rule_refusal.register
def _(error: no.RoleBarredError) -> str:
    return f"In this server members with <@&{error.role}> may not make pictures. {NOTHING_CHARGED}"


@rule_refusal.register
def _(error: no.BlockedError) -> str:
    end = "until they lift that" if error.until is None else f"until {full(error.until)}"
    return f"This server's staff have blocked you from making pictures {end}. {NOTHING_CHARGED}"


@rule_refusal.register
def _(_: no.PromptRefusedError) -> str:
    return f"This server's rules do not allow this prompt. Put it another way. {NOTHING_CHARGED}"


@rule_refusal.register
def _(error: no.AboveCeilingError) -> str:
    return (
        f"`{error.option}` {error.asked} is more than the {error.ceiling} that this server allows. "
        f"Try again with {error.ceiling} or less. {NOTHING_CHARGED}"
    )


@rule_refusal.register
def _(error: no.OptionLockedError) -> str:
    return f"In this server `{error.option}` is for its staff to set. Try again without it. {NOTHING_CHARGED}"


@rule_refusal.register
def _(error: no.RerollDeniedError) -> str:
    who = f"members with {_either(error.roles, '@&')}" if error.roles else "whoever asked for the picture"
    return f"In this server making a picture again is for {who}. {NOTHING_CHARGED}"


@rule_refusal.register
def _(_: no.VariationsOffError) -> str:
    return f"This server's staff have switched variations off. **Reroll** makes one more picture. {NOTHING_CHARGED}"


@rule_refusal.register
def _(error: no.VeiledError) -> str:
    return f"{_VEILED[error.veil]} {NOTHING_CHARGED}"


@rule_refusal.register
def _(error: no.CooldownError) -> str:
    return f"You asked for a picture a short while ago. You can ask again {relative(error.over_at)}. {NOTHING_CHARGED}"


@rule_refusal.register
def _(error: no.ModeratedTooOftenError) -> str:
    return (
        f"The safety filter stopped {pictures(error.times)} of yours within an hour, or their cards were removed while "
        "they were made. "
        f"You can ask again {relative(error.over_at)}. {NOTHING_CHARGED}"
    )


@rule_refusal.register
def _(_: no.ChangedMeanwhileError) -> str:
    return "Somebody else changed this setting just before you. Nothing of yours was saved; look at it as it is now."


@rule_refusal.register
def _(_: no.ChangedTooOftenError) -> str:
    return "This long list was changed too often today: every change is kept. Try again tomorrow. Nothing was changed."


@rule_refusal.register
def _(error: no.BadSettingError) -> str:
    return f"That cannot be saved: {error.problem.rstrip('.')}. Nothing was changed."


@rule_refusal.register
def _(_: no.NothingToUndoError) -> str:
    return "This can no longer be undone: it was changed again since. Nothing was changed."


@rule_refusal.register
def _(_: no.NotBlockedError) -> str:
    return "This member is not blocked. Nothing was changed."


@rule_refusal.register
def _(error: no.TooManyReportsError) -> str:
    return (
        f"You sent {error.most} reports within an hour, which is as many as I pass on. You can send the next one "
        f"{relative(error.over_at)}. Is something urgent? Tell this server's staff. Nothing was changed."
    )


@rule_refusal.register
def _(_: no.OnlyHereError) -> str:
    return (
        "You may delete messages in this channel alone, so you may remove the pictures that were asked for here, one "
        "by one. A message with another's picture you can delete in Discord itself. Nothing was changed."
    )


@rule_refusal.register
def _(_: no.OnlyManagersError) -> str:
    return "Who is staff is for members with **Manage Server** to decide. Nothing was changed."


def _either(ids: Sequence[int], sign: str) -> str:
    named = [f"<{sign}{it}>" for it in ids[:_MOST_NAMED]]
    more = ["others"] if len(ids) > _MOST_NAMED else []
    *first, last = [*named, *more]
    return f"{', '.join(first)} or {last}" if first else last
