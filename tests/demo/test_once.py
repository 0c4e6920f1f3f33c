from pathlib import Path

import pytest
from PIL import Image

from demo.once import BrokenPromiseError, Round
from demo.stage import simulated_stage
from standins.endpoint import Fault
from tests.demo.running import run


async def test_plays_a_round_tells_it_and_saves_the_pictures(tmp_path: Path) -> None:
    ended = await run(tmp_path, "--once", "--latency", "0.1")

    assert (ended.code, ended.complained) == (0, "")
    asked, rerolled, refused = ended.printed.split("\n\n")[1:4]
    assert "1. Ada types /imagine" in asked
    assert "Credits left: 1." in asked
    assert "2. Ben presses Reroll" in rerolled
    assert "Credits left: 0." in rerolled
    assert "3. Cleo, a moderator, types /imagine" in refused
    assert "credits are used up" in refused
    assert " 00:00 UTC)" in refused
    assert "<t:" not in ended.printed
    assert ended.printed.endswith("the books are right.\n")
    _find_pictures_and_log(tmp_path / "demo-output")


def _find_pictures_and_log(output: Path) -> None:
    saved = [output / "1-ada-imagine.png", output / "2-ben-reroll.png"]
    assert sorted(output.iterdir()) == [*saved, output / "demo.log"]
    assert len({path.read_bytes() for path in saved}) == 2
    for path in saved:
        with Image.open(path) as picture:
            assert picture.size == (1024, 1024)
    assert "OutOfCreditsError" in (output / "demo.log").read_text()


async def test_fails_where_no_picture_comes(tmp_path: Path) -> None:
    async with simulated_stage(latency=0, guild_credits=2, scale=0.1) as stage:
        stage.endpoint.fail(Fault.MODERATED)

        with pytest.raises(BrokenPromiseError, match=r"No picture came\. The card reads: .*safety filter"):
            await Round(stage, tmp_path).play()


async def test_fails_where_credits_are_not_bounded(tmp_path: Path) -> None:
    async with simulated_stage(latency=0, guild_credits=7, scale=0.1) as stage:
        with pytest.raises(BrokenPromiseError, match="There should be 1 credits left, not 6"):
            await Round(stage, tmp_path).play()
