"""What staff read, as Discord's own rules see it: every body that the bot sends is checked by the stand-in."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.ui.words.settings import heading
from standins.discord.reading import buttons, select, texts
from standins.discord.rights import Right
from tests.process.house import House


async def test_staff_read_and_export_the_history_across_a_restart(house: House) -> None:
    mod = house.guild.member("mod", permissions=Right.MANAGE_GUILD)
    for _ in range(6):
        await house.picture()
    shown = await mod.slash(house.channel, "credits-admin history")
    assert shown.response is not None
    await house.stop()
    await house.start()
    await mod.press(shown.response, label="Older")
    older = await shown.until(lambda message: buttons(message) == ["Newer"])
    assert "The allowance: 100 credits came" in texts(older)
    exported = await mod.slash(house.channel, "credits-admin export")
    assert exported.ephemeral
    assert "13 entries, newest first." in texts(await exported.until(lambda message: bool(message["attachments"])))
    for verb in ("show", "top"):
        told = await mod.slash(house.channel, f"credits-admin {verb}")
        assert told.response is not None
        assert told.ephemeral


async def test_staff_change_a_setting_across_a_restart(house: House) -> None:
    mod = house.guild.member("mod", permissions=Right.MANAGE_GUILD)
    artists = house.guild.role("Artists")
    panel = await mod.slash(house.channel, "settings")
    assert panel.ephemeral
    assert panel.response is not None
    pages = [option["value"] for option in select(panel.response, "panel:1:pages")["options"]]
    for page in [*pages, "people"]:
        await mod.choose(panel.response, "panel:1:pages", [page])
        await panel.until(_shows(heading(page)))
    await mod.choose(panel.response, "set:1:users:0", [artists])
    assert "**May make pictures** was everybody, is <@&" in texts(await panel.until(lambda it: "Undo" in buttons(it)))
    await house.stop()
    await house.start()
    await mod.press(panel.response, label="Undo")
    assert "is everybody." in texts(await panel.until(lambda it: "is everybody." in texts(it)))
    await mod.choose(panel.response, "panel:1:pages", ["spending"])
    form = await mod.press(panel.response, custom_id="set-edit:1:cooldown:0")
    await house.stop()
    await house.start()
    await mod.submit(form, {"value": "1 min"})
    assert "**Cooldown** was none, is 1 min." in texts(await panel.until(lambda it: "1 min." in texts(it)))


def _shows(title: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda message: texts(dict(message)).startswith(title)
