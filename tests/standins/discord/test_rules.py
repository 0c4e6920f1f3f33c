"""A body that breaks one rule is refused and put down, and a good one passes."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from standins.discord import Channel, Discord, Interaction
from tests.standins.discord import bodies
from tests.standins.discord.bots import Caller, calling

INVALID = (400, 50035)


@pytest.mark.parametrize("body", bodies.GOOD_MESSAGES.values(), ids=bodies.GOOD_MESSAGES)
async def test_a_good_message_passes(
    discord_: Discord, caller: Caller, channel: Channel, order: Interaction, body: Mapping[str, Any]
) -> None:
    told = [
        await caller.answer(order, {"type": 4, "data": body}),
        await caller.with_token("POST", order, body),
        await caller.with_token("PATCH", order, body),
        await caller.ask("POST", f"/channels/{channel.id}/messages", body),
    ]
    assert [it.status for it in told] == [204, 200, 200, 200]
    assert [str(it) for it in discord_.violations] == []


@pytest.mark.parametrize("body", bodies.BAD_MESSAGES.values(), ids=bodies.BAD_MESSAGES)
async def test_a_bad_message_is_refused(
    discord_: Discord, caller: Caller, order: Interaction, body: Mapping[str, Any]
) -> None:
    told = await caller.answer(order, {"type": 4, "data": body})
    assert (told.status, told.code) == INVALID
    assert order.acknowledged is None
    await caller.answer(order, {"type": 5})
    told = await caller.with_token("POST", order, body)
    assert (told.status, told.code) == INVALID
    assert len(discord_.violations) == 2


@pytest.mark.parametrize("body", bodies.EMPTY_MESSAGES.values(), ids=bodies.EMPTY_MESSAGES)
async def test_an_empty_message_is_refused_by_a_code_of_its_own(
    discord_: Discord, caller: Caller, order: Interaction, channel: Channel, body: Mapping[str, Any]
) -> None:
    told = [
        await caller.answer(order, {"type": 4, "data": body}),
        await caller.ask("POST", f"/channels/{channel.id}/messages", body),
    ]
    assert [(it.status, it.code) for it in told] == [(400, 50006)] * 2
    assert len(discord_.violations) == 2


@pytest.mark.parametrize("commands", bodies.GOOD_COMMANDS.values(), ids=bodies.GOOD_COMMANDS)
async def test_good_commands_pass(discord_: Discord, caller: Caller, commands: Sequence[Mapping[str, Any]]) -> None:
    told = await caller.sync(*commands)
    assert told.status == 200, discord_.violations


@pytest.mark.parametrize("commands", bodies.BAD_COMMANDS.values(), ids=bodies.BAD_COMMANDS)
async def test_bad_commands_are_refused(
    discord_: Discord, caller: Caller, commands: Sequence[Mapping[str, Any]]
) -> None:
    told = await caller.sync(*commands)
    assert (told.status, told.code) == INVALID
    assert len(discord_.violations) == 1


@pytest.mark.parametrize("modal", bodies.GOOD_MODALS.values(), ids=bodies.GOOD_MODALS)
async def test_a_good_form_opens(
    discord_: Discord, caller: Caller, order: Interaction, modal: Mapping[str, Any]
) -> None:
    assert (await caller.answer(order, {"type": 9, "data": modal})).status == 204, discord_.violations
    assert order.modal is not None
    assert order.modal["title"] == modal["title"]
    assert [it["type"] for it in order.modal["components"]] == [it["type"] for it in modal["components"]]


@pytest.mark.parametrize("modal", bodies.BAD_MODALS.values(), ids=bodies.BAD_MODALS)
async def test_a_bad_form_is_refused(
    discord_: Discord, caller: Caller, order: Interaction, modal: Mapping[str, Any]
) -> None:
    told = await caller.answer(order, {"type": 9, "data": modal})
    assert (told.status, told.code) == INVALID
    assert len(discord_.violations) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"type": 6},
        {"type": 7, "data": {"content": "x"}},
        {"type": 8, "data": {"choices": []}},
        {"type": 10},
        {"type": 12},
        {"type": 4, "data": 7},
        {"type": 9, "data": "words"},
        {"type": 9, "data": [1]},
        {"type": 5, "data": {"flags": bodies.V2}},
        {"data": {"content": "x"}},
        [],
    ],
)
async def test_an_answer_has_to_fit_its_interaction(
    discord_: Discord, caller: Caller, order: Interaction, body: Any
) -> None:
    told = await caller.answer(order, body)
    assert (told.status, told.code) == INVALID
    assert len(discord_.violations) == 1


async def test_a_message_stays_what_it_is(discord_: Discord, caller: Caller, order: Interaction) -> None:
    await caller.answer(order, {"type": 4, "data": bodies.second(bodies.text())})
    told = await caller.with_token("PATCH", order, {"content": "words again"})
    assert (told.status, told.code) == INVALID
    assert "IS_COMPONENTS_V2" in str(discord_.violations[0])


async def test_the_second_kind_of_message_is_for_good(
    discord_: Discord, caller: Caller, order: Interaction, channel: Channel
) -> None:
    await caller.answer(order, {"type": 4, "data": bodies.second(bodies.text())})
    told = await caller.with_token("PATCH", order, bodies.second(bodies.text("new"), flags=0))
    assert (told.status, told.code) == INVALID
    assert "cannot be taken away" in str(discord_.violations[0])
    first = (await caller.ask("POST", f"/channels/{channel.id}/messages", {"content": "words"})).json
    assert not first["flags"] & bodies.V2
    path = f"/channels/{channel.id}/messages/{first['id']}"
    changed = await caller.ask("PATCH", path, bodies.second(bodies.text(), content=None))
    assert changed.json["flags"] & bodies.V2


async def test_flags_are_for_some(caller: Caller, order: Interaction, channel: Channel) -> None:
    path = f"/channels/{channel.id}/messages"
    assert (await caller.ask("POST", path, {"content": "x", "flags": 64})).code == 50035
    await caller.answer(order, {"type": 4, "data": {"content": "x", "flags": 64 | 1 << 12}})
    assert (await caller.with_token("PATCH", order, {"content": "y", "flags": 64})).code == 50035
    shown = (await caller.ask("POST", path, bodies.embed())).json
    for flags, embeds in ((4, 0), (0, 1)):
        told = (await caller.ask("PATCH", f"{path}/{shown['id']}", {"flags": flags})).json
        assert (told["flags"], len(told["embeds"])) == (flags, embeds)


async def test_files_are_named_and_shown(discord_: Discord, caller: Caller, order: Interaction) -> None:
    await caller.answer(order, {"type": 5})
    shown = bodies.second(bodies.gallery("attachment://a.png"))
    assert (await caller.with_token("PATCH", order, shown, a_png=b"a")).status == 200, discord_.violations
    kept = bodies.second(bodies.gallery("attachment://a.png"))
    assert (await caller.with_token("PATCH", order, kept)).status == 200, discord_.violations
    dropped = kept | {"attachments": []}
    assert (await caller.with_token("PATCH", order, dropped)).status == 400
    unseen = bodies.second(bodies.text())
    assert (await caller.with_token("PATCH", order, unseen, b_png=b"b")).status == 400


@pytest.mark.parametrize("content_type", ["text/plain", "application/json"])
async def test_what_is_no_json_is_refused(
    discord_: Discord, caller: Caller, channel: Channel, content_type: str
) -> None:
    head = {"Authorization": f"Bot {discord_.token}", "Content-Type": content_type}
    url = f"{discord_.api_url}/channels/{channel.id}/messages"
    async with caller.session.post(url, data="{", headers=head) as response:
        assert response.status == 400
    assert len(discord_.violations) == 1


async def test_without_the_description_the_other_rules_hold() -> None:
    async with Discord() as bare, calling(bare) as caller:
        guild = bare.guild("Atelier")
        path = f"/channels/{guild.channel('art').id}/messages"
        told = await caller.ask("POST", path, bodies.second(bodies.text(), content="words"))
        assert (told.status, told.code) == INVALID
        assert (await caller.ask("POST", path, {"content": "words"})).status == 200
