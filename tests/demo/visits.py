"""Somebody on the page, whose browser finds nothing to complain of."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from demo.front import listening
from demo.page import served
from demo.stage import simulated_stage
from demo.visitor import Visitor
from standins.endpoint import Endpoint


@dataclass(frozen=True, slots=True)
class Visit:
    visitor: Visitor
    address: str
    endpoint: Endpoint
    complaints: list[str]


@asynccontextmanager
async def visiting(chromium: str, *, guild_credits: int = 12) -> AsyncIterator[Visit]:
    with listening(0) as door:
        async with (
            simulated_stage(0, guild_credits, 0.1) as stage,
            served(stage.world, stage.endpoint, door) as page,
            Visitor.arriving(chromium, width=1280, height=800) as visitor,
        ):
            visit = Visit(visitor, page.address, stage.endpoint, _complaints(visitor))
            await visitor.go(page.address)
            yield visit
            assert visit.complaints == []


def _complaints(visitor: Visitor) -> list[str]:
    found: list[str] = []
    visitor.page.on("pageerror", lambda error: found.append(str(error)))
    visitor.page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    visitor.page.on("response", lambda answer: found.append(answer.url) if not answer.ok else None)
    return found
