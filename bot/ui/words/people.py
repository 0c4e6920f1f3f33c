"""Members and roles as Discord shows them. Mentions are off for the whole bot, so that nobody is pinged."""


def mention(member: int) -> str:
    """Below zero stands who had their data erased."""
    return "a former member" if member < 0 else f"<@{member}>"


def everybody(role: int, guild: int) -> str:
    """All who have a role; the one with the guild's id is everybody's."""
    return "everybody" if role == guild else f"everybody with <@&{role}>"
