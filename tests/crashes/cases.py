"""What is played, where the bot dies in it, and what has come of it when all is over."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from standins.discord import Interaction
from standins.endpoint import Fault
from tests.crashes.house import MortalHouse
from tests.process.house import PROMPT

Scene = Callable[[MortalHouse, tuple[str, ...]], Awaitable[Interaction]]


class End(Enum):
    """What the card says in the end, in words or in a picture."""

    PICTURE = ""
    INTERRUPTED = "I was interrupted while this was being painted. Nothing was charged."
    ABANDONED = "I could not finish announcing this one. Nothing was charged."
    FAILED = "The image service refused this request."
    MODERATED = "safety filter stopped this one."
    CANCELLED = "Cancelled. Nothing was charged."
    NO_CARD = "The application did not respond"
    """Discord's own words: the bot died before it could say anything."""


@dataclass(frozen=True)
class Case:
    """`lives` are where one process after another dies, `posts` the paid calls that went out in all."""

    scene: Scene
    lives: tuple[str, ...]
    end: End
    posts: int
    healed: bool = True
    """Whether Discord takes everything again when the next process comes."""

    @property
    def name(self) -> str:
        until = "" if self.healed else ", still refused"
        return f"{self.scene.__name__}{until}, {', then '.join(self.lives)}"


async def imagine(house: MortalHouse, lives: tuple[str, ...]) -> Interaction:
    house.arm(*lives)
    return house.ada.begin_slash(house.channel, "imagine", prompt=PROMPT)


async def reroll(house: MortalHouse, lives: tuple[str, ...]) -> Interaction:
    house.arm(*lives)
    return house.ada.begin_press(house.source, label="Reroll")


async def failing(house: MortalHouse, lives: tuple[str, ...]) -> Interaction:
    house.endpoint.fail(Fault.UNPROCESSABLE)
    return await imagine(house, lives)


async def cancelling(house: MortalHouse, lives: tuple[str, ...]) -> Interaction:
    """While it is painted."""
    asked = await house.painting()
    assert asked.response is not None
    warned = await house.ada.press(asked.response, label="Cancel")
    assert warned.response is not None
    house.arm(*lives)
    house.ada.begin_press(warned.response, label="Cancel anyway")
    return asked


async def moderated(house: MortalHouse, lives: tuple[str, ...]) -> Interaction:
    house.endpoint.fail(Fault.MODERATED)
    return await imagine(house, lives)


async def cancelling_in_line(house: MortalHouse, lives: tuple[str, ...]) -> Interaction:
    """Behind a picture of somebody else in another channel."""
    here, house.channel = house.channel, house.guild.channel("elsewhere")
    await house.painting()
    house.channel = here
    asked = await house.ada.slash(house.channel, "imagine", prompt=PROMPT)
    assert asked.response is not None
    house.arm(*lives)
    house.ada.begin_press(asked.response, label="Cancel")
    return asked


async def beside_the_card(house: MortalHouse, lives: tuple[str, ...]) -> Interaction:
    """The card cannot be edited, but something can be posted below it."""
    house.refuse_edits()
    return await imagine(house, lives)


async def nowhere(house: MortalHouse, lives: tuple[str, ...]) -> Interaction:
    """The picture cannot be shown at all."""
    house.refuse_everything()
    return await imagine(house, lives)


def _each(points: str, scene: Scene, end: End, posts: int, **more: Any) -> list[Case]:
    return [Case(scene, (point,), end, posts, **more) for point in points.split()]


CASES: Final = [
    *_each("before:hold_for within:hold_for after:hold_for before:announce", imagine, End.NO_CARD, 0),
    *_each("before:repeat within:repeat after:repeat", reroll, End.NO_CARD, 0),
    *_each("after:queue within:begin", imagine, End.PICTURE, 1),
    *_each("after:begin before:request", imagine, End.INTERRUPTED, 0),
    *_each("after:request before:painted within:painted", imagine, End.INTERRUPTED, 1),
    *_each("after:painted before:download after:download before:deliver after:deliver", imagine, End.PICTURE, 1),
    *_each("before:settle within:settle after:settle", imagine, End.PICTURE, 1),
    *_each("before:settle within:settle", failing, End.INTERRUPTED, 1),
    *_each("before:cancel within:cancel after:cancel", cancelling, End.INTERRUPTED, 1),
    *_each("before:settle within:settle", moderated, End.INTERRUPTED, 1),
    *_each("after:settle before:show_end after:show_end", failing, End.FAILED, 1),
    *_each("after:settle", moderated, End.MODERATED, 1),
    *_each("before:cancel within:cancel", cancelling_in_line, End.PICTURE, 2),
    *_each("after:cancel before:show_end", cancelling_in_line, End.CANCELLED, 1),
    *_each("before:deliver after:deliver before:settle", beside_the_card, End.PICTURE, 1, healed=False),
    *_each("before:keep within:keep", nowhere, End.PICTURE, 1),
    # The line passes a point, to die at the next one: every few seconds the queue looks for work that is not there.
    Case(imagine, ("after:queue before:begin",), End.PICTURE, 1),
    # The next process dies over what the first one left.
    Case(imagine, ("after:hold_for", "within:abandon"), End.NO_CARD, 0),
    Case(imagine, ("after:begin", "within:take_over", "within:settle"), End.INTERRUPTED, 0),
    Case(imagine, ("after:painted", "after:take_over", "after:deliver", "within:settle"), End.PICTURE, 1),
    # The card stands, and nobody noted which it is.
    *_each("after:announce before:queue within:queue", imagine, End.ABANDONED, 0),
    # What was posted below the card is not known, and the card can be edited again.
    *_each("after:deliver before:settle", beside_the_card, End.PICTURE, 1),
]

ORDERED_BY_NAME: Final = [
    *_each("before:pending within:pending", imagine, End.INTERRUPTED, 1),
    *_each("after:pending before:follow after:follow before:painted within:painted", imagine, End.PICTURE, 1),
    Case(imagine, ("after:pending", "after:follow", "within:painted", "after:painted"), End.PICTURE, 1),
]
