"""The form that asks how a picture is to be edited. It only asks: `edits` serves it, also after a restart."""

import re
from collections.abc import Mapping
from typing import Any, Final

from discord import SelectOption, TextStyle
from discord.ui import Label, Modal, Select, TextInput

from bot.domain.parameters import PROMPT_LIMIT, EditParameters, EditRatio
from bot.domain.sources import Candidate, Target
from bot.ui.custom_ids import edit_form_id
from bot.ui.forms import FORM_SECONDS, PROMPT
from bot.ui.text import cut
from bot.ui.words import edits as words

PICTURE: Final = "picture"
_RATIO: Final = "aspect_ratio"
_SEED: Final = "seed"
_GUIDANCE: Final = "guidance"
_LONGEST_NUMBER: Final = 12
_NAME: Final = 80


class EditForm(Modal):
    def __init__(self, key: str, target: Target, price: int) -> None:
        super().__init__(title=words.TITLE, custom_id=edit_form_id(key), timeout=FORM_SECONDS)
        if len(target.candidates) > 1:
            options = [_option(number, it) for number, it in enumerate(target.candidates)]
            which: Select[Any] = Select(custom_id=PICTURE, options=options)
            self.add_item(Label(text=words.WHICH, component=which))
        prompt: TextInput[Any] = TextInput(
            custom_id=PROMPT, style=TextStyle.paragraph, max_length=PROMPT_LIMIT, placeholder=words.EXAMPLE
        )
        self.add_item(Label(text=words.PROMPT, description=words.prompt_hint(price), component=prompt))
        usual = EditParameters.model_fields[_RATIO].default
        ratios = [SelectOption(label=words.ratio(it), value=it.value, default=it is usual) for it in EditRatio]
        ratio: Select[Any] = Select(custom_id=_RATIO, options=ratios)
        self.add_item(Label(text=words.RATIO, component=ratio))
        for name, hint in ((_SEED, words.SEED_HINT), (_GUIDANCE, words.GUIDANCE_HINT)):
            number: TextInput[Any] = TextInput(custom_id=name, required=False, max_length=_LONGEST_NUMBER)
            self.add_item(Label(text=words.NUMBERS[name], description=hint, component=number))


def typed(fields: Mapping[str, str]) -> dict[str, Any]:
    """What was typed, as values of options; what stands as it stood was not."""
    ratio = fields.get(_RATIO) or None
    return {
        PROMPT: fields.get(PROMPT, ""),
        _RATIO: None if ratio == EditParameters.model_fields[_RATIO].default else ratio,
        _SEED: _number(fields.get(_SEED, "")),
        _GUIDANCE: _number(fields.get(_GUIDANCE, "")),
    }


def choice(fields: Mapping[str, str]) -> int:
    """Which of the pictures; the first where nobody was asked."""
    chosen = fields.get(PICTURE, "")
    return int(chosen) if re.fullmatch("[0-9]{1,2}", chosen) else 0


def _option(number: int, candidate: Candidate) -> SelectOption:
    size = f" · {candidate.width} by {candidate.height}" if candidate.width and candidate.height else ""
    label = f"{number + 1}. {cut(candidate.name, _NAME - len(size))}{size}"
    return SelectOption(label=label, value=str(number), default=number == 0)


def _number(text: str) -> int | float | str | None:
    """What is none stays as it is, for the model to say so."""
    text = text.strip()
    if re.fullmatch("[0-9]{1,12}", text):
        return int(text)
    if re.fullmatch(r"[0-9]{1,3}[.,][0-9]{1,6}", text):
        return float(text.replace(",", "."))
    return text or None
