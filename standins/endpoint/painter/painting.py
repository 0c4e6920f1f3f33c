"""A new picture."""

from standins.endpoint.painter.chance import chance
from standins.endpoint.painter.frame import Frame
from standins.endpoint.painter.output import developed, encode, sign
from standins.endpoint.painter.palette import palette
from standins.endpoint.painter.sizes import size_of
from standins.endpoint.painter.subject import scene_for


def paint(
    prompt: str, seed: int, aspect_ratio: str, output_format: str, output_quality: int, *, scale: float = 1.0
) -> bytes:
    """The prompt decides the subject and the colours, the seed the composition."""
    rng = chance(prompt, str(seed))
    frame = Frame(*size_of(aspect_ratio, scale))
    image = developed(scene_for(prompt)(frame, palette(chance(prompt)), rng), rng)
    sign(image, f"stand-in · seed {seed}")
    return encode(image, output_format, output_quality)
