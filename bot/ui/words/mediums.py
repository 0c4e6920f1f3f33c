"""How servers, people and times are written where the operator reads: on Discord, or in a terminal."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, Protocol

from typing_extensions import override

from bot.domain.ledger import COMMAND_LINE
from bot.ui.text import cut, escaped
from bot.ui.words.people import mention
from bot.ui.words.times import relative

NAME_LIMIT: Final = 40
REASON_SHOWN: Final = 120


class Medium(Protocol):
    def server(self, guild: int) -> str: ...

    def person(self, person: int) -> str: ...

    def moment(self, moment: datetime) -> str: ...

    def typed(self, text: str) -> str:
        """What somebody typed, so that it can break nothing here."""
        ...


class OnDiscord(Medium):
    """`name` knows what a server is called, where this process serves it."""

    def __init__(self, name: Callable[[int], str | None]) -> None:
        self._name = name

    @override
    def server(self, guild: int) -> str:
        name = self._name(guild)
        return f"Server `{guild}`" if name is None else f"**{escaped(name, NAME_LIMIT)}** `{guild}`"

    @override
    def person(self, person: int) -> str:
        # The operator's guild rarely has the members of others, and then a mention shows no name.
        return f"{mention(person)} `{person}`"

    @override
    def moment(self, moment: datetime) -> str:
        return relative(moment)

    @override
    def typed(self, text: str) -> str:
        return escaped(text, REASON_SHOWN)


class InTerminal(Medium):
    @override
    def server(self, guild: int) -> str:
        return f"Server {guild}"

    @override
    def person(self, person: int) -> str:
        return str(person)

    @override
    def moment(self, moment: datetime) -> str:
        return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"

    @override
    def typed(self, text: str) -> str:
        return cut(text, REASON_SHOWN)


def actor(person: int | None, medium: Medium) -> str:
    if person is None:
        return "the bot"
    return "the operator, on the command line" if person == COMMAND_LINE else medium.person(person)
