"""The form that asks whom to block, for how long, and why."""

from datetime import timedelta
from re import Match
from typing import Any, Final

from discord import SelectDefaultValueType, TextStyle
from discord.ui import Label, Modal, TextInput, UserSelect

from bot.domain.refusals import RefusalError
from bot.domain.rule_refusals import BadSettingError
from bot.ui.caller import caller_of
from bot.ui.custom_ids import block_form_id
from bot.ui.decisions import REASON_LIMIT
from bot.ui.forms import FORM_SECONDS, fields_of
from bot.ui.panel.input import span
from bot.ui.panel.pages import redraw, redraw_refused
from bot.ui.panel.view import Notice, Spot
from bot.ui.panel.widgets import marked
from bot.ui.services import Interaction, services_of
from bot.ui.text import cut
from bot.ui.typed import id_of
from bot.ui.words import blocks as words

MEMBER: Final = "member"
LASTING: Final = "lasting"
REASON: Final = "reason"
_LONGEST: Final = 40
_PAGE: Final = Spot("blocked")


class BlockForm(Modal):
    """Only asks. Its submit is served by `submitted`, the same in this process and in one that never saw it."""

    def __init__(self, member: int | None = None) -> None:
        super().__init__(title=words.BLOCK, custom_id=block_form_id(), timeout=FORM_SECONDS)
        known = [] if member is None else [member]
        chosen: UserSelect[Any] = UserSelect(
            custom_id=MEMBER, default_values=marked(known, SelectDefaultValueType.user)
        )
        lasting: TextInput[Any] = TextInput(custom_id=LASTING, required=False, max_length=_LONGEST)
        reason: TextInput[Any] = TextInput(
            custom_id=REASON, style=TextStyle.paragraph, required=False, max_length=REASON_LIMIT
        )
        self.add_item(Label(text=words.MEMBER_LABEL, component=chosen))
        self.add_item(Label(text=words.LASTING_LABEL, description=words.LASTING_HINT, component=lasting))
        self.add_item(Label(text=words.REASON_LABEL, description=words.REASON_HINT, component=reason))


async def ask(interaction: Interaction, member: int | None = None) -> None:
    """`member` is who is chosen already."""
    await services_of(interaction).office.regulations(caller_of(interaction))  # only staff are asked
    await interaction.response.send_modal(BlockForm(member))


async def submitted(interaction: Interaction, _: Match[str]) -> None:
    fields = fields_of(interaction)
    member, typed = id_of(fields.get(MEMBER, "")), fields.get(LASTING, "").strip()
    if member is None:
        await redraw(interaction, _PAGE, Notice(words.NOBODY_CHOSEN))
        return
    lasting = span(typed)
    if typed and lasting is None:
        await redraw(interaction, _PAGE, Notice(words.BAD_LASTING))
        return
    await _block(interaction, member, lasting, cut(fields.get(REASON, ""), REASON_LIMIT) or None)


async def _block(interaction: Interaction, member: int, lasting: timedelta | None, reason: str | None) -> None:
    try:
        record = await services_of(interaction).office.block(caller_of(interaction), member, lasting, reason)
    except BadSettingError as error:
        await redraw_refused(interaction, _PAGE, error, words.BAD_LASTING)
    except RefusalError as error:
        await redraw_refused(interaction, _PAGE, error)
    else:
        until = None if lasting is None else record.deed.at + lasting
        await redraw(interaction, _PAGE, Notice(words.done(member, until)))
