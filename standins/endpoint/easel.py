"""One commission for the painter, as a value that can be handed to a thread."""

from dataclasses import dataclass
from typing import Literal

from standins.endpoint.painter import paint, repaint

ImageFormat = Literal["jpg", "png"]


@dataclass(frozen=True, slots=True)
class Commission:
    prompt: str
    seed: int
    aspect_ratio: str
    output_format: ImageFormat
    output_quality: int
    scale: float
    source: bytes | None
    """The picture to change; without one, a new picture is painted."""


def execute(commission: Commission) -> bytes:
    asked = (
        commission.prompt,
        commission.seed,
        commission.aspect_ratio,
        commission.output_format,
        commission.output_quality,
    )
    if commission.source is None:
        return paint(*asked, scale=commission.scale)
    return repaint(commission.source, *asked, scale=commission.scale)
