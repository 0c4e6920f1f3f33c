"""The composition of a checkup: what it asks, opened and wired."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import gettempdir

from bot.adapters.premises import Machine
from bot.adapters.spool import Spool
from bot.adapters.storage import SqlRecords
from bot.app import open_provider
from bot.client import use_api
from bot.domain.checkup import Finding, Named
from bot.services.checkup import PART_SECONDS, Checkup
from bot.settings import Settings
from bot.ui.portal import DiscordPortals


async def examine(settings: Settings, *, seconds: float = PART_SECONDS) -> Sequence[Finding]:
    """Everything that a bot with these settings needs; works beside a running one."""
    use_api(settings.discord_api_url)
    named = Named(
        guilds=settings.guilds,
        operator_guild=settings.operator_guild_id,
        operator_channel=settings.operator_channel_id,
        model=settings.onemin_model,
        editing=settings.editing_enabled,
        data_dir=settings.data_dir,
        host=settings.http_host,
        port=settings.http_port,
    )
    portals, records = DiscordPortals(settings.discord_token), SqlRecords(settings.database_url)
    # Nothing is downloaded, so the folder of DATA_DIR, which may be what is wrong, is left alone.
    async with open_provider(settings, Spool(Path(gettempdir()))) as provider:
        return await Checkup(named, portals, provider, records, Machine(), seconds=seconds).examine()
