"""What another picture is made with, that begins with one that is there."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.jobs import Job
from bot.domain.layers import Given, Layer, carried
from bot.domain.parameters import MAX_SEED, EditParameters, EditRatio, ImageParameters


@dataclass(frozen=True, slots=True)
class Remade:
    """`typed` are the options that somebody chose anew; the others are the source's."""

    parameters: ImageParameters
    given: Given
    typed: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Remix:
    """What a member wants to be otherwise: checked values of options, the prompt among them."""

    wanted: Mapping[str, Any]
    keeps_seed: bool = False

    def __call__(self, source: Job, member: int) -> Remade:
        parameters = source.parameters
        wanted = {name: value for name, value in self.wanted.items() if _can_have(parameters, value)}
        typed = {name for name, value in wanted.items() if getattr(parameters, name) != value}
        changed = type(parameters).model_validate(parameters.model_dump() | wanted)
        given = {**_carried(source, member), **dict.fromkeys(typed - {"prompt"}, Layer.TYPED)}
        if self.keeps_seed:
            return Remade(changed.seeded(), {"seed": Layer.SOURCE, **given}, typed)
        return Remade(changed.reseeded(), _unseeded(given), typed)


def _can_have(parameters: ImageParameters, value: object) -> bool:
    """A picture that is made of nothing has no shape of a source; its form does not offer it."""
    return isinstance(parameters, EditParameters) or value != EditRatio.SOURCE


def rerolled(source: Job, member: int) -> Remade:
    """The same with another seed."""
    return Remade(source.parameters.reseeded(), _unseeded(_carried(source, member)))


def tried_again(source: Job, member: int) -> Remade:
    """The same, seed and all, because it came to nothing."""
    return Remade(source.parameters.seeded(), _carried(source, member))


def varied(source: Job, member: int, count: int) -> Sequence[Remade]:
    """So many, each with a seed that none of the others has."""
    seeds: set[int] = set()
    while len(seeds) < count:
        seeds |= {secrets.randbelow(MAX_SEED + 1)} - {source.parameters.seed}
    given = _unseeded(_carried(source, member))
    return [Remade(source.parameters.model_copy(update={"seed": seed}), given) for seed in seeds]


def _carried(source: Job, member: int) -> Given:
    return carried(source.given, by_same_member=source.member == member)


def _unseeded(given: Given) -> Given:
    """A seed that is drawn was chosen by nobody."""
    return {option: layer for option, layer in given.items() if option != "seed"}
