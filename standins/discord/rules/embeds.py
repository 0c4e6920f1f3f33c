from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from standins.discord.refusals import Problem

_TOGETHER: Final = 6000


def embed_problems(embeds: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    for place, embed in enumerate(embeds):
        if not any(value for name, value in embed.items() if name not in {"type", "color", "flags"}):
            yield Problem(("embeds", place), "an embed without anything in it")
        for number, field in enumerate(embed.get("fields") or []):
            for name in ("name", "value"):
                if not str(field.get(name) or "").strip():
                    yield Problem(("embeds", place, "fields", number, name), "is required")
    if sum(map(_size, embeds)) > _TOGETHER:
        yield Problem(("embeds",), f"more than {_TOGETHER} characters over all embeds")


def _size(embed: Mapping[str, Any]) -> int:
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    for field in embed.get("fields") or []:
        texts += [field.get("name"), field.get("value")]
    return sum(len(text) for text in texts if text)
