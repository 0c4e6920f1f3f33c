"""The form that asks what to make otherwise of a picture."""

from re import Match
from typing import Any, Final

from discord import SelectOption, TextStyle
from discord.ui import Label, Modal, Select, TextInput

from bot.domain.jobs import Job, JobId
from bot.domain.parameters import PROMPT_LIMIT, AspectRatio, EditParameters, EditRatio
from bot.ui.caller import caller_of
from bot.ui.custom_ids import remix_form_id
from bot.ui.forms import FORM_SECONDS, PROMPT, fields_of
from bot.ui.orders import serve
from bot.ui.services import Interaction, services_of
from bot.ui.words import remix as words
from bot.ui.words.edits import ratio

RATIO: Final = "aspect_ratio"
SEED: Final = "seed"
UPSAMPLING: Final = "prompt_upsampling"
GUIDANCE: Final = "guidance"
NEW, KEPT = "new", "kept"
YES, NO = "yes", "no"
_LONGEST_NUMBER: Final = 20


class RemixForm(Modal):
    """Only asks. Its submit is served by `submitted`, the same in this process and in one that never saw it."""

    def __init__(self, source: Job) -> None:
        super().__init__(title=words.TITLE, custom_id=remix_form_id(source.id), timeout=FORM_SECONDS)
        now = source.parameters
        prompt: TextInput[Any] = TextInput(
            custom_id=PROMPT, style=TextStyle.paragraph, max_length=PROMPT_LIMIT, default=now.prompt
        )
        guidance: TextInput[Any] = TextInput(
            custom_id=GUIDANCE, required=False, max_length=_LONGEST_NUMBER, default=words.number(now.guidance)
        )
        ratios = EditRatio if isinstance(now, EditParameters) else AspectRatio
        shape = _select(RATIO, {it.value: ratio(it) for it in ratios}, now.aspect_ratio.value)
        upsampling = _select(UPSAMPLING, {NO: words.NO, YES: words.YES}, YES if now.prompt_upsampling else NO)
        self.add_item(Label(text=words.PROMPT, component=prompt))
        self.add_item(Label(text=words.RATIO, component=shape))
        self.add_item(Label(text=words.SEED, component=_select(SEED, {NEW: words.NEW, KEPT: words.KEPT}, NEW)))
        self.add_item(Label(text=words.UPSAMPLING, component=upsampling))
        self.add_item(Label(text=words.GUIDANCE, description=words.GUIDANCE_HINT, component=guidance))


def _select(custom_id: str, choices: dict[str, str], now: str) -> Select[Any]:
    options = [SelectOption(label=label, value=value, default=value == now) for value, label in choices.items()]
    return Select(custom_id=custom_id, options=options)


async def submitted(interaction: Interaction, form: Match[str]) -> None:
    """Raises the `RefusalError` that speaks against it."""
    typed = fields_of(interaction)
    guidance = typed.get(GUIDANCE, "").strip().replace(",", ".")
    fields: dict[str, Any] = {
        PROMPT: typed.get(PROMPT),
        RATIO: typed.get(RATIO) or None,
        UPSAMPLING: {YES: True, NO: False}.get(typed.get(UPSAMPLING, "")),
        GUIDANCE: guidance or None,
    }
    remix = services_of(interaction).studio.remix(
        caller_of(interaction), JobId(form["job"]), fields, keeps_seed=typed.get(SEED) == KEPT
    )
    await serve(interaction, remix)
