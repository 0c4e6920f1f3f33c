"""Members' own defaults and presets. They belong to persons and to no guild."""

import json
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, func, select, update

from bot.adapters.storage.pools import insert_or_skip
from bot.adapters.storage.tables import preferences, presets
from bot.domain.preference_refusals import TooManyPresetsError, UnknownPresetError
from bot.domain.preferences import MOST_PRESETS, Choices, Options, Preferences, Preset, still_valid

_OWN: Final = select(preferences.c.options).where(preferences.c.member == bindparam("who"))
_LOCK: Final = _OWN.with_for_update()
_SET: Final = update(preferences).where(preferences.c.member == bindparam("who"))
_PRESETS: Final = select(presets).where(presets.c.member == bindparam("who")).order_by(presets.c.name)
_PRESET: Final = select(presets).where(presets.c.member == bindparam("who"), presets.c.name == bindparam("called"))
_COUNT: Final = select(func.count()).select_from(presets).where(presets.c.member == bindparam("who"))
_IS: Final = (presets.c.member == bindparam("who"), presets.c.name == bindparam("called"))
_REPLACE: Final = update(presets).where(*_IS)
_DELETE: Final = delete(presets).where(*_IS)


def choices(connection: Connection, member: int, preset: str | None) -> Choices:
    """What stands behind what a member types. Raises `UnknownPresetError`."""
    if preset is None:
        return Choices(own(connection, member))
    row = connection.execute(_PRESET, {"who": member, "called": preset}).one_or_none()
    if row is None:
        raise UnknownPresetError(preset)
    return Choices(own(connection, member), _preset_of(row))


def own(connection: Connection, member: int) -> Options:
    text: str | None = connection.execute(_OWN, {"who": member}).scalar_one_or_none()
    return {} if text is None else _options_of(text)


def change(connection: Connection, member: int, changes: Options) -> Options:
    _lock(connection, member)
    wanted = {**own(connection, member), **changes}
    left = {name: value for name, value in wanted.items() if value is not None}
    connection.execute(_SET, {"who": member, "options": json.dumps(left)})
    return left


def clear(connection: Connection, member: int) -> None:
    connection.execute(_SET, {"who": member, "options": "{}"})


def found(connection: Connection, member: int) -> list[Preset]:
    return [_preset_of(row) for row in connection.execute(_PRESETS, {"who": member})]


def save(connection: Connection, member: int, preset: Preset) -> bool:
    _lock(connection, member)  # else two at once could both be the last that fits
    columns = {"options": json.dumps(dict(preset.options)), "suffix": preset.suffix}
    if connection.execute(_REPLACE, {"who": member, "called": preset.name, **columns}).rowcount:
        return False
    if connection.execute(_COUNT, {"who": member}).scalar_one() >= MOST_PRESETS:
        raise TooManyPresetsError(MOST_PRESETS)
    return insert_or_skip(connection, presets, member=member, name=preset.name, **columns)


def remove(connection: Connection, member: int, name: str) -> None:
    if connection.execute(_DELETE, {"who": member, "called": name}).rowcount != 1:
        raise UnknownPresetError(name)


def export(connection: Connection, member: int) -> Preferences:
    return Preferences(own(connection, member), tuple(found(connection, member)))


def erase(connection: Connection, member: int) -> None:
    connection.execute(delete(presets).where(presets.c.member == member))
    connection.execute(delete(preferences).where(preferences.c.member == member))


def _lock(connection: Connection, member: int) -> None:
    if connection.execute(_LOCK, {"who": member}).one_or_none() is None:
        insert_or_skip(connection, preferences, member=member, options="{}")
        connection.execute(_LOCK, {"who": member}).one()


def _preset_of(row: Row[Any]) -> Preset:
    return Preset(row.name, _options_of(row.options), row.suffix)


@lru_cache(maxsize=1024)  # read with every picture, changed rarely
def _options_of(text: str) -> Options:
    return MappingProxyType(dict(still_valid(json.loads(text))))
