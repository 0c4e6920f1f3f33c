"""What is sent to Discord about words, held against its rules: the longest there can be, too."""

from typing import Any

import pytest
from discord.ui import LayoutView, Modal

from bot.domain.records import Regulations
from bot.domain.rules import GuildRules
from bot.ui.custom_ids import WORDS_FORM
from bot.ui.wordlists.forms import FORM_CHARACTERS, Act, ImportForm, ListForm, TrialForm
from bot.ui.wordlists.page import words_items
from standins.discord.rules.modals import modal_problems
from tests.discord_description import complaints

LONGEST = Regulations(
    GuildRules(words=["@" * 99 + "x" * 1, *(f"*{it:->98}x" for it in range(38))], excepted=["*" * 99 + "x"] * 9),
    revisions={"words": 10**18 - 1, "excepted": 10**18 - 1},
)


def forms() -> list[Modal]:
    lists = [ListForm(act, known) for act in (Act.EDIT, Act.EXCEPTIONS) for known in (Regulations(), LONGEST)]
    return [*lists, TrialForm(), ImportForm(Regulations()), ImportForm(LONGEST)]


async def test_discord_takes_every_form() -> None:
    for form in forms():
        body: dict[str, Any] = form.to_dict()
        assert list(modal_problems(body)) == []
        assert complaints("ModalInteractionCallbackRequestData", body) == []
        assert WORDS_FORM.fullmatch(body["custom_id"]) is not None
    assert len(ListForm(Act.EDIT, LONGEST).text) in range(FORM_CHARACTERS - 120, FORM_CHARACTERS + 1)


@pytest.mark.parametrize("known", [Regulations(), LONGEST])
async def test_discord_takes_the_page_with_room_to_spare(known: Regulations) -> None:
    view = LayoutView(timeout=None)
    for item in words_items(known):
        view.add_item(item)
    components: list[Any] = view.to_components()  # type: ignore[no-untyped-call] # discord.py's
    assert complaints("MessageCreateRequest", {"components": components, "flags": 1 << 15}) == []
    assert view.content_length() < 2000
