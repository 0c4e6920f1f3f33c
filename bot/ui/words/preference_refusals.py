"""What cannot be done with a member's own defaults and presets, for that member."""

from functools import singledispatch
from typing import Final

from bot.domain import preference_refusals as no
from bot.ui.text import escaped

_NAME: Final = 100
_UNCHANGED: Final = "Nothing was changed."


@singledispatch
def preference_refusal(error: no.PreferenceError) -> str:
    raise NotImplementedError(type(error).__name__)


@preference_refusal.register
def _(error: no.BadPresetNameError) -> str:
    typed = f"this one has {error.length:,}" if error.length else "this one has none that can be seen"
    return f"A preset's name has 1 to {error.most} characters, and {typed}. {_UNCHANGED}"


@preference_refusal.register
def _(_: no.EmptyPresetError) -> str:
    return f"A preset needs at least one option or a `suffix`: this one would do nothing. {_UNCHANGED}"


@preference_refusal.register
def _(error: no.SuffixTooLongError) -> str:
    return (
        f"That would be {error.length:,} characters, and {error.most:,} is the most: a preset's `suffix` comes "
        "behind your prompt. Nothing was charged."
    )


@preference_refusal.register
def _(error: no.TooManyPresetsError) -> str:
    return f"You already have {error.most} presets, the most there may be. `/preset delete` makes room. {_UNCHANGED}"


@preference_refusal.register
def _(error: no.UnknownPresetError) -> str:
    return (
        f"You have no preset called {escaped(error.name, _NAME)}. `/preset list` shows those you have. "
        "Nothing was charged."
    )
