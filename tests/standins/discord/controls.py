"""Commands, menus, selects and forms of every kind: each tells in words what discord.py made of them."""

from typing import Any, Final

import discord
from discord import app_commands, ui
from typing_extensions import override

Interaction = discord.Interaction[Any]


def named(*things: Any) -> str:
    return " ".join(f"{type(it).__name__}:{it}" for it in things)


@app_commands.command(description="Every kind of option")
async def everything(
    interaction: Interaction,
    member: discord.Member,
    user: discord.User,
    role: discord.Role,
    channel: discord.TextChannel,
    anything: discord.Member | discord.Role,
    flag: bool,
    share: float,
    file: discord.Attachment,
) -> None:
    seen = named(member, user, role, channel, anything, flag, share, file.filename)
    await interaction.response.send_message(f"{seen} {len(await file.read())}", ephemeral=True)


@app_commands.command(description="Completes what is typed")
async def find(interaction: Interaction, place: str) -> None:
    await interaction.response.send_message(place)


@find.autocomplete("place")
async def complete_place(_: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=typed + it, value=it) for it in ("one", "two")]


@app_commands.context_menu(name="Greet")
async def greet(interaction: Interaction, member: discord.Member) -> None:
    await interaction.response.send_message(named(member, member.top_role), ephemeral=True)


@app_commands.context_menu(name="Files")
async def files(interaction: Interaction, message: discord.Message) -> None:
    sizes = [len(await it.read()) for it in message.attachments]
    await interaction.response.send_message(f"{message.author} {message.content} {sizes}", ephemeral=True)


class Selects(ui.LayoutView):
    """One of each kind, as a panel of settings has them."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        kinds: dict[str, ui.Item[Any]] = {
            "user": ui.UserSelect[Any](custom_id="user", max_values=2),
            "role": ui.RoleSelect[Any](custom_id="role", min_values=0),
            "any": ui.MentionableSelect[Any](custom_id="any", max_values=2),
            "channel": ui.ChannelSelect[Any](custom_id="channel", channel_types=[discord.ChannelType.text]),
        }
        for select in kinds.values():
            select.callback = self._told(select)  # type: ignore[method-assign]
            row = ui.ActionRow[Any]()
            row.add_item(select)
            self.add_item(row)

    def _told(self, select: Any) -> Any:
        async def tell(interaction: Interaction) -> None:
            await interaction.response.send_message(named(*select.values), ephemeral=True)

        return tell


@app_commands.command(description="A panel of selects")
async def panel(interaction: Interaction) -> None:
    await interaction.response.send_message(view=Selects())


class Everything(ui.Modal, title="Everything"):
    note: ui.TextDisplay[Any] = ui.TextDisplay("Read **this** first")
    user: ui.Label[Any] = ui.Label(text="User", component=ui.UserSelect(custom_id="user", required=True))
    role: ui.Label[Any] = ui.Label(text="Role", component=ui.RoleSelect(custom_id="role", required=False))
    channel: ui.Label[Any] = ui.Label(text="Channel", component=ui.ChannelSelect(custom_id="channel"))
    file: ui.Label[Any] = ui.Label(text="File", component=ui.FileUpload(custom_id="file", max_values=2))

    @override
    async def on_submit(self, interaction: Interaction) -> None:
        parts: list[Any] = [self.user, self.role, self.channel, self.file]
        told = [named(*(getattr(it, "filename", it) for it in part.component.values)) for part in parts]
        await interaction.response.send_message(" | ".join(told), ephemeral=True)


class Choices(ui.Modal, title="Choices"):
    radio: ui.Label[Any] = ui.Label(
        text="Radio",
        component=ui.RadioGroup(
            custom_id="radio", options=[discord.RadioGroupOption(label=it, value=it) for it in "ab"], required=False
        ),
    )
    boxes: ui.Label[Any] = ui.Label(
        text="Boxes",
        component=ui.CheckboxGroup(
            custom_id="boxes", options=[discord.CheckboxGroupOption(label=it, value=it) for it in "abc"], max_values=2
        ),
    )
    box: ui.Label[Any] = ui.Label(text="Box", component=ui.Checkbox(custom_id="box"))
    text: ui.Label[Any] = ui.Label(text="Text", component=ui.TextInput(custom_id="text", default="as it was"))
    select: ui.Label[Any] = ui.Label(
        text="Select",
        component=ui.Select(
            custom_id="select", options=[discord.SelectOption(label=it, default=it == "b") for it in "ab"]
        ),
    )

    @override
    async def on_submit(self, interaction: Interaction) -> None:
        parts: list[Any] = [it.component for it in (self.radio, self.boxes, self.box, self.text, self.select)]
        radio, boxes, box, text, select = parts
        told = named(radio.value, boxes.values, box.value, text.value, select.values)
        await interaction.response.send_message(told, ephemeral=True)


@app_commands.command(description="A form with everything in it")
async def ask(interaction: Interaction, form: str) -> None:
    await interaction.response.send_modal(Everything() if form == "everything" else Choices())


COMMANDS: Final[tuple[Any, ...]] = (everything, find, greet, files, panel, ask)
