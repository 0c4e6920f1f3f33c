"""Components as trees, and as the platform completes them."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any, Final

from standins.discord.state import Payload

LOCAL: Final = "attachment://"
"""What stands before the name of a file that comes with the message."""


def inside(component: Mapping[str, Any]) -> Iterator[Payload]:
    """The components that stand directly in this one."""
    yield from component.get("components", [])
    for name in ("accessory", "component"):
        if component.get(name):
            yield component[name]


def throughout(components: list[Payload]) -> Iterator[Payload]:
    for component in components:
        yield component
        yield from throughout(list(inside(component)))


def numbered(components: list[Payload]) -> list[Payload]:
    """Components without an id are given one, which is unique in the message."""
    numbered = copy.deepcopy(components)
    taken = {it["id"] for it in throughout(numbered) if it.get("id")}
    free = (number for number in range(1, 1000) if number not in taken)
    for component in throughout(numbered):
        if not component.get("id"):
            component["id"] = next(free)
    return numbered


def resolved(components: list[Payload], attachments: Mapping[str, Payload]) -> list[Payload]:
    """`attachment://` as everybody reads it: a signed address, with what is known of the file."""
    shown = copy.deepcopy(components)
    for component in throughout(shown):
        if "file" in component:
            component.update(_named(component["file"], attachments))
        for holder in (component, *component.get("items", [])):
            for name in ("media", "file"):
                if name in holder:
                    holder[name] = _medium(holder[name], attachments)
    return shown


def embed_media(embed: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Where in an embed an address of a picture stands: the part, its field, and the address."""
    for part, name in (("image", "url"), ("thumbnail", "url"), ("footer", "icon_url"), ("author", "icon_url")):
        url = (embed.get(part) or {}).get(name)
        if url:
            yield part, name, str(url)


def with_files(embed: Payload, attachments: Mapping[str, Payload]) -> Payload:
    """The same for an embed."""
    shown = dict(embed)
    for part, name, url in embed_media(embed):
        if url.startswith(LOCAL) and url.removeprefix(LOCAL) in attachments:
            shown[part] = {**embed[part], name: attachments[url.removeprefix(LOCAL)]["url"]}
    return shown


def _named(medium: Payload, attachments: Mapping[str, Payload]) -> Payload:
    """What is written on a file component."""
    file = _file(medium, attachments)
    return {"name": None, "size": None} if file is None else {"name": file["filename"], "size": file["size"]}


def _medium(medium: Payload, attachments: Mapping[str, Payload]) -> Payload:
    file = _file(medium, attachments)
    if file is None:
        return medium | {"proxy_url": medium["url"]}
    known: Payload = {
        name: file[name] for name in ("url", "proxy_url", "content_type", "width", "height") if name in file
    }
    return {"id": file["id"], "height": None, "width": None, **known, "attachment_id": file["id"]}


def _file(medium: Payload, attachments: Mapping[str, Payload]) -> Payload | None:
    return attachments.get(medium["url"].removeprefix(LOCAL))
