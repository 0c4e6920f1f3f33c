"""`python -m benchmarks`: the bot beside a bare handler, round by round in turn, as a table in Markdown."""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.contender import Contender, running
from benchmarks.load import Load, steady, together
from benchmarks.report import Round, page
from standins.endpoint.painter import paint

BOT: Final = Contender("this bot", "bot")
BARE: Final = Contender("bare handler", "benchmarks.bare")
LATENCY_SECONDS: Final = 0.5


async def measured(contender: Contender, sketch: bytes, rates: Sequence[int], seconds: float, crowd: int) -> Round:
    async with running(contender, sketch, LATENCY_SECONDS, lambda discord: discord.guild("Hall")) as bot:
        await steady(bot, 2, 1)  # the first requests warm caches up and do not count
        idle = bot.memory()
        loads: list[Load] = [await steady(bot, rate, seconds) for rate in rates]
        return Round(contender.name, bot.seconds_to_ready, idle, await together(bot, crowd), loads)


async def main() -> None:
    arguments = _arguments()
    sketch = paint("a red fox in snow", 1, "1:1", "png", 80)
    rounds = [
        await measured(contender, sketch, arguments.rates, arguments.seconds, arguments.together)
        for _ in range(arguments.rounds)
        for contender in (BOT, BARE)
    ]
    told = page(rounds, len(sketch), LATENCY_SECONDS, arguments)
    print(told)
    if arguments.output is not None:
        arguments.output.write_text(told)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rates", type=int, nargs="+", default=[1, 10, 20], help="requests per second")
    parser.add_argument("--seconds", type=float, default=10, help="how long each rate lasts")
    parser.add_argument("--together", type=int, default=100, help="pictures in flight at once for the memory")
    parser.add_argument("--output", type=Path, help="where the table goes")
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main())
