"""The operator's settings, from the environment and `.env`. The names are a contract."""

import difflib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self, TypeVar

from dotenv import dotenv_values
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.domain.credits import PeriodKind
from bot.domain.origins import ImageOrigin

_PLACEHOLDER: Final = re.compile(r"^(<.*>|\.{3}|…|your[-_ ].*|change[-_ ]?me.*|x{3,}|todo|.*[-_]here)$", re.IGNORECASE)
_ORIGINS: Final = "https://s3.us-east-1.amazonaws.com/asset.1min.ai,https://*.1min.ai"


def _no_placeholder(secret: SecretStr) -> SecretStr:
    value = secret.get_secret_value().strip()
    if not value:
        raise ValueError("is empty")
    if _PLACEHOLDER.match(value):
        raise ValueError("is still the placeholder")
    return SecretStr(value)


def _listed(value: Any) -> Any:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _unset(value: Any) -> Any:
    return (
        None if isinstance(value, str) and value.strip().lower() in {"", "all", "none", "off", "automatic"} else value
    )


def _trimmed_origin(url: str) -> str:
    origin = ImageOrigin.parse(url)
    if origin.host.startswith("*."):
        raise ValueError("must name one host")
    return url.strip().rstrip("/")


def _supported(url: str) -> str:
    if not re.match(r"(sqlite:///.|postgres(ql)?://)", url) or url.endswith(":memory:"):
        raise ValueError("must be sqlite:///path/to/file.db or postgresql://user:password@host/name")
    return url


Secret = Annotated[SecretStr, AfterValidator(_no_placeholder)]
Origin = Annotated[str, AfterValidator(_trimmed_origin)]
Snowflake = Annotated[int, Field(gt=0, lt=2**63)]
OptionalSnowflake = Annotated[Snowflake | None, BeforeValidator(_unset)]
Listed = BeforeValidator(_listed)


class DatabaseSettings(BaseSettings):
    """All that `check` and `migrate` need to know."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    database_url: Annotated[str, AfterValidator(_supported)] = "sqlite:///data/bot.db"


class Settings(DatabaseSettings):
    discord_token: Annotated[Secret, Field(description="the bot token from the Discord portal")]
    onemin_api_key: Annotated[Secret, Field(description="the API key from 1min.ai")]
    onemin_api_url: Origin = "https://api.1min.ai"
    onemin_model: Annotated[str, Field(min_length=1)] = "black-forest-labs/flux-2-pro"
    onemin_async: bool = False
    onemin_image_origins: Annotated[tuple[str, ...], NoDecode, Listed, Field(min_length=1)] = Field(
        default=_ORIGINS, validate_default=True
    )
    onemin_concurrency: Annotated[int, Field(ge=1, le=256)] = 4
    onemin_requests_per_minute: Annotated[int, Field(ge=1, le=100_000)] = 150
    onemin_timeout_seconds: Annotated[float, Field(ge=5, le=3600)] = 180
    provider_calls_per_day: Annotated[int, Field(ge=0, le=10_000_000)] = 500
    data_dir: Path = Path("data")
    guilds: Annotated[
        frozenset[Snowflake] | None,
        NoDecode,
        BeforeValidator(lambda value: _listed(_unset(value))),
    ] = None
    guild_credits: Annotated[int, Field(ge=0, le=1_000_000_000)] | Literal["unlimited"] = 100
    guild_credits_period: PeriodKind = PeriodKind.MONTH
    price_imagine: Annotated[int, Field(ge=0, le=1_000_000)] = 1
    price_edit: Annotated[int, Field(ge=0, le=1_000_000)] = 1
    guild_jobs: Annotated[int, Field(ge=1, le=10_000)] = 50
    member_jobs: Annotated[int, Field(ge=1, le=10_000)] = 6
    max_safety_tolerance: Annotated[int, Field(ge=1, le=6)] = 6
    editing_enabled: bool = True
    operator_guild_id: OptionalSnowflake = None
    operator_channel_id: OptionalSnowflake = None
    operator_ids: Annotated[frozenset[Snowflake], NoDecode, Listed] = frozenset()
    retention_days: Annotated[int, Field(ge=1, le=36_500)] = 90
    shutdown_seconds: Annotated[float, Field(ge=0, le=3600)] = 75
    discord_api_url: Origin = "https://discord.com/api/v10"
    discord_gateway_url: Annotated[str | None, BeforeValidator(_unset)] = None
    shard_count: Annotated[Annotated[int, Field(ge=1)] | None, BeforeValidator(_unset)] = None
    shard_ids: Annotated[
        tuple[int, ...] | None,
        NoDecode,
        BeforeValidator(lambda value: _listed(_unset(value))),
    ] = None
    http_host: str = "127.0.0.1"
    http_port: Annotated[Annotated[int, Field(ge=0, le=65_535)] | None, BeforeValidator(_unset)] = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"

    @field_validator("onemin_image_origins")
    @classmethod
    def _are_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            ImageOrigin.parse(origin)
        return origins

    @field_validator("discord_gateway_url")
    @classmethod
    def _is_gateway(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("ws://", "wss://")):
            raise ValueError("must begin with wss:// or ws://")
        return url

    @model_validator(mode="after")
    def _shards_are_counted(self) -> Self:
        if self.shard_ids is not None and self.shard_count is None:
            raise ValueError("SHARD_IDS needs SHARD_COUNT beside it")
        if self.shard_ids is not None and any(not 0 <= shard < (self.shard_count or 0) for shard in self.shard_ids):
            raise ValueError("SHARD_IDS must lie between 0 and SHARD_COUNT - 1")
        return self

    @property
    def allowance(self) -> int | None:
        return None if self.guild_credits == "unlimited" else self.guild_credits

    @property
    def image_origins(self) -> list[ImageOrigin]:
        return [ImageOrigin.parse(origin) for origin in self.onemin_image_origins]


S = TypeVar("S", bound=DatabaseSettings)


class SettingsError(Exception):
    """Every problem at once, each in a line of its own."""


def read_settings(kind: type[S], env_file: Path | None = Path(".env")) -> S:
    """From the environment, then the file. Raises `SettingsError`."""
    problems = [] if env_file is None else list(_misspelt(env_file))
    try:
        settings = kind(_env_file=env_file)
    except ValidationError as error:
        problems += [_problem(detail["loc"], detail) for detail in error.errors(include_input=False)]
        raise SettingsError("\n".join(problems)) from None
    if problems:
        raise SettingsError("\n".join(problems))
    return settings


def _problem(place: Iterable[Any], detail: Any) -> str:
    name = next(iter(place), "")
    message = detail["msg"].removeprefix("Value error, ")
    if not isinstance(name, str) or name not in Settings.model_fields:
        return str(message)
    if detail["type"] == "missing":
        described = Settings.model_fields[name].description
        message = f"is missing: {described}"
    return f"{name.upper()} {message[:1].lower()}{message[1:]}"


def _misspelt(env_file: Path) -> Iterable[str]:
    # Only the file: the environment is full of names that are not ours.
    if not env_file.is_file():
        return
    names = [name.upper() for name in Settings.model_fields]
    for written in dotenv_values(env_file):
        if written.upper() not in names:
            near = difflib.get_close_matches(written.upper(), names, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            yield f"{written} in {env_file} is no setting of this bot{hint}"
