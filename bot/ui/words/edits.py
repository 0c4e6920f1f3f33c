from typing import Final

from bot.domain.jobs import Job
from bot.domain.parameters import AspectRatio, EditRatio
from bot.domain.pictures import LARGEST_SIDE, MOST_PIXELS
from bot.domain.refusals import SourceProblem
from bot.ui.words.amounts import in_credits
from bot.ui.words.links import message_link

MENU: Final = "Edit this picture"
EDIT: Final = "Edit"
COMMAND: Final = "Change a picture of yours as you describe"
IMAGE: Final = "The picture: PNG, JPEG or WebP, up to 50 MB"

TITLE: Final = "Edit this picture"
WHICH: Final = "Which picture"
PROMPT: Final = "What to change"
_PROMPT_HINT: Final = "Describe what is to be different, or the picture as it should be"
EXAMPLE: Final = "Make it night, and put a lantern in her hand"
RATIO: Final = "Shape"
NUMBERS: Final = {"seed": "Seed", "guidance": "Guidance"}
SEED_HINT: Final = "A whole number from 0 on; drawn when left empty"
GUIDANCE_HINT: Final = "2 to 5: how closely to follow your words; 3 when left empty"

POSTING: Final = "The picture is taken. Its card comes below; if none does, nothing was charged."
ATTACH: Final = "Attach the picture again as `image`: a command that is pasted cannot carry it."

SHAPE: Final = "As the picture is"
SOURCES: Final = {
    SourceProblem.NONE: "There is no picture in this message.",
    SourceProblem.KIND: "This is no picture that can be edited: it takes a whole PNG, JPEG or WebP file.",
    SourceProblem.EMPTY: "This file is empty.",
    SourceProblem.HEAVY: "This file is too large: 50 MB are the most that can be edited.",
    SourceProblem.PIXELS: (
        f"This picture has too many pixels: {MOST_PIXELS // 1_000_000} megapixels and {LARGEST_SIDE:,} to a side "
        "are the most that can be edited."
    ),
    SourceProblem.FOREIGN: "This picture is kept outside of Discord, and I fetch none from there. Upload it here.",
    SourceProblem.EXPIRED: "The link to this picture has expired. Open the menu on the message once more.",
    SourceProblem.DELETED: "The message with this picture, or the picture in it, is gone.",
    SourceProblem.UNREACHABLE: "I could not fetch this picture from Discord. Try again in a minute.",
    SourceProblem.AT_IT: "I am still fetching a picture for you. Try again when that one is here.",
    SourceProblem.CROWDED: "Too many pictures are being fetched at this moment. Try again in a minute.",
    SourceProblem.FORGOTTEN: "This form was opened too long ago. Open the menu on the message once more.",
}


def prompt_hint(price: int) -> str:
    """With the price where it is more than what a picture of one credit costs."""
    return f"{_PROMPT_HINT}. It costs {in_credits(price)}." if price > 1 else _PROMPT_HINT


def ratio(value: AspectRatio | EditRatio) -> str:
    return SHAPE if value is EditRatio.SOURCE else value.value


def posted(job: Job) -> str:
    link = message_link(job)
    return f"It waits for its turn [here]({link})." if link else "It waits for its turn below."
