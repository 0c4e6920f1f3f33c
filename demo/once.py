"""One round, printed: a picture, a Reroll by somebody else, and a refusal when the credits are gone."""

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.app import check
from demo.stage import Stage, simulated_stage
from demo.world import Answer

CREDITS: Final = 2
PROMPT: Final = "a lighthouse in a storm, oil on canvas"
ANOTHER: Final = "a fox asleep in the snow"
PATIENCE_SECONDS: Final = 60


class BrokenPromiseError(Exception):
    """A sentence on what did not happen as it should."""


@dataclass(frozen=True, slots=True)
class Round:
    stage: Stage
    folder: Path
    """Where pictures are saved."""

    async def play(self) -> None:
        """Raises `BrokenPromiseError`."""
        world = self.stage.world
        print(f"The bot is real, Discord and the image service are simulated. This server has {CREDITS} credits.")
        print(f"\n1. Ada types /imagine prompt:{PROMPT}")
        first = await world.slash(world.ada, "imagine", prompt=PROMPT)
        original = await self._picture(first, "1-ada-imagine", left=1)
        print("\n2. Ben presses Reroll on Ada's picture")
        second = await world.press(world.ben, first.message, "Reroll")
        reroll = await self._picture(second, "2-ben-reroll", left=0)
        expect(original != reroll, "Reroll made the very same picture again.")
        print(f"\n3. Cleo, a moderator, types /imagine prompt:{ANOTHER}")
        await self._refusal(await world.slash(world.cleo, "imagine", prompt=ANOTHER))

    async def _picture(self, answer: Answer, name: str, *, left: int) -> bytes:
        world, text = self.stage.world, self.stage.world.plain(answer.text)
        expect(not answer.private, f"Instead of a card for everybody, the bot answered: {text}")
        print(f"   The bot answered after {answer.milliseconds:.0f} ms: “{text.splitlines()[1]}”")
        started = time.perf_counter()
        await world.finish()
        upload = await world.upload(answer.message)
        if upload is None:
            card = " ".join(world.read(answer.message).splitlines())
            raise BrokenPromiseError(f"No picture came. The card reads: {card}")
        print(f"   The picture was there {time.perf_counter() - started:.1f} s later.")
        await self._left(left)
        return self._save(name, *upload)

    def _save(self, name: str, uploaded_as: str, data: bytes) -> bytes:
        path = (self.folder / name).with_suffix(Path(uploaded_as).suffix)
        path.write_bytes(data)
        painted = self.stage.endpoint.original(path.read_bytes())
        expect(painted is not None, f"{path} is not, pixel for pixel, what the image service painted.")
        print(f"   Saved as {path}: {len(data) // 1024:,} KiB, every pixel as it was painted.")
        return data

    async def _refusal(self, answer: Answer) -> None:
        await self.stage.world.finish()
        expect(answer.private, "A third picture was taken on although the credits are gone.")
        paid = self.stage.endpoint.paid_calls
        expect(paid == CREDITS, f"The image service was called {paid} times instead of {CREDITS}.")
        print(f"   Refused after {answer.milliseconds:.0f} ms. Only Cleo can read this:")
        print(f"   “{self.stage.world.plain(answer.text)}”")
        await self._left(0)

    async def _left(self, expected: int) -> None:
        left = await self.stage.world.credits_left()
        print(f"   Credits left: {left}.")
        expect(left == expected, f"There should be {expected} credits left, not {left}.")


def expect(truth: bool, otherwise: str) -> None:  # noqa: FBT001 - reads like assert
    if not truth:
        raise BrokenPromiseError(otherwise)


async def play_once(folder: Path, latency: float) -> None:
    """Raises `BrokenPromiseError`."""
    try:
        async with simulated_stage(latency, CREDITS) as stage, asyncio.timeout(PATIENCE_SECONDS + 2 * latency):
            await Round(stage, folder).play()
            await _audit(stage)
    except TimeoutError:
        raise BrokenPromiseError("It took so long that something must hang; the log may say what.") from None


async def _audit(stage: Stage) -> None:
    differences = await check(stage.books)
    expect(not differences, "The books are wrong:\n" + "\n".join(differences))
    surprises = stage.world.surprises()
    expect(not surprises, f"The bot stumbled on the way: {surprises}")
    print("\nEvery balance was recomputed from the ledger: the books are right.")
