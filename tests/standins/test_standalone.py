import asyncio

import pytest

from standins.endpoint.__main__ import parse, serve


def test_defaults_suit_a_try_out_by_hand() -> None:
    options = parse([])

    assert (options.port, options.latency, options.key, options.prompt_faults) == (8600, 2.0, "standin-key", False)


async def test_names_the_two_settings_to_use(capsys: pytest.CaptureFixture[str]) -> None:
    serving = asyncio.create_task(serve(parse(["--port", "0", "--prompt-faults"])))
    printed = ""
    async with asyncio.timeout(5):
        while not printed:
            await asyncio.sleep(0)
            printed = capsys.readouterr().out
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)

    url, origin = printed.split()
    assert url.startswith("ONEMIN_API_URL=http://127.0.0.1:")
    assert origin == url.replace("ONEMIN_API_URL", "ONEMIN_IMAGE_ORIGINS") + "/asset.1min.ai"
