"""Everything that anybody could see of a scenario: act by act, and at the end channel by channel."""

import copy
import json
import re
import sqlite3
from typing import Any, Final
from urllib.parse import urlsplit

from bot.app import check
from standins.discord.components import throughout
from standins.discord.reading import pictures, texts
from tests.scenarios.placeholders import Placeholders
from tests.scenarios.stage import Payload, Request, Stage

_CALLBACK: Final = re.compile(r"/interactions/(?P<interaction>\d+)/(?P<token>[^/]+)/callback")
_BY_TOKEN: Final = re.compile(r"/webhooks/\d+/(?P<token>[^/]+)(?P<rest>.*)")
_IN_CHANNEL: Final = re.compile(r"/channels/(?P<channel>\d+)/messages(/(?P<message>\d+))?")
_SEEN: Final = frozenset(
    ("attachments", "author", "components", "content", "edited_timestamp", "embeds", "flags", "interaction_metadata")
) | {"mention_everyone", "mention_roles", "mentions", "type"}
_UNSEEN: Final = frozenset(
    ("application_id", "channel_id", "guild_id", "id", "mention_channels", "nonce", "pinned", "reactions")
) | {"sticker_items", "timestamp", "tts", "webhook_id"}
"""What of a message nobody sees, or what nothing here changes. Places and order are told otherwise."""

_ENTRIES: Final = """
SELECT job, kind, amount, allowance_change, allowance_after, bonus_change, bonus_after,
       member, role, actor, before, after, reason
FROM ledger WHERE guild = ? ORDER BY id
"""


class Recorder:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        typed = {int(it) for act in stage.acts for it in re.findall(r" seed:(\d+)", act.what)}
        self._names = Placeholders(stage.names(), typed, stage.now)
        self._by_token: dict[str, int] = {}
        self._by_message: dict[str, int] = {}
        for number, act in enumerate(stage.acts):
            self._names.name(act.outcome.id, f"act {number + 1}")
            message = act.outcome.message
            if message is not None and message["id"] not in self._by_message:
                self._by_message[message["id"]] = number
                self._names.name(int(message["id"]), f"message {number + 1}")

    async def transcript(self) -> Payload:
        came, posted = self._requests()
        acts = [await self._act(number, came[number]) for number in range(len(self._stage.acts))]
        histories = {
            name: [await self._message(it) for it in messages] for name, messages in self._stage.histories().items()
        }
        ledger, books = self._ledger(), await check(f"sqlite:///{self._stage.database}")
        return {
            "acts": acts,
            "posted": self._names.fill(posted),
            "histories": histories,
            "ledger": ledger,
            "check": books,
        }

    async def _act(self, number: int, came: list[Payload]) -> Payload:
        act = self._stage.acts[number]
        outcome = act.outcome
        return {
            "who": act.who,
            "what": self._names.fill(act.what),
            "private": outcome.private,
            "form": self._names.fill(outcome.form),
            "came of it": self._names.fill(came),
            "reads": None if outcome.message is None else await self._message(outcome.message),
        }

    def _requests(self) -> tuple[list[list[Payload]], list[Payload]]:
        """By the act whose answer they make or change, for pictures of several members may overtake each other."""
        came: list[list[Payload]] = [[] for _ in self._stage.acts]
        posted: list[Payload] = []
        for place, request in enumerate(self._stage.requests()):
            told = self._told(request)
            if request.method == "GET" or told is None:
                continue
            number, does = told
            moment = sum(act.begun <= place for act in self._stage.acts)
            told_of = {"after act": moment, "does": does, "sends": _named(request.body)}
            (posted if number is None else came[number]).append(told_of)
        return came, posted

    def _told(self, request: Request) -> tuple[int | None, str] | None:
        """Whose it is and what it does; None for what is not about messages."""
        if found := _CALLBACK.fullmatch(request.path):
            by_id = {act.outcome.id: number for number, act in enumerate(self._stage.acts)}
            number = self._by_token[found["token"]] = by_id[int(found["interaction"])]
            return number, "answers"
        if found := _BY_TOKEN.fullmatch(request.path):
            return self._by_token[found["token"]], f"{request.method} by token {found['rest']}"
        if found := _IN_CHANNEL.fullmatch(request.path):
            channel = self._names.fill(found["channel"])
            return self._by_message.get(found["message"]), f"{request.method} in {channel}"
        return None

    async def _message(self, message: Payload) -> Payload:
        assert message.keys() <= _SEEN | _UNSEEN, message.keys() - _SEEN - _UNSEEN
        seen = {name: value for name, value in message.items() if name in _SEEN}
        seen["author"] = message["author"]["id"]
        seen["edited_timestamp"] = message["edited_timestamp"] is not None
        seen["attachments"] = [await self._file(it, chosen=self._chosen(message)) for it in message["attachments"]]
        if "interaction_metadata" in seen:
            cause = seen["interaction_metadata"]
            seen["interaction_metadata"] = [cause["type"], cause["id"], cause["user"]["id"]]
        _name_files(message)
        filled: Payload = self._names.fill(seen)
        return filled

    def _chosen(self, message: Payload) -> bool:
        """Whether what it shows is made of nothing that differs from run to run."""
        made_of = [it["description"] for it in pictures(message)] + re.findall(r"seed \d+", texts(message))
        return all(it == self._names.fill(it) for it in made_of)

    async def _file(self, attachment: Payload, *, chosen: bool) -> Payload:
        content = await self._stage.download(attachment["url"])
        assert attachment["size"] == len(content)
        known = {name: attachment.get(name) for name in ("filename", "description", "content_type")}
        if attachment["content_type"].startswith("text/"):
            return known | {"content": content.decode()}
        if attachment["content_type"].startswith("application/json"):
            return known | {"content": _counted(json.loads(content))}
        made = self._stage.endpoint.original(content)
        assert made is not None
        return known | {"content": self._names.file(made, chosen=chosen)}

    def _ledger(self) -> list[str]:
        """Job by job, for those of several members may overtake each other."""
        connection = sqlite3.connect(f"file:{self._stage.database}?mode=ro", uri=True)
        try:
            rows = connection.execute(_ENTRIES, (self._stage.guild,)).fetchall()
        finally:
            connection.close()
        rows.sort(key=lambda row: row[0] or "")
        return [self._names.fill(" ".join(map(str, row))) for row in rows]


def _counted(data: Any) -> Payload:
    """Of lists only how long they are: in them are ids and times."""
    return {name: len(rows) for name, rows in data.items() if isinstance(rows, list)}


def _named(body: Any) -> Any:
    """What the bot sends, with files of other messages by their names: their addresses are signed."""
    told = copy.deepcopy(body)
    components = told.get("data", told).get("components") or [] if isinstance(told, dict) else []
    for component in throughout(components):
        for item in component.get("items", []):
            if not item["media"]["url"].startswith("attachment://"):
                item["media"]["url"] = _name_of(item["media"]["url"])
    return told


def _name_of(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[2]


def _name_files(message: Payload) -> None:
    """Shown files by their names: addresses and sizes follow from the attachments."""
    files = {it["id"]: it for it in message["attachments"]}
    for component in throughout(message["components"]):
        for holder in (component, *component.get("items", [])):
            for place in ("media", "file"):
                if place in holder:
                    if "attachment_id" not in holder[place]:  # it stands in another message
                        holder[place] = _name_of(holder[place]["url"])
                        continue
                    file = files[holder[place]["attachment_id"]]
                    assert holder.pop("size", file["size"]) == file["size"]
                    holder[place] = file["filename"]
