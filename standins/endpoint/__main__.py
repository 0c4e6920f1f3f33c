"""Runs the stand-in alone, and names the two settings that lead a bot to it."""

import argparse
import asyncio
import contextlib
import sys

from standins.endpoint import Endpoint


async def serve(options: argparse.Namespace) -> None:
    async with Endpoint(
        api_key=options.key,
        latency=options.latency,
        host=options.host,
        port=options.port,
        prompt_faults=options.prompt_faults,
        credits=options.credits,
        requests_per_minute=options.requests_per_minute,
    ) as endpoint:
        sys.stdout.write(f"ONEMIN_API_URL={endpoint.url}\nONEMIN_IMAGE_ORIGINS={endpoint.image_origin}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m standins.endpoint", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8600)
    parser.add_argument("--latency", type=float, default=2.0, help="seconds that a generation takes")
    parser.add_argument("--key", default="standin-key", help="the API key that is accepted")
    parser.add_argument("--credits", type=int, help="credits of the account; without it they never end")
    parser.add_argument("--requests-per-minute", type=int, help="without it there is no limit")
    parser.add_argument("--prompt-faults", action="store_true", help="let #fault:<name> in a prompt order that fault")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(parse()))
