"""Caps from the panel: chosen or typed here, and put to whoever asks with a Confirm button, as by the command."""

from re import Match, fullmatch
from typing import Any, Final

from discord.ui import Label, Modal, TextInput

from bot.domain.acts import LARGEST_AMOUNT, Target, TargetKind, Verb
from bot.domain.caps import RoleRule
from bot.domain.refusals import BadAmountError, RefusalError
from bot.ui.boundary import tell
from bot.ui.caller import caller_of
from bot.ui.custom_ids import cap_form_id
from bot.ui.forms import FORM_SECONDS, fields_of
from bot.ui.panel.pages import redraw, redraw_refused
from bot.ui.panel.view import Notice, Spot
from bot.ui.services import Interaction, services_of
from bot.ui.targets import expect_role
from bot.ui.typed import id_of
from bot.ui.words import panel_caps as words
from bot.ui.words import staff
from bot.ui.words.errors import UNKNOWN_BUTTON

AMOUNT: Final = "amount"
_LONGEST: Final = 9
_PAGE: Final = Spot("spending")


class CapForm(Modal):
    """Only asks. Its submit is served by `submitted`, the same in this process and in one that never saw it."""

    def __init__(self, role: int, amount: int | None) -> None:
        super().__init__(title=words.TITLE, custom_id=cap_form_id(role), timeout=FORM_SECONDS)
        shown = None if amount is None else str(amount)
        field: TextInput[Any] = TextInput(custom_id=AMOUNT, required=False, max_length=_LONGEST, default=shown)
        self.add_item(Label(text=words.AMOUNT_LABEL, description=words.AMOUNT_HINT, component=field))


async def ask(interaction: Interaction, what: str, chosen: str) -> None:
    """Of the role that was chosen: that of everybody has the guild's own id."""
    role = id_of(chosen)
    if role is None:
        await tell(interaction, UNKNOWN_BUTTON)
        return
    pool = await services_of(interaction).steward.pool(caller_of(interaction))
    rule = pool.rules.roles.get(role, RoleRule())
    if what == "exempt":
        await _propose(interaction, Verb.EXEMPT, Target(TargetKind.ROLE, role), int(not rule.exempt))
        return
    cap = pool.rules.default if role == interaction.guild_id else rule.cap
    await interaction.response.send_modal(CapForm(role, cap))


async def submitted(interaction: Interaction, form: Match[str]) -> None:
    role, typed = id_of(form["role"]), fields_of(interaction).get(AMOUNT, "").strip()
    if role is None:
        await tell(interaction, UNKNOWN_BUTTON)
        return
    target = Target(TargetKind.EVERYBODY) if role == interaction.guild_id else Target(TargetKind.ROLE, role)
    if typed and not fullmatch("[0-9]{1,9}", typed):
        await redraw_refused(interaction, _PAGE, BadAmountError(0, LARGEST_AMOUNT))
        return
    await _propose(interaction, Verb.SET, target, int(typed) if typed else None)


async def confirm(interaction: Interaction, key: str) -> None:
    steward = services_of(interaction).steward
    try:
        proposal = await steward.confirm(caller_of(interaction), key, lambda target: expect_role(interaction, target))
    except RefusalError as error:
        await redraw_refused(interaction, _PAGE, error)
        return
    await redraw(interaction, _PAGE, Notice(staff.decided(proposal)))


async def _propose(interaction: Interaction, verb: Verb, target: Target, amount: int | None) -> None:
    caller, steward = caller_of(interaction), services_of(interaction).steward
    try:
        expect_role(interaction, target)
        proposal = await steward.propose(caller, verb, target, amount, None)
    except RefusalError as error:
        await redraw_refused(interaction, _PAGE, error)
        return
    await redraw(interaction, _PAGE, Notice(staff.asked(proposal), confirm=proposal.key))
