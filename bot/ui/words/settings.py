"""The moderators' panel: its pages, its settings, and what is said around them."""

from collections.abc import Mapping
from typing import Final

from bot.domain.rules import MOST_FOR_NOTHING

PAGES: Final[Mapping[str, str]] = {
    "places": "Places",
    "people": "People",
    "blocked": "People: blocked members",
    "spending": "Spending",
    "boldness": "Boldness",
    "words": "Words",
    "defaults": "Defaults of options",
    "limits": "Limits of options",
    "reroll": "Reroll",
    "log": "Log",
    "pause": "Pause",
    "records": "Records",
}
ABOUT_PAGES: Final[Mapping[str, str]] = {
    "places": "Where pictures may be asked for",
    "people": "Who may, who may not, and who is staff",
    "blocked": "Block a member, or let one in again",
    "spending": "Caps, pictures at once, cooldown, variations",
    "boldness": "How strict the safety filter is, spoilers, reports",
    "words": "Words that no prompt may hold, and exceptions",
    "defaults": "What an option is when nobody types it",
    "limits": "The most steps, and options only staff set",
    "reroll": "Who may make a picture again",
    "log": "Which channel hears of what, who sees statistics, what files tell",
    "pause": "Stop new pictures in this server",
    "records": "Who changed what, and when",
}
LABELS: Final[Mapping[str, str]] = {
    "channels": "Channels",
    "users": "May make pictures",
    "barred": "May not make pictures",
    "unhurried": "Need not wait",
    "staff": "Staff",
    "member_jobs": "Pictures at once",
    "cooldown": "Cooldown",
    "variations": "Variations at once",
    "tolerance": "Ceiling in ordinary channels",
    "restricted_tolerance": "Ceiling in age-restricted channels",
    "spoiler_from": "Spoiler from",
    "moderated_an_hour": "Stopped by the filter",
    "reports_to_hide": "Reports that hide",
    "max_steps": "Most steps",
    "max_quality": "Highest quality",
    "locked": "Locked options",
    "reroll": "Who may reroll",
    "reroll_roles": "Roles that may reroll",
    "log.made": "Log of pictures made",
    "log.refused": "Log of refusals",
    "log.changed": "Log of settings and blocks",
    "log.removed": "Log of removals and reports",
    "log.credits": "Log of credits",
    "inscribed": "Files tell how they were made",
    "open_stats": "Statistics for everybody",
    "paused": "Paused",
}
HINTS: Final[Mapping[str, str]] = {
    "channels": "A category stands for all channels in it, a channel for its threads.",
    "users": "Only members with one of these roles. None chosen: everybody.",
    "barred": "Members with one of these roles may not, whatever other roles they have.",
    "unhurried": "The cooldown does not count for members with one of these roles.",
    "staff": "They may do all that this panel offers, except change this. That takes **Manage Server**.",
    "member_jobs": "How many pictures of one member may wait or be under way.",
    "cooldown": "How long a member waits after asking for a picture before asking again.",
    "variations": "How many variations of a picture one press makes at most, each for its price. 0: none.",
    "tolerance": "The highest `safety_tolerance`: 1 is strictest, 6 is most permissive.",
    "restricted_tolerance": "The same where Discord asks for the age.",
    "spoiler_from": "Pictures with this `safety_tolerance` or more are hidden until somebody clicks on them.",
    "moderated_an_hour": (
        "After so many within an hour, cards that were removed meanwhile among them, a member waits. "
        f"In any case after {MOST_FOR_NOTHING}."
    ),
    "reports_to_hide": "After so many reports a picture is hidden until staff decide. 0: never.",
    "max_steps": "More than this is refused, also when a picture is made again.",
    "max_quality": "The same for `output_quality`.",
    "locked": "Members cannot set these; they have the defaults of this server.",
    "reroll": "Who may press **Reroll** on a picture.",
    "reroll_roles": "Who they are where rerolling is for members with a role.",
    "log.made": "Who asked for which picture.",
    "log.refused": "Who was refused, and why.",
    "log.changed": "What staff changed here, and whom they blocked.",
    "log.removed": "What was reported, hidden or removed.",
    "log.credits": "What staff and the operator did about credits.",
    "inscribed": "Whether files hold prompt, options and seed for whoever looks into them. Not who asked, nor where.",
    "open_stats": "Whether members may use `/stats`, too: days and outcomes, but not who and where.",
    "paused": "Nobody here can ask for new pictures. What was ordered before is still made.",
}
OPTION_LABEL: Final = "Default of"
OPTION_HINT: Final = "Where nobody types"
CHOOSE_PAGE: Final = "Go to another page"
CHOOSE: Final = "Choose"
EDIT: Final = "Change"
TIDY: Final = "Remove deleted ones"
UNDO: Final = "Undo"
VALUE_HINT: Final = "Leave it empty for what it is at first"
DELETED_ONES: Final = "Some are deleted."


def heading(page: str) -> str:
    return f"## Settings · {PAGES[page]}"


def label(key: str) -> str:
    _, _, option = key.partition("defaults.")
    return f"{OPTION_LABEL} `{option}`" if option else LABELS[key]


def hint(key: str) -> str:
    _, _, option = key.partition("defaults.")
    return f"{OPTION_HINT} `{option}`." if option else HINTS[key]
