"""The forms about words. They only ask: `submits` serves them, also in a process that never saw them."""

from enum import StrEnum
from typing import Any, Final

from discord import TextStyle
from discord.ui import FileUpload, Label, Modal, TextInput

from bot.domain.records import Regulations
from bot.ui.custom_ids import words_form_id
from bot.ui.forms import FORM_SECONDS
from bot.ui.words import word_lists as words

FORM_CHARACTERS: Final = 4000
"""As many as Discord takes in one field."""
TEXT: Final = "text"
FILE: Final = "file"


class Act(StrEnum):
    EDIT = "edit"
    EXCEPTIONS = "exceptions"
    TEST = "test"
    IMPORT = "import"


_TITLES: Final = {Act.EDIT: words.EDIT_TITLE, Act.EXCEPTIONS: words.EXCEPTIONS_TITLE}
_LABELS: Final = {Act.EDIT: words.EDIT_LABEL, Act.EXCEPTIONS: words.EXCEPTIONS_LABEL}
_HINTS: Final = {Act.EDIT: words.EDIT_HINT, Act.EXCEPTIONS: words.EXCEPTIONS_HINT}


class ListForm(Modal):
    """One of both lists, as it stands."""

    def __init__(self, act: Act, known: Regulations) -> None:
        super().__init__(title=_TITLES[act], custom_id=_id(act, known), timeout=FORM_SECONDS)
        rules = known.rules
        self.text = "\n".join(rules.words if act is Act.EDIT else rules.excepted)
        field: TextInput[Any] = TextInput(
            custom_id=TEXT,
            style=TextStyle.paragraph,
            default=self.text or None,
            required=False,
            max_length=FORM_CHARACTERS,
        )
        self.add_item(Label(text=_LABELS[act], description=_HINTS[act], component=field))


class TrialForm(Modal):
    def __init__(self) -> None:
        super().__init__(title=words.TEST_TITLE, custom_id=_id(Act.TEST, Regulations()), timeout=FORM_SECONDS)
        field: TextInput[Any] = TextInput(custom_id=TEXT, style=TextStyle.paragraph, max_length=FORM_CHARACTERS)
        self.add_item(Label(text=words.TEST_LABEL, description=words.TEST_HINT, component=field))


class ImportForm(Modal):
    def __init__(self, known: Regulations) -> None:
        super().__init__(title=words.IMPORT_TITLE, custom_id=_id(Act.IMPORT, known), timeout=FORM_SECONDS)
        field: FileUpload[Any] = FileUpload(custom_id=FILE, max_values=1)
        self.add_item(Label(text=words.IMPORT_LABEL, description=words.IMPORT_HINT, component=field))


def _id(act: Act, known: Regulations) -> str:
    return words_form_id(act, known.revisions.get("words", 0), known.revisions.get("excepted", 0))
