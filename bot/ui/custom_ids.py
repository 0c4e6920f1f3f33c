"""Every custom id there is: `kind:version:key`, and for modals a nonce behind it."""

import re
import secrets
from enum import StrEnum
from typing import Final

from bot.domain.jobs import JobId

JOB: Final = r"(?P<job>[0-9]{1,20}-[0-9]{1,2})"
VERSION: Final = 1


class Kind(StrEnum):
    """What a button does. A kind whose key changes its form takes a new version; the old one stays answered."""

    REROLL = "reroll"
    MORE = "more"
    REPORT = "report"
    RETRY = "retry"
    CANCEL = "cancel"
    CANCEL_ANYWAY = "cancel-anyway"


REPORT_FORM: Final = re.compile(rf"report-form:{VERSION}:{JOB}:[0-9a-f]+")


def template(kind: Kind) -> str:
    return rf"{kind}:{VERSION}:{JOB}"


def button_id(kind: Kind, job: JobId) -> str:
    return f"{kind}:{VERSION}:{job}"


def report_form_id(job: JobId) -> str:
    return f"report-form:{VERSION}:{job}:{secrets.token_hex(4)}"


KNOWN: Final = (*(re.compile(template(kind)) for kind in Kind), REPORT_FORM)
"""No two of these match the same id; a test holds them apart."""


def known(custom_id: str) -> bool:
    return any(pattern.fullmatch(custom_id) for pattern in KNOWN)
