import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Final

import psutil
import pytest
from PIL import Image

from bot.adapters.charts import MatplotlibCharts
from bot.adapters.charts.charts import MOST_WAITING
from bot.client import COGS
from bot.domain.charts import Bar, Chart, Ranking, Timeline
from bot.domain.refusals import NotDrawnError
from tests.adapters.charts import scripts
from tests.adapters.charts.scripts import script

ROOT: Final = Path(__file__).parents[3]
DRAWING: Final = ROOT / "bot/adapters/charts/drawing.py"
PLAIN: Final = ("ada", "#art")
ODD: Final = (
    "$\\frac{$ $x^2$",
    "_a_ *b* ~c~ `d`",
    "\N{FOX FACE}",
    "\N{FOX FACE}-den",
    "\u65e5\u672c",
    "",
    "\u202ew" * 99,
)
PATIENCE: Final = 120


def chart(names: Sequence[str] = PLAIN, rankings: int = 3, days: int = 30, value: int = 12) -> Chart:
    """`names` stand where people's own words do."""
    bars = [Bar(name, value * at, f"{value * at:,} ({value * 3 * at:,})") for at, name in enumerate(names)]
    return Chart(
        " ".join(names),
        Timeline(
            title="Per day",
            labels=[f"Nov {day}" for day in range(days)],
            bars=[value * (day % 5) for day in range(days)],
            line=[value * (day % 7) for day in range(days)],
            bars_name="Pictures",
            line_name="Credits",
        ),
        [Ranking("Pictures (credits) by member", bars, ["Half were painted within 59.9 s,"]) for _ in range(rankings)],
    )


def children() -> list[psutil.Process]:
    return psutil.Process().children()


@pytest.mark.parametrize(("rankings", "size"), [(3, (1200, 860)), (1, (1200, 480))])
async def test_a_chart_is_a_png_on_the_ground_of_discords_dark_theme(
    tmp_path: Path, rankings: int, size: tuple[int, int]
) -> None:
    png = await MatplotlibCharts(tmp_path, seconds=PATIENCE).draw(chart(rankings=rankings))
    with Image.open(BytesIO(png)) as image:
        assert (image.format, image.size) == ("PNG", size)
        assert image.convert("RGB").getpixel((0, 0)) == (0x31, 0x33, 0x38)
        colours = {colour for _, colour in image.convert("RGB").getcolors(2**24) or []}
    assert {(0x2B, 0x2D, 0x31), (0x79, 0x83, 0xF5), (0xF0, 0xB1, 0x32)} <= colours
    assert len(png) < 500_000
    assert children() == []


@pytest.mark.parametrize(
    "told",
    [chart(ODD), chart(ODD, rankings=1, days=7), chart(days=90, value=10**12), chart(["x"], rankings=1, value=0)],
    ids=["odd", "odd and small", "large", "nothing"],
)
async def test_no_label_and_no_number_breaks_the_drawing_or_makes_it_warn(told: Chart, tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-W", "error", str(DRAWING), stdin=-1, stdout=-1, stderr=-1,
        env={"MPLCONFIGDIR": str(tmp_path)},
    )  # fmt: skip
    out, err = await process.communicate(json.dumps(asdict(told)).encode())
    assert (process.returncode, err.decode()) == (0, "")
    with Image.open(BytesIO(out)) as image:
        image.load()


async def test_the_loop_goes_on_while_something_is_drawn(tmp_path: Path) -> None:
    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"from the loop")
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        asks = scripts.ASKS.replace("PORT", str(server.sockets[0].getsockname()[1]))
        drawn = await MatplotlibCharts(tmp_path, script=script(tmp_path, asks), seconds=PATIENCE).draw(chart())
    assert drawn.endswith(b"from the loop")


@pytest.mark.parametrize("text", [scripts.BREAKS, scripts.BREAKS_OFF, scripts.DRAWS_NOTHING])
async def test_a_drawing_that_fails_is_refused(tmp_path: Path, text: str) -> None:
    charts = MatplotlibCharts(tmp_path, script=script(tmp_path, text), seconds=PATIENCE)
    with pytest.raises(NotDrawnError):
        await charts.draw(chart())


async def test_a_drawing_that_hangs_is_killed_at_its_deadline(tmp_path: Path) -> None:
    charts = MatplotlibCharts(tmp_path, script=script(tmp_path, scripts.HANGS), seconds=0.2)
    with pytest.raises(NotDrawnError):
        await charts.draw(chart())
    assert children() == []


async def test_one_is_drawn_at_a_time_and_few_wait_for_it(tmp_path: Path) -> None:
    charts = MatplotlibCharts(tmp_path, script=script(tmp_path, scripts.HANGS), seconds=PATIENCE)
    waiting = [asyncio.create_task(charts.draw(chart())) for _ in range(MOST_WAITING + 1)]
    while not children():
        await asyncio.sleep(0)
    with pytest.raises(NotDrawnError):
        await charts.draw(chart())
    assert len(children()) == 1
    for task in reversed(waiting):
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert children() == []


async def test_after_a_failure_the_next_one_is_drawn(tmp_path: Path) -> None:
    file = script(tmp_path, scripts.BREAKS)
    charts = MatplotlibCharts(tmp_path, script=file, seconds=PATIENCE)
    for _ in range(MOST_WAITING + 2):
        with pytest.raises(NotDrawnError):
            await charts.draw(chart())
    script(tmp_path, scripts.TELLS_ITS_ENVIRONMENT)
    assert await charts.draw(chart())


async def test_the_bots_secrets_are_not_handed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "a-token-nobody-gave")
    charts = MatplotlibCharts(tmp_path, script=script(tmp_path, scripts.TELLS_ITS_ENVIRONMENT), seconds=PATIENCE)
    assert b"a-token-nobody-gave" not in await charts.draw(chart())


async def test_a_bot_that_starts_does_not_import_what_draws() -> None:
    code = f"""
import importlib, sys
for name in ("bot.__main__", "bot.app", *{COGS!r}):
    importlib.import_module(name)
print(sorted({{"matplotlib", "numpy", "bot.adapters.charts.drawing"}} & set(sys.modules)))
"""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, cwd=ROOT, stdout=-1)
    out, _ = await process.communicate()
    assert (process.returncode, out.decode().strip()) == (0, "[]")
