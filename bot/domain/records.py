"""What staff did, written down once and never changed: settings, blocks, removals, reports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain.orders import Caller
from bot.domain.rule_refusals import BlockedError
from bot.domain.rules import GuildRules

LARGE_DEED: Final = 64 * 1024
"""Characters of what was and what is; others are not counted."""
MOST_A_DAY: Final = 24 * 1024 * 1024
"""Characters that a guild's large deeds may take: twice the largest lists there can be."""


class Event(StrEnum):
    SETTING = "setting"
    BLOCK = "block"
    UNBLOCK = "unblock"
    DISMISS = "dismiss"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Block:
    """Somebody who may make no pictures; `until` None is until staff say otherwise. `record` says who decided it."""

    until: datetime | None
    reason: str | None
    record: int

    def stands(self, now: datetime) -> bool:
        return self.until is None or now < self.until


@dataclass(frozen=True, slots=True)
class Regulations:
    """A guild's rules and blocks as they stand. `revisions` has the record that each rule was last changed by."""

    rules: GuildRules = field(default_factory=GuildRules)
    blocks: Mapping[int, Block] = field(default_factory=dict)
    revisions: Mapping[str, int] = field(default_factory=dict)

    def judge(self, caller: Caller, now: datetime) -> None:
        """Raise the first `RefusalError` that speaks against any picture of this caller's here."""
        self.rules.judge_place(caller)
        self.rules.judge_person(caller)
        block = self.block_of(caller.member, now)
        if block is not None:
            raise BlockedError(block.until)

    def block_of(self, member: int, now: datetime) -> Block | None:
        block = self.blocks.get(member)
        return block if block is not None and block.stands(now) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What somebody of the staff does, once for its `key`.

    `subject` is the name of a setting, the id of a member or of a job; `before` and `after` are JSON; `undoes` is the
    record that it takes back.
    """

    key: str
    guild: int
    actor: int
    event: Event
    subject: str
    before: str | None = None
    after: str | None = None
    reason: str | None = None
    undoes: int | None = None
    at: datetime

    @property
    def weight(self) -> int:
        """Characters that its record takes for good."""
        return len(self.before or "") + len(self.after or "")


@dataclass(frozen=True, slots=True)
class Record:
    """A deed with its number; later ones are larger. `fresh` is False where it had happened already."""

    id: int
    deed: Deed
    fresh: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """Which of a guild's records; what is None or empty does not matter."""

    guild: int
    events: frozenset[Event] = frozenset()
    actor: int | None = None
    subject: str | None = None
