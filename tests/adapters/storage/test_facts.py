import asyncio

from tests.adapters.storage.scenes import Scene


async def test_of_all_processes_one_claims_and_one_releases(scenes: list[Scene]) -> None:
    first, *_ = scenes
    for _ in range(2):
        claims = await asyncio.gather(*(it.store.claim("alert:key", "now") for it in scenes * 4))
        assert claims.count(True) == 1
        assert await first.store.fact("alert:key") == "now"
        released = await asyncio.gather(*(it.store.release("alert:key") for it in scenes * 4))
        assert sorted(filter(None, released)) == ["now"]
    assert await first.store.fact("alert:key") is None
