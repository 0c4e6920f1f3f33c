"""Every custom id there is: `kind:version:key`, and for modals a nonce behind it."""

import re
import secrets
from enum import StrEnum
from typing import Final

from bot.domain.jobs import JobId

JOB: Final = r"(?P<job>[0-9]{1,20}-[0-9]{1,2})"
VERSION: Final = 1


class Kind(StrEnum):
    """What a button does to a job. If the key of a kind changes its form, it takes a new version; the old one stays."""

    REROLL = "reroll"
    MORE = "more"
    REPORT = "report"
    RETRY = "retry"
    CANCEL = "cancel"
    CANCEL_ANYWAY = "cancel-anyway"
    FETCH = "fetch"


REPORT_FORM: Final = re.compile(rf"report-form:{VERSION}:{JOB}:[0-9a-f]+")
CONFIRM: Final = rf"confirm:{VERSION}:(?P<key>[0-9]{{1,20}})"
HISTORY: Final = (
    rf"history:{VERSION}:(?P<member>[0-9]{{0,20}}):(?P<topic>[a-z]{{0,9}}):(?P<since>[0-9]{{0,8}})"
    r":(?P<until>[0-9]{0,8}):(?P<anchor>[0-9]{1,19}):(?P<page>[0-9]{1,2})"
)
"""A page of the ledger: what is searched for, the entry before which page 0 began, and the page's number."""
PAUSE_EVERYTHING: Final = rf"pause-everything:{VERSION}:(?P<key>[0-9]{{1,20}})"
GUILDS: Final = rf"guilds:{VERSION}:(?P<page>[0-9]{{1,5}})"
LEDGER: Final = (
    rf"ledger:{VERSION}:(?P<guild>[0-9]{{1,19}}):(?P<member>[0-9]{{0,19}}):(?P<kind>[a-z]{{0,9}})"
    r":(?P<before>[0-9]{0,18})"
)
"""A page of a guild's ledger, as the operator reads it: what is searched for, and the entry before which it begins."""


def template(kind: Kind) -> str:
    return rf"{kind}:{VERSION}:{JOB}"


def button_id(kind: Kind, job: JobId) -> str:
    return f"{kind}:{VERSION}:{job}"


def report_form_id(job: JobId) -> str:
    return f"report-form:{VERSION}:{job}:{secrets.token_hex(4)}"


def confirm_id(key: str) -> str:
    return f"confirm:{VERSION}:{key}"


def history_id(member: str, topic: str, since: str, until: str, anchor: int, page: int) -> str:
    return f"history:{VERSION}:{member}:{topic}:{since}:{until}:{anchor}:{page}"


def pause_everything_id(key: str) -> str:
    return f"pause-everything:{VERSION}:{key}"


def guilds_id(page: int) -> str:
    return f"guilds:{VERSION}:{page}"


def ledger_id(guild: int, member: str, kind: str, before: str) -> str:
    return f"ledger:{VERSION}:{guild}:{member}:{kind}:{before}"


_PATTERNS: Final = (*map(template, Kind), CONFIRM, HISTORY, PAUSE_EVERYTHING, GUILDS, LEDGER)
KNOWN: Final = (REPORT_FORM, *map(re.compile, _PATTERNS))
"""No two of these match the same id; a test holds them apart."""


def known(custom_id: str) -> bool:
    return any(pattern.fullmatch(custom_id) for pattern in KNOWN)
