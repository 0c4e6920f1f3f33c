"""Takes the README's pictures on the try-out's own page, in Chromium. `make pictures` runs it."""

import argparse
import asyncio
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.async_api import Locator

from demo.front import listening
from demo.output import claimed, write_logs
from demo.page import SCALE, served
from demo.stage import simulated_stage
from demo.visitor import Visitor, chromium
from standins.endpoint import Endpoint

FOLDER: Final = Path("docs/pictures")
CREDITS: Final = 5
WIDTH, HEIGHT, DENSITY = 700, 1300, 1.5
_QUALITY: Final = 80
_LEFT, _MARGIN = 8, 6
_TIDY: Final = """() => {
  document.activeElement.blur();
  for (const time of document.querySelectorAll(".message-time")) time.style.visibility = "hidden";
}"""
"""Takes away what differs from one day to the next, and what marks where the person is."""

SEA: Final = "a calm sea at first light, islands on the horizon"
PEAKS: Final = "mountains above the mist, ink on paper"
DUNES: Final = "dunes under a green sky"
STARS: Final = "stars over a quiet desert"
SEED: Final = "20251"


@dataclass(frozen=True, slots=True)
class Photographer:
    visitor: Visitor
    endpoint: Endpoint
    folder: Path

    async def take_all(self) -> None:
        await self._reroll()
        await self._more()
        await self._cancel()
        await self._refusals()

    async def _reroll(self) -> None:
        visitor = self.visitor
        await visitor.imagine(SEA, aspect_ratio="16:9", seed=SEED)
        await visitor.picture(SEA).wait_for()
        self.endpoint.hold()
        await visitor.become("Ben")
        await visitor.press(SEA, "Reroll")
        await visitor.message("Painting").wait_for()
        await self._take("reroll", visitor.message(f"seed {SEED}"), visitor.message("Painting"))
        self.endpoint.release()
        await visitor.picture(SEA).wait_for()

    async def _more(self) -> None:
        await self.visitor.become("Ada")
        await self.visitor.message(f"seed {SEED}").get_by_role("button", name="More").click()
        await self._take("more", self.visitor.message("Only you can see this"))

    async def _cancel(self) -> None:
        visitor = self.visitor
        self.endpoint.hold()
        for prompt in (PEAKS, DUNES, STARS):
            await visitor.imagine(prompt)
            await visitor.card(prompt).wait_for()
        await visitor.card(DUNES).get_by_text("Painting").wait_for()
        await visitor.press(DUNES, "Cancel")
        await visitor.message("Cancel anyway").wait_for()
        await self._take("cancel", visitor.card(DUNES), visitor.card(STARS), visitor.message("Cancel anyway"))
        self.endpoint.release()
        await visitor.picture(STARS).wait_for()

    async def _refusals(self) -> None:
        visitor = self.visitor
        await visitor.become("Ben")
        await visitor.imagine(PEAKS, safety_tolerance="6")
        await visitor.message("is more than the 2 allowed").wait_for()
        await visitor.imagine(PEAKS)
        await visitor.message("credits are used up").wait_for()
        await self._take("refusals", visitor.message("is more than"), visitor.message("credits are used up"))

    async def _take(self, name: str, *messages: Locator) -> None:
        """The messages, from the first to the last."""
        page = self.visitor.page
        await page.mouse.move(0, 0)
        await self.visitor.ready()
        await page.evaluate(_TIDY)
        boxes = [box for message in messages if (box := await message.bounding_box())]
        top, bottom = boxes[0]["y"] - _MARGIN, boxes[-1]["y"] + boxes[-1]["height"] + _MARGIN
        shot = await page.screenshot(clip={"x": _LEFT, "y": top, "width": WIDTH - _LEFT, "height": bottom - top})
        Image.open(io.BytesIO(shot)).convert("RGB").save(self.folder / f"{name}.webp", quality=_QUALITY, method=6)
        print(f"{self.folder / name}.webp", flush=True)


async def take(folder: Path, executable: str) -> None:
    with listening(0) as door:
        async with (
            simulated_stage(0, CREDITS, SCALE) as stage,
            served(stage.world, stage.endpoint, door) as page,
            Visitor.arriving(executable, width=WIDTH, height=HEIGHT, scale=DENSITY) as visitor,
        ):
            await visitor.go(page.address)
            await Photographer(visitor, stage.endpoint, folder).take_all()


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m demo.pictures", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help=f"where they go ({FOLDER})")
    folder = parser.parse_args(argv).folder
    executable = chromium()
    if executable is None:
        print("The pictures are taken in Chromium or Chrome, and neither is on this machine's PATH.", file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    with claimed() as output:
        write_logs(output.log)
        asyncio.run(take(folder, executable))
    return 0


if __name__ == "__main__":
    sys.exit(main())
