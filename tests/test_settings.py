import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from bot.domain.credits import PeriodKind
from bot.settings import DatabaseSettings, Settings, SettingsError, read_settings

ROOT = Path(__file__).parent.parent
TOKEN = "MTA4.Zebra-0451.never_shown"
KEY = "sk-Quagga-0452"
BUCKET = "https://s3.us-east-1.amazonaws.com/asset.1min.ai"

# The names are a contract, so they stand here a second time.
DEFAULTS: dict[str, Any] = {
    "ONEMIN_API_URL": "https://api.1min.ai",
    "ONEMIN_MODEL": "black-forest-labs/flux-2-pro",
    "ONEMIN_ASYNC": False,
    "ONEMIN_IMAGE_ORIGINS": (BUCKET, "https://*.1min.ai"),
    "ONEMIN_CONCURRENCY": 4,
    "ONEMIN_REQUESTS_PER_MINUTE": 150,
    "ONEMIN_TIMEOUT_SECONDS": 180.0,
    "PROVIDER_CALLS_PER_DAY": 500,
    "DATABASE_URL": "sqlite:///data/bot.db",
    "DATA_DIR": Path("data"),
    "GUILDS": None,
    "GUILD_CREDITS": 100,
    "GUILD_CREDITS_PERIOD": PeriodKind.MONTH,
    "PRICE_IMAGINE": 1,
    "PRICE_EDIT": 1,
    "GUILD_JOBS": 50,
    "MEMBER_JOBS": 6,
    "MAX_SAFETY_TOLERANCE": 6,
    "EDITING_ENABLED": True,
    "OPERATOR_GUILD_ID": None,
    "OPERATOR_CHANNEL_ID": None,
    "OPERATOR_IDS": frozenset(),
    "RETENTION_DAYS": 90,
    "SHUTDOWN_SECONDS": 75.0,
    "DISCORD_API_URL": "https://discord.com/api/v10",
    "DISCORD_GATEWAY_URL": None,
    "SHARD_COUNT": None,
    "SHARD_IDS": None,
    "HTTP_HOST": "127.0.0.1",
    "HTTP_PORT": None,
    "LOG_LEVEL": "INFO",
    "LOG_FORMAT": "console",
}
REQUIRED = ("DISCORD_TOKEN", "ONEMIN_API_KEY")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The environment of a bot that has what it needs."""
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    monkeypatch.setenv("ONEMIN_API_KEY", KEY)
    return monkeypatch


def value(name: str) -> Any:
    return getattr(read_settings(Settings), name.lower())


def problems() -> list[str]:
    with pytest.raises(SettingsError) as refusal:
        read_settings(Settings)
    return str(refusal.value).splitlines()


def test_the_names_are_those_of_the_contract() -> None:
    assert {name.upper() for name in Settings.model_fields} == {*DEFAULTS, *REQUIRED}


@pytest.mark.usefixtures("env")
@pytest.mark.parametrize(("name", "default"), DEFAULTS.items())
def test_a_setting_left_out_has_the_default_of_the_contract(name: str, default: object) -> None:
    assert value(name) == default
    assert type(value(name)) is type(default)


@pytest.mark.parametrize(("name", "default"), DEFAULTS.items())
@pytest.mark.parametrize("nothing", ["", "   "])
def test_an_empty_value_means_the_default(env: pytest.MonkeyPatch, name: str, default: object, nothing: str) -> None:
    Path(".env").write_text(f"{name}={nothing}\n")
    assert value(name) == default
    env.setenv(name, "")
    assert value(name) == default


@pytest.mark.parametrize(
    ("name", "written", "expected"),
    [
        ("ONEMIN_API_URL", "http://127.0.0.1:8600/", "http://127.0.0.1:8600"),
        ("ONEMIN_API_URL", " https://api.1min.ai ", "https://api.1min.ai"),
        ("DISCORD_API_URL", "http://proxy:3000/api/v10/", "http://proxy:3000/api/v10"),
        ("DISCORD_GATEWAY_URL", "ws://proxy:4000", "ws://proxy:4000"),
        ("ONEMIN_ASYNC", "true", True),
        ("ONEMIN_IMAGE_ORIGINS", "http://127.0.0.1:8600/x", ("http://127.0.0.1:8600/x",)),
        (
            "ONEMIN_IMAGE_ORIGINS",
            " https://a.example ,, https://*.b.example, ",
            ("https://a.example", "https://*.b.example"),
        ),
        ("ONEMIN_CONCURRENCY", "1", 1),
        ("ONEMIN_CONCURRENCY", "256", 256),
        ("ONEMIN_REQUESTS_PER_MINUTE", "100000", 100_000),
        ("ONEMIN_TIMEOUT_SECONDS", "5", 5.0),
        ("ONEMIN_TIMEOUT_SECONDS", "7.5", 7.5),
        ("PROVIDER_CALLS_PER_DAY", "0", 0),
        ("PROVIDER_CALLS_PER_DAY", "100000", 100_000),
        ("DATABASE_URL", "postgres://bot:pass@db/bot", "postgres://bot:pass@db/bot"),
        (
            "DATABASE_URL",
            "postgresql://bot:pass@db:5432/bot?sslmode=require",
            "postgresql://bot:pass@db:5432/bot?sslmode=require",
        ),
        ("DATABASE_URL", "postgresql:///bot?host=/run/postgresql", "postgresql:///bot?host=/run/postgresql"),
        ("DATABASE_URL", "postgresql://bot:p:a@[::1]:5432/bot", "postgresql://bot:p:a@[::1]:5432/bot"),
        ("DATABASE_URL", "sqlite:////var/lib/bot.db", "sqlite:////var/lib/bot.db"),
        ("GUILDS", "all", None),
        ("GUILDS", "1, 2,,3 ", frozenset({1, 2, 3})),
        ("GUILDS", "1 2\t3", frozenset({1, 2, 3})),
        ("GUILD_CREDITS", "unlimited", "unlimited"),
        ("GUILD_CREDITS", " Unlimited ", "unlimited"),
        ("GUILD_CREDITS", "0", 0),
        ("GUILD_CREDITS", "1000000000", 10**9),
        ("GUILD_CREDITS_PERIOD", "Week", PeriodKind.WEEK),
        ("PRICE_IMAGINE", "0", 0),
        ("GUILD_JOBS", "1", 1),
        ("MAX_SAFETY_TOLERANCE", "1", 1),
        ("EDITING_ENABLED", "off", False),
        ("OPERATOR_GUILD_ID", "None", None),
        ("OPERATOR_CHANNEL_ID", "1234567890123456789", 1234567890123456789),
        ("OPERATOR_IDS", "none", frozenset()),
        ("OPERATOR_IDS", "5,6,5", frozenset({5, 6})),
        ("SHUTDOWN_SECONDS", "0", 0.0),
        ("SHARD_COUNT", "automatic", None),
        ("SHARD_IDS", "Automatic", None),
        ("HTTP_HOST", "0.0.0.0", "0.0.0.0"),  # noqa: S104 - for probes from other machines
        ("HTTP_HOST", "::1", "::1"),
        ("HTTP_HOST", "localhost", "localhost"),
        ("HTTP_PORT", "off", None),
        ("HTTP_PORT", "8080", 8080),
        ("LOG_LEVEL", "debug", "DEBUG"),
        ("LOG_FORMAT", "JSON", "json"),
    ],
)
def test_a_value_is_understood(env: pytest.MonkeyPatch, name: str, written: str, expected: object) -> None:
    env.setenv(name, written)
    assert value(name) == expected


@pytest.mark.parametrize(
    ("name", "written", "told"),
    [
        ("ONEMIN_API_URL", "api.1min.ai", "must be an address such as https://host.example/path"),
        ("ONEMIN_API_URL", "https://*.1min.ai", "must be an address such as https://host.example/path"),
        ("DISCORD_API_URL", "https://discord.com/?x=1", "must be an address such as https://host.example/path"),
        ("DISCORD_GATEWAY_URL", "https://gateway.example", "must begin with wss:// or ws://"),
        ("ONEMIN_ASYNC", "perhaps", "should be a valid boolean, unable to interpret input"),
        ("ONEMIN_IMAGE_ORIGINS", "https://a.example,b.example", "must be an origin such as"),
        ("ONEMIN_IMAGE_ORIGINS", ",", "must name at least one, or be left out"),
        ("ONEMIN_CONCURRENCY", "0", "should be greater than or equal to 1"),
        ("ONEMIN_CONCURRENCY", "257", "should be less than or equal to 256"),
        ("ONEMIN_REQUESTS_PER_MINUTE", "100001", "should be less than or equal to 100000"),
        ("ONEMIN_TIMEOUT_SECONDS", "4.9", "should be greater than or equal to 5"),
        ("ONEMIN_TIMEOUT_SECONDS", "nan", "should be less than or equal to 3600"),
        ("ONEMIN_TIMEOUT_SECONDS", "inf", "should be less than or equal to 3600"),
        ("PROVIDER_CALLS_PER_DAY", "-1", "should be greater than or equal to 0"),
        ("PROVIDER_CALLS_PER_DAY", "many", "should be a valid integer, unable to parse string as an integer"),
        ("DATABASE_URL", "mysql://bot:Zebra@db/bot", "must be sqlite:///path/to/file.db or postgresql://"),
        ("DATABASE_URL", "sqlite:///:memory:", "must be sqlite:///path/to/file.db or postgresql://"),
        ("GUILDS", "1,x", "should be a valid integer, unable to parse string as an integer"),
        ("GUILDS", "x,y", "should be a valid integer, unable to parse string as an integer"),
        ("GUILDS", ", ,", "must name at least one, or be left out"),
        ("GUILDS", "0", "should be greater than 0"),
        ("GUILD_CREDITS", "-1", "must be a whole number from 0 to 1,000,000,000, or unlimited"),
        ("GUILD_CREDITS", "many", "must be a whole number from 0 to 1,000,000,000, or unlimited"),
        ("GUILD_CREDITS", "1.5", "must be a whole number from 0 to 1,000,000,000, or unlimited"),
        ("GUILD_CREDITS", "1000000001", "must be a whole number from 0 to 1,000,000,000, or unlimited"),
        ("GUILD_CREDITS_PERIOD", "year", "should be 'day', 'week' or 'month'"),
        ("MAX_SAFETY_TOLERANCE", "7", "should be less than or equal to 6"),
        ("OPERATOR_IDS", "somebody", "should be a valid integer, unable to parse string as an integer"),
        ("SHARD_IDS", "0", "needs SHARD_COUNT beside it"),
        ("HTTP_HOST", "http://127.0.0.1", "must be an address to listen at, such as 127.0.0.1 or 0.0.0.0"),
        ("HTTP_HOST", "127.0.0.1:8080", "must be an address to listen at"),
        ("HTTP_HOST", "127.0.0.256", "must be an address to listen at"),
        ("HTTP_HOST", "*", "must be an address to listen at"),
        ("HTTP_PORT", "65536", "should be less than or equal to 65535"),
        ("LOG_LEVEL", "loud", "should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ("LOG_FORMAT", "xml", "should be 'console' or 'json'"),
    ],
)
def test_a_bad_value_is_told_in_one_line_with_its_name_and_what_it_should_be(
    env: pytest.MonkeyPatch, name: str, written: str, told: str
) -> None:
    env.setenv(name, written)
    (line,) = problems()
    assert line.startswith(f"{name} {told}")
    assert "Zebra" not in line


def test_everything_that_is_missing_or_bad_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, written in {"ONEMIN_CONCURRENCY": "0", "SHARD_COUNT": "2", "SHARD_IDS": "2", "GUILDS": "x"}.items():
        monkeypatch.setenv(name, written)
    assert problems() == [
        "DISCORD_TOKEN is missing: the bot token from the Discord portal",
        "ONEMIN_API_KEY is missing: the API key from 1min.ai",
        "ONEMIN_CONCURRENCY should be greater than or equal to 1",
        "GUILDS should be a valid integer, unable to parse string as an integer",
        "SHARD_IDS must lie between 0 and SHARD_COUNT - 1",
    ]


def test_a_bad_shard_count_is_told_without_blaming_the_ids(env: pytest.MonkeyPatch) -> None:
    env.setenv("SHARD_COUNT", "0")
    env.setenv("SHARD_IDS", "0")
    assert problems() == ["SHARD_COUNT should be greater than or equal to 1"]


def test_each_shard_is_run_once(env: pytest.MonkeyPatch) -> None:
    env.setenv("DATABASE_URL", "postgresql://db/bot")
    env.setenv("SHARD_COUNT", "4")
    env.setenv("SHARD_IDS", "3,0 3")
    assert value("SHARD_IDS") == (0, 3)


def test_some_of_the_shards_need_a_database_that_the_others_can_share(env: pytest.MonkeyPatch) -> None:
    env.setenv("SHARD_COUNT", "2")
    env.setenv("SHARD_IDS", "1")
    (line,) = problems()
    assert line.startswith("SHARD_IDS must name every shard, or DATABASE_URL a PostgreSQL server")
    env.setenv("SHARD_IDS", "0,1")
    assert value("SHARD_IDS") == (0, 1)


def test_a_number_of_shards_alone_means_all_of_them(env: pytest.MonkeyPatch) -> None:
    env.setenv("SHARD_COUNT", "2")
    assert (value("SHARD_COUNT"), value("SHARD_IDS")) == (2, None)


@pytest.mark.parametrize("named", ["2", "-1", "0,2"])
def test_a_shard_that_is_none_is_told(env: pytest.MonkeyPatch, named: str) -> None:
    env.setenv("SHARD_COUNT", "2")
    env.setenv("SHARD_IDS", named)
    assert problems() == ["SHARD_IDS must lie between 0 and SHARD_COUNT - 1"]


@pytest.mark.parametrize("named", [",", " , ,"])
def test_shards_that_name_none_are_told(env: pytest.MonkeyPatch, named: str) -> None:
    env.setenv("SHARD_COUNT", "2")
    env.setenv("SHARD_IDS", named)
    assert problems() == ["SHARD_IDS must name at least one, or be left out"]


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize(
    "placeholder",
    [
        "your-token-here",
        "your-bot-token",
        "your-1min-ai-api-key",
        "YOUR_API_KEY",
        "Your token",
        "<token>",
        "<api-key>",
        "xxx",
        "xxxxxxxxxxxx",
        "changeme",
        "change-me",
        "replace_me",
        "paste-it-here",
        "...",
        "…",
        "TODO",
        "********",
    ],
)
def test_a_placeholder_is_no_secret(env: pytest.MonkeyPatch, name: str, placeholder: str) -> None:
    env.setenv(name, placeholder)
    assert problems() == [f"{name} is still the placeholder"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "is missing: the bot token from the Discord portal"),
        ("   ", "is empty"),
        ("two words", "must be one word of plain letters, figures and signs, without quotes"),
        ("line\nbreak", "must be one word of plain letters, figures and signs, without quotes"),
        ('"quoted"', "must be one word of plain letters, figures and signs, without quotes"),
        ("Schlüssel", "must be one word of plain letters, figures and signs, without quotes"),
    ],
)
def test_what_cannot_be_a_secret_is_refused(env: pytest.MonkeyPatch, written: str, told: str) -> None:
    env.setenv("DISCORD_TOKEN", written)
    assert problems() == [f"DISCORD_TOKEN {told}"]


def test_a_secret_loses_the_space_around_it(env: pytest.MonkeyPatch) -> None:
    env.setenv("DISCORD_TOKEN", f" {TOKEN}\n")
    assert value("DISCORD_TOKEN").get_secret_value() == TOKEN


def test_secrets_print_as_stars(env: pytest.MonkeyPatch) -> None:
    env.setenv("DATABASE_URL", "postgresql://bot:Gnu-0453@db/bot")
    settings = read_settings(Settings)
    dumped = settings.model_dump_json()
    for text in (repr(settings), str(settings), f"{settings}", dumped, repr(settings.model_dump())):
        assert not [secret for secret in ("Zebra", "Quagga", "Gnu") if secret in text]
    assert json.loads(dumped)["discord_token"] == "**********"
    assert json.loads(dumped)["database_url"] == "postgresql://**********@db/bot"
    assert settings.database_url == "postgresql://bot:Gnu-0453@db/bot"


def test_errors_do_not_tell_secrets(env: pytest.MonkeyPatch) -> None:
    env.setenv("DISCORD_TOKEN", "Zebra Zebra")
    env.setenv("HTTP_PORT", "x")
    env.setenv("DATABASE_URL", "mysql://bot:Zebra@db/bot")
    with pytest.raises(ValidationError) as bare:
        Settings()
    with pytest.raises(SettingsError) as worded:
        read_settings(Settings)
    assert "Zebra" not in str(bare.value) + repr(bare.value) + str(worded.value)
    assert "Quagga" not in str(bare.value) + repr(bare.value) + str(worded.value)
    assert worded.value.__cause__ is None
    assert worded.value.__suppress_context__


@pytest.mark.usefixtures("env")
def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        setattr(read_settings(Settings), "guild_credits", 5)  # noqa: B010 - mypy knows it to be frozen


def test_the_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text(
        f'DISCORD_TOKEN="{TOKEN}"\nexport ONEMIN_API_KEY={KEY} # from the site\nguild_jobs=7\nMEMBER_JOBS=3\n'
    )
    monkeypatch.setenv("MEMBER_JOBS", "4")
    settings = read_settings(Settings)
    assert settings.discord_token == SecretStr(TOKEN)
    assert settings.onemin_api_key == SecretStr(KEY)
    assert (settings.guild_jobs, settings.member_jobs) == (7, 4)


@pytest.mark.usefixtures("env")
def test_a_name_that_is_none_is_told_with_the_one_that_was_meant() -> None:
    Path(".env").write_text("GUILD_CREDIT=5\nONEMIN-MODEL=x\nSOMETHING_ELSE_ENTIRELY=1\nHTTP_PORT=x\n")
    assert problems() == [
        "GUILD_CREDIT in .env is no setting of this bot; did you mean GUILD_CREDITS?",
        "ONEMIN-MODEL in .env is no setting of this bot; did you mean ONEMIN_MODEL?",
        "SOMETHING_ELSE_ENTIRELY in .env is no setting of this bot",
        "HTTP_PORT should be a valid integer, unable to parse string as an integer",
    ]


@pytest.mark.usefixtures("env")
def test_a_wrong_name_alone_stops_the_start() -> None:
    Path(".env").write_text("GUILDS_CREDITS=5\n")
    assert problems() == ["GUILDS_CREDITS in .env is no setting of this bot; did you mean GUILD_CREDITS?"]


def test_unknown_names_in_the_environment_are_nobodys_business(env: pytest.MonkeyPatch) -> None:
    env.setenv("GUILD_CREDIT", "5")
    assert value("GUILD_CREDITS") == 100


def test_a_file_from_an_editor_that_marks_its_encoding_is_read() -> None:
    Path(".env").write_text(f"DISCORD_TOKEN={TOKEN}\r\nONEMIN_API_KEY={KEY}\r\n", encoding="utf-8-sig")
    assert value("DISCORD_TOKEN").get_secret_value() == TOKEN


@pytest.mark.usefixtures("env")
def test_a_file_that_is_no_text_is_told_in_words() -> None:
    Path(".env").write_bytes("# Schlüssel\nGUILD_JOBS=5\n".encode("latin-1"))
    (line,) = problems()
    assert line.startswith(".env cannot be read: ")


@pytest.mark.usefixtures("env")
def test_no_file_need_be_there() -> None:
    Path(".env").write_text("GUILD_JOBS=7\n")
    assert read_settings(Settings, None).guild_jobs == 50
    assert read_settings(Settings, Path("missing.env")).guild_jobs == 50


def test_the_books_need_neither_token_nor_key(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("GUILD_JOBS=7\n")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///elsewhere.db")
    assert read_settings(DatabaseSettings).database_url == "sqlite:///elsewhere.db"


def test_unlimited_credits_are_no_number(env: pytest.MonkeyPatch) -> None:
    assert read_settings(Settings).allowance == 100
    env.setenv("GUILD_CREDITS", "unlimited")
    assert read_settings(Settings).allowance is None


@pytest.mark.usefixtures("env")
def test_pictures_may_come_from_the_default_origins() -> None:
    bucket, others = read_settings(Settings).image_origins
    assert bucket.allows(f"{BUCKET}/x.png")
    assert others.allows("https://cdn.1min.ai/x.png")


def test_the_example_lists_every_setting_once_and_nothing_else() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    written = [line.lstrip("# ").partition("=")[0] for line in text.splitlines() if _assigns(line)]
    assert sorted(written) == sorted([*DEFAULTS, *REQUIRED])


def test_the_example_works_once_its_placeholders_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    Path(".env").write_text(
        "\n".join(line.lstrip("# ") for line in text.splitlines() if _assigns(line)), encoding="utf-8"
    )
    assert sorted(line.partition(" ")[0] for line in problems()) == sorted(REQUIRED)
    for name in REQUIRED:
        monkeypatch.setenv(name, TOKEN)
    settings = read_settings(Settings)
    for name, default in DEFAULTS.items():
        assert (name, getattr(settings, name.lower())) == (name, default)


def _assigns(line: str) -> bool:
    """Also where the line is commented out because it holds the default."""
    name, sign, _ = line.lstrip("# ").partition("=")
    return bool(sign) and name.isupper() and " " not in name
