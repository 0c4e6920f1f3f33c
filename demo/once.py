"""One round, printed: a picture, a Reroll by somebody else, and a refusal when the credits are gone."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.app import check
from demo.stage import simulated_stage
from demo.world import Answer, Person, World
from standins.endpoint import Endpoint

CREDITS: Final = 2
PROMPT: Final = "a lighthouse in a storm, oil on canvas"
ANOTHER: Final = "a fox asleep in the snow"


class BrokenPromiseError(Exception):
    """A sentence on what did not happen as it should."""


@dataclass(frozen=True, slots=True)
class Round:
    world: World
    endpoint: Endpoint
    folder: Path
    """Where pictures are saved."""

    async def play(self) -> None:
        print(f"This server has {CREDITS} credits, and a picture costs 1.")
        world = self.world
        print(f"\n1. Ada types /imagine prompt:{PROMPT}")
        first = await world.slash(world.ada, "imagine", prompt=PROMPT)
        original = await self._picture(first, "1-ada-imagine", left=1)
        print("\n2. Ben presses Reroll below Ada's picture")
        second = await world.press(world.ben, first.message, "Reroll")
        reroll = await self._picture(second, "2-ben-reroll", left=0)
        expect(original != reroll, "Reroll painted the same picture again.")
        print(f"\n3. Cleo types /imagine prompt:{ANOTHER}")
        await self._refusal(world.cleo)

    async def _picture(self, answer: Answer, name: str, *, left: int) -> bytes:
        expect(not answer.private, f"Instead of a card for everybody the bot answered: {self._read(answer)}")
        status = self._read(answer).splitlines()[1]
        print(f"   the card stood after {answer.milliseconds:.0f} ms: “{status}”")
        started = time.perf_counter()
        await self.world.finish()
        upload = await self.world.upload(answer.message)
        if upload is None:
            raise BrokenPromiseError(f"No picture came; the card reads: {self.world.read(answer.message)}")
        print(f"   the picture came {time.perf_counter() - started:.1f} s later")
        await self._left(left)
        return self._save(name, *upload)

    def _save(self, name: str, uploaded_as: str, data: bytes) -> bytes:
        path = (self.folder / name).with_suffix(Path(uploaded_as).suffix)
        path.write_bytes(data)
        painted = path.read_bytes() in self.endpoint.pictures.values()
        expect(painted, f"{path} is not, byte for byte, what the image service painted.")
        print(f"   saved as {path}, {len(data) // 1024:,} KiB, byte for byte as it was painted")
        return data

    async def _refusal(self, person: Person) -> None:
        answer = await self.world.slash(person, "imagine", prompt=ANOTHER)
        await self.world.finish()
        expect(answer.private, "A third picture was taken on although the credits are gone.")
        expect(self.endpoint.paid_calls == CREDITS, f"The image service was paid {self.endpoint.paid_calls} times.")
        print(f"   refused after {answer.milliseconds:.0f} ms; what follows, only Cleo sees:")
        print(f"   “{self._read(answer)}”")
        await self._left(0)

    async def _left(self, expected: int) -> None:
        left = await self.world.credits_left()
        print(f"   credits left: {left}")
        expect(left == expected, f"There should be {expected} credits left, not {left}.")

    def _read(self, answer: Answer) -> str:
        return self.world.plain(answer.text)


def expect(truth: bool, otherwise: str) -> None:  # noqa: FBT001 - reads like assert
    if not truth:
        raise BrokenPromiseError(otherwise)


async def play_once(folder: Path, latency: float) -> None:
    """Raises `BrokenPromiseError`."""
    async with simulated_stage(latency, CREDITS) as stage:
        await Round(stage.world, stage.endpoint, folder).play()
        differences = await check(stage.books)
        expect(not differences, "The books are wrong:\n" + "\n".join(differences))
        surprises = stage.world.surprises()
        expect(not surprises, f"The bot stumbled on the way: {surprises}")
        print("\nEvery balance was recomputed from the ledger: the books are right.")
