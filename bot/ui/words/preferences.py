"""A member's own defaults and presets."""

from collections.abc import Sequence
from typing import Any, Final

from bot.domain.preferences import MOST_PRESETS, Options, Preset
from bot.ui.panel.presence import Presence
from bot.ui.panel.table import OWN_SETTINGS, Setting
from bot.ui.text import escaped
from bot.ui.words.setting_values import UNCHANGED, takes, value

HEADING: Final = (
    "## My defaults\nWhat your options are where you type nothing, in every server. "
    "A server's ceilings and locked options still hold."
)
CLEAR: Final = "Clear all"
CLEARED: Final = "All your defaults are cleared. Your presets are as they were."
NO_PRESETS: Final = "You have no presets. `/preset save` makes one."
_NAME: Final = 80
_SUFFIX: Final = 100
_LIST: Final = 3500


def shown(setting: Setting, it: Any) -> str:
    return f"**{setting.part}** · {_told(setting, it)}"


def changed(setting: Setting, own: Options) -> str:
    return f"Your default of **{setting.part}** is {_told(setting, own.get(setting.part))}."


def refused(setting: Setting) -> str:
    return f"**{setting.part}** takes {takes(setting)}. {UNCHANGED}"


def form_hint(setting: Setting) -> str:
    return f"{takes(setting).capitalize()}. Empty: as the server has it"


def saved(preset: Preset, *, fresh: bool) -> str:
    what = "saved" if fresh else "saved in the place of the former one"
    return f"Preset {preset_line(preset)}\nis {what}. `/preset use` paints with it."


def deleted(name: str) -> str:
    return f"The preset **{escaped(name, _NAME)}** is deleted."


def listed(presets: Sequence[Preset]) -> str:
    """As many as fit; the others come up while one types."""
    if not presets:
        return NO_PRESETS
    lines = [f"## My presets: {len(presets)} of {MOST_PRESETS}"]
    for number, preset in enumerate(presets):
        line = f"- {preset_line(preset)}"
        if sum(map(len, lines)) + len(lines) + len(line) > _LIST:
            return "\n".join([*lines, f"- and {len(presets) - number} more, which come up in `/preset use`"])
        lines.append(line)
    return "\n".join(lines)


def preset_line(preset: Preset) -> str:
    options = [f"{name} {_told(OWN_SETTINGS[name], it)}" for name, it in preset.options.items()]
    suffix = [f"… {escaped(preset.suffix, _SUFFIX)}"] if preset.suffix else []
    return f"**{escaped(preset.name, _NAME)}** · {' · '.join([*options, *suffix])}"


def _told(setting: Setting, it: Any) -> str:
    return value(setting, it, Presence())
