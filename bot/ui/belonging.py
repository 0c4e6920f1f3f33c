"""Whether a channel is one of a guild's. Staff set channels by id, and an id can be anybody's."""

import discord


async def belongs(bot: discord.Client, guild: int, channel: int) -> bool:
    """Asks Discord only where the guild is away, or another process's. Raises what Discord answers."""
    known = bot.get_guild(guild)
    if known is not None and known.get_channel_or_thread(channel) is not None:
        return True
    if known is not None and not known.unavailable:
        return False
    try:
        found = await bot.fetch_channel(channel)
    except discord.InvalidData:  # of a kind that this version does not know
        return False
    return getattr(getattr(found, "guild", None), "id", None) == guild
