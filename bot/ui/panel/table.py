"""Every setting of a guild as the panel offers it: on which page, and by which kind of control."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from annotated_types import Ge, Le
from pydantic import ValidationError

from bot.domain.parameters import OPTIONS, AspectRatio, ImageParameters, OutputFormat
from bot.domain.rules import Family, GuildRules, Rerollers


class Control(StrEnum):
    """How a setting is shown and changed."""

    CHANNELS = "channels"
    CHANNEL = "channel"
    ROLES = "roles"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    DECIMAL = "decimal"
    SECONDS = "seconds"


OWN: Final = "own"
TYPED: Final = frozenset({Control.NUMBER, Control.DECIMAL, Control.SECONDS})
"""In a form; everything else is chosen from a list."""
LISTED: Final = frozenset({Control.CHANNELS, Control.CHANNEL, Control.ROLES})
"""What can be deleted in Discord while a setting still names it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """`name` is a field of `GuildRules`; where that is a mapping, `part` is a key in it."""

    name: str
    page: str
    control: Control
    part: str = ""
    choices: tuple[Any, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.name}.{self.part}" if self.part else self.name

    @property
    def is_option(self) -> bool:
        """A default of an option of a picture: the guild's, or a member's own."""
        return self.name in {"defaults", OWN}

    def value(self, rules: GuildRules) -> Any:
        """None where a mapping says nothing about it."""
        value = getattr(rules, self.name)
        return value.get(self.part) if self.part else value

    def with_value(self, rules: GuildRules, value: Any) -> Any:
        """What the whole field becomes; None is what it is by default."""
        if not self.part:
            return value
        others = {key: it for key, it in getattr(rules, self.name).items() if key != self.part}
        return others if value is None else others | {self.part: value}

    def bounds(self) -> tuple[float, float]:
        """The least and the most of a number."""
        fields = ImageParameters.model_fields if self.is_option else GuildRules.model_fields
        marks = fields[self.part or self.name].metadata
        least = next(mark.ge for mark in marks if isinstance(mark, Ge))
        most = next(mark.le for mark in marks if isinstance(mark, Le))
        return float(least), float(most)  # type: ignore[arg-type]  # Annotated with numbers


_STRICTNESS: Final = tuple(range(1, 7))
_OF_OPTIONS: Final[dict[str, tuple[Control, tuple[Any, ...]]]] = {
    "aspect_ratio": (Control.CHOICE, (None, *map(str, AspectRatio))),
    "output_format": (Control.CHOICE, (None, *map(str, OutputFormat))),
    "guidance": (Control.DECIMAL, ()),
    "safety_tolerance": (Control.CHOICE, (None, *_STRICTNESS)),
    "prompt_upsampling": (Control.CHOICE, (None, True, False)),
}
"""The options of a picture that are not whole numbers."""


def _defaults(name: str) -> Iterator[Setting]:
    for option in OPTIONS:
        control, choices = _OF_OPTIONS.get(option, (Control.NUMBER, ()))
        yield Setting(name, name, control, option, choices)


SETTINGS: Final = (
    Setting("channels", "places", Control.CHANNELS),
    Setting("users", "people", Control.ROLES),
    Setting("barred", "people", Control.ROLES),
    Setting("unhurried", "people", Control.ROLES),
    Setting("staff", "people", Control.ROLES),
    Setting("member_jobs", "spending", Control.NUMBER),
    Setting("cooldown", "spending", Control.SECONDS),
    Setting("variations", "spending", Control.NUMBER),
    Setting("tolerance", "boldness", Control.CHOICE, choices=_STRICTNESS),
    Setting("restricted_tolerance", "boldness", Control.CHOICE, choices=_STRICTNESS),
    Setting("spoiler_from", "boldness", Control.CHOICE, choices=(None, *_STRICTNESS)),
    Setting("moderated_an_hour", "boldness", Control.NUMBER),
    Setting("reports_to_hide", "boldness", Control.NUMBER),
    *_defaults("defaults"),
    Setting("max_steps", "limits", Control.NUMBER),
    Setting("max_quality", "limits", Control.NUMBER),
    Setting("locked", "limits", Control.CHOICES, choices=OPTIONS),
    Setting("reroll", "reroll", Control.CHOICE, choices=tuple(map(str, Rerollers))),
    Setting("reroll_roles", "reroll", Control.ROLES),
    *(Setting("log", "log", Control.CHANNEL, family.value) for family in Family),
    Setting("open_stats", "log", Control.CHOICE, choices=(False, True)),
    Setting("inscribed", "log", Control.CHOICE, choices=(True, False)),
    Setting("paused", "pause", Control.CHOICE, choices=(False, True)),
)
BY_KEY: Final = {setting.key: setting for setting in SETTINGS}
OWN_SETTINGS: Final = {setting.part: setting for setting in _defaults(OWN)}
"""A member's, by option; of the same kinds, but no field of `GuildRules`."""


def on_page(page: str) -> list[Setting]:
    return [setting for setting in SETTINGS if setting.page == page]


def changed(subject: str, before: GuildRules, after: GuildRules) -> list[Setting]:
    """Those of a field that differ."""
    return [it for it in SETTINGS if it.name == subject and it.value(before) != it.value(after)]


def rules_with(name: str, told: str | None) -> GuildRules:
    """A record's JSON as rules in which only that one is set. What today's version cannot have is left out."""
    if told is None or name not in GuildRules.model_fields:
        return GuildRules()
    try:
        return GuildRules.model_validate({name: json.loads(told)})
    except ValidationError:
        return GuildRules()
