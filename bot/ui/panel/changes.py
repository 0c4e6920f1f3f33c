"""Changing a setting from the panel: done at once, and told in the panel itself."""

from collections.abc import Awaitable, Callable, Container
from re import Match
from typing import Any

from bot.domain.records import Record, Regulations
from bot.domain.refusals import RefusalError
from bot.domain.rule_refusals import BadSettingError, ChangedMeanwhileError
from bot.domain.rules import GuildRules
from bot.ui.boundary import tell
from bot.ui.caller import caller_of
from bot.ui.panel.pages import redraw, redraw_refused
from bot.ui.panel.presence import presence_of
from bot.ui.panel.table import BY_KEY, Control, Setting, changed, rules_with
from bot.ui.panel.view import Notice, Spot
from bot.ui.services import Interaction, services_of
from bot.ui.words import setting_values as values
from bot.ui.words.deeds import changes
from bot.ui.words.errors import UNKNOWN_BUTTON

Serve = Callable[[Setting, int], Awaitable[None]]


async def of_setting(
    interaction: Interaction, match: Match[str], serve: Serve, controls: Container[Control] = frozenset(Control)
) -> None:
    """Serve what a custom id names, and say in the panel why that cannot be."""
    setting = BY_KEY.get(match["setting"])
    if setting is None or setting.control not in controls:
        await tell(interaction, UNKNOWN_BUTTON)
        return
    try:
        await serve(setting, int(match["seen"]))
    except BadSettingError as error:
        await redraw_refused(interaction, Spot(setting.page), error, values.refused(setting))
    except RefusalError as error:
        await redraw_refused(interaction, Spot(setting.page), error)


async def change(interaction: Interaction, setting: Setting, seen: int, value: Any) -> None:
    caller, office = caller_of(interaction), services_of(interaction).office
    known = await office.regulations(caller)
    if _is_so(known, setting, seen, value):
        same = values.unchanged(setting, known.rules, presence_of(interaction))
        await redraw(interaction, Spot(setting.page), Notice(same))
        return
    whole = setting.with_value(known.rules, value)
    await _told(interaction, await office.change(caller, setting.name, whole, seen), setting.page)


async def tidy(interaction: Interaction, setting: Setting, seen: int) -> None:
    """Take out what was deleted in Discord."""
    known = await services_of(interaction).office.regulations(caller_of(interaction))
    value = setting.value(known.rules)
    ids = frozenset({value} - {None}) if setting.part else value
    left = ids - presence_of(interaction).gone(setting.control, ids)
    await change(interaction, setting, seen, next(iter(left), None) if setting.part else left)


async def undo(interaction: Interaction, number: int, page: str) -> None:
    record = await services_of(interaction).office.undo(caller_of(interaction), number)
    await _told(interaction, record, page)


async def expect_seen(interaction: Interaction, setting: Setting, seen: int) -> Any:
    """What the setting is; raises `ChangedMeanwhileError` where it is not the revision that was seen."""
    known = await services_of(interaction).office.regulations(caller_of(interaction))
    if known.revisions.get(setting.name, 0) != seen:
        raise ChangedMeanwhileError(setting.name)
    return setting.value(known.rules)


async def _told(interaction: Interaction, record: Record, page: str) -> None:
    deed = record.deed
    parts = changed(deed.subject, rules_with(deed.subject, deed.before), rules_with(deed.subject, deed.after))
    shown = Spot(parts[0].page if parts else page)
    await redraw(interaction, shown, Notice(changes(deed, presence_of(interaction)), undo=record.id))


def _is_so(known: Regulations, setting: Setting, seen: int, value: Any) -> bool:
    """Forms are submitted as they were opened: that is nothing to record."""
    wanted = setting.value(GuildRules()) if value is None else value
    return known.revisions.get(setting.name, 0) == seen and bool(setting.value(known.rules) == wanted)
