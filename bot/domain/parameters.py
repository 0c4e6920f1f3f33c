"""What may be asked of the endpoint: the one definition of its nine fields.

Source of names, ranges and defaults: the endpoint's own page,
https://docs.1min.ai/docs/api/ai-for-image/image-generator/flux-2-pro-image-generation.
The bounds of `prompt` (4,000 characters) and `seed` (31 bits) are ours; the page names none.
"""

import secrets
import unicodedata
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

MAX_SEED: Final = 2**31 - 1


class AspectRatio(StrEnum):
    SQUARE = "1:1"
    WIDE = "16:9"
    TALL = "9:16"
    LANDSCAPE = "3:2"
    PORTRAIT = "2:3"
    SHORT_PORTRAIT = "4:5"
    SHORT_LANDSCAPE = "5:4"


class OutputFormat(StrEnum):
    JPG = "jpg"
    PNG = "png"


def _storable(text: object) -> object:
    # Control characters and lone surrogates can be typed by a forged client; no database takes them all.
    if not isinstance(text, str):
        return text
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"}).strip()


class ImageParameters(BaseModel):
    """The `promptObject` of a request, field for field. Neither its repr nor its errors tell the prompt."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    prompt: Annotated[
        str,
        BeforeValidator(_storable),
        Field(min_length=1, max_length=4000, repr=False, description="What the picture shows"),
    ]
    aspect_ratio: Annotated[AspectRatio, Field(description="Shape of the picture")] = AspectRatio.SQUARE
    output_format: Annotated[OutputFormat, Field(description="File format")] = OutputFormat.PNG
    output_quality: Annotated[
        int, Field(strict=True, ge=0, le=100, description="Quality of the file; matters for jpg")
    ] = 80
    steps: Annotated[int, Field(strict=True, ge=15, le=50, description="Diffusion steps: more is slower and finer")] = (
        25
    )
    guidance: Annotated[
        float, Field(ge=2, le=5, allow_inf_nan=False, description="How closely to follow the prompt")
    ] = 3
    safety_tolerance: Annotated[
        int,
        Field(
            strict=True,
            ge=1,
            le=6,
            description="1 strictest to 6 most permissive; each channel has its own ceiling",
        ),
    ] = 2
    prompt_upsampling: Annotated[bool, Field(strict=True, description="Let the model embellish the prompt")] = False
    seed: Annotated[
        int | None,
        Field(strict=True, ge=0, le=MAX_SEED, description="Same seed, same picture; drawn when left out"),
    ] = None

    @field_validator("prompt")
    @classmethod
    def _says_something(cls, prompt: str) -> str:
        if not any(c.isprintable() and not c.isspace() for c in prompt):
            raise ValueError("has no visible character")
        return prompt

    def seeded(self) -> "ImageParameters":
        """These parameters with a seed drawn when none was given, so that the picture can be made again."""
        return self if self.seed is not None else self.reseeded()

    def reseeded(self) -> "ImageParameters":
        return self.model_copy(update={"seed": secrets.randbelow(MAX_SEED + 1)})

    def prompt_object(self) -> dict[str, Any]:
        """Every field set is sent, defaults too: the picture then does not depend on the endpoint's own."""
        return self.model_dump(mode="json", exclude_none=True)
