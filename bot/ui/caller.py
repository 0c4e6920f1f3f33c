from functools import partial
from typing import Final

import discord

from bot.domain.orders import Caller
from bot.domain.refusals import OutsideGuildError
from bot.ui.services import Interaction

_NEEDED: Final = ("view_channel", "attach_files")


def caller_of(interaction: Interaction) -> Caller:
    """What the interaction says of person and place. No request is made for any of it."""
    if interaction.guild_id is None or interaction.channel_id is None:
        raise OutsideGuildError
    return Caller(
        interaction=interaction.id,
        guild=interaction.guild_id,
        channel=interaction.channel_id,
        places=_places(interaction.channel_id, interaction.channel),
        age_restricted=_age_restricted(interaction),
        member=interaction.user.id,
        roles=roles_of(interaction.user, interaction.guild_id),
        manages=interaction.permissions.manage_guild,
        moderates=interaction.permissions.moderate_members or _deletes_everywhere(interaction),
        moderates_here=interaction.permissions.manage_messages,
        missing_rights=_missing_rights(interaction),
        upload_limit=interaction.filesize_limit,
        reads=partial(_reads, interaction),
    )


def roles_of(person: discord.User | discord.Member, guild: int) -> frozenset[int]:
    """Everybody has the role with the guild's own id."""
    # Not `Member.roles`: that leaves out roles missing in the cache, which is empty until Discord has sent the guild.
    return frozenset(getattr(person, "_roles", ())) | {guild}


def _places(channel: int, known: object) -> frozenset[int]:
    """A thread follows its parent, and the parent its category."""
    parents = (getattr(known, name, None) for name in ("parent_id", "category_id"))
    return frozenset({channel, *(it for it in parents if it is not None)})


def _deletes_everywhere(interaction: Interaction) -> bool:
    # What the interaction says is of its channel alone. While the guild is away, so is all that its roles grant.
    person = interaction.user
    return isinstance(person, discord.Member) and person.guild_permissions.manage_messages


def _reads(interaction: Interaction, channel: int) -> bool:
    """By what is in memory, so False of threads that sleep, and while the guild is away."""
    guild, person = interaction.guild, interaction.user
    known = None if guild is None else guild.get_channel_or_thread(channel)
    if known is None or not isinstance(person, discord.Member):
        return False
    if isinstance(known, discord.Thread) and known.parent is None:
        return False
    rights = known.permissions_for(person)
    if isinstance(known, discord.Thread) and known.is_private() and not rights.manage_threads:
        return False  # who is in it is not known
    return rights.view_channel and rights.read_message_history


def _age_restricted(interaction: Interaction) -> bool:
    # A thread asks its parent; a channel that cannot say counts as ordinary.
    asks = getattr(interaction.channel, "is_nsfw", None)
    return bool(asks()) if asks is not None else False


def _missing_rights(interaction: Interaction) -> tuple[str, ...]:
    # An answer to an interaction appears even where later edits and posts of the bot are refused.
    in_thread = isinstance(interaction.channel, discord.Thread)
    sending = "send_messages_in_threads" if in_thread else "send_messages"
    return tuple(right for right in (*_NEEDED, sending) if not getattr(interaction.app_permissions, right))
