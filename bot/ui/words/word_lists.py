"""What staff read about the words that a guild refuses."""

from collections.abc import Sequence
from typing import Final

from bot.domain.rules import GuildRules
from bot.domain.word_lists import MOST_ENTRIES
from bot.ui.text import escaped

EDIT: Final = "Edit words"
EXCEPTIONS: Final = "Exceptions"
TEST: Final = "Test a prompt"
IMPORT: Final = "Import"
OFFERED: Final = "Add the offered list"
EXPORT: Final = "Export"

EDIT_TITLE: Final = "Refused words"
EDIT_LABEL: Final = "One word or phrase per line"
EDIT_HINT: Final = "* stands for any letters: art* is also artist. Case, accents and swaps like 0 for o do not matter."
EXCEPTIONS_TITLE: Final = "Exceptions from the refused words"
EXCEPTIONS_LABEL: Final = "One word or phrase per line"
EXCEPTIONS_HINT: Final = "A refused word is excused where it stands within one of these."
TEST_TITLE: Final = "Would this prompt pass?"
TEST_LABEL: Final = "Prompt"
TEST_HINT: Final = "Only you see the answer. Nothing is painted or charged."
IMPORT_TITLE: Final = "Import words"
IMPORT_LABEL: Final = "A text file in UTF-8"
IMPORT_HINT: Final = "One entry per line, !entry for an exception, # for a comment. It replaces both lists."

NO_FILE: Final = "No file came with this form. Nothing was changed."
FILE_AWAY: Final = "Discord did not hand the file over. Nothing was changed; try again."
PASSES: Final = "The refused words let this prompt pass. Other rules may still apply to whoever asks."
TOO_LONG: Final = (
    "This list is too long for a form. Press **Export** for it as a file, change that, and press **Import**."
)
SAME: Final = "That is what the lists say already. Nothing was changed."
NOTHING_TO_EXPORT: Final = "There are no words and no exceptions yet."
NOTHING: Final = "No words are refused here."
HOW: Final = (
    "-# Whoever uses one is told that the rules do not allow the prompt, and not which word it was. "
    "Whole words count, unless a `*` says otherwise."
)
FIRST: Final = 10
"""Entries shown of each list."""
_ENTRY: Final = 40
"""Characters shown of an entry."""


def page(rules: GuildRules) -> str:
    lists = [_list("Refused words", rules.words), *([_list("Exceptions", rules.excepted)] if rules.excepted else [])]
    return "\n".join([*(lists if rules.words or rules.excepted else [NOTHING]), HOW])


def _list(name: str, entries: Sequence[str]) -> str:
    shown = ", ".join(escaped(entry, _ENTRY) for entry in entries[:FIRST])
    more = f" and {len(entries) - FIRST:,} more" if len(entries) > FIRST else ""
    return f"**{name}: {len(entries):,}**{' · ' if entries else ''}{shown}{more}"


def saved(rules: GuildRules) -> str:
    return f"Saved, and in force at once: {_both(rules)}, of {MOST_ENTRIES:,} that there can be."


def refused(entry: str) -> str:
    return f"This prompt would be refused, because of the entry **{escaped(entry, 100)}**. Nothing was charged."


def exported(rules: GuildRules) -> str:
    return f"{_both(rules)}, as **Import** reads them."


def _both(rules: GuildRules) -> str:
    return f"{_counted(len(rules.words), 'word')} and {_counted(len(rules.excepted), 'exception')}"


def _counted(count: int, name: str) -> str:
    return f"{count:,} {name}{'' if count == 1 else 's'}"
