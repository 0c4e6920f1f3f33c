"""Where SimCord is known not to do as Discord does. The wire stand-in has no such list: it is mended instead."""

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tests.scenarios.credits import a_reset_of_a_role_that_is_confirmed_after_a_restart
from tests.scenarios.pictures import the_first_picture_of_a_member_with_every_option_typed
from tests.scenarios.stage import Payload, Play


@dataclass(frozen=True, slots=True)
class Difference:
    why: str
    mend: Callable[[Payload], None]
    """Makes of a message as SimCord tells it one as Discord does."""
    seen_in: Play
    """A scenario in which it shows. When it no longer does, it has to leave this list."""


def mended(transcript: Payload, differences: Sequence[Difference]) -> Payload:
    told = copy.deepcopy(transcript)
    for message in _messages(told):
        for difference in differences:
            difference.mend(message)
    return told


def _messages(transcript: Payload) -> Iterator[Payload]:
    yield from (act["reads"] for act in transcript["acts"] if act["reads"] is not None)
    for history in transcript["histories"].values():
        yield from history


def _without_suppressed_mentions(message: dict[str, Any]) -> None:
    message["mentions"] = []


def _without_suppressed_mentions_of_roles(message: dict[str, Any]) -> None:
    message["mention_roles"] = []


DIFFERENCES: Final = (
    Difference(
        "SimCord lists under `mentions` whoever is named in a text. Discord lists whom the message calls, which is "
        "nobody: all that the bot sends says so, and the test looks at that first.",
        _without_suppressed_mentions,
        the_first_picture_of_a_member_with_every_option_typed,
    ),
    Difference(
        "The same of `mention_roles`, which it lists wherever a role is named.",
        _without_suppressed_mentions_of_roles,
        a_reset_of_a_role_that_is_confirmed_after_a_restart,
    ),
)
