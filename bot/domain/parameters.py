"""What may be asked of the endpoint: the one definition of its nine fields, and how editing differs.

Source of names, ranges and defaults: the endpoint's own pages,
https://docs.1min.ai/docs/api/ai-for-image/image-generator/flux-2-pro-image-generation and
https://docs.1min.ai/docs/api/ai-for-image/image-text-editor/flux-2-pro-image-text-editor.
The bounds of `prompt` (4,000 characters) and `seed` (31 bits) are ours; the page names none.
"""

import secrets
import unicodedata
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Final, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

MAX_SEED: Final = 2**31 - 1
PROMPT_LIMIT: Final = 4000


class AspectRatio(StrEnum):
    SQUARE = "1:1"
    WIDE = "16:9"
    TALL = "9:16"
    LANDSCAPE = "3:2"
    PORTRAIT = "2:3"
    SHORT_PORTRAIT = "4:5"
    SHORT_LANDSCAPE = "5:4"


class EditRatio(StrEnum):
    """Those of a new picture, and the one of the picture that is edited."""

    SOURCE = "match_input_image"
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
    left = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"}).strip()
    if not any(c.isprintable() and not c.isspace() for c in left):
        raise ValueError("has no visible character")
    return left


class ImageParameters(BaseModel):
    """The `promptObject` of a request, field for field. Neither its repr nor its errors tell the prompt."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    undefaulted: ClassVar[frozenset[str]] = frozenset()
    """Options for which nobody's own default counts."""

    prompt: Annotated[
        str,
        BeforeValidator(_storable),
        Field(min_length=1, max_length=PROMPT_LIMIT, repr=False, description="What the picture shows"),
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

    def seeded(self) -> Self:
        """These parameters with a seed drawn when none was given, so that the picture can be made again."""
        return self if self.seed is not None else self.reseeded()

    def reseeded(self) -> Self:
        return self.model_copy(update={"seed": secrets.randbelow(MAX_SEED + 1)})

    def prompt_object(self) -> dict[str, Any]:
        """Every field set is sent, defaults too: the picture then does not depend on the endpoint's own."""
        return self.model_dump(mode="json", exclude_none=True)


OPTIONS: Final = tuple(name for name in ImageParameters.model_fields if name != "prompt")
"""What there can be a default for."""
_RATIO: Final = Field(description="Shape of the picture; that of the source when left out")


class EditParameters(ImageParameters):
    """The same for a picture that is edited, without the picture itself."""

    undefaulted: ClassVar[frozenset[str]] = frozenset({"aspect_ratio"})

    aspect_ratio: Annotated[EditRatio, _RATIO] = EditRatio.SOURCE  # type: ignore[assignment]  # read by its value
