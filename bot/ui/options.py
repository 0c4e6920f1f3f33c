"""A command's options from the one definition of the endpoint's fields."""

import inspect
from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Any, Final, TypeVar, get_args

from annotated_types import Ge, Le, MaxLen, MinLen
from discord import AppCommandOptionType, app_commands
from discord.app_commands import Choice, Transformer
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from typing_extensions import override

from bot.ui.services import Interaction

_TYPES: Final = {
    bool: AppCommandOptionType.boolean,
    int: AppCommandOptionType.integer,
    float: AppCommandOptionType.number,
}

Callback = TypeVar("Callback", bound=Callable[..., Any])


class FieldOption(Transformer):
    """One field as Discord shows it: type, range and choices. The value passes through as it came."""

    def __init__(self, field: FieldInfo) -> None:
        self._field = field

    @property
    @override
    def type(self) -> AppCommandOptionType:
        return _TYPES.get(self._python_type, AppCommandOptionType.string)

    @property
    @override
    def min_value(self) -> Any:
        return self._bound(Ge, "ge") if self._is_number else self._bound(MinLen, "min_length")

    @property
    @override
    def max_value(self) -> Any:
        return self._bound(Le, "le") if self._is_number else self._bound(MaxLen, "max_length")

    @property
    @override
    def choices(self) -> list[Choice[str | int | float]] | None:
        if not issubclass(self._python_type, StrEnum):
            return None
        return [Choice(name=member.value, value=member.value) for member in self._python_type]

    @override
    async def transform(self, interaction: Interaction, value: Any, /) -> Any:
        return value

    @property
    def _is_number(self) -> bool:
        return self._python_type in {int, float}

    @property
    def _python_type(self) -> Any:
        annotation = self._field.annotation
        alternatives = [kind for kind in get_args(annotation) if kind is not type(None)]
        return alternatives[0] if alternatives else annotation

    def _bound(self, kind: Any, name: str) -> Any:
        return next((getattr(mark, name) for mark in self._field.metadata if isinstance(mark, kind)), None)


def options_of(model: type[BaseModel], without: Collection[str] = frozenset()) -> Callable[[Callback], Callback]:
    """Give a command's callback one option for each other field of the model; it takes them as keywords."""
    fields = {name: field for name, field in model.model_fields.items() if name not in without}

    def describe(callback: Callback) -> Callback:
        own = [it for it in inspect.signature(callback).parameters.values() if it.kind is not it.VAR_KEYWORD]
        options = [_parameter(name, field) for name, field in fields.items()]
        callback.__signature__ = inspect.Signature([*own, *options])  # type: ignore[attr-defined]
        texts = {name: field.description or name for name, field in fields.items()}
        return app_commands.describe(**texts)(callback)

    return describe


def _parameter(name: str, field: FieldInfo) -> inspect.Parameter:
    default = inspect.Parameter.empty if field.is_required() else None  # the model knows its own defaults
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=default,
        annotation=app_commands.Transform[Any, FieldOption(field)],
    )
