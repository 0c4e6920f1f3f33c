"""What members read about what they set for themselves."""

import pytest

from bot.domain import preference_refusals as no
from bot.domain import refusals
from bot.domain.jobs import Place
from bot.domain.layers import Layer
from bot.domain.orders import Offer
from bot.domain.parameters import ImageParameters
from bot.domain.preferences import Preset
from bot.ui.remix_form import RemixForm
from bot.ui.words import cards, variations
from bot.ui.words.preference_refusals import preference_refusal
from bot.ui.words.preferences import listed
from bot.ui.words.refusals import refusal
from tests.discord_description import complaints
from tests.examples import NOON, a_job

EXAMPLES: list[no.PreferenceError] = [
    no.BadPresetNameError(0, 32),
    no.BadPresetNameError(200, 32),
    no.EmptyPresetError(),
    no.SuffixTooLongError(4001, 4000),
    no.TooManyPresetsError(25),
    no.UnknownPresetError("*noir* <@1>"),
]


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_every_refusal_is_plain_words_and_says_that_nothing_happened(error: no.PreferenceError) -> None:
    assert refusal(error) == preference_refusal(error)
    assert refusal(error).endswith(("Nothing was charged.", "Nothing was changed."))


def test_every_refusal_has_words_and_an_example_here() -> None:
    kinds = {it for it in vars(no).values() if isinstance(it, type) and issubclass(it, no.PreferenceError)}
    assert {type(error) for error in EXAMPLES} == kinds - {no.PreferenceError}
    with pytest.raises(NotImplementedError, match="PreferenceError"):
        preference_refusal(no.PreferenceError())


def test_a_name_can_neither_ping_nor_format() -> None:
    assert "\\*noir\\* \\<\\@1\\>" in refusal(no.UnknownPresetError("*noir* <@1>"))
    assert "**\\*noir\\***" in listed([Preset("*noir*", {"steps": 30})])


def test_every_layer_has_words_that_are_its_own() -> None:
    layers = [it for it in Layer if it is not Layer.ENDPOINT]
    told = [cards.details(a_job(given={"steps": layer}), viewer) for layer in layers for viewer in (30, 31)]
    lines = [next(line for line in it.splitlines() if line.startswith("**steps**")) for it in told]
    assert lines == [
        "**steps** 25 (typed)",
        "**steps** 25 (typed)",
        "**steps** 25 (from the picture before)",
        "**steps** 25 (from the picture before)",
        "**steps** 25 (your preset)",
        "**steps** 25 (their preset)",
        "**steps** 25 (your default)",
        "**steps** 25 (their default)",
        "**steps** 25 (this server's)",
        "**steps** 25 (this server's)",
    ]


def test_a_picture_leads_back_to_the_one_it_was_made_from_where_that_is_known() -> None:
    assert cards.descent(a_job()) == "Asked by <@30>"
    link = "https://discord.com/channels/10/20/40"
    assert cards.descent(a_job(parent_at=Place(20, 40))) == f"Asked by <@30> from [this one]({link})"


@pytest.mark.parametrize(
    ("offer", "told"),
    [
        (Offer(4, 1), "**4 pictures for 4 credits**, each with a seed of its own. Nothing is charged yet."),
        (
            Offer(2, 3),
            (
                "**2 pictures for 6 credits**, each with a seed of its own. "
                "Not 4: this server allows no more at once. Nothing is charged yet."
            ),
        ),
        (
            Offer(1, 1, refusals.DayFullError(NOON)),
            "**1 picture for 1 credit**. Not 4: the bot's operator allows no more today. Nothing is charged yet.",
        ),
    ],
)
def test_an_offer_says_the_price_and_why_not_more(offer: Offer, told: str) -> None:
    assert variations.offered(offer) == told


def test_discord_takes_the_form_at_its_largest() -> None:
    parameters = ImageParameters(
        prompt="\U0001f98a" * 4000, guidance=2.1234567890123457, seed=1, prompt_upsampling=True
    )
    form = RemixForm(a_job(parameters=parameters))
    assert complaints("ModalInteractionCallbackRequestData", form.to_dict()) == []
    assert len(form.children) <= 5
