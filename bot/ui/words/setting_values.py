"""The value of a setting in words, what it was and is, and what it takes."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from bot.domain.parameters import ImageParameters
from bot.domain.rules import MOST_FOR_NOTHING, MOST_LISTED, GuildRules
from bot.ui.panel.presence import Presence
from bot.ui.panel.table import LISTED, Control, Setting
from bot.ui.words.settings import hint, label

MOST_NAMED: Final = 15
MOST_NAMED_IN_CHANGES: Final = 5
_NOTHING: Final = {
    "channels": "everywhere",
    "users": "everybody",
    "staff": "only members with **Manage Server**",
    "member_jobs": "as many as the operator allows",
    "cooldown": "none",
    "spoiler_from": "never",
    "moderated_an_hour": f"only after {MOST_FOR_NOTHING}, as everywhere",
    "reports_to_hide": "never",
    "variations": "none",
    "own": "as the server has it",
    "max_steps": "50, as everywhere",
    "max_quality": "100, as everywhere",
    "locked": "none",
    "log": "nowhere",
}
_CHOICES: Final[dict[str, dict[Any, str]]] = {
    "reroll": {"everyone": "everybody", "requester": "only who asked for the picture", "roles": "members with a role"},
    "inscribed": {False: "no", True: "yes"},
    "open_stats": {False: "no", True: "yes"},
    "paused": {False: "no", True: "yes"},
}
_PARTS: Final = ((86400, "d"), (3600, "h"), (60, "min"), (1, "s"))
UNCHANGED: Final = "Nothing was changed."


def shown(setting: Setting, rules: GuildRules, presence: Presence) -> str:
    """One setting on a page."""
    told = value(setting, setting.value(rules), presence)
    return f"**{label(setting.key)}** · {told}\n-# {hint(setting.key)}"


def change(
    setting: Setting, before: GuildRules, after: GuildRules, presence: Presence, most: int = MOST_NAMED_IN_CHANGES
) -> str:
    was, now = setting.value(before), setting.value(after)
    if setting.control in LISTED and not setting.part and max(len(was), len(now)) > most:
        return f"**{label(setting.key)}**: {_difference(setting, was, now, presence, most)}."
    old, new = (value(setting, it, presence, most) for it in (was, now))
    return f"**{label(setting.key)}** was {old}, is {new}."


def unchanged(setting: Setting, rules: GuildRules, presence: Presence) -> str:
    told = value(setting, setting.value(rules), presence, MOST_NAMED_IN_CHANGES)
    return f"**{label(setting.key)}** is {told}, as before."


def refused(setting: Setting) -> str:
    """Where a value is none that it can have."""
    return f"**{label(setting.key)}** takes {takes(setting)}. {UNCHANGED}"


def takes(setting: Setting) -> str:
    match setting.control:
        case Control.CHANNELS:
            return f"at most {MOST_LISTED} channels and categories"
        case Control.ROLES:
            return f"at most {MOST_LISTED} roles"
        case Control.CHANNEL:
            return "one channel of this server"
        case Control.CHOICE | Control.CHOICES:
            return "only what its list offers"
        case Control.SECONDS:
            return f"a time up to {span(int(setting.bounds()[1]))}, such as 30 s, 10 min or 1 h"
        case Control.NUMBER | Control.DECIMAL:
            kind = "a whole number" if setting.control is Control.NUMBER else "a number"
            least, most = (f"{bound:.0f}" for bound in setting.bounds())
            return f"{kind} from {least} to {most}"


def value(setting: Setting, it: Any, presence: Presence, most: int = MOST_NAMED) -> str:
    if setting.control in LISTED and it:
        return names(setting.control, [it] if setting.part else it, presence, most)
    if setting.control is Control.CHOICES and it:
        return ", ".join(f"`{name}`" for name in sorted(it))
    if it in _CHOICES.get(setting.name, {}):
        return _CHOICES[setting.name][it]
    if not it and (not setting.is_option or it is None):
        return _nothing(setting)
    return span(it) if setting.control is Control.SECONDS else _plain(it)


def form_hint(setting: Setting) -> str:
    """Below the field that it is typed into."""
    return f"{takes(setting).capitalize()}. Empty: {at_first(setting)}"


def at_first(setting: Setting) -> str:
    """What it is where nobody sets it."""
    return value(setting, setting.value(GuildRules()), Presence()).replace("`", "")


def names(control: Control, ids: Collection[int], presence: Presence, most: int) -> str:
    gone = presence.gone(control, ids)
    sign = "@&" if control is Control.ROLES else "#"
    what = "role" if control is Control.ROLES else "channel"
    told = [f"a deleted {what} (`{it}`)" if it in gone else f"<{sign}{it}>" for it in _ordered(ids, gone)]
    return _listed(told, most)


def span(seconds: int) -> str:
    told = []
    for size, unit in _PARTS:
        count, seconds = divmod(seconds, size)
        told += [f"{count} {unit}"] if count else []
    return " ".join(told) or "0 s"


def choice(setting: Setting, it: Any) -> str:
    """One entry of a list, where nothing can be formatted."""
    if it is None:
        return _nothing(setting).replace("`", "")
    return _CHOICES.get(setting.name, {}).get(it) or _plain(it)


def _nothing(setting: Setting) -> str:
    if setting.name == "defaults":
        usual = ImageParameters.model_fields[setting.part].default
        return "drawn anew" if usual is None else f"{_plain(usual)}, as everywhere"
    return _NOTHING.get(setting.name, "nobody")


def _difference(setting: Setting, was: frozenset[int], now: frozenset[int], presence: Presence, most: int) -> str:
    parts = (("added", now - was), ("removed", was - now))
    told = [f"{word} {names(setting.control, ids, presence, most)}" for word, ids in parts if ids]
    return "; ".join(told if now else [*told, f"now {_nothing(setting)}"])


def _ordered(ids: Collection[int], gone: Collection[int]) -> list[int]:
    """The deleted ones first: they need to be seen."""
    return sorted(ids, key=lambda it: (it not in gone, it))


def _listed(told: Sequence[str], most: int) -> str:
    more = len(told) - most
    return ", ".join(told) if more <= 0 else f"{', '.join(told[:most])} and {more} more"


def _plain(it: Any) -> str:
    if isinstance(it, bool):
        return "yes" if it else "no"
    return f"{it:g}" if isinstance(it, float) else str(it)
