"""What a scenario may do, whichever world it is played in."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Protocol

from typing_extensions import override

from standins.discord.reading import buttons, pictures, texts
from standins.endpoint import Endpoint

Payload = dict[str, Any]

RULES: Final[Mapping[str, object]] = {
    "guild_credits": 4,
    "guild_jobs": 3,
    "member_jobs": 2,
    "onemin_concurrency": 2,
}
"""The operator's, in both worlds: small, so that every bound is quickly reached."""


DESK: Final = "desk"


class Person(StrEnum):
    ADA = "ada"
    BEN = "ben"
    CYD = "cyd"
    MOD = "mod"
    """Manages the guild and its messages."""


@dataclass(frozen=True, slots=True)
class Role:
    """One of the guild's."""

    name: str

    @override
    def __str__(self) -> str:
        return self.name


class Outcome(Protocol):
    """What an interaction came to, as it looks now."""

    @property
    def id(self) -> int: ...

    @property
    def message(self) -> Payload | None:
        """The message that answered it, as the platform tells it."""
        ...

    @property
    def private(self) -> bool: ...

    @property
    def form(self) -> Payload | None: ...


@dataclass(frozen=True, slots=True)
class Request:
    """One that the bot made of the platform."""

    method: str
    path: str
    body: Any


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a person did, and what it came to."""

    who: Person
    what: str
    begun: int
    """How many requests the bot had made before."""
    outcome: Outcome

    @property
    def message(self) -> Payload:
        assert self.outcome.message is not None, f"{self.who} {self.what}: no answer"
        return self.outcome.message

    @property
    def shown(self) -> str:
        """The words of the public answer."""
        assert not self.outcome.private
        return texts(self.message)

    @property
    def told(self) -> str:
        """The words that only the one who acted reads."""
        assert self.outcome.private
        return texts(self.message)

    @property
    def buttons(self) -> list[str]:
        return buttons(self.message)

    @property
    def pictures(self) -> list[Payload]:
        return pictures(self.message)

    @property
    def form(self) -> Payload:
        assert self.outcome.form is not None, f"{self.who} {self.what}: no form"
        return self.outcome.form


class Stage(ABC):
    """One guild with its people, the bot in it, and the endpoint behind the bot."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.acts: list[Act] = []
        self.first_order = len(endpoint.posts)

    @property
    def orders(self) -> list[Mapping[str, Any]]:
        """What the bot ordered of the endpoint in this scenario."""
        return [post.prompt_object for post in self.endpoint.posts[self.first_order :]]

    def id_of(self, who: str) -> int:
        """Of somebody, or of a role."""
        return next(number for number, name in self.names().items() if name == who)

    def desk(self) -> list[str]:
        """What the operator reads."""
        return [texts(it) for it in self.histories()[DESK]]

    async def slash(self, who: Person, command: str, **options: Any) -> Act:
        return await self._act(who, _typed(command, options), self._slash(who, command, options))

    async def press(self, who: Person, on: Act, label: str) -> Act:
        what = f"presses {label} on {self.acts.index(on) + 1}"
        return await self._act(who, what, self._press(who, on.outcome, label))

    async def submit(self, who: Person, opened: Act, **values: Any) -> Act:
        what = f"submits {values} to {self.acts.index(opened) + 1}"
        return await self._act(who, what, self._submit(who, opened.outcome, values))

    async def at_once(self, *orders: tuple[Person, Mapping[str, Any]]) -> list[Act]:
        """Several `/imagine` in the same instant."""
        begun = len(self.requests())
        outcomes = await self._at_once(orders)
        acts = [
            Act(who, _typed("imagine", options), begun, outcome)
            for (who, options), outcome in zip(orders, outcomes, strict=True)
        ]
        self.acts += acts
        return acts

    async def picture(self, who: Person, prompt: str = "a red fox in snow", **options: Any) -> Act:
        """One that is made from the first word to the last."""
        asked = await self.slash(who, "imagine", prompt=prompt, **options)
        await self.finish()
        assert asked.pictures, asked.shown
        return asked

    async def painting(self, who: Person, prompt: str = "a red fox in snow", **options: Any) -> Act:
        """One that is being painted; the endpoint has to be held for it to stay so."""
        asked = await self.slash(who, "imagine", prompt=prompt, **options)
        return await self.reads(asked, "Painting")

    async def reads(self, act: Act, words: str) -> Act:
        """The act, once its answer says so."""
        await self.until(lambda: words in texts(act.message))
        return act

    async def _act(self, who: Person, what: str, doing: Awaitable[Outcome]) -> Act:
        begun = len(self.requests())
        act = Act(who, what, begun, await doing)
        self.acts.append(act)
        return act

    @abstractmethod
    async def enter(self, name: str, *, age_restricted: bool = False, lacking: Sequence[str] = ()) -> None:
        """Go to a new channel, in which the bot lacks some rights."""

    @abstractmethod
    def role(self, name: str, *people: Person) -> Role:
        """A new one, which these people have. People and roles are options as they are."""

    @abstractmethod
    def demote(self, who: Person) -> None:
        """Take all rights that others have not."""

    @abstractmethod
    def permit(self, command: str, who: Person) -> None:
        """Let somebody use a command that is not offered to everybody, as administrators can."""

    @abstractmethod
    async def finish(self) -> None:
        """Until every picture is where it belongs, and paid or not."""

    @abstractmethod
    async def until(self, holds: Callable[[], bool]) -> None:
        """Until something public is as awaited."""

    @abstractmethod
    async def restart(self) -> None:
        """Another process, when nothing is under way."""

    @abstractmethod
    async def crash(self) -> None:
        """Another process, whatever was under way."""

    @abstractmethod
    def requests(self) -> list[Request]:
        """All that the bot made in this scenario, in order."""

    @abstractmethod
    def names(self) -> Mapping[int, str]:
        """The ids of people, roles and places."""

    @abstractmethod
    def histories(self) -> Mapping[str, list[Payload]]:
        """What everybody reads in each channel, oldest first."""

    @abstractmethod
    async def download(self, url: str) -> bytes: ...

    @property
    @abstractmethod
    def now(self) -> float: ...

    @property
    @abstractmethod
    def guild(self) -> int: ...

    @property
    @abstractmethod
    def database(self) -> Path: ...

    @abstractmethod
    async def _slash(self, who: Person, command: str, options: Mapping[str, Any]) -> Outcome: ...

    @abstractmethod
    async def _press(self, who: Person, on: Outcome, label: str) -> Outcome: ...

    @abstractmethod
    async def _submit(self, who: Person, opened: Outcome, values: Mapping[str, Any]) -> Outcome: ...

    @abstractmethod
    async def _at_once(self, orders: Sequence[tuple[Person, Mapping[str, Any]]]) -> list[Outcome]: ...


Play = Callable[[Stage], Awaitable[None]]


def _typed(command: str, options: Mapping[str, Any]) -> str:
    return " ".join([f"/{command}", *(f"{name}:{value}" for name, value in options.items())])
