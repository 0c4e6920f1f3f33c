"""When the process is to stop."""

import asyncio
import signal


async def end_of_one(stopping: asyncio.Event, *work: asyncio.Task[None]) -> None:
    """Until a task ends, in whatever way, or the bot is told to stop."""
    told = asyncio.create_task(stopping.wait())
    await asyncio.wait([told, *work], return_when=asyncio.FIRST_COMPLETED)
    told.cancel()


def stop_on_signal(stopping: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()

    def stop() -> None:
        stopping.set()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
