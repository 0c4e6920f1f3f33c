import re
from datetime import datetime
from typing import Final

from bot.domain.jobs import Job, JobState, Origin
from bot.domain.parameters import ImageParameters, OutputFormat
from bot.ui.text import cut, escaped
from bot.ui.words.amounts import in_credits, seconds
from bot.ui.words.times import full, relative

PROMPT_LIMIT: Final = 600
ALT_LIMIT: Final = 1024

REROLL: Final = "Reroll"
MORE: Final = "More"
REPORT: Final = "Report"
RETRY: Final = "Try again"
CANCEL: Final = "Cancel"
CANCEL_ANYWAY: Final = "Cancel anyway"

_OPTION: Final = re.compile(rf"\b({'|'.join(ImageParameters.model_fields)}):", re.IGNORECASE)
"""What Discord would take for the next option where somebody wrote it into a prompt; a space keeps it apart."""

CANCELLING: Final = "Cancelled while it was being painted. It ends when the image service is done with it."
WORDLESS: Final = "The words are left out here: this server's AutoMod stops them."
MORE_HAS_THEM: Final = "More has them."
HIDDEN: Final = "Hidden until staff look: members reported this picture."
REMOVED: Final = "Removed by staff."
FETCHING: Final = "Fetching the picture that was kept …"
FETCH: Final = "Show here"
DISMISS: Final = "Nothing wrong"
REMOVE: Final = "Remove"
BLOCK_ASKER: Final = "Block who asked for it"
CANCELLED_FREE: Final = "Cancelled. Nothing was charged."


def prompt(job: Job) -> str:
    return escaped(job.parameters.prompt, PROMPT_LIMIT)


def alt_text(job: Job) -> str:
    return cut(job.parameters.prompt, ALT_LIMIT)


def asked_by(job: Job) -> str:
    verb = {Origin.IMAGINE: "Asked", Origin.REROLL: "Rerolled", Origin.RETRY: "Tried again"}[job.origin]
    return f"{verb} by <@{job.member}>"


def parameters(values: ImageParameters) -> str:
    """One line: what shapes the picture, and whatever else is not as usual."""
    seed = [] if values.seed is None else [f"seed {values.seed}"]
    return " · ".join([values.aspect_ratio.value, _file(values), *seed, *_unusual(values)])


def queued(place: int, ready_by: datetime) -> str:
    turn = "Next in line" if place == 1 else f"Number {place} in line"
    return f"{turn}, expected {relative(ready_by)}"


def painting(ready_by: datetime) -> str:
    return f"Painting, expected {relative(ready_by)}"


def cancelled(job: Job, *, charged: bool) -> str:
    return f"Cancelled after it was painted: {in_credits(job.price)} spent." if charged else CANCELLED_FREE


def cancelling(job: Job) -> str:
    return f"Cancelled: nobody will see it. It costs {in_credits(job.price)} if it is made, nothing if it is not."


def kept(job: Job, until: datetime) -> str:
    paid = "It is paid" if job.state is JobState.DELIVERED else f"{in_credits(job.price)} held"
    return (
        f"The picture was made, but could not be posted. It is kept for <@{job.member}> until {full(until)}: "
        f"`/queue` shows it wherever I may post. {paid}; until it is shown, nothing more is charged."
    )


def command(values: ImageParameters) -> str:
    """The command that makes this very picture again, ready to paste."""
    fields = values.prompt_object() | {"prompt": _OPTION.sub(r"\1 :", values.prompt)}
    return "/imagine " + " ".join(f"{name}:{_typed(value)}" for name, value in fields.items())


def details(job: Job) -> str:
    lines = [
        f"**{name}** {_typed(value)}" for name, value in job.parameters.prompt_object().items() if name != "prompt"
    ]
    taken = [] if job.seconds is None else [f"**painted in** {seconds(job.seconds)}"]
    return "\n".join([*lines, f"**price** {in_credits(job.price)}", *taken, f"-# Job {job.id}"])


def _file(values: ImageParameters) -> str:
    if values.output_format is OutputFormat.JPG:
        return f"jpg {values.output_quality}"
    return values.output_format.value


def _unusual(values: ImageParameters) -> list[str]:
    usual = ImageParameters.model_fields
    return [
        f"{name.replace('_', ' ')} {_typed(value)}"
        for name in ("steps", "guidance", "safety_tolerance", "prompt_upsampling")
        if (value := getattr(values, name)) != usual[name].default
    ]


def _typed(value: object) -> str:
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)
