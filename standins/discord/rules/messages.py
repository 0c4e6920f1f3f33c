"""Rules of a whole message, as it would stand after the request."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from standins.discord.refusals import Problem
from standins.discord.rules.embeds import embed_problems
from standins.discord.rules.kinds import Kind
from standins.discord.rules.layout import layout_problems, shown_files
from standins.discord.state import (
    COMPONENTS_V2,
    EPHEMERAL,
    SUPPRESS_EMBEDS,
    SUPPRESS_NOTIFICATIONS,
    Message,
    Payload,
)
from standins.discord.uploads import Body, File

_CONTENT_LIMIT: Final = 2000
_FILES: Final = 10
_DESCRIPTION_LIMIT: Final = 1024
_OF_OTHER_WEBHOOKS: Final = ("username", "avatar_url", "thread_name", "applied_tags")
_OF_NEW: Final = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2
_OF_EDITS: Final = SUPPRESS_EMBEDS | COMPONENTS_V2
_FLAGS: Final = {
    Kind.ANSWER: _OF_NEW | EPHEMERAL,
    Kind.FOLLOW_UP: _OF_NEW | EPHEMERAL,
    Kind.UPDATE: _OF_NEW | EPHEMERAL,
    Kind.POST: _OF_NEW,
    Kind.EDIT: _OF_EDITS,
    Kind.EDIT_BY_TOKEN: _OF_EDITS,
}
EMPTY: Final = Problem((), "cannot send an empty message")


@dataclass(frozen=True, slots=True)
class Draft:
    """What the message would be."""

    fields: Mapping[str, Any]
    files: Mapping[int, File]
    old: Message | None

    @property
    def flags(self) -> int:
        return int(self.fields.get("flags") or 0) | (0 if self.old is None else self.old.flags)

    @property
    def second(self) -> bool:
        return bool(self.flags & COMPONENTS_V2)

    @property
    def content(self) -> str:
        return str(self._now("content", "") or "")

    @property
    def embeds(self) -> Sequence[Payload]:
        return list(self._now("embeds", []) or [])

    @property
    def components(self) -> Sequence[Payload]:
        return list(self._now("components", []) or [])

    @property
    def listed(self) -> Sequence[Payload] | None:
        return self.fields.get("attachments")

    @property
    def kept(self) -> Mapping[str, str]:
        """Names of the old files that stay, by their ids."""
        old = {} if self.old is None else {str(it.id): it.filename for it in self.old.attachments}
        wanted = old if self.listed is None else {str(it["id"]) for it in self.listed}
        return {number: name for number, name in old.items() if number in wanted}

    @property
    def names(self) -> set[str]:
        """Under which the files can be shown."""
        renamed = {str(it["id"]): it["filename"] for it in self.listed or [] if it.get("filename")}
        fresh = {renamed.get(str(place), file.name) for place, file in self.files.items()}
        return fresh | set(self.kept.values())

    def _now(self, name: str, empty: Any) -> Any:
        return self.fields.get(name, empty if self.old is None else getattr(self.old, name))


def message_problems(body: Body, kind: Kind, old: Message | None) -> Iterator[Problem]:
    draft = Draft(body.fields, body.files, old)
    yield from _whole(draft, kind)
    yield from _files(draft)
    yield from embed_problems(draft.embeds, draft.names)
    yield from mention_problems(body.fields.get("allowed_mentions") or {})
    # Components that stay were judged when they came.
    if "components" in body.fields:
        yield from layout_problems(draft.components, second=draft.second, files=draft.names)


def mention_problems(mentions: Mapping[str, Any]) -> Iterator[Problem]:
    for name in ("users", "roles"):
        if mentions.get(name) and name in (mentions.get("parse") or []):
            yield Problem(("allowed_mentions", "parse"), f"{name} cannot be parsed and listed at once")


def _whole(draft: Draft, kind: Kind) -> Iterator[Problem]:
    if len(draft.content) > _CONTENT_LIMIT:
        yield Problem(("content",), f"more than {_CONTENT_LIMIT} characters")
    beside = [name for name in ("poll", "sticker_ids") if draft.fields.get(name)]
    if draft.second and (draft.content or draft.embeds or beside):
        yield Problem(("flags",), "IS_COMPONENTS_V2 allows no content, embeds, stickers or poll beside it")
    seen = draft.content.strip() or draft.embeds or draft.names or beside or (draft.second and draft.components)
    if not seen:
        yield EMPTY
    yield from _flags(draft, kind)
    if kind is Kind.FOLLOW_UP:
        for name in _OF_OTHER_WEBHOOKS:
            if draft.fields.get(name) is not None:
                yield Problem((name,), "is not for the webhook of an interaction")


def _flags(draft: Draft, kind: Kind) -> Iterator[Problem]:
    flags = draft.fields.get("flags")
    if flags is None:
        return
    if flags & ~_FLAGS[kind]:
        yield Problem(("flags",), f"{flags & ~_FLAGS[kind]:#x} cannot be set here")
    if draft.second and not flags & COMPONENTS_V2:
        yield Problem(("flags",), "IS_COMPONENTS_V2 cannot be taken away")


def _files(draft: Draft) -> Iterator[Problem]:
    if len(draft.kept) + len(draft.files) > _FILES:
        yield Problem(("attachments",), f"more than {_FILES} files")
    known = {*draft.kept, *map(str, draft.files)}
    for place, entry in enumerate(draft.listed or []):
        if str(entry["id"]) not in known:
            yield Problem(("attachments", place, "id"), f"{entry['id']} is neither uploaded nor on the message")
        if len(entry.get("description") or "") > _DESCRIPTION_LIMIT:
            yield Problem(("attachments", place, "description"), f"more than {_DESCRIPTION_LIMIT} characters")
    for file in draft.files.values():
        if not file.name or re.search(r"[\s/\\]", file.name):
            yield Problem(("files",), f"{file.name!r} would be renamed, and attachment:// would miss it")
    unseen = draft.names - shown_files(draft.components) if draft.second and draft.files else set()
    if unseen:
        yield Problem(("attachments",), f"no component shows {sorted(unseen)}, so nobody would see them")
