"""The bot's settings for the try-out: none of them comes from the shell, but for the key of `--live`."""

from pathlib import Path
from typing import Any, Final

from pydantic import SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource
from typing_extensions import override

from bot.settings import DatabaseSettings, Secret, Settings, read_settings
from standins.endpoint import Endpoint
from standins.files import Files

KEY: Final = "standin-key-of-the-demo"
AT_ONCE: Final = 2
"""Few enough that a third picture waits in line."""
_TOKEN: Final = "no-token-is-needed-in-a-simulated-discord"  # noqa: S105 - simulated


class DemoSettings(Settings):
    @classmethod
    @override
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


class LiveSettings(DatabaseSettings):
    onemin_api_key: Secret


def simulated(folder: Path, endpoint: Endpoint, files: Files, guild_credits: int) -> Settings:
    return _settings(
        folder,
        files,
        guild_credits,
        onemin_api_key=KEY,
        onemin_api_url=endpoint.url,
        onemin_image_origins=(endpoint.image_origin,),
    )


def live(folder: Path, files: Files, key: SecretStr, guild_credits: int) -> Settings:
    return _settings(folder, files, guild_credits, onemin_api_key=key)


def live_key() -> SecretStr:
    """ONEMIN_API_KEY of the shell or `.env`. Raises `SettingsError`."""
    return read_settings(LiveSettings).onemin_api_key


def _settings(folder: Path, files: Files, guild_credits: int, **service: Any) -> Settings:
    return DemoSettings(
        discord_api_url=files.api,
        discord_token=_TOKEN,
        database_url=f"sqlite:///{folder / 'bot.db'}",
        data_dir=folder,
        shard_count=1,
        guild_credits=guild_credits,
        onemin_concurrency=AT_ONCE,
        **service,
    )
