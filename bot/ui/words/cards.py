import re
from datetime import datetime
from typing import Final

from bot.domain.jobs import Job, JobState, Origin
from bot.domain.layers import Layer
from bot.domain.parameters import EditParameters, EditRatio, ImageParameters, OutputFormat
from bot.ui.text import cut, escaped
from bot.ui.words.amounts import in_credits, seconds
from bot.ui.words.edits import ATTACH
from bot.ui.words.links import card_link
from bot.ui.words.people import mention
from bot.ui.words.times import full, relative

PROMPT_LIMIT: Final = 600
ALT_LIMIT: Final = 1024

REROLL: Final = "Reroll"
MORE: Final = "More"
REPORT: Final = "Report"
REMIX: Final = "Remix"
VARIATIONS: Final = "Variations"
RETRY: Final = "Try again"
CANCEL: Final = "Cancel"
CANCEL_ANYWAY: Final = "Cancel anyway"

_OPTION: Final = re.compile(rf"\b({'|'.join(ImageParameters.model_fields)}):", re.IGNORECASE)
_OPTION_OF_EDITS: Final = re.compile(rf"\b({'|'.join([*EditParameters.model_fields, 'image'])}):", re.IGNORECASE)
"""What Discord would take for the next option where somebody wrote it into a prompt; a space keeps it apart."""

CANCELLING: Final = "Cancelled while it was being painted. It ends when the image service is done with it."
WORDLESS: Final = "The words are left out here: this server's AutoMod stops them."
MORE_HAS_THEM: Final = "More has them."
HIDDEN: Final = "Hidden until staff look: members reported this picture."
REMOVED: Final = "Removed by staff."
DELETED: Final = "Deleted by who asked for it."
FETCHING: Final = "Fetching the picture that was kept …"
FETCH: Final = "Show here"
SHOW_AGAIN: Final = "Show again here"
FAVOURITE: Final = "Favourite"
UNFAVOURITE: Final = "No favourite any more"
DELETE: Final = "Delete"
DELETE_ANYWAY: Final = "Delete for good"
DISMISS: Final = "Nothing wrong"
REMOVE: Final = "Remove"
BLOCK_ASKER: Final = "Block who asked for it"
CANCELLED_FREE: Final = "Cancelled. Nothing was charged."

_LAYERS: Final = {
    Layer.TYPED: "typed",
    Layer.SOURCE: "from the picture before",
    Layer.PRESET: "{whose} preset",
    Layer.OWN: "{whose} default",
    Layer.GUILD: "this server's",
    Layer.ENDPOINT: "as everywhere",
}
_SHAPES: Final = {EditRatio.SOURCE.value: "shape of the source"}
_VERBS: Final = {
    Origin.IMAGINE: "Asked",
    Origin.REROLL: "Rerolled",
    Origin.RETRY: "Tried again",
    Origin.REMIX: "Remixed",
    Origin.VARIATION: "Varied",
    Origin.EDIT: "Edited",
}


def prompt(job: Job) -> str:
    return escaped(job.parameters.prompt, PROMPT_LIMIT)


def alt_text(job: Job) -> str:
    return cut(job.parameters.prompt, ALT_LIMIT)


def asked_by(job: Job) -> str:
    return f"{_VERBS[job.origin]} by {mention(job.member)}"


def shown_again_by(member: int) -> str:
    return f"Shown again by {mention(member)}"


def descent(job: Job) -> str:
    """Who made it, and from which picture where that is known."""
    at = job.parent_at
    link = "" if at is None else f" from [this one]({card_link(job.guild, at.channel, at.message)})"
    return f"{asked_by(job)}{link}"


def parameters(values: ImageParameters) -> str:
    """One line: what shapes the picture, and whatever else is not as usual."""
    seed = [] if values.seed is None else [f"seed {values.seed}"]
    shape = _SHAPES.get(values.aspect_ratio.value, values.aspect_ratio.value)
    return " · ".join([shape, _file(values), *seed, *_unusual(values)])


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
        f"The picture was made, but could not be posted. It is kept for {mention(job.member)} until {full(until)}: "
        f"`/queue` shows it wherever I may post. {paid}; until it is shown, nothing more is charged."
    )


def command(values: ImageParameters) -> str:
    """The command that makes this very picture again, ready to paste; one that edits lacks its picture."""
    edits = isinstance(values, EditParameters)
    prompt = (_OPTION_OF_EDITS if edits else _OPTION).sub(r"\1 :", values.prompt)
    fields = values.prompt_object() | {"prompt": prompt}
    return ("/edit " if edits else "/imagine ") + " ".join(f"{name}:{_typed(value)}" for name, value in fields.items())


def details(job: Job, viewer: int) -> str:
    """Everything but the prompt, which stands in the command."""
    lines = [
        f"**{name}** {_typed(value)}{_chosen(job, name, viewer)}"
        for name, value in job.parameters.prompt_object().items()
        if name != "prompt"
    ]
    taken = [] if job.seconds is None else [f"**painted in** {seconds(job.seconds)}"]
    at = [f"**asked for** {full(job.created_at)} by {mention(job.member)}"]
    origin = [*_parent(job), *_source(job)]
    return "\n".join([*lines, f"**price** {in_credits(job.price)}", *taken, *at, *origin, f"-# Job {job.id}"])


def _parent(job: Job) -> list[str]:
    if job.parent is None:
        return []
    where = "" if job.parent_at is None else card_link(job.guild, job.parent_at.channel, job.parent_at.message)
    return [f"**made from** {f'[this picture]({where})' if where else 'a picture'} (job {job.parent})"]


def _source(job: Job) -> list[str]:
    if job.source is None:
        return []
    link = card_link(job.guild, job.source.channel, job.source.message)
    origin = [f"**edited from** [this message]({link})"] if link else []
    return [*origin, f"-# {ATTACH}"]


def _chosen(job: Job, option: str, viewer: int) -> str:
    """Who gave the option its value, nothing where nobody did."""
    layer = job.given.get(option)
    return "" if layer is None else f" ({_LAYERS[layer].format(whose='your' if viewer == job.member else 'their')})"


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
