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
    DISMISS = "dismiss"
    REMOVE = "remove"
    BLOCK_ASKER = "block-asker"
    REMIX = "remix"
    VARIATIONS = "variations"
    FAVOURITE = "favourite"
    UNFAVOURITE = "unfavourite"
    DELETE = "delete"
    DELETE_ANYWAY = "delete-anyway"
    SHOW_AGAIN = "show-again"
    EDIT = "edit"


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
WORDS: Final = rf"words:{VERSION}:(?P<act>edit|exceptions|test|import|offered|export)"
WORDS_FORM: Final = re.compile(
    rf"words-form:{VERSION}:(?P<act>edit|exceptions|test|import)"
    r":(?P<words>[0-9]{1,18}):(?P<excepted>[0-9]{1,18}):[0-9a-f]+"
)
"""A form about words, and the revisions of both lists that were seen."""

REMOVE_ALL: Final = rf"remove-all:{VERSION}:(?P<member>[0-9]{{1,20}}):(?P<span>hour|day|week)"
_NUMBER: Final = "(0|[1-9][0-9]{0,17})"
_ID: Final = "[1-9][0-9]{0,18}"
_NONCE: Final = "[0-9a-f]+"
_SETTING: Final = rf"(?P<setting>[a-z_]{{1,32}}(\.[a-z_]{{1,32}})?):(?P<seen>{_NUMBER})"
"""A setting by its name, and the revision of it that was seen."""
PANEL: Final = rf"panel:{VERSION}:pages"
PANEL_TURN: Final = rf"panel-turn:{VERSION}:(?P<page>[a-z]{{1,12}}):(?P<number>[0-9]{{1,3}})"
SET: Final = rf"set:{VERSION}:{_SETTING}"
SET_EDIT: Final = rf"set-edit:{VERSION}:{_SETTING}"
SET_TIDY: Final = rf"set-tidy:{VERSION}:{_SETTING}"
SET_UNDO: Final = rf"set-undo:{VERSION}:(?P<record>{_NUMBER}):(?P<page>[a-z]{{1,12}})"
SET_FORM: Final = re.compile(rf"set-form:{VERSION}:{_SETTING}:{_NONCE}")
BLOCK: Final = rf"block:{VERSION}:member"
BLOCK_FORM: Final = re.compile(rf"block-form:{VERSION}:member:{_NONCE}")
UNBLOCK: Final = rf"unblock:{VERSION}:(?P<member>{_ID})"
CAP_OF: Final = rf"cap-of:{VERSION}:(?P<what>everybody|role|exempt)"
CAP_FORM: Final = re.compile(rf"cap-form:{VERSION}:(?P<role>{_ID}):{_NONCE}")
CAP_CONFIRM: Final = rf"cap-confirm:{VERSION}:(?P<key>[0-9]{{1,20}})"
_WANTED: Final = rf"(?P<event>[a-z]{{0,12}}):(?P<actor>({_ID})?)"
DEEDS: Final = rf"deeds:{VERSION}:{_WANTED}:(?P<anchor>{_NUMBER}):(?P<page>[0-9]{{1,2}})"
DEEDS_OF: Final = rf"deeds-of:{VERSION}:(?P<what>event|actor):{_WANTED}"
REMIX_FORM: Final = re.compile(rf"remix-form:{VERSION}:{JOB}:{_NONCE}")
VARY: Final = rf"vary:{VERSION}:{JOB}:(?P<count>[1-9]):(?P<price>{_NUMBER})"
"""So many variations of a picture, each for that price, as they were offered."""
_OPTION: Final = "(?P<option>[a-z_]{1,32})"
OWN: Final = rf"own:{VERSION}:{_OPTION}"
OWN_EDIT: Final = rf"own-edit:{VERSION}:{_OPTION}"
OWN_CLEAR: Final = rf"own-clear:{VERSION}:all"
OWN_FORM: Final = re.compile(rf"own-form:{VERSION}:{_OPTION}:{_NONCE}")
ALBUM: Final = (
    rf"album:{VERSION}:(?P<shelf>mine|favourites):(?P<here>[01]):(?P<key>[0-9]{{0,20}})"
    rf":(?P<way>newer|older):(?P<at>[0-9]{{1,16}}):{JOB}"
)
"""A page of pictures: which ones, where the text is kept that they are searched for, and beside which picture."""
PRIVACY: Final = rf"privacy:{VERSION}:(?P<act>export|erase|erase-anyway)"

EDIT_FORM: Final = re.compile(rf"edit-form:{VERSION}:(?P<key>[0-9]{{1,20}}):{_NONCE}")
"""A form about a picture, and the key under which that picture is kept."""


def template(kind: Kind) -> str:
    return rf"{kind}:{VERSION}:{JOB}"


def button_id(kind: Kind, job: JobId) -> str:
    return f"{kind}:{VERSION}:{job}"


def report_form_id(job: JobId) -> str:
    return f"report-form:{VERSION}:{job}:{_nonce()}"


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


def remove_all_id(member: int, span: str) -> str:
    return f"remove-all:{VERSION}:{member}:{span}"


def panel_id() -> str:
    return f"panel:{VERSION}:pages"


def panel_turn_id(page: str, number: int) -> str:
    return f"panel-turn:{VERSION}:{page}:{number}"


def set_id(setting: str, seen: int) -> str:
    return f"set:{VERSION}:{setting}:{seen}"


def set_edit_id(setting: str, seen: int) -> str:
    return f"set-edit:{VERSION}:{setting}:{seen}"


def set_tidy_id(setting: str, seen: int) -> str:
    return f"set-tidy:{VERSION}:{setting}:{seen}"


def set_undo_id(record: int, page: str) -> str:
    return f"set-undo:{VERSION}:{record}:{page}"


def set_form_id(setting: str, seen: int) -> str:
    return f"set-form:{VERSION}:{setting}:{seen}:{_nonce()}"


def block_id() -> str:
    return f"block:{VERSION}:member"


def block_form_id() -> str:
    return f"block-form:{VERSION}:member:{_nonce()}"


def unblock_id(member: int) -> str:
    return f"unblock:{VERSION}:{member}"


def cap_of_id(what: str) -> str:
    return f"cap-of:{VERSION}:{what}"


def cap_form_id(role: int) -> str:
    return f"cap-form:{VERSION}:{role}:{_nonce()}"


def cap_confirm_id(key: str) -> str:
    return f"cap-confirm:{VERSION}:{key}"


def deeds_id(event: str, actor: str, anchor: int, page: int) -> str:
    return f"deeds:{VERSION}:{event}:{actor}:{anchor}:{page}"


def deeds_of_id(what: str, event: str, actor: str) -> str:
    return f"deeds-of:{VERSION}:{what}:{event}:{actor}"


def words_id(act: str) -> str:
    return f"words:{VERSION}:{act}"


def words_form_id(act: str, words: int, excepted: int) -> str:
    return f"words-form:{VERSION}:{act}:{words}:{excepted}:{_nonce()}"


def remix_form_id(job: JobId) -> str:
    return f"remix-form:{VERSION}:{job}:{_nonce()}"


def vary_id(job: JobId, count: int, price_each: int) -> str:
    return f"vary:{VERSION}:{job}:{count}:{price_each}"


def own_id(option: str) -> str:
    return f"own:{VERSION}:{option}"


def own_edit_id(option: str) -> str:
    return f"own-edit:{VERSION}:{option}"


def own_clear_id() -> str:
    return f"own-clear:{VERSION}:all"


def own_form_id(option: str) -> str:
    return f"own-form:{VERSION}:{option}:{_nonce()}"


def album_id(shelf: str, here: int, key: str, way: str, at: int, job: JobId) -> str:
    return f"album:{VERSION}:{shelf}:{here}:{key}:{way}:{at}:{job}"


def privacy_id(act: str) -> str:
    return f"privacy:{VERSION}:{act}"


def edit_form_id(key: str) -> str:
    return f"edit-form:{VERSION}:{key}:{_nonce()}"


def _nonce() -> str:
    return secrets.token_hex(4)


FORMS: Final = (REPORT_FORM, SET_FORM, BLOCK_FORM, CAP_FORM, WORDS_FORM, REMIX_FORM, OWN_FORM, EDIT_FORM)
_PANEL: Final = (PANEL, PANEL_TURN, SET, SET_EDIT, SET_TIDY, SET_UNDO, BLOCK, UNBLOCK, CAP_OF, CAP_CONFIRM)
_OWN: Final = (OWN, OWN_EDIT, OWN_CLEAR)
_READING: Final = (HISTORY, GUILDS, LEDGER, DEEDS, DEEDS_OF, ALBUM, PRIVACY)
_PATTERNS: Final = (*map(template, Kind), REMOVE_ALL, CONFIRM, PAUSE_EVERYTHING, WORDS, *_READING, *_PANEL, VARY, *_OWN)
KNOWN: Final = (*FORMS, *map(re.compile, _PATTERNS))
"""No two of these match the same id; a test holds them apart."""


def known(custom_id: str) -> bool:
    return any(pattern.fullmatch(custom_id) for pattern in KNOWN)
