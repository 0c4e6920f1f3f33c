"""How members like their pictures where they type nothing: defaults of their own, and presets that have names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from pydantic import ValidationError

from bot.domain.parameters import OPTIONS, ImageParameters

MOST_PRESETS: Final = 25
"""As many as Discord offers while somebody types a name."""
NAME_LIMIT: Final = 32
SUFFIX_LIMIT: Final = 1000
_CLOSE: Final = frozenset(",.;:!?)")
"""What stands at the end of a prompt without a space before it."""

Options: TypeAlias = Mapping[str, Any]
"""Values by option, as JSON has them; never the prompt."""


@dataclass(frozen=True, slots=True)
class Preset:
    name: str
    options: Options
    suffix: str = field(default="", repr=False)

    def extended(self, prompt: str) -> str:
        space = "" if self.suffix[:1] in _CLOSE else " "
        return f"{prompt}{space}{self.suffix}" if self.suffix else prompt


@dataclass(frozen=True, slots=True)
class Choices:
    """What stands behind what a member types: a preset, if they named one, and behind it their own defaults."""

    own: Options = field(default_factory=dict)
    preset: Preset | None = None


NO_CHOICES: Final = Choices()


@dataclass(frozen=True, slots=True)
class Preferences:
    """All that is stored of a member's, the presets by name."""

    own: Options
    presets: tuple[Preset, ...]


def options_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the values that are options; raises `ValidationError` where the endpoint takes one of them not."""
    known = {name: value for name, value in values.items() if name in OPTIONS}
    checked = ImageParameters.model_validate({"prompt": "x", **known})
    return checked.model_dump(mode="json", include=set(known))


def still_valid(values: Mapping[str, Any]) -> Options:
    """What was stored by another version, without what this one does not take."""
    return {name: value for name, value in values.items() if _is_valid(name, value)}


def _is_valid(name: str, value: object) -> bool:
    try:
        return name in options_of({name: value})
    except ValidationError:
        return False
