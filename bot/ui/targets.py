"""Whom staff chose in a command. Discord lets them choose bots too, and people who have left."""

from typing import TypeAlias

import discord

from bot.domain.acts import Target, TargetKind, Verb
from bot.domain.refusals import BadTargetError, OutsideGuildError, TargetProblem
from bot.ui.services import Interaction

Person: TypeAlias = discord.Member | discord.User
Mentioned: TypeAlias = discord.Member | discord.User | discord.Role
"""Where Discord does not say who it is, a bare `discord.Object`: nobody of this guild."""


def target_of(interaction: Interaction, chosen: Mentioned, verb: Verb) -> Target:
    """Raises `BadTargetError`. The cap of the role that everybody has is the one for everybody."""
    if not isinstance(chosen, discord.Role):
        if verb is Verb.EXEMPT:
            raise BadTargetError(TargetProblem.ROLE_GONE)
        return Target(TargetKind.MEMBER, present(chosen).id)
    if verb is Verb.SET and chosen.id == interaction.guild_id:
        return Target(TargetKind.EVERYBODY)
    target = Target(TargetKind.ROLE, chosen.id)
    expect_role(interaction, target)
    return target


def present(person: Person) -> discord.Member:
    """Somebody of this guild who could ask for pictures; raises `BadTargetError`."""
    if not isinstance(person, discord.Member):
        raise BadTargetError(TargetProblem.GONE)
    if person.bot:
        raise BadTargetError(TargetProblem.BOT)
    return person


def expect_role(interaction: Interaction, target: Target) -> None:
    """Raise `BadTargetError` where the target is a role that does not exist any more."""
    guild = interaction.guild
    if guild is None:
        raise OutsideGuildError
    # A guild that Discord has not sent yet has no roles here; a rule for one that is gone does no harm.
    if target.kind is TargetKind.ROLE and not guild.unavailable and guild.get_role(target.id) is None:
        raise BadTargetError(TargetProblem.ROLE_GONE)
