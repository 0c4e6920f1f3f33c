"""What was chosen or typed, as the value of a setting. Whether the value may be is for the office to say."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, Final

from bot.domain.rule_refusals import BadSettingError
from bot.ui.panel.presence import Presence
from bot.ui.panel.table import Control, Setting

_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_WORDS: Final = "s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:ours?)?|d(?:ays?)?|w(?:eeks?)?"
_SPAN: Final = re.compile(rf"([0-9]{{1,9}}) *({_WORDS})(?![a-z])[ ,]*")
_LONGEST: Final = 100 * 365 * 86400
_LARGEST_ID: Final = 2**63 - 1


def chosen(setting: Setting, values: Sequence[str]) -> Any:
    """From a list of ids, or of the setting's own choices. Raises `BadSettingError`."""
    match setting.control:
        case Control.CHANNELS | Control.ROLES:
            return frozenset(_ids(setting, values))
        case Control.CHANNEL:
            return next(iter(_ids(setting, values)), None)
        case Control.CHOICES:
            return frozenset(_choices(setting, values))
        case Control.CHOICE if len(values) == 1:
            return next(iter(_choices(setting, values)))
        case _:
            raise _bad(setting)


def expect_here(setting: Setting, channel: int, presence: Presence) -> None:
    """Raises `BadSettingError` for a channel that is not the server's: what is logged must not be read elsewhere."""
    if presence.gone(setting.control, [channel]):
        raise _bad(setting)


def typed(setting: Setting, text: str) -> Any:
    """Nothing is the default. Raises `BadSettingError`."""
    text = text.strip().casefold()
    if not text:
        return None
    if setting.control is Control.SECONDS:
        lasting = span(text)
        if lasting is None:
            raise _bad(setting)
        return int(lasting.total_seconds())
    whole, decimal = r"[0-9]{1,10}", r"[0-9]{1,10}([.,][0-9]{1,6})?"
    if not re.fullmatch(whole if setting.control is Control.NUMBER else decimal, text, re.ASCII):
        raise _bad(setting)
    return int(text) if setting.control is Control.NUMBER else float(text.replace(",", "."))


def span(text: str) -> timedelta | None:
    """Such as `90`, which is seconds, `10 min` or `1d 12h`; None where it is no time, or one without end."""
    text = text.strip().casefold()
    if re.fullmatch("[0-9]{1,9}", text):
        text += "s"
    parts = _SPAN.findall(text)
    seconds = sum(int(number) * _UNITS[unit[0]] for number, unit in parts)
    if not parts or _SPAN.sub("", text) or seconds > _LONGEST:
        return None
    return timedelta(seconds=seconds)


def coded(choice: Any) -> str:
    """A choice as a list of Discord's holds it: by its value, so that a later version reads the same."""
    return json.dumps(choice)


def _choices(setting: Setting, values: Sequence[str]) -> list[Any]:
    by_code = {coded(choice): choice for choice in setting.choices}
    if not by_code.keys() >= set(values):
        raise _bad(setting)
    return [by_code[value] for value in values]


def _ids(setting: Setting, values: Iterable[str]) -> list[int]:
    ids = [int(it) if re.fullmatch("[0-9]{1,19}", it) else 0 for it in values]
    if not all(1 <= it <= _LARGEST_ID for it in ids):
        raise _bad(setting)
    return ids


def _bad(setting: Setting) -> BadSettingError:
    return BadSettingError(setting.key, "It is not of the kind that this setting takes")
