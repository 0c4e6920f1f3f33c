"""What members read about what is stored of them. It says the same as docs/privacy-policy.md."""

from typing import Final

from bot.domain.privacy import Erased
from bot.ui.words.amounts import pictures

BUTTONS: Final = {
    "export": "Export my data",
    "erase": "Erase my data",
    "erase-anyway": "Erase for good",
}
_STORED: Final = """\
## What is stored about you
- **Pictures you asked for**: your id, the server's, the channel's and the message's, prompt and options, price, \
times, and what became of them. No picture: those are in Discord's messages alone.
- **The server's credits**: each entry that was yours or about you, and what you have used in the running period.
- **What staff decided about you**: caps, and blocks with end and reason. If you are staff, what you decided.
- **What you chose**: favourites, what you showed again, your defaults and presets.
- **Your reports**, with the reason you typed; what you searched for, for a day.

Your name, your roles and your messages are not stored.
### For how long
Prompts, options and references of finished pictures, favourites of them, and what was typed into reports of them: \
{days}. \
The rest: until you or the operator erase it; see `/about` for the operator's privacy \
policy. A server that removes the bot is \
forgotten after 30 days. The address under which the image service keeps a picture is stored until it is delivered, \
for six days at most.
### What you can do
**Export** gives you all of it, of every server, as files of JSON. **Erase** takes you out of it. \
**Delete** below **More** removes one picture from its channel."""
ERASING: Final = """\
## Erase your data, in every server?
**Goes at once**: prompts, options and references of all your pictures that are finished, your favourites, defaults \
and presets, and what you typed into reports. In finished books a number of nobody's stands in place of your id.
**Stays until it is over, and then goes by itself**: what you have used in the running period, with its entries; \
cooldowns, and what was yours within the last day; pictures under way or kept for you; that you reported a picture \
(30 days); blocks and caps that staff set, while they stand.
**Does not go**: amounts in the books, without you. What others made from your pictures is theirs. Messages in \
Discord's channels stay where they are, with your prompt: **Delete** them first, with **More** or `/history`. \
Afterwards their buttons no longer work, and only staff can remove them.

Nothing is refunded, and **it cannot be undone**."""
_LATER: Final = "Each goes by itself within a day after it is over; you need not ask again."


def stored(days: int) -> str:
    return _STORED.format(days="1 day" if days == 1 else f"{days:,} days")


def erased(it: Erased) -> str:
    done = f"Erased: {pictures(it.pictures)}, with prompts and references, and all that belonged to you alone."
    stays = [
        *(["what the running period, cooldowns and reports of yours still need"] if it.running else []),
        *([f"{pictures(it.unfinished)} under way or kept for you"] if it.unfinished else []),
        *(["a block that staff set"] if it.blocked else []),
        *(["a cap of your own that staff set"] if it.capped else []),
    ]
    rest = [f"Stays for now: {'; '.join(stays)}. {_LATER}"] if stays else ["Nothing of yours is left."]
    return "\n".join([done, *rest, "Messages in Discord's channels stay where they are."])


def exporting(part: int) -> str:
    return f"Part {part} of your data; more follows."


def exported(part: int, *, cut: bool) -> str:
    if cut:
        return (
            f"Part {part} of your data. There is more than {part} files take: "
            "ask the operator, whom `/about` names, for the rest."
        )
    return "All your data, of every server." if part == 1 else f"Part {part} of your data, the last one."
