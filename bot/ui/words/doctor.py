"""What a checkup tells the operator: what is so, and what to do about it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from bot.domain.checkup import Finding, Note, Part, Symptom, Unknown, Well, Wrong
from bot.ui.words.rights import right, rights

_MARKS: Final[Mapping[type[Symptom], str]] = {Well: "[ok]", Note: "[--]", Wrong: "[!!]", Unknown: "[??]"}
_MIB: Final = 1024 * 1024
_INDENT: Final = "\n     "

PARTS: Final = {
    Part.DISCORD: "What Discord says",
    Part.KEY: "Whether 1min.ai accepts the key",
    Part.MODEL: "The list of models",
    Part.DATABASE: "The database",
    Part.FOLDER: "The folder of DATA_DIR",
    Part.PORT: "The port of the health pages",
}
_SCOPES: Final = {"bot": "the scope bot", "applications.commands": "the scope applications.commands"}
_INVITE: Final = "Open the invite address of the README once more"

SAID: Final[Mapping[Symptom, str]] = {
    Well.SETTINGS: "The settings can be read.",
    Well.TOKEN: "Discord accepts DISCORD_TOKEN. The application is {name}.",
    Well.PRIVATE: "The bot is private: only its owner can add it to servers.",
    Note.PUBLIC: "The bot is public: whoever knows its address can add it to servers. GUILDS says which it serves.",
    Note.INTENTS: "Privileged intents are switched on in the developer portal. The bot uses none of them.",
    Wrong.TOKEN: "Discord does not accept DISCORD_TOKEN.",
    Wrong.DISCORD: "Discord could not be asked: {cause}",
    Unknown.NOT_ASKED: "Application, servers, rights and channels could not be looked at.",
    Wrong.CODE_GRANT: "The application demands a code grant, so nobody can add the bot by its address.",
    Wrong.INTERACTIONS_ELSEWHERE: "The application sends commands to an address of its own, so the bot gets none.",
    Wrong.INSTALL_LINK: "The application's own install link leaves out: {lacking}.",
    Well.GUILDS: "The bot is in {guilds}, and has the rights it needs.",
    Note.NO_GUILDS: "The bot is in no server yet. " + _INVITE + ".",
    Wrong.RIGHTS: "In the server {name} ({guild}), the bot lacks {rights}.",
    Note.GUILD_AWAITED: "GUILDS names the server {guild}, and the bot is not in it.",
    Note.NO_OPERATOR_GUILD: "There is no OPERATOR_GUILD_ID: `credits` on the command line does what /operator would.",
    Well.OPERATOR_GUILD: "The bot is in the server of OPERATOR_GUILD_ID ({guild}).",
    Wrong.OPERATOR_GUILD: "The bot is not in the server of OPERATOR_GUILD_ID ({guild}), so there is no /operator.",
    Well.COMMANDS: "The bot may have commands in its servers.",
    Wrong.SCOPE: "In the server {name} ({guild}), the bot may not have commands.",
    Note.NOT_ALL_ASKED: "Only {asked} of {of} servers were asked whether the bot may have commands.",
    Note.NO_OPERATOR_CHANNEL: "There is no OPERATOR_CHANNEL_ID: alerts and reports stand in the log alone.",
    Well.CHANNEL: "The bot may post in {channel}.",
    Wrong.NO_CHANNEL: "{channel} is not there, or the bot may not see it.",
    Wrong.CHANNEL_RIGHTS: "In {channel}, the bot lacks {rights}.",
    Well.KEY: "1min.ai accepts ONEMIN_API_KEY.",
    Wrong.KEY: "1min.ai does not accept ONEMIN_API_KEY.",
    Wrong.PROVIDER: "1min.ai could not be asked about ONEMIN_API_KEY ({code}).",
    Well.MODEL: "The public list of 1min.ai, which it does not document, has {model} for {feature}.",
    Wrong.MODEL: "The public list of 1min.ai, which it does not document, does not have {model} for {feature}.",
    Unknown.MODEL: "Whether 1min.ai offers {model} for {feature} could not be found out: its public list of models, "
    "which it does not document, could not be read.",
    Well.DATABASE: "The database can be reached, and is up to date (revision {revision}).",
    Note.NO_DATABASE_YET: "The database has no tables yet. The first start makes them.",
    Wrong.DATABASE_AWAY: "The database of DATABASE_URL cannot be reached: {cause}",
    Wrong.DATABASE_BUSY: "The database is locked by another process.",
    Wrong.DATABASE_FILE: "The database's file cannot be written: {cause}",
    Wrong.OLDER_TABLES: "The database is of an older version (revision {revision}); to come: {pending}.",
    Wrong.NEWER_TABLES: "The database is of a newer version (revision {revision}), which this one does not know.",
    Note.DISK_ELSEWHERE: "The disk of the database's server cannot be seen from here.",
    Well.FOLDER: "Files can be written in {folder}.",
    Wrong.FOLDER: "Nothing can be written in the folder of DATA_DIR: {cause}",
    Well.DISK: "{setting}: {free} are free.",
    Wrong.DISK_FULL: "{setting}: only {free} are free.",
    Note.NO_PORT: "HTTP_PORT is off: there are no health pages.",
    Well.PORT_FREE: "The port {port} at {host} is free for the health pages.",
    Well.PORT_OF_BOT: "A bot serves its health pages at {host}, port {port}.",
    Wrong.PORT_TAKEN: "Another program has the port {port} at {host}.",
    Wrong.PORT_UNUSABLE: "The health pages cannot be opened at {host}, port {port}: {cause}",
    Wrong.BOT_UNWELL: "The bot that runs says that it is not ready: {failing}.",
    Wrong.SLOW: "{part} was not found out in {seconds} seconds.",
    Wrong.BROKEN: "{part} could not be found out ({error}).",
}

REMEDIES: Final[Mapping[Wrong, str]] = {
    Wrong.TOKEN: "Copy it again from the developer portal: Bot, Reset Token.",
    Wrong.DISCORD: "Look at this machine's network and at discordstatus.com; with a proxy, at DISCORD_API_URL.",
    Wrong.CODE_GRANT: "Switch it off in the developer portal: Bot, Requires OAuth2 Code Grant.",
    Wrong.INTERACTIONS_ELSEWHERE: "Empty it in the developer portal: General Information, Interactions Endpoint URL.",
    Wrong.INSTALL_LINK: "Add it in the developer portal: Installation, Default Install Settings, Guild Install.",
    Wrong.RIGHTS: "Give the bot's role there these permissions. "
    + _INVITE
    + ", or ask somebody who manages the server.",
    Wrong.OPERATOR_GUILD: _INVITE + " and choose that server, or correct OPERATOR_GUILD_ID.",
    Wrong.SCOPE: _INVITE + ": it names the scope applications.commands.",
    Wrong.NO_CHANNEL: "Let the bot see it, or name another one: {setting}.",
    Wrong.CHANNEL_RIGHTS: "Grant that in the channel's settings, or name another one: {setting}.",
    Wrong.KEY: "Make a new one at https://app.1min.ai/api, and see that it is active.",
    Wrong.PROVIDER: "Look at this machine's network and at ONEMIN_API_URL; try again later.",
    Wrong.MODEL: "Compare ONEMIN_MODEL with 1min.ai's documentation. If pictures are made, the list is wrong.",
    Wrong.DATABASE_AWAY: "See that its server runs and that DATABASE_URL names it and its password rightly.",
    Wrong.DATABASE_BUSY: "Try again in a moment; if it stays so, find out which program works on it.",
    Wrong.DATABASE_FILE: "Give file and folder to the user that runs the bot, on a disk that can be written.",
    Wrong.OLDER_TABLES: "Make a backup, then start this version: it brings the database up to date.",
    Wrong.NEWER_TABLES: "Use the newer version of the bot, or see Updating in docs/operating.md for the way back.",
    Wrong.FOLDER: "Give it to the user that runs the bot, on a disk that can be written, or change DATA_DIR.",
    Wrong.DISK_FULL: "Make room: the bot needs {room}, and without any it takes no more pictures.",
    Wrong.PORT_TAKEN: "Stop that program, or set HTTP_PORT to another number.",
    Wrong.PORT_UNUSABLE: "Set HTTP_HOST to an address of this machine, and HTTP_PORT to one that the bot may use.",
    Wrong.BOT_UNWELL: "Read its log, and Health in docs/operating.md.",
    Wrong.SLOW: "Try again; if it stays so, look at what it depends on.",
    Wrong.BROKEN: "Try again; if it stays so, please report it.",
}

ALL_WELL: Final = "All is well."


def checkup(findings: Sequence[Finding]) -> str:
    """A line for each finding, and one below it where something is to be done."""
    wrong = sum(isinstance(it.symptom, Wrong) for it in findings)
    faults = "One thing needs" if wrong == 1 else f"{wrong} things need"
    return "\n".join([*map(_line, findings), f"{faults} you." if wrong else ALL_WELL])


def _line(finding: Finding) -> str:
    symptom = finding.symptom
    spelt = {name: _SPELLING.get(name, _plain)(fact) for name, fact in finding.facts.items()}
    facts = {**spelt, **_place(finding.facts)}
    said = f"{_MARKS[type(symptom)]} {SAID[symptom].format(**facts)}"
    return f"{said}{_INDENT}{REMEDIES[symptom].format(**facts)}" if isinstance(symptom, Wrong) else said


def _place(facts: Mapping[str, Any]) -> Mapping[str, str]:
    """Which channel, and who named it."""
    if "channel" not in facts:
        return {}
    if facts["own"]:
        return {"channel": f"the channel of OPERATOR_CHANNEL_ID ({facts['channel']})", "setting": "OPERATOR_CHANNEL_ID"}
    return {"channel": f"the log channel {facts['channel']}", "setting": "the server's staff do so in /settings"}


def _cause(error: Exception) -> str:
    """The first line of what lies below, which says the most."""
    inner = getattr(error.__cause__, "orig", None) or error.__cause__ or error
    return _plain(next(iter(str(inner).strip().splitlines()), type(inner).__name__))


def _plain(fact: Any) -> str:
    # Servers are named by strangers, who could else write to the operator's terminal.
    return "".join(it if it.isprintable() else "?" for it in str(fact))


_SPELLING: Final[Mapping[str, Callable[[Any], str]]] = {
    "rights": rights,
    "lacking": lambda names: ", ".join(_SCOPES.get(it) or right(it) for it in names),
    "guilds": lambda count: "one server" if count == 1 else f"{count:,} servers",
    "pending": ", ".join,
    "failing": lambda names: _plain(", ".join(names)),
    "free": lambda size: f"{size // _MIB:,} MiB",
    "room": lambda size: f"{size // _MIB:,} MiB",
    "part": PARTS.__getitem__,
    "seconds": "{:g}".format,
    "cause": _cause,
}
