"""What waits for a person to go on with it."""

from datetime import timedelta

from tests.adapters.storage.scenes import START, Scene

DAY = timedelta(days=1)


async def test_of_each_kind_a_persons_newest_are_kept_and_all_of_others(scene: Scene) -> None:
    await scene.books.keep("search:2:1", "others", START + DAY)
    await scene.books.keep("edit:1:1", "another kind", START + DAY)
    for number in range(10, 35):
        await scene.books.keep(f"search:1:{number}", str(number), START + DAY + timedelta(seconds=number))
    await scene.books.keep("search:1:34", "the same again", START + DAY)
    found = [await scene.books.kept(f"search:1:{number}") for number in range(10, 35)]
    assert found == [None] * 5 + [str(number) for number in range(15, 35)]
    assert await scene.books.kept("search:2:1") == "others"
    assert await scene.books.kept("edit:1:1") == "another kind"
