import discord

from bot.ui.text import escaped
from bot.ui.words.about import about

_NAME_LIMIT = 100


def imprint(application: discord.AppInfo | None) -> str:
    """Who runs the bot and by which rules, as the operator told Discord's developer portal."""
    if application is None:
        return about("its operator", None, None)
    owner = application.team.name if application.team is not None else application.owner.display_name
    return about(escaped(owner, _NAME_LIMIT), application.privacy_policy_url, application.terms_of_service_url)
