from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from bot.domain.parameters import ImageParameters
from bot.domain.refusals import BadParametersError

P = TypeVar("P", bound=ImageParameters)


def parameters_of(fields: Mapping[str, Any]) -> ImageParameters:
    """What a client sent, checked again here: Discord's own checks can be forged. None is what was left out."""
    return checked(ImageParameters, fields)


def checked(model: type[P], fields: Mapping[str, Any]) -> P:
    """The same as parameters of this kind."""
    try:
        return model.model_validate({name: value for name, value in fields.items() if value is not None})
    except ValidationError as error:
        raise BadParametersError(
            [(str(problem["loc"][0]), problem["msg"].removeprefix("Value error, ")) for problem in error.errors()]
        ) from None
