"""What SimCord answered, to be given again while it holds: it works out every answer anew, and slowly."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from demo.relay import Answer

PICTURES: Final = 100
_LEASE_SECONDS: Final = 30
"""SimCord forgets pages that ask for nothing during ten minutes."""


Ask = Callable[[], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class _State:
    answer: Answer
    changes: int
    asked: float
    attachments: Mapping[str, str]
    """By the names that this page has for them."""


class Kept:
    def __init__(self) -> None:
        self._states: dict[str, _State] = {}
        self._pictures: OrderedDict[tuple[str, str], Answer] = OrderedDict()
        self._decoding = asyncio.Lock()  # SimCord decodes one picture at a time, and refuses when many wait

    async def state(self, page: str, changes: int, ask: Ask) -> Answer:
        """`changes` tells whether anything can have changed since."""
        kept = self._states.get(page)
        if kept and kept.changes == changes and time.perf_counter() - kept.asked < _LEASE_SECONDS:
            return kept.answer
        answer = await ask()
        if answer.ok:
            self.note(page, changes, answer)
        else:
            self.forget(page)
        return answer

    def note(self, page: str, changes: int, answer: Answer) -> None:
        """Keep a page's state."""
        self._states[page] = _State(answer, changes, time.perf_counter(), dict(_attachments(answer.json())))

    async def picture(self, page: str, asset: str, form: str, ask: Ask) -> Answer:
        """`form` is what is wanted of it: as it is shown, or to be saved."""
        state = self._states.get(page)
        attachment = state.attachments.get(asset) if state else None
        if attachment is None:
            return await ask()
        async with self._decoding:
            key = (attachment, form)
            if key not in self._pictures:
                answer = await ask()
                if not answer.ok:
                    return answer
                self._pictures[key] = answer
                if len(self._pictures) > PICTURES:
                    self._pictures.popitem(last=False)
            return self._pictures[key]

    def forget(self, page: str) -> None:
        self._states.pop(page, None)


def _attachments(state: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for message in state["messages"].values():
        for attachment in message["attachments"]:
            yield attachment["asset_id"], attachment["id"]
