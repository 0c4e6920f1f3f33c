import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.domain.orders import Caller
from bot.domain.preference_refusals import BadPresetNameError, EmptyPresetError, SuffixTooLongError
from bot.domain.preferences import NAME_LIMIT, SUFFIX_LIMIT, Options, Preset
from bot.ports import PreferenceBook
from bot.services.admission import Admission
from bot.services.typed import parameters_of

_JOINERS: Final = frozenset({"\u200d"})


class Preferences:
    """What members set for themselves: defaults of options, and presets. It goes with them into every guild."""

    def __init__(self, book: PreferenceBook, admission: Admission) -> None:
        self._book = book
        self._admission = admission

    async def own(self, caller: Caller) -> Options:
        self._admission.welcome(caller)
        return await self._book.own(caller.member)

    async def change(self, caller: Caller, option: str, value: Any) -> Options:
        """None takes the default away. Raises `BadParametersError`."""
        self._admission.welcome(caller)
        return await self._book.change(caller.member, {option: None} if value is None else _checked({option: value}))

    async def clear(self, caller: Caller) -> None:
        self._admission.welcome(caller)
        await self._book.clear(caller.member)

    async def presets(self, caller: Caller) -> Sequence[Preset]:
        self._admission.welcome(caller)
        return await self._book.presets(caller.member)

    async def save(self, caller: Caller, name: str, fields: Mapping[str, Any], suffix: str) -> tuple[Preset, bool]:
        """The preset, and whether it is new; raises `BadParametersError`, or a `PreferenceError`."""
        self._admission.welcome(caller)
        preset = Preset(cleaned(name), _checked(fields), _words(suffix))
        if not preset.options and not preset.suffix:
            raise EmptyPresetError
        return preset, await self._book.save(caller.member, preset)

    async def delete(self, caller: Caller, name: str) -> str:
        """The name as it was stored; raises `UnknownPresetError`."""
        self._admission.welcome(caller)
        known = cleaned(name)
        await self._book.delete(caller.member, known)
        return known


def cleaned(name: str) -> str:
    """A preset's name as it is stored and looked for. Raises `BadPresetNameError`."""
    # Surrogates cannot be normalized, and an emoji of several parts needs its joiners.
    seen = (c for c in name if c.isspace() or c in _JOINERS or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    clean = " ".join(unicodedata.normalize("NFC", "".join(seen)).split())
    is_seen = any(c.isprintable() and not c.isspace() for c in clean)
    if not is_seen or len(clean) > NAME_LIMIT:
        raise BadPresetNameError(len(clean) if is_seen else 0, NAME_LIMIT)
    return clean


def _words(suffix: str) -> str:
    """As a prompt is: without what no database takes."""
    words = suffix.strip()
    if len(words) > SUFFIX_LIMIT:
        raise SuffixTooLongError(len(words), SUFFIX_LIMIT)
    return parameters_of({"prompt": words}).prompt if words else ""


def _checked(fields: Mapping[str, Any]) -> Options:
    """Raises `BadParametersError`."""
    typed = parameters_of({**fields, "prompt": "x"})
    return typed.model_dump(mode="json", include=typed.model_fields_set - {"prompt"})
