"""What staff read, as Discord's own rules see it: every body that the bot sends is checked by the stand-in."""

from standins.discord.reading import buttons, texts
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
