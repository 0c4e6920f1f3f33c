"""What Discord's own screens call permissions."""

from collections.abc import Iterable
from typing import Final

_RIGHTS: Final = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "embed_links": "Embed Links",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
}


def right(name: str) -> str:
    return _RIGHTS.get(name, name)


def rights(names: Iterable[str]) -> str:
    return ", ".join(map(right, names))
