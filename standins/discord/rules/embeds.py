from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, Final

from standins.discord.components import LOCAL, embed_media
from standins.discord.refusals import Problem

_TOGETHER: Final = 6000
_SHOWN: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif"})


def embed_problems(embeds: Sequence[Mapping[str, Any]], files: Collection[str]) -> Iterator[Problem]:
    """`files` are the names that the message can show."""
    for place, embed in enumerate(embeds):
        if not any(value for name, value in embed.items() if name not in {"type", "color", "flags"}):
            yield Problem(("embeds", place), "an embed without anything in it")
        for number, field in enumerate(embed.get("fields") or []):
            for name in ("name", "value"):
                if not str(field.get(name) or "").strip():
                    yield Problem(("embeds", place, "fields", number, name), "is required")
        yield from _media(place, embed, files)
    if sum(map(_size, embeds)) > _TOGETHER:
        yield Problem(("embeds",), f"more than {_TOGETHER} characters over all embeds")


def _media(place: int, embed: Mapping[str, Any], files: Collection[str]) -> Iterator[Problem]:
    for part, field, url in embed_media(embed):
        name = url.removeprefix(LOCAL)
        if url.startswith(LOCAL) and name not in files:
            yield Problem(("embeds", place, part, field), f"{name!r} is not among the files {sorted(files)}")
        elif url.startswith(LOCAL) and PurePath(name).suffix.lower() not in _SHOWN:
            yield Problem(("embeds", place, part, field), f"an embed does not show {name!r}")


def _size(embed: Mapping[str, Any]) -> int:
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    for field in embed.get("fields") or []:
        texts += [field.get("name"), field.get("value")]
    return sum(len(text) for text in texts if text)
