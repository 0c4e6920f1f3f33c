"""What members read about earlier pictures and about what is stored of them."""

import re

import pytest
from discord.ui import DynamicItem

from bot.domain import album_refusals as no
from bot.domain.album import Leaf, Look, Spot, Unseen
from bot.domain.jobs import Veil, job_id
from bot.domain.parameters import ImageParameters
from bot.domain.privacy import Erased
from bot.domain.rule_refusals import VeiledError
from bot.services.album import Details, Page
from bot.ui import album, details, privacy
from bot.ui.custom_ids import ALBUM, Kind, album_id, privacy_id
from bot.ui.services import Browsing
from bot.ui.words import album as words
from bot.ui.words import privacy as about
from bot.ui.words.people import mention
from bot.ui.words.refusals import refusal
from tests.examples import NOON, a_job

REFUSALS = [*map(no.UnseenError, Unseen), no.NotPostedError(), no.ShownLatelyError(NOON), no.SearchGoneError()]
LONG = ImageParameters(prompt="*" * 4000, seed=2**31 - 1)


def test_every_refusal_about_earlier_pictures_has_words() -> None:
    kinds = {it for it in vars(no).values() if isinstance(it, type) and issubclass(it, no.AlbumError)}
    assert {type(it) for it in REFUSALS} == kinds - {no.AlbumError}
    with pytest.raises(NotImplementedError, match="AlbumError"):
        words.album_refusal(no.AlbumError())


@pytest.mark.parametrize("error", [*REFUSALS, *map(VeiledError, Veil)], ids=str)
def test_a_refusal_is_plain_words_and_says_that_it_cost_nothing(error: no.AlbumError | VeiledError) -> None:
    text = refusal(error)
    assert re.search(r"Nothing was (charged|changed)\.$", text)
    assert not re.search(r"None|True|False|[{}]|Error|  ", text)


def test_the_fullest_page_fits_into_a_message() -> None:
    jobs = tuple(a_job(id=job_id(2**63 - number), parameters=LONG, card=2**63) for number in range(1, 10))
    shown = Leaf(jobs[:4], newer=Spot(NOON, jobs[0].id), older=Spot(NOON, jobs[0].id), cut=True)
    look = Look(guild=10, member=30, favourites=True, channel=2**63, text="*" * 100)
    page = Page(look=look, leaf=shown, pictures={job.id: "https://cdn.example/x" for job in jobs}, kept=jobs, days=90)
    view = album.view_of(page, Browsing(favourites=True, here=True, key="9" * 20))
    assert view.total_children_count <= 40
    assert view.content_length() <= 4000
    ids = [str(it.to_component_dict().get("custom_id")) for it in view.walk_children() if isinstance(it, DynamicItem)]
    assert len(set(ids)) == len(ids)
    assert max(map(len, ids)) <= 100


def test_the_id_of_a_page_stays_known_and_holds_the_whole_question() -> None:
    custom_id = album_id("favourites", 1, "9" * 20, "older", 10**16 - 1, job_id(10**20 - 1, 99))
    assert len(custom_id) <= 100
    assert re.fullmatch(ALBUM, custom_id)
    assert re.fullmatch(ALBUM, "album:1:mine:0::newer:1767225600000000:1234567890123456789-0")
    assert not re.fullmatch(ALBUM, "album:1:others:0::newer:1767225600000000:1234567890123456789-0")
    assert [privacy_id(act) for act in privacy.Act] == ["privacy:1:export", "privacy:1:erase", "privacy:1:erase-anyway"]


@pytest.mark.parametrize("favourite", [True, False])
@pytest.mark.parametrize("deletable", [True, False])
@pytest.mark.parametrize("editable", [True, False])
def test_the_panel_has_a_button_for_whatever_can_be_done(*, favourite: bool, deletable: bool, editable: bool) -> None:
    known = Details(job=a_job(), viewer=30, favourite=favourite, deletable=deletable)
    kinds = [button.kind for button in details.buttons_of(known, editable=editable)]
    assert (Kind.UNFAVOURITE in kinds) is favourite is (Kind.FAVOURITE not in kinds)
    assert (Kind.DELETE in kinds) is deletable
    assert (Kind.EDIT in kinds) is editable
    assert len(kinds) == len(set(kinds))


@pytest.mark.parametrize(
    ("erased", "said"),
    [
        (Erased(pictures=2), ["Erased: 2 pictures", "Nothing of yours is left."]),
        (Erased(running=True), ["the running period", "goes by itself"]),
        (Erased(unfinished=1), ["1 picture under way or kept"]),
        (Erased(blocked=True, capped=True), ["a block that staff set; a cap of your own that staff set"]),
    ],
)
def test_who_was_erased_reads_what_stays(erased: Erased, said: list[str]) -> None:
    text = about.erased(erased)
    for part in (*said, "Messages in Discord's channels stay where they are."):
        assert part in text


def test_the_pages_about_privacy_fit_into_a_message() -> None:
    for text in (about.stored(36_500), about.ERASING):
        assert len(text) < 4000
    assert set(about.BUTTONS) == set(privacy.Act)


def test_who_was_erased_is_nobody_to_mention() -> None:
    assert mention(-5) == "a former member"
    assert mention(5) == "<@5>"
