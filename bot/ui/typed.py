"""What the operator types, on Discord and on the command line: ids, plans, reasons."""

import re
from typing import Final

from bot.domain.credits import PeriodKind
from bot.domain.refusals import BadParametersError
from bot.services.treasury import PlanWish
from bot.ui.decisions import REASON_LIMIT
from bot.ui.text import cut
from bot.ui.words import operator as words

_LARGEST_ID: Final = 2**63 - 1


def id_of(text: str) -> int | None:
    """None where it is no id."""
    typed = text.strip()
    number = int(typed) if re.fullmatch("[0-9]{1,19}", typed) else 0
    return number if 1 <= number <= _LARGEST_ID else None


def wish_of(allowance: str | None, period: str | None) -> PlanWish | None:
    """None is the installation's plan. Raises `BadParametersError`."""
    kind = None if period is None else PeriodKind(period)
    typed = (allowance or "").strip().casefold()
    if typed == words.DEFAULT:
        if kind is not None:
            raise BadParametersError([("period", words.NOT_WITH_DEFAULT)])
        return None
    if allowance is None or typed == words.UNLIMITED:
        return PlanWish(period=kind, unlimited=allowance is not None)
    if not re.fullmatch("[0-9]{1,7}", typed):
        raise BadParametersError([("allowance", words.BAD_ALLOWANCE)])
    return PlanWish(int(typed), kind)


def reason_of(text: str | None) -> str | None:
    return cut(text or "", REASON_LIMIT) or None
