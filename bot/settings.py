"""The operator's settings, from the environment and `.env`. The names are a contract."""

import difflib
import re
from collections.abc import Iterable
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeVar
from urllib.parse import urljoin

from dotenv import dotenv_values
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_serializer,
    field_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.domain.credits import PeriodKind, Plan
from bot.domain.origins import ImageOrigin

_PLACEHOLDER: Final = re.compile(
    r"<.*>|\.{3}|…|your[-_ ].*|(change|replace)[-_ ]?(me|this).*|[x*]{3,}|todo|placeholder|.*[-_ ]here", re.IGNORECASE
)
_DATABASE: Final = re.compile(
    r"sqlite:///.+|postgres(ql)?://(?=.)([^/?]*@)?(\[[0-9a-f:.]+\]|[^/?:@]*)(:[0-9]+)?([/?].*)?", re.IGNORECASE
)
_HOST_NAME: Final = re.compile(r"(?=.*[a-z])[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.IGNORECASE)
_ORIGINS: Final = "https://s3.us-east-1.amazonaws.com/asset.1min.ai,https://*.1min.ai"
_ATTACHMENT_ORIGINS: Final = ("https://cdn.discordapp.com", "https://media.discordapp.net")
_ENCODING: Final = "utf-8-sig"  # some editors begin a file with a mark
_UNSET: Final = frozenset({"", "all", "none", "off", "automatic"})
_MAX_CREDITS: Final = 1_000_000_000


def _is_secret(secret: SecretStr) -> SecretStr:
    value = secret.get_secret_value().strip()
    if not value:
        raise ValueError("is empty")
    if _PLACEHOLDER.fullmatch(value):
        raise ValueError("is still the placeholder")
    if not re.fullmatch(r"[!-~]+", value) or {"'", '"', "\\"} & set(value):
        raise ValueError("must be one word of plain letters, figures and signs, without quotes")
    return SecretStr(value)


def _unset(value: Any) -> Any:
    return None if isinstance(value, str) and value.strip().lower() in _UNSET else value


def _listed(value: Any) -> Any:
    """None where the word for nothing stands alone; a list of nothing but commas is a slip."""
    value = _unset(value)
    if not isinstance(value, str):
        return value
    parts = re.split(r"[,\s]+", value.strip(", \t\n"))
    if parts == [""]:
        raise ValueError("must name at least one, or be left out")
    return parts


def _listed_or_none_at_all(value: Any) -> Any:
    listed = _listed(value)
    return () if listed is None else listed


def _lowered(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


def _raised(value: Any) -> Any:
    return value.strip().upper() if isinstance(value, str) else value


def _credits(value: Any) -> int | Literal["unlimited"]:
    if _lowered(value) == "unlimited":
        return "unlimited"
    if not re.fullmatch("[0-9]{1,10}", str(value).strip()) or int(value) > _MAX_CREDITS:
        raise ValueError(f"must be a whole number from 0 to {_MAX_CREDITS:,}, or unlimited")
    return int(value)


def _is_address(url: str) -> str:
    try:
        wild = ImageOrigin.parse(url).host.startswith("*.")
    except ValueError:
        wild = True
    if wild:
        raise ValueError("must be an address such as https://host.example/path")
    return url.rstrip("/")


def _is_host(host: str) -> str:
    try:
        return str(ip_address(host))
    except ValueError:
        if not _HOST_NAME.fullmatch(host):
            raise ValueError("must be an address to listen at, such as 127.0.0.1 or 0.0.0.0") from None
    return host


def _is_database(url: str) -> str:
    if not _DATABASE.fullmatch(url) or ":memory:" in url:
        raise ValueError("must be sqlite:///path/to/file.db or postgresql://user:password@host/name")
    return url


Secret = Annotated[SecretStr, AfterValidator(_is_secret)]
Address = Annotated[str, AfterValidator(_is_address)]
Snowflake = Annotated[int, Field(gt=0, lt=2**63)]
OptionalSnowflake = Annotated[Snowflake | None, BeforeValidator(_unset)]
Lowered = BeforeValidator(_lowered)
Listed = BeforeValidator(_listed)
ListedOrNoneAtAll = BeforeValidator(_listed_or_none_at_all)


class DatabaseSettings(BaseSettings):
    """All that `check` and `migrate` need to know."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding=_ENCODING,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        str_strip_whitespace=True,
    )

    database_url: Annotated[str, AfterValidator(_is_database), Field(repr=False)] = "sqlite:///data/bot.db"

    @field_serializer("database_url")
    def _without_password(self, url: str) -> str:
        return re.sub(r"(?<=://)[^/]*@", "**********@", url)


class CreditsSettings(DatabaseSettings):
    """All that `credits` needs to know; a running bot beside it has to be told the same."""

    guild_credits: Annotated[int | Literal["unlimited"], PlainValidator(_credits)] = 100
    guild_credits_period: Annotated[PeriodKind, Lowered] = PeriodKind.MONTH
    provider_calls_per_day: Annotated[int, Field(ge=0, le=10_000_000)] = 500

    @property
    def allowance(self) -> int | None:
        return None if self.guild_credits == "unlimited" else self.guild_credits

    @property
    def plan(self) -> Plan:
        """What a guild gets that has no plan of its own."""
        return Plan(self.allowance, self.guild_credits_period)


class Settings(CreditsSettings):
    discord_token: Annotated[Secret, Field(description="the bot token from the Discord portal")]
    onemin_api_key: Annotated[Secret, Field(description="the API key from 1min.ai")]
    onemin_api_url: Address = "https://api.1min.ai"
    onemin_model: Annotated[str, Field(min_length=1)] = "black-forest-labs/flux-2-pro"
    onemin_async: bool = False
    onemin_image_origins: Annotated[tuple[str, ...], NoDecode, Listed] = Field(default=_ORIGINS, validate_default=True)
    onemin_concurrency: Annotated[int, Field(ge=1, le=256)] = 4
    onemin_requests_per_minute: Annotated[int, Field(ge=1, le=100_000)] = 150
    onemin_timeout_seconds: Annotated[float, Field(ge=5, le=3600)] = 180
    data_dir: Path = Path("data")
    guilds: Annotated[frozenset[Snowflake] | None, NoDecode, Listed] = None
    price_imagine: Annotated[int, Field(ge=0, le=1_000_000)] = 1
    price_edit: Annotated[int, Field(ge=0, le=1_000_000)] = 1
    guild_jobs: Annotated[int, Field(ge=1, le=10_000)] = 50
    member_jobs: Annotated[int, Field(ge=1, le=10_000)] = 6
    max_safety_tolerance: Annotated[int, Field(ge=1, le=6)] = 6
    editing_enabled: bool = True
    operator_guild_id: OptionalSnowflake = None
    operator_channel_id: OptionalSnowflake = None
    operator_ids: Annotated[frozenset[Snowflake], NoDecode, ListedOrNoneAtAll] = frozenset()
    retention_days: Annotated[int, Field(ge=1, le=36_500)] = 90
    shutdown_seconds: Annotated[float, Field(ge=0, le=3600)] = 75
    discord_api_url: Address = "https://discord.com/api/v10"
    discord_gateway_url: Annotated[str | None, BeforeValidator(_unset)] = None
    shard_count: Annotated[Annotated[int, Field(ge=1)] | None, BeforeValidator(_unset)] = None
    shard_ids: Annotated[tuple[int, ...] | None, NoDecode, Listed] = None
    http_host: Annotated[str, AfterValidator(_is_host)] = "127.0.0.1"
    http_port: Annotated[Annotated[int, Field(ge=0, le=65_535)] | None, BeforeValidator(_unset)] = None
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_raised)] = "INFO"
    log_format: Annotated[Literal["console", "json"], Lowered] = "console"

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

    @field_validator("shard_ids")
    @classmethod
    def _are_counted(cls, ids: tuple[int, ...] | None, info: ValidationInfo) -> tuple[int, ...] | None:
        if ids is None or "shard_count" not in info.data:
            return ids
        count = info.data["shard_count"]
        if count is None:
            raise ValueError("needs SHARD_COUNT beside it")
        if not all(0 <= shard < count for shard in ids):
            raise ValueError("must lie between 0 and SHARD_COUNT - 1")
        if len(set(ids)) < count and info.data.get("database_url", "").lower().startswith("sqlite"):
            # The other shards' servers would be served by nobody, or from other books and with a bound of their own.
            raise ValueError(
                "must name every shard, or DATABASE_URL a PostgreSQL server: an SQLite file is for one process"
            )
        return tuple(sorted(set(ids)))

    @property
    def attachment_origins(self) -> list[ImageOrigin]:
        """Where Discord keeps files. What stands in for Discord keeps them at `/cdn`, beside its API."""
        origins = [*_ATTACHMENT_ORIGINS]
        if self.discord_api_url != Settings.model_fields["discord_api_url"].default:
            origins.append(urljoin(self.discord_api_url, "/cdn/"))
        return [ImageOrigin.parse(origin) for origin in origins]

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
        problems += [_problem(detail) for detail in error.errors(include_input=False)]
        raise SettingsError("\n".join(dict.fromkeys(problems))) from None
    if problems:
        raise SettingsError("\n".join(problems))
    return settings


def _problem(detail: ErrorDetails) -> str:
    name = str(detail["loc"][0])
    if detail["type"] == "missing":
        return f"{name.upper()} is missing: {Settings.model_fields[name].description}"
    message = detail["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return f"{name.upper()} {message[:1].lower()}{message[1:]}"


def _misspelt(env_file: Path) -> Iterable[str]:
    # Only the file: the environment is full of names that are not ours.
    names = [name.upper() for name in Settings.model_fields]
    for written in _names_in(env_file):
        if written.upper() not in names:
            near = difflib.get_close_matches(written.upper(), names, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            yield f"{written} in {env_file} is no setting of this bot{hint}"


def _names_in(env_file: Path) -> Iterable[str]:
    if not env_file.exists():
        return []
    try:
        return dotenv_values(env_file, encoding=_ENCODING)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{env_file} cannot be read: {error}") from None
