"""The operator's rules, the same in every guild."""

from dataclasses import dataclass

from bot.domain.credits import Plan
from bot.domain.orders import Caller, Limits
from bot.domain.refusals import EditingOffError, MissingRightsError, NotInvitedError


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseRules:
    """`guilds` is None where every guild is welcome; prices are credits per picture."""

    guilds: frozenset[int] | None
    max_safety_tolerance: int
    plan: Plan
    limits: Limits
    price_imagine: int
    price_edit: int = 1
    editing: bool = True
    retention_days: int = 90

    def welcome(self, caller: Caller) -> None:
        """Raise the `RefusalError` of whoever may ask for nothing here."""
        if self.guilds is not None and caller.guild not in self.guilds:
            raise NotInvitedError

    def price(self, *, edit: bool) -> int:
        return self.price_edit if edit else self.price_imagine

    def judge_editing(self) -> None:
        """Raise `EditingOffError` where no picture is edited, in no guild."""
        if not self.editing:
            raise EditingOffError

    def judge(self, caller: Caller) -> None:
        """Raise the first `RefusalError` that speaks against any picture of the caller's here."""
        self.welcome(caller)
        if caller.missing_rights:
            raise MissingRightsError(caller.missing_rights)
