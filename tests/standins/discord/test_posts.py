"""What people write themselves, what of it the bot sees, and whom a message calls."""

from typing import Any

import pytest

from standins.discord import Channel, Discord, Guild, Interaction, Member, Right, Upload
from tests.standins.discord.bots import Caller
from tests.standins.discord.lines import GUILDS, dialled

GUILD_MESSAGES = 1 << 9
FILE = Upload("cat.png", b"cat")


@pytest.fixture
def ben(guild: Guild) -> Member:
    return guild.member("ben")


async def seen(caller: Caller, channel: Channel, number: str) -> dict[str, Any]:
    """By the bot's own token."""
    found: dict[str, Any] = (await caller.ask("GET", f"/channels/{channel.id}/messages/{number}")).json
    return found


async def test_what_others_write_is_hidden_from_the_bot(caller: Caller, channel: Channel, ada: Member) -> None:
    posted = ada.post(channel, "a secret", FILE)
    assert (posted["content"], len(posted["attachments"])) == ("a secret", 1)
    told = await seen(caller, channel, posted["id"])
    assert (told["content"], told["attachments"], told["author"]["id"]) == ("", [], str(ada.id))
    [listed] = (await caller.ask("GET", f"/channels/{channel.id}/messages")).json
    assert listed["content"] == ""
    called = ada.post(channel, f"<@{caller.discord.application_id}> look")
    assert (await seen(caller, channel, called["id"]))["content"].endswith("look")
    private = caller.discord.direct(ada)
    assert (await seen(caller, private, ada.post(private, "only us")["id"]))["content"] == "only us"


async def test_people_change_and_remove_what_is_theirs(channel: Channel, ada: Member, ben: Member) -> None:
    posted = ada.post(channel, "first", FILE)
    ada.rewrite(posted, "second")
    [shown] = channel.messages
    assert (shown["content"], len(shown["attachments"])) == ("second", 1)
    with pytest.raises(PermissionError):
        ben.rewrite(posted, "mine")
    with pytest.raises(PermissionError):
        ben.remove(posted)
    channel.overwrite(ben, allow=Right.MANAGE_MESSAGES)
    ben.remove(posted)
    assert channel.messages == []


async def test_who_may_not_write_does_not(channel: Channel, ada: Member) -> None:
    channel.overwrite(ada, deny=Right.ATTACH_FILES)
    ada.post(channel, "words")
    with pytest.raises(PermissionError):
        ada.post(channel, "", FILE)
    channel.overwrite(ada, deny=Right.SEND_MESSAGES)
    with pytest.raises(PermissionError):
        ada.post(channel, "words")


async def test_messages_are_told_to_who_asked_for_them(
    discord_: Discord, caller: Caller, channel: Channel, ada: Member
) -> None:
    async with dialled(discord_) as line:
        await line.begin(intents=GUILDS | GUILD_MESSAGES)
        posted = ada.post(channel, "hello")
        assert (await line.hear_of("MESSAGE_CREATE"))["content"] == ""
        ada.rewrite(posted, "changed")
        assert (await line.hear_of("MESSAGE_UPDATE"))["id"] == posted["id"]
        own = (await caller.ask("POST", f"/channels/{channel.id}/messages", {"content": "mine"})).json
        assert (await line.hear_of("MESSAGE_CREATE"))["content"] == "mine"
        channel.remove(own)
        told = await line.hear_of("MESSAGE_DELETE")
        assert told == {"id": own["id"], "channel_id": str(channel.id), "guild_id": str(channel.state.guild.id)}


async def test_what_was_removed_can_no_longer_be_downloaded(caller: Caller, channel: Channel, ada: Member) -> None:
    posted = ada.post(channel, "", FILE)
    url = posted["attachments"][0]["url"]
    async with caller.session.get(url) as response:
        assert await response.read() == b"cat"
    ada.remove(posted)
    async with caller.session.get(url) as response:
        assert response.status == 404


async def test_the_bot_removes_its_own_and_others_with_the_right(
    guild: Guild, caller: Caller, channel: Channel, ada: Member
) -> None:
    own = (await caller.ask("POST", f"/channels/{channel.id}/messages", {"content": "mine"})).json
    assert (await caller.ask("DELETE", f"/channels/{channel.id}/messages/{own['id']}")).status == 204
    posted = ada.post(channel, "hers")
    path = f"/channels/{channel.id}/messages/{posted['id']}"
    told = await caller.ask("DELETE", path)
    assert (told.status, told.code) == (403, 50013)
    guild.empower(guild.state.managed.rights | Right.MANAGE_MESSAGES)
    assert (await caller.ask("DELETE", path)).status == 204
    edit = await caller.ask(
        "PATCH", f"/channels/{channel.id}/messages/{ada.post(channel, 'x')['id']}", {"content": "y"}
    )
    assert (edit.status, edit.code) == (403, 50005)


async def test_messages_are_read_in_pages(caller: Caller, channel: Channel, ada: Member) -> None:
    numbers = [ada.post(channel, str(turn))["id"] for turn in range(7)]

    async def page(query: str) -> list[int]:
        told = await caller.ask("GET", f"/channels/{channel.id}/messages?{query}")
        return [numbers.index(it["id"]) for it in told.json]

    assert await page("limit=3") == [6, 5, 4]
    assert await page(f"limit=2&before={numbers[4]}") == [3, 2]
    assert await page(f"limit=2&after={numbers[1]}") == [3, 2]
    assert await page(f"limit=3&around={numbers[3]}") == [4, 3, 2]
    for wrong in ("0", "101", "x"):
        assert (await caller.ask("GET", f"/channels/{channel.id}/messages?limit={wrong}")).code == 50035


async def test_without_the_history_there_is_nothing_to_read(caller: Caller, channel: Channel, ada: Member) -> None:
    posted = ada.post(channel, "before")
    channel.forbid(Right.READ_MESSAGE_HISTORY)
    assert (await caller.ask("GET", f"/channels/{channel.id}/messages")).json == []
    told = await caller.ask("GET", f"/channels/{channel.id}/messages/{posted['id']}")
    assert (told.status, told.code) == (403, 50013)


async def test_nobody_writes_into_a_category(guild: Guild, caller: Caller) -> None:
    category = guild.channel("all", kind=4)
    told = await caller.ask("POST", f"/channels/{category.id}/messages", {"content": "x"})
    assert (told.status, told.code) == (400, 50008)


async def test_links_are_signed_afresh_on_request(caller: Caller, discord_: Discord, channel: Channel) -> None:
    sent = await caller.ask("POST", f"/channels/{channel.id}/messages", {}, a_png=b"a")
    old = sent.json["attachments"][0]["url"]
    discord_.advance(24 * 60 * 60 + 1)
    again = await seen(caller, channel, sent.json["id"])
    body = {"attachment_urls": [old, "https://host.example/a.png"]}
    [fresh, foreign] = (await caller.ask("POST", "/attachments/refresh-urls", body)).json["refreshed_urls"]
    assert (fresh["original"], foreign["refreshed"]) == (old, None)
    for url, status in ((old, 404), (fresh["refreshed"], 200), (again["attachments"][0]["url"], 200)):
        async with caller.session.get(url) as response:
            assert response.status == status
    assert (await caller.ask("POST", "/attachments/refresh-urls", {})).code == 50035


@pytest.mark.parametrize(
    ("allowed", "users", "roles"),
    [
        (None, 1, 0),
        ({"parse": []}, 0, 0),
        ({"parse": ["users", "roles"]}, 1, 1),
        ({"parse": ["everyone"]}, 0, 0),
    ],
)
async def test_an_answer_calls_whom_it_may(
    guild: Guild, caller: Caller, order: Interaction, ada: Member, allowed: Any, users: int, roles: int
) -> None:
    role = guild.role("painter")
    text = f"<@{ada.id}> <@&{role.id}> <@1> @everyone"
    data = {"content": text} | ({} if allowed is None else {"allowed_mentions": allowed})
    await caller.answer(order, {"type": 4, "data": data})
    assert order.response is not None
    assert [it["id"] for it in order.response["mentions"]] == [str(ada.id)] * users
    assert order.response["mention_roles"] == [str(role.id)] * roles
    assert order.response["mention_everyone"] is False


async def test_a_message_calls_whom_it_lists(guild: Guild, caller: Caller, channel: Channel, ada: Member) -> None:
    ben, path = guild.member("ben"), f"/channels/{channel.id}/messages"
    guild.empower(guild.state.managed.rights | Right.MENTION_EVERYONE)
    text = f"<@{ada.id}> <@{ben.id}> @here"
    for allowed, expected in (
        ({"users": [str(ben.id)]}, ([str(ben.id)], False)),
        ({"parse": ["everyone"]}, ([], True)),
        (None, ([str(ada.id), str(ben.id)], True)),
    ):
        body: dict[str, Any] = {"flags": 1 << 15, "components": [{"type": 10, "content": text}]}
        told = (await caller.ask("POST", path, body | ({} if allowed is None else {"allowed_mentions": allowed}))).json
        assert ([it["id"] for it in told["mentions"]], told["mention_everyone"]) == expected


async def test_an_edit_calls_anew_where_it_changes_the_words(caller: Caller, order: Interaction, ada: Member) -> None:
    await caller.answer(order, {"type": 4, "data": {"content": "hello"}})
    for body, called in (
        ({"content": f"<@{ada.id}>"}, 1),
        ({"embeds": [{"title": "x"}]}, 1),
        ({"content": f"<@{ada.id}>", "allowed_mentions": {"parse": []}}, 0),
        ({"embeds": []}, 0),
    ):
        told = await caller.with_token("PATCH", order, body)
        assert len(told.json["mentions"]) == called
