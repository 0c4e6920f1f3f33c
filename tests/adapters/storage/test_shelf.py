"""Pictures are found again page by page, and by their words."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, update

from bot.adapters.storage import moderation, shelf
from bot.adapters.storage.tables import jobs
from bot.domain.album import Copy, Leaf, Look, Spot, Turn
from bot.domain.album_refusals import ShownLatelyError
from bot.domain.jobs import JobId, JobState, Veil, job_id
from bot.domain.parameters import ImageParameters
from bot.domain.pictures import Hung
from bot.domain.refusals import UnknownJobError
from bot.domain.rule_refusals import VeiledError
from tests.adapters.storage.scenes import GUILD, MEMBER, START
from tests.adapters.storage.schema import connected
from tests.adapters.storage.till import Till

OTHER = 34
MINE = Look(guild=GUILD, member=MEMBER)
SECOND = timedelta(seconds=1)


def hang(
    connection: Connection, number: int, prompt: str = "a fox", *, same_time: bool = False, **more: object
) -> None:
    """A picture that was asked for so many seconds after the start, or just then."""
    till = Till(connection, now=START + (timedelta() if same_time else number * SECOND))
    till.bring(number, JobState.DELIVERED, **more)
    parameters = ImageParameters(prompt=prompt).model_dump_json()
    connection.execute(
        update(jobs).where(jobs.c.id == job_id(number)).values(card=number, file="fox.png", parameters=parameters)
    )


def numbers(leaf: Leaf) -> list[int]:
    return [int(job.id.partition("-")[0]) for job in leaf.jobs]


def walk(connection: Connection, look: Look, most: int) -> list[list[int]]:
    """All pages to the last one, and all the way back again."""
    leaf = shelf.page(connection, look, None, most)
    pages = [numbers(leaf)]
    while leaf.older is not None:
        leaf = shelf.page(connection, look, Turn(leaf.older), most)
        pages.append(numbers(leaf))
    while leaf.newer is not None:
        leaf = shelf.page(connection, look, Turn(leaf.newer, newer=True), most)
        pages.append(numbers(leaf))
    return pages


@pytest.mark.parametrize("same_time", [False, True])
def test_pages_follow_each_other_without_a_gap_in_both_directions(url: str, *, same_time: bool) -> None:
    with connected(url) as connection:
        for number in range(101, 108):
            hang(connection, number, same_time=same_time)
        assert walk(connection, MINE, 3) == [[107, 106, 105], [104, 103, 102], [101], [104, 103, 102], [107, 106, 105]]
        assert walk(connection, MINE, 7) == [list(range(107, 100, -1))]


def test_only_what_can_be_seen_is_found(url: str) -> None:
    with connected(url) as connection:
        for number, veil in enumerate((*Veil, None), start=11):
            hang(connection, number)
            connection.execute(
                update(jobs).where(jobs.c.id == job_id(number)).values(veil=None if veil is None else veil.value)
            )
        hang(connection, 20, member=OTHER)
        hang(connection, 21, guild=99)
        till = Till(connection)
        till.bring(22, JobState.FAILED)
        till.keep(till.bring(23, JobState.PAINTED).held_lease)
        assert numbers(shelf.page(connection, MINE, None, 9)) == [11 + len(Veil)]


def test_favourites_come_in_the_order_in_which_they_became_some(url: str) -> None:
    with connected(url) as connection:
        for number, member in ((11, MEMBER), (12, OTHER), (13, OTHER)):
            hang(connection, number, member=member)
        for at, number in enumerate((13, 11, 12, 13)):
            shelf.mark(connection, MEMBER, job_id(number), START + at * SECOND, favourite=True)
        look = Look(guild=GUILD, member=MEMBER, favourites=True)
        assert walk(connection, look, 2) == [[12, 11], [13], [12, 11]]
        shelf.mark(connection, MEMBER, job_id(11), START, favourite=False)
        assert numbers(shelf.page(connection, look, None, 9)) == [12, 13]
        assert not shelf.is_favourite(connection, MEMBER, job_id(11))
        assert numbers(shelf.page(connection, Look(guild=GUILD, member=OTHER, favourites=True), None, 9)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("FÜCHSIN", [14, 11]),
        ("fu\u0308chsin", [14, 11]),
        ("straße", [12]),
        ("STRASSE", [12]),
        ('"quoted"\nline', [13]),
        ("\\n", []),
        ("100%", [14]),
        ("%", [14]),
        ("a_b", [13]),
        ("prompt", []),
        ("ﬁsh", [12]),
    ],
)
def test_words_are_found_whatever_their_case_and_nothing_in_them_means_anything_else(
    url: str, text: str, found: list[int]
) -> None:
    with connected(url) as connection:
        hang(connection, 11, "Die Füchsin")
        hang(connection, 12, "eine Straße, fish")
        hang(connection, 13, 'a "quoted"\nline a_b')
        hang(connection, 14, "FÜCHSIN 100% aXb")
        assert numbers(shelf.page(connection, Look(guild=GUILD, member=MEMBER, text=text), None, 9)) == found


def test_a_search_stops_after_so_many_and_goes_on_from_there(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "SEARCHED", 3)
    with connected(url) as connection:
        for number in range(101, 113):
            hang(connection, number, "rare" if number in {101, 102, 112} else "common")
        look = Look(guild=GUILD, member=MEMBER, text="rare")
        first = shelf.page(connection, look, None, 2)
        assert (numbers(first), first.cut) == ([112], True)
        assert first.older is not None
        nothing = shelf.page(connection, look, Turn(first.older), 2)
        assert (numbers(nothing), nothing.cut) == ([], True)
        assert walk(connection, look, 2) == [[112], [], [], [102, 101], [], [], [], [112]]


def test_a_turn_to_where_nothing_is_any_more_is_the_first_page(url: str) -> None:
    with connected(url) as connection:
        hang(connection, 11)
        gone = Spot(START - SECOND, JobId("5-0"))
        for turn in (Turn(Spot(START + 60 * SECOND, JobId("9-0")), newer=True), Turn(gone, newer=True)):
            assert numbers(shelf.page(connection, MINE, turn, 4)) == [11]
        empty = shelf.page(connection, MINE, Turn(gone), 4)
        assert (numbers(empty), empty.newer, empty.older) == ([], gone, None)


def test_only_one_channel(url: str) -> None:
    with connected(url) as connection:
        hang(connection, 11)
        hang(connection, 12)
        connection.execute(update(jobs).where(jobs.c.id == job_id(12)).values(channel=23))
        assert numbers(shelf.page(connection, Look(guild=GUILD, member=MEMBER, channel=23), None, 4)) == [12]


def test_a_copy_is_claimed_once_and_the_next_after_a_while(url: str) -> None:
    def copy(number: int, member: int = MEMBER, job: int = 11) -> Copy:
        return Copy(id=job_id(number), job=job_id(job), guild=GUILD, channel=22, member=member)

    minute = timedelta(minutes=1)
    with connected(url) as connection:
        hang(connection, 11)
        assert shelf.claim(connection, copy(50), minute, START)
        assert not shelf.claim(connection, copy(50), minute, START)
        with pytest.raises(ShownLatelyError):
            shelf.claim(connection, copy(51), minute, START + 59 * SECOND)
        assert shelf.claim(connection, copy(52, OTHER), minute, START + 59 * SECOND)
        assert shelf.claim(connection, copy(53), minute, START + minute)
        with pytest.raises(UnknownJobError):
            shelf.claim(connection, copy(54, job=404), minute, START)
        assert shelf.stands(connection, job_id(50), Hung(5, "fox.png")) is not None
        assert shelf.stands(connection, job_id(404), Hung(5, "fox.png")) is None
        shelf.withdraw(connection, job_id(50))
        shelf.withdraw(connection, job_id(53))
        assert [it.message for it in shelf.of(connection, job_id(11))] == [5]
        shown = moderation.shown_in(connection, GUILD, 5)
        assert shown is not None
        assert shown.id == job_id(11)
        assert moderation.shown_in(connection, 99, 5) is None
        moderation.veil(connection, job_id(11), Veil.DELETED)
        with pytest.raises(VeiledError):
            shelf.claim(connection, copy(55), timedelta(), START + 9 * minute)


@pytest.mark.parametrize(
    ("before", "over", "may"),
    [
        *((None, veil, True) for veil in Veil),
        (None, None, False),
        (Veil.HIDDEN, None, True),
        (Veil.HIDDEN, Veil.REMOVED, True),
        (Veil.HIDDEN, Veil.DELETED, False),
        (Veil.ERASED, Veil.REMOVED, True),
        (Veil.ERASED, None, False),
        (Veil.ERASED, Veil.HIDDEN, False),
        *((gone, over, False) for gone in (Veil.REMOVED, Veil.DELETED) for over in (None, *Veil)),
    ],
)
def test_what_is_gone_does_not_come_back(url: str, before: Veil | None, over: Veil | None, *, may: bool) -> None:
    with connected(url) as connection:
        hang(connection, 11)
        connection.execute(
            update(jobs).where(jobs.c.id == job_id(11)).values(veil=None if before is None else before.value)
        )
        assert (moderation.veil(connection, job_id(11), over) is not None) is may
        listed = moderation.shown_of(connection, GUILD, MEMBER, START - SECOND)
        veil = over if may else before
        assert bool(listed) is not (veil in {Veil.REMOVED, Veil.DELETED})
