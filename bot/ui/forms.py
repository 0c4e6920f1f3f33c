"""What a submitted form holds, read from the interaction itself: whoever opened the form may be long gone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from discord import InteractionType

from bot.ui.services import Interaction

FORM_SECONDS: Final = 30 * 60
PROMPT: Final = "prompt"
"""The field of a form in which somebody describes a picture; what stands there is given back where it is refused."""


def fields_of(interaction: Interaction) -> Mapping[str, str]:
    """Each field by its id; of a list the first that was chosen, nothing where nobody chose."""
    data: Any = interaction.data or {}
    return dict(_fields(data.get("components", [])))


def prompt_of(interaction: Interaction) -> str:
    """What was typed into a form's field for it; empty at every other door."""
    return fields_of(interaction).get(PROMPT, "") if interaction.type is InteractionType.modal_submit else ""


def _fields(components: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for component in components:
        if "value" in component:
            yield component["custom_id"], component["value"]
        if "values" in component:
            yield component["custom_id"], next(iter(component["values"]), "")
        yield from _fields([component["component"]] if "component" in component else [])
        yield from _fields(component.get("components", []))
