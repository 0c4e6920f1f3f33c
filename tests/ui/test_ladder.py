from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest

from bot.ui.ladder import Step, code_of, may_pass, step_after


def answered(status: int, code: int, kind: type[discord.HTTPException] = discord.HTTPException) -> Exception:
    response: Any = SimpleNamespace(status=status, reason="")
    return kind(response, {"code": code, "message": "no"})


@pytest.mark.parametrize(
    ("error", "step"),
    [
        (answered(400, 50027), Step.NEXT),
        (answered(404, 10015, discord.NotFound), Step.NEXT),
        (answered(403, 50001, discord.Forbidden), Step.NEXT),
        (answered(403, 50013, discord.Forbidden), Step.NEXT),
        (answered(429, 30046), Step.NEXT),
        (answered(503, 0, discord.DiscordServerError), Step.NEXT),
        (answered(404, 10003, discord.NotFound), Step.GIVE_UP),
        (answered(404, 10008, discord.NotFound), Step.GONE),
        (answered(400, 40005), Step.SMALLER),
        (answered(413, 0), Step.SMALLER),
        (answered(400, 200000), Step.WORDLESS),
        (answered(400, 200001), Step.WORDLESS),
        (aiohttp.ClientOSError(), Step.AGAIN),
        (ConnectionResetError(), Step.AGAIN),
        (TimeoutError(), Step.AGAIN),
    ],
    ids=repr,
)
def test_what_discord_answers_decides_what_is_tried_next(error: Exception, step: Step) -> None:
    assert step_after(error) is step
    assert (code_of(error) is None) == (not isinstance(error, discord.HTTPException))


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (answered(429, 0), True),
        (answered(503, 0, discord.DiscordServerError), True),
        (TimeoutError(), True),
        (answered(429, 30046), False),
        (answered(403, 50013, discord.Forbidden), False),
    ],
    ids=repr,
)
def test_what_may_pass_by_itself_is_worth_another_try(error: Exception, passes: bool) -> None:
    assert may_pass(error) is passes
