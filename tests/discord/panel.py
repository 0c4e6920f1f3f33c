"""The moderators' panel as a test uses it: opened, turned, and its controls found by what they change."""

import re
from collections.abc import Sequence
from typing import Any

import discord

from tests.discord.world import Actor, Result, World, told

BUTTON, STRINGS, ROLES, CHANNELS = 2, 3, 6, 8
SELECTS = {3, 5, 6, 7, 8}


class Panel:
    """A private message with a panel, as one moderator sees it."""

    def __init__(self, world: World, actor: Actor, opened: Result) -> None:
        self.world = world
        self.actor = actor
        self.opened = opened

    @classmethod
    async def open(cls, world: World, actor: Actor | None = None, page: str | None = None) -> "Panel":
        by = actor or world.mod
        panel = cls(world, by, await by.slash(world.channel, "settings"))
        if page is not None:
            await panel.go(page)
        return panel

    @property
    def message(self) -> discord.Message:
        return self.world.message(self.opened)

    @property
    def text(self) -> str:
        return told(self.opened)

    @property
    def line(self) -> str:
        """What became of the last press: the line below the heading."""
        return self.text.splitlines()[1]

    def controls(self) -> list[dict[str, Any]]:
        return [part for part in parts(self._raw()) if part["type"] in {BUTTON, *SELECTS}]

    def control(self, start: str) -> dict[str, Any]:
        """The one whose custom id begins so."""
        (found,) = (part for part in self.controls() if part["custom_id"].startswith(start))
        return found

    def labels(self) -> list[str]:
        return [part["label"] for part in self.controls() if part["type"] == BUTTON]

    def shown(self, label: str) -> str:
        """The value of a setting, in words."""
        found = re.search(rf"^\*\*{re.escape(label)}\*\* · (.*)$", self.text, re.MULTILINE)
        assert found is not None, f"{label} is not on the page:\n{self.text}"
        return found[1]

    async def go(self, page: str) -> None:
        await self.choose("panel:", [page])

    async def choose(self, start: str, values: Sequence[Any]) -> Result:
        return await self.actor.select(self.message, values, custom_id=self.control(start)["custom_id"])

    async def press(self, start: str) -> Result:
        return await self.actor.click(self.message, custom_id=self.control(start)["custom_id"])

    async def undo(self) -> Result:
        return await self.press("set-undo:")

    async def fill(self, start: str, **values: Any) -> Result:
        """Press a button that opens a form, and submit it."""
        return await self.actor.submit_modal(await self.press(start), values)

    def _raw(self) -> list[dict[str, Any]]:
        assert self.opened.response is not None
        return self.opened.response.components


def parts(components: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for part in components:
        below = [*part.get("components", []), *([part["accessory"]] if "accessory" in part else [])]
        found += [part, *parts(below)]
    return found
