"""What cannot be done with a member's own defaults and presets.

PreferenceError
├── BadPresetNameError         a name that is empty or too long
├── EmptyPresetError           neither an option nor words
├── SuffixTooLongError         the preset's words do not fit behind the prompt
├── TooManyPresetsError        as many as a member may have
└── UnknownPresetError         the member has none of this name
"""

from dataclasses import dataclass

from bot.domain.refusals import RefusalError


class PreferenceError(RefusalError):
    pass


@dataclass(eq=False)
class BadPresetNameError(PreferenceError):
    length: int
    most: int


class EmptyPresetError(PreferenceError):
    pass


@dataclass(eq=False)
class SuffixTooLongError(PreferenceError):
    """`length` is what the prompt would have, or the words alone where they are saved."""

    length: int
    most: int


@dataclass(eq=False)
class TooManyPresetsError(PreferenceError):
    most: int


@dataclass(eq=False)
class UnknownPresetError(PreferenceError):
    name: str
