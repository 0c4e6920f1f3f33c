"""A setting as it stands on a page: its value in words, and the control that changes it.

Nothing here listens. Each custom id says all there is to know, and `doors` serves it, also after a restart.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias

from discord import ChannelType, SelectDefaultValue, SelectDefaultValueType, SelectOption
from discord.ui import ActionRow, Button, ChannelSelect, Item, LayoutView, RoleSelect, Section, Select, TextDisplay

from bot.domain.records import Regulations
from bot.domain.rules import MOST_LISTED
from bot.ui.custom_ids import set_edit_id, set_id, set_tidy_id
from bot.ui.panel.input import coded
from bot.ui.panel.presence import Presence
from bot.ui.panel.table import LISTED, TYPED, Control, Setting
from bot.ui.words import setting_values as values
from bot.ui.words import settings as words

Part: TypeAlias = Item[LayoutView]
_SPEAKING: Final = [ChannelType.text, ChannelType.news]
_PLACES: Final = [
    *_SPEAKING,
    ChannelType.category,
    ChannelType.voice,
    ChannelType.stage_voice,
    ChannelType.forum,
]


def settings(shown: Sequence[Setting], known: Regulations, presence: Presence) -> Iterator[Part]:
    for setting in shown:
        yield from _setting(setting, known, presence)


def row(*items: Item[Any]) -> ActionRow[LayoutView]:
    made: ActionRow[LayoutView] = ActionRow()
    for item in items:
        made.add_item(item)
    return made


def beside(text: str, button: Button[Any]) -> Section[LayoutView]:
    return Section(TextDisplay(text), accessory=button)


def _setting(setting: Setting, known: Regulations, presence: Presence) -> Iterator[Part]:
    seen = known.revisions.get(setting.name, 0)
    text = values.shown(setting, known.rules, presence)
    if setting.control in TYPED:
        yield beside(text, Button(label=words.EDIT, custom_id=set_edit_id(setting.key, seen)))
        return
    gone = presence.gone(setting.control, ids_of(setting, known)) if setting.control in LISTED else ()
    if gone:
        yield beside(text, Button(label=words.TIDY, custom_id=set_tidy_id(setting.key, seen)))
    else:
        yield TextDisplay(text)
    yield row(_select(setting, known, frozenset(gone), set_id(setting.key, seen)))


def ids_of(setting: Setting, known: Regulations) -> frozenset[int]:
    value = setting.value(known.rules)
    if not setting.part:
        return frozenset(value)
    return frozenset() if value is None else frozenset({value})


def _select(setting: Setting, known: Regulations, gone: frozenset[int], custom_id: str) -> Item[Any]:
    match setting.control:
        case Control.ROLES | Control.CHANNELS | Control.CHANNEL:
            return _entities(setting, sorted(ids_of(setting, known) - gone), custom_id)
        case _:
            return choices(setting, setting.value(known.rules), custom_id)


def _entities(setting: Setting, there: Sequence[int], custom_id: str) -> Item[Any]:
    most = 1 if setting.control is Control.CHANNEL else MOST_LISTED
    is_role = setting.control is Control.ROLES
    kind = SelectDefaultValueType.role if is_role else SelectDefaultValueType.channel
    given: dict[str, Any] = {"custom_id": custom_id, "min_values": 0, "max_values": most}
    given["default_values"] = marked(there[:most], kind)
    if is_role:
        return RoleSelect(placeholder=words.CHOOSE, **given)
    types = _SPEAKING if setting.control is Control.CHANNEL else _PLACES
    return ChannelSelect(placeholder=words.CHOOSE, channel_types=list(types), **given)


def marked(ids: Sequence[int], kind: SelectDefaultValueType) -> list[SelectDefaultValue]:
    """What a list shows as chosen."""
    # discord.py sends ids as it gets them, and Discord's description of its API wants text.
    texts: Any = map(str, ids)
    return [SelectDefaultValue(id=it, type=kind) for it in texts]


def choices(setting: Setting, value: Any, custom_id: str) -> Select[Any]:
    several = setting.control is Control.CHOICES
    options = [
        SelectOption(
            label=values.choice(setting, it), value=coded(it), default=it in value if several else _same(it, value)
        )
        for it in setting.choices
    ]
    least, most = (0, len(options)) if several else (1, 1)
    return Select(custom_id=custom_id, placeholder=words.CHOOSE, min_values=least, max_values=most, options=options)


def _same(one: Any, other: Any) -> bool:
    # 1 is not True here.
    return coded(one) == coded(other)
