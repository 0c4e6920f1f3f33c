"""Every button, and those below pictures. These hold a job's key and nothing else, so they outlive every restart."""

from typing import Any, ClassVar, Final, Self

from discord import ButtonStyle
from discord.ui import Button, DynamicItem, Item
from typing_extensions import override

from bot.domain.jobs import JobId
from bot.ui.boundary import answering
from bot.ui.browsing import BrowseButton
from bot.ui.custom_ids import Kind, button_id, template
from bot.ui.decisions import ConfirmButton
from bot.ui.history import TurnButton
from bot.ui.operator import PauseEverythingButton
from bot.ui.operator_pages import PAGE_BUTTONS
from bot.ui.panel.doors import DOORS
from bot.ui.preferences.doors import OWN_DOORS
from bot.ui.privacy import PrivacyButton
from bot.ui.removals import RemoveAllButton
from bot.ui.services import Interaction, services_of
from bot.ui.vary_button import VaryButton
from bot.ui.wordlists.page import WordsButton
from bot.ui.words import cards as words
from bot.ui.words.edits import EDIT


class JobButton(DynamicItem[Button[Any]], template="(?!)"):
    """The common part; its own template matches nothing."""

    kind: ClassVar[Kind]
    label: ClassVar[str]
    style: ClassVar[ButtonStyle] = ButtonStyle.secondary

    def __init__(self, job: JobId) -> None:
        super().__init__(Button(label=self.label, style=self.style, custom_id=button_id(self.kind, job)))
        self.job = job

    @classmethod
    @override
    async def from_custom_id(cls, interaction: Interaction, item: Item[Any], match: Any, /) -> Self:
        return cls(JobId(match["job"]))

    @override
    async def callback(self, interaction: Interaction) -> None:
        async with answering(interaction):  # discord.py only logs what a dynamic item raises
            await services_of(interaction).press(interaction, self.kind, self.job)


class RerollButton(JobButton, template=template(Kind.REROLL)):
    kind = Kind.REROLL
    label = words.REROLL
    style = ButtonStyle.primary


class RetryButton(JobButton, template=template(Kind.RETRY)):
    kind = Kind.RETRY
    label = words.RETRY
    style = ButtonStyle.primary


class MoreButton(JobButton, template=template(Kind.MORE)):
    kind = Kind.MORE
    label = words.MORE


class ReportButton(JobButton, template=template(Kind.REPORT)):
    kind = Kind.REPORT
    label = words.REPORT


class CancelButton(JobButton, template=template(Kind.CANCEL)):
    kind = Kind.CANCEL
    label = words.CANCEL


class CancelAnywayButton(JobButton, template=template(Kind.CANCEL_ANYWAY)):
    kind = Kind.CANCEL_ANYWAY
    label = words.CANCEL_ANYWAY
    style = ButtonStyle.danger


class FetchButton(JobButton, template=template(Kind.FETCH)):
    kind = Kind.FETCH
    label = words.FETCH
    style = ButtonStyle.primary

    def __init__(self, job: JobId, label: str = words.FETCH) -> None:
        super().__init__(job)
        self.item.label = label


class DismissButton(JobButton, template=template(Kind.DISMISS)):
    kind = Kind.DISMISS
    label = words.DISMISS


class RemoveButton(JobButton, template=template(Kind.REMOVE)):
    kind = Kind.REMOVE
    label = words.REMOVE
    style = ButtonStyle.danger


class BlockAskerButton(JobButton, template=template(Kind.BLOCK_ASKER)):
    kind = Kind.BLOCK_ASKER
    label = words.BLOCK_ASKER
    style = ButtonStyle.danger


class RemixButton(JobButton, template=template(Kind.REMIX)):
    kind = Kind.REMIX
    label = words.REMIX


class VariationsButton(JobButton, template=template(Kind.VARIATIONS)):
    kind = Kind.VARIATIONS
    label = words.VARIATIONS


class FavouriteButton(JobButton, template=template(Kind.FAVOURITE)):
    kind = Kind.FAVOURITE
    label = words.FAVOURITE


class UnfavouriteButton(JobButton, template=template(Kind.UNFAVOURITE)):
    kind = Kind.UNFAVOURITE
    label = words.UNFAVOURITE


class DeleteButton(JobButton, template=template(Kind.DELETE)):
    kind = Kind.DELETE
    label = words.DELETE


class DeleteAnywayButton(JobButton, template=template(Kind.DELETE_ANYWAY)):
    kind = Kind.DELETE_ANYWAY
    label = words.DELETE_ANYWAY
    style = ButtonStyle.danger


class ShowAgainButton(JobButton, template=template(Kind.SHOW_AGAIN)):
    kind = Kind.SHOW_AGAIN
    label = words.SHOW_AGAIN


class EditButton(JobButton, template=template(Kind.EDIT)):
    kind = Kind.EDIT
    label = EDIT


JOB_BUTTONS: Final = (
    RerollButton,
    RetryButton,
    MoreButton,
    ReportButton,
    CancelButton,
    CancelAnywayButton,
    FetchButton,
    DismissButton,
    RemoveButton,
    BlockAskerButton,
    RemixButton,
    VariationsButton,
    FavouriteButton,
    UnfavouriteButton,
    DeleteButton,
    DeleteAnywayButton,
    ShowAgainButton,
    EditButton,
)
BUTTONS: Final = (
    *JOB_BUTTONS,
    RemoveAllButton,
    ConfirmButton,
    TurnButton,
    PauseEverythingButton,
    *PAGE_BUTTONS,
    *DOORS,
    WordsButton,
    VaryButton,
    *OWN_DOORS,
    BrowseButton,
    PrivacyButton,
)
