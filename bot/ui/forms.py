"""What a submitted form holds, read from the interaction itself: whoever opened the form may be long gone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bot.ui.services import Interaction

FORM_SECONDS: Final = 30 * 60


def fields_of(interaction: Interaction) -> Mapping[str, str]:
    """Each field by its id; of a list the first that was chosen, nothing where nobody chose."""
    data: Any = interaction.data or {}
    return dict(_fields(data.get("components", [])))


def _fields(components: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for component in components:
        if "value" in component:
            yield component["custom_id"], component["value"]
        if "values" in component:
            yield component["custom_id"], next(iter(component["values"]), "")
        yield from _fields([component["component"]] if "component" in component else [])
        yield from _fields(component.get("components", []))
