"""The words that a server refuses: how staff change them, and what members notice of it."""

from typing import Any

import discord
import pytest
from discord.ui import LayoutView
from structlog.testing import capture_logs

from bot.domain.word_lists import LARGEST_FILE
from bot.ui.wordlists.page import words_items
from tests.discord.world import Actor, Result, World, buttons, in_world, told, words

LABELS = ["Edit words", "Exceptions", "Test a prompt", "Import", "Export", "Add the offered list"]


async def shown(world: World) -> discord.Message:
    """The page, as a panel would show it."""
    view = LayoutView(timeout=None)
    for item in words_items(await world.app.bot.services.office.regulations(world.caller(world.mod, manages=True))):
        view.add_item(item)
    channel = world.app.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    return await channel.send(view=view)


async def filled(world: World, label: str, actor: Actor | None = None, **fields: Any) -> Result:
    """Press a button of the page and submit its form."""
    by = actor or world.mod
    return await by.submit_modal(await world.press(by, await shown(world), label), fields)


def prefilled(form: Result) -> str:
    """What stands in the form when it opens."""
    assert form._interaction.modal is not None
    (part,) = form._interaction.modal["components"]
    return str(part["component"].get("value", ""))


@in_world()
async def test_the_page_counts_and_shows_the_first_and_breaks_on_nothing(world: World) -> None:
    assert "No words are refused here" in words(await shown(world))
    await world.decree("words", ["*b*ld*", "@everyone", *(f"w{it}" for it in range(12))])
    await world.decree("excepted", ["bald"])
    page = await shown(world)
    assert "**Refused words: 14** · \\*b\\*ld\\*, \\@everyone, w0," in words(page)
    assert "w7 and 4 more" in words(page)
    assert "**Exceptions: 1** · bald" in words(page)
    assert buttons(page) == LABELS


@in_world()
async def test_what_staff_type_holds_at_once_and_is_there_when_they_look_again(world: World) -> None:
    answer = await filled(world, "Edit words", text="fox\r\n\n  Red   hen\nFOX")
    assert "Saved, and in force at once: 2 words and 0 exceptions" in told(answer)
    refused = told(await world.imagine(world.ada, "a F0X in snow"))
    assert refused == "This server's rules do not allow this prompt. Put it another way. Nothing was charged."
    form = await world.press(world.mod, await shown(world), "Edit words")
    assert prefilled(form) == "fox\nRed hen"
    assert "0 words" in told(await world.mod.submit_modal(form, {}))
    await world.picture(world.ada, "a fox")


@in_world()
async def test_exceptions_excuse_and_the_test_tells_staff_which_entry_hits(world: World) -> None:
    await world.decree("words", ["*fox*"])
    assert "because of the entry **\\*fox\\***" in told(await filled(world, "Test a prompt", text="a red foxtrot"))
    assert "1 word and 1 exception" in told(await filled(world, "Exceptions", text="foxtrot"))
    assert "let this prompt pass" in told(await filled(world, "Test a prompt", text="a red foxtrot"))
    assert world.endpoint.posts == ()


@in_world()
async def test_a_bad_line_is_named_and_nothing_is_saved(world: World) -> None:
    answer = told(await filled(world, "Edit words", text="fox\n\n" + "x" * 101))
    assert answer == ("That cannot be saved: line 3 has 101 characters, and an entry at most 100. Nothing was changed.")
    assert "No words" in words(await shown(world))


@in_world()
async def test_whoever_was_slower_overwrites_nothing(world: World) -> None:
    form = await world.press(world.mod, await shown(world), "Edit words")
    await world.decree("words", ["hen"])
    assert "Somebody else changed this setting" in told(await world.mod.submit_modal(form, {"text": "fox"}))
    form = await world.press(world.mod, await shown(world), "Import")
    await world.decree("excepted", ["hen house"])
    sent = await world.mod.submit_modal(form, {"file": ("words.txt", b"fox")})
    assert "Somebody else changed this setting" in told(sent)
    assert "hen" in words(await shown(world))


@pytest.mark.parametrize(
    ("label", "fields", "answer"),
    [
        ("Edit words", {"text": "fox"}, "1 word and 0"),
        ("Exceptions", {"text": "fox"}, "0 words and 1"),
        ("Test a prompt", {"text": "fox"}, "pass"),
        ("Import", {"file": ("w.txt", b"fox\n!fox den")}, "1 word and 1"),
    ],
)
@in_world()
async def test_page_and_forms_outlive_a_restart(world: World, label: str, fields: dict[str, Any], answer: str) -> None:
    page = await shown(world)
    await world.restart()
    form = await world.press(world.mod, page, label)
    await world.restart()
    assert answer in told(await world.mod.submit_modal(form, fields))


@pytest.mark.parametrize("label", LABELS)
@in_world()
async def test_a_member_who_gets_at_a_button_or_a_form_learns_and_changes_nothing(world: World, label: str) -> None:
    await world.decree("words", ["secret"])
    page = await shown(world)
    assert "secret" not in (refused := told(await world.press(world.ada, page, label)))
    assert "**Manage Server**" in refused
    if label in {"Add the offered list", "Export"}:
        return
    form = await world.press(world.mod, page, label)
    world.withdraw_role(world.mod, world.staff)
    too_large = ("w.txt", b"x" * (LARGEST_FILE + 1))  # which is not even looked at
    fields = {"file": too_large} if label == "Import" else {"text": "secret"}
    assert "**Manage Server**" in told(await world.mod.submit_modal(form, fields))
    known = await world.app.bot.services.rulebook.of(world.guild.id)
    assert known.rules.words == ("secret",)


@in_world()
async def test_a_list_that_no_form_can_hold_is_for_export_and_import(world: World) -> None:
    entries = [f"word number {it}" for it in range(400)]
    await world.decree("words", entries)
    await world.decree("excepted", ["number one"])
    page = await shown(world)
    refused = told(await world.press(world.mod, page, "Edit words"))
    assert "too long for a form" in refused
    assert "**Import**" in refused
    answer = await world.press(world.mod, page, "Export")
    assert "400 words and 1 exception" in told(answer)
    assert answer.response is not None
    (file,) = answer.response.attachments
    assert file.filename == f"words-{world.guild.id}.txt"
    data = await file.read()
    assert data.decode().splitlines() == [*entries, "!number one"]
    assert "Nothing was changed" in told(await filled(world, "Import", file=("words.txt", data)))
    less = data.replace(b"word number 7\n", b"").replace(b"\n", b"\r\n")
    assert "399 words and 1 exception" in told(await filled(world, "Import", file=("w.txt", b"\xef\xbb\xbf" + less)))


@in_world()
async def test_there_is_nothing_to_export_at_first(world: World) -> None:
    assert "no words and no exceptions" in told(await world.press(world.mod, await shown(world), "Export"))


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\xff", "not text in UTF-8"),
        (b"fox\nh\x07en", "line 2 has control characters"),
        (b"\n".join(b"w%d" % it for it in range(10_001)), "line 10,001 is too much"),
        (b"a" * 1_000_000, "line 1 has 1,000,000 characters"),
        (b"fox\n" * (LARGEST_FILE // 4 + 1), "more than 4 MiB"),
    ],
    ids=["binary", "control characters", "10,001 lines", "one endless line", "megabytes"],
)
@in_world()
async def test_a_hostile_file_is_refused_in_words(world: World, data: bytes, answer: str) -> None:
    sent = told(await filled(world, "Import", file=("words.txt", data)))
    assert answer in sent
    assert sent.endswith("Nothing was changed.")
    assert "No words" in words(await shown(world))


@in_world()
async def test_a_file_that_is_too_large_is_not_even_downloaded(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    downloads: list[discord.Attachment] = []

    async def read(file: discord.Attachment) -> bytes:
        downloads.append(file)
        return b""

    monkeypatch.setattr(discord.Attachment, "read", read)
    await filled(world, "Import", file=("words.txt", b"x" * (LARGEST_FILE + 1)))
    assert downloads == []


@pytest.mark.parametrize("trouble", [TimeoutError(), discord.DiscordException("gone"), OSError()])
@in_world()
async def test_a_file_that_discord_does_not_hand_over_changes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    async def read(_: discord.Attachment) -> bytes:
        raise trouble

    monkeypatch.setattr(discord.Attachment, "read", read)
    sent = await filled(world, "Import", file=("words.txt", b"fox"))
    assert "did not hand the file over" in told(sent)


@in_world()
async def test_the_offered_list_is_added_when_somebody_asks_for_it(world: World) -> None:
    await world.decree("words", ["fox"])
    page = await shown(world)
    assert "words and 3 exceptions" in told(await world.press(world.mod, page, "Add the offered list"))
    assert "do not allow this prompt" in told(await world.imagine(world.ada, "g0re"))
    assert "do not allow this prompt" in told(await world.imagine(world.ada, "a fox"))
    assert "Nothing was changed" in told(await world.press(world.mod, page, "Add the offered list"))
    await world.picture(world.ada, "Al Gore")


@in_world()
async def test_the_log_of_a_refusal_has_ids_and_neither_prompt_nor_word(world: World) -> None:
    await world.decree("words", ["*secret*"])
    with capture_logs() as lines:
        answer = await world.imagine(world.ada, "a topsecret plan")
    (line,) = [line for line in lines if line["event"] == "refused"]
    assert line["reason"] == "PromptRefusedError"
    assert line["interaction"] == answer._interaction.id
    assert "secret" not in str(lines)
    assert "secret" not in told(answer)
