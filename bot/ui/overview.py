"""What staff see of caps and of use, as it is now."""

from typing import Final

from bot.ui.boundary import tell
from bot.ui.caller import caller_of, roles_of
from bot.ui.services import Interaction, services_of
from bot.ui.targets import Person, present
from bot.ui.words import staff as words

TOP: Final = 15


async def show_member(interaction: Interaction, chosen: Person) -> None:
    caller, member = caller_of(interaction), present(chosen)
    roles = roles_of(member, caller.guild)
    pool, room = await services_of(interaction).steward.standing(caller, member.id, roles)
    await tell(interaction, words.standing(member.id, pool, room))


async def show_rules(interaction: Interaction) -> None:
    caller, guild = caller_of(interaction), interaction.guild
    pool = await services_of(interaction).steward.pool(caller)
    known = guild is not None and not guild.unavailable
    there = {
        role: rule
        for role, rule in pool.rules.roles.items()
        if not known or (guild is not None and guild.get_role(role) is not None)
    }
    for part in words.rules(caller.guild, pool, there):
        await tell(interaction, part)


async def show_top(interaction: Interaction) -> None:
    pool, uses = await services_of(interaction).steward.top(caller_of(interaction), TOP)
    await tell(interaction, words.top(pool, uses))
