"""How members edit pictures, for the tests of it."""

from typing import Any

import discord

from bot.domain.pictures import PictureFormat
from tests.adapters.pictures.files import encoded, noise
from tests.discord.world import Actor, Result, World

MENU = "Edit this picture"
HOW = "How was this made?"
PNG = encoded(noise(), PictureFormat.PNG)
JPEG = encoded(noise(), PictureFormat.JPEG)
WEBP = encoded(noise(), PictureFormat.WEBP)


async def posted(world: World, actor: Actor, *files: tuple[str, bytes]) -> discord.Message:
    """A message of a member's with these files, a picture where nothing else is said."""
    return await actor.send(world.channel, "look", attachments=files or [("fox.png", PNG)])


async def menu(world: World, actor: Actor, message: discord.Message, name: str = MENU) -> Result:
    return await actor.context_menu(world.channel, name, message)


async def submit(world: World, actor: Actor, shown: Result, prompt: str = "make it night", **values: Any) -> Result:
    """With the form as it was opened where nothing else is said."""
    assert shown.modal is not None, shown.response
    lists = {it["custom_id"]: it["options"] for it in _controls(shown.modal) if it["type"] == 3}
    usual = {name: next(it["value"] for it in options if it.get("default")) for name, options in lists.items()}
    chosen = {name: [value] if name in lists else value for name, value in (usual | values).items()}
    answer = await actor.submit_modal(shown, {**chosen, "prompt": prompt})
    await world.env.settle()
    return answer


async def edited(world: World, actor: Actor, message: discord.Message, prompt: str = "night", **values: Any) -> Result:
    """From the menu to the picture."""
    answer = await submit(world, actor, await menu(world, actor, message), prompt, **values)
    await world.finish()
    return answer


def _controls(modal: dict[str, Any]) -> list[dict[str, Any]]:
    return [it["component"] for it in modal["components"]]
