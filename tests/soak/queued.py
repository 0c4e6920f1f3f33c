"""`python -m tests.soak.queued`: how much memory a thousand jobs cost that wait for their turn."""

import argparse
import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from standins.discord import Channel, Member
from standins.discord.reading import buttons
from tests.process.house import House
from tests.soak import report
from tests.soak.rest import MEBIBYTE

JOBS: Final = 1000
MOST: Final = 50
"""MiB."""
AT_ONCE: Final = 10
_WARMING: Final = 20
"""Pictures after which the process has what it needs at any time."""
_SETTINGS: Final = {
    "GUILD_JOBS": "10000",
    "MEMBER_JOBS": "10000",
    "GUILD_CREDITS": "unlimited",
    "PROVIDER_CALLS_PER_DAY": "10000",
    "ONEMIN_REQUESTS_PER_MINUTE": "100000",
    "LOG_LEVEL": "WARNING",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """Resident memory of the whole process, in MiB."""

    jobs: int
    before: float
    after: float

    @property
    def told(self) -> str:
        grown = self.after - self.before
        return (
            f"{self.jobs:,} queued jobs cost {grown:.1f} MiB: the process had {self.before:.0f} MiB before and "
            f"{self.after:.0f} MiB with them. At most {MOST} are allowed."
        )

    @property
    def is_fine(self) -> bool:
        return self.after - self.before < MOST


async def cost(folder: Path, jobs: int) -> Cost:
    async with House.open(folder) as house:
        house.settings |= _SETTINGS
        await house.start()
        for _ in range(_WARMING):
            await house.picture()
        before = house.memory() / MEBIBYTE
        house.endpoint.hold()
        for _ in range(0, jobs, AT_ONCE):
            await _ask(house.guild.channel("square"), house.ada)
        return Cost(jobs, before, house.memory() / MEBIBYTE)


async def _ask(channel: Channel, member: Member) -> None:
    prompts = [f"picture {number} of a long line in front of {channel.id}" for number in range(AT_ONCE)]
    asked = [member.begin_slash(channel, "imagine", prompt=prompt) for prompt in prompts]
    for it in asked:
        await it.until(lambda message: "Cancel" in buttons(message))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak.queued")
    parser.add_argument("--jobs", type=int, default=JOBS)
    parser.add_argument("--output", type=Path, help="the page with the marks between which the line goes")
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        result = asyncio.run(cost(Path(folder), arguments.jobs))
    print(result.told)  # noqa: T201 - a command's result
    if arguments.output is not None:
        report.put(arguments.output, result.told, report.QUEUED)
    return 0 if result.is_fine else 1


if __name__ == "__main__":
    sys.exit(main())
