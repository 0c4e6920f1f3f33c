"""What the file of a picture tells about how it was made, in the form that picture tools read."""

import json
from dataclasses import dataclass, field
from typing import Final

from bot.domain.jobs import Job

DATA_KEY: Final = "imagine-bot"
"""The name under which a file holds `Inscription.data`."""
TEXT_KEY: Final = "parameters"
"""The name under which picture tools look for `Inscription.text`."""


@dataclass(frozen=True, slots=True)
class Inscription:
    """`text` is for people and picture tools, `data` is JSON for programs."""

    text: str = field(repr=False)
    data: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Note:
    """Words found in a file, and the name under which they stood. Anybody can have written them."""

    key: str
    text: str = field(repr=False)


def inscription_of(job: Job, model: str, size: tuple[int, int]) -> Inscription:
    """Neither who asked nor where is in it: files are passed on."""
    values = job.parameters.prompt_object()
    told = {
        "Steps": values["steps"],
        "CFG scale": values["guidance"],
        "Seed": values.get("seed"),
        "Size": f"{size[0]}x{size[1]}",
        "Model": model,
        "Aspect ratio": values["aspect_ratio"],
        "Safety tolerance": values["safety_tolerance"],
        "Prompt upsampling": values["prompt_upsampling"],
        "Job": job.id,
    }
    line = ", ".join(f"{name}: {_value(value)}" for name, value in told.items() if value is not None)
    data = {"job": job.id, "origin": job.origin.value, "parent": job.parent, "model": model, "parameters": values}
    return Inscription(f"{job.parameters.prompt}\n{line}", json.dumps(data, ensure_ascii=False))


def _value(value: object) -> str:
    # The tools that invented this form put quotes around what would break the line.
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return json.dumps(text) if set(text) & set(",:\n") else text
