import json
from dataclasses import dataclass, field

from demo.kept import PICTURES, Kept
from demo.relay import Answer


def state(**assets: str) -> Answer:
    attachments = [{"asset_id": asset, "id": attachment} for asset, attachment in assets.items()]
    return Answer(200, {}, json.dumps({"messages": {"1": {"attachments": attachments}}}).encode())


@dataclass
class SimCord:
    answer: Answer
    asked: int = field(default=0)

    async def __call__(self) -> Answer:
        self.asked += 1
        return self.answer


async def test_a_state_is_asked_for_once_until_something_changes() -> None:
    kept, simcord = Kept(), SimCord(state())

    for changes in (1, 1, 1, 2, 2):
        await kept.state("page", changes, simcord)

    assert simcord.asked == 2


async def test_each_page_has_its_own_state() -> None:
    kept, simcord = Kept(), SimCord(state())

    await kept.state("page", 1, simcord)
    await kept.state("another page", 1, simcord)

    assert simcord.asked == 2


async def test_a_refusal_is_not_kept() -> None:
    kept, simcord = Kept(), SimCord(Answer(410, {}, b""))

    for _ in range(2):
        assert (await kept.state("page", 1, simcord)).status == 410

    assert simcord.asked == 2


async def test_a_picture_is_decoded_once_for_all_pages() -> None:
    kept, simcord = Kept(), SimCord(Answer(200, {}, b"picture"))
    kept.note("page", 1, state(a="7"))
    kept.note("another page", 1, state(b="7"))

    pictures = [await kept.picture("page", "a", "", simcord), await kept.picture("another page", "b", "", simcord)]

    assert [it.body for it in pictures] == [b"picture", b"picture"]
    assert simcord.asked == 1


async def test_a_picture_that_failed_is_asked_for_again() -> None:
    kept, simcord = Kept(), SimCord(Answer(404, {}, b""))
    kept.note("page", 1, state(a="7"))

    await kept.picture("page", "a", "", simcord)
    simcord.answer = Answer(200, {}, b"picture")

    assert (await kept.picture("page", "a", "", simcord)).ok


async def test_what_a_page_no_longer_shows_is_not_answered_from_memory() -> None:
    kept, simcord = Kept(), SimCord(Answer(200, {}, b"picture"))
    kept.note("page", 1, state(a="7"))
    await kept.picture("page", "a", "", simcord)
    kept.note("page", 2, state())
    simcord.answer = Answer(404, {}, b"")

    assert not (await kept.picture("page", "a", "", simcord)).ok


async def test_what_was_never_shown_is_not_taken_for_something_else() -> None:
    kept, simcord = Kept(), SimCord(Answer(200, {}, b"an avatar"))
    kept.note("page", 1, state())
    await kept.picture("page", "a", "", simcord)
    simcord.answer = Answer(200, {}, b"another avatar")

    assert (await kept.picture("page", "b", "", simcord)).body == b"another avatar"


async def test_only_so_many_pictures_are_kept() -> None:
    kept, simcord = Kept(), SimCord(Answer(200, {}, b"picture"))
    kept.note("page", 1, state(**{f"a{number}": str(number) for number in range(PICTURES + 1)}))

    for number in range(PICTURES + 1):
        await kept.picture("page", f"a{number}", "", simcord)
    await kept.picture("page", "a0", "", simcord)

    assert simcord.asked == PICTURES + 2
