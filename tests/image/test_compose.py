"""What `docker compose up` gives the image to run in."""

import re
from collections.abc import Mapping
from typing import Any, Final

import pytest
import yaml

from bot.settings import Settings, SettingsError, read_settings
from tests.image.dockerfile import ROOT, stages

SETTINGS = {name.upper() for name in Settings.model_fields}
BOTS: Final = ("bot", "bot-1")
TWO_PROCESSES: Final = {"DATABASE_URL": "postgresql://bot@postgres/bot", "SHARD_COUNT": "2", "SHARD_IDS": "0"}
"""What the file says to put into `.env` for them."""
_INNERMOST: Final = re.compile(r"\$\{(\w+):([-+])([^${}]*)\}")


@pytest.fixture
def compose() -> dict[str, Any]:
    said: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return said


@pytest.fixture(params=BOTS)
def bot(request: pytest.FixtureRequest, compose: dict[str, Any]) -> dict[str, Any]:
    bot: dict[str, Any] = compose["services"][request.param]
    return bot


def test_the_bot_can_write_to_its_volume_and_nowhere_else(compose: dict[str, Any], bot: dict[str, Any]) -> None:
    assert bot["read_only"] is True
    assert bot["tmpfs"] == ["/tmp"]  # noqa: S108 - the container's own
    [(name, _, target)] = [it.partition(":") for it in bot["volumes"]]
    assert name in compose["volumes"]
    assert target == stages()[-1].the("VOLUME").text


def test_the_bot_has_no_rights_beyond_its_user(bot: dict[str, Any]) -> None:
    assert bot["cap_drop"] == ["ALL"]
    assert bot["security_opt"] == ["no-new-privileges:true"]
    assert not {"user", "privileged", "cap_add", "pid", "network_mode"} & set(bot)


def test_nobody_outside_is_let_in(compose: dict[str, Any]) -> None:
    assert [name for name, service in compose["services"].items() if "ports" in service] == []
    assert compose["networks"]["books"]["internal"] is True


def test_pictures_under_way_get_the_time_that_they_are_promised(bot: dict[str, Any]) -> None:
    seconds = bot["stop_grace_period"].removesuffix("s")
    assert int(seconds) > Settings.model_fields["shutdown_seconds"].default + 10  # to close everything afterwards


def test_the_images_own_words_stand(bot: dict[str, Any]) -> None:
    assert bot["build"] == "."
    assert not {"healthcheck", "entrypoint", "command", "stop_signal", "working_dir"} & set(bot)
    assert bot["restart"] == "unless-stopped"


def test_the_operators_settings_come_from_their_file(bot: dict[str, Any]) -> None:
    assert bot["env_file"] == ".env"
    assert set(bot.get("environment", {})) <= SETTINGS


def test_without_a_profile_the_bot_runs_alone(compose: dict[str, Any]) -> None:
    assert [name for name, service in compose["services"].items() if not service.get("profiles")] == ["bot"]
    assert sorted(started(compose, "postgres")) == ["bot", "postgres"]
    assert sorted(started(compose, "shards")) == ["bot", "bot-1", "postgres"]


def test_the_second_process_is_like_the_first_and_has_files_of_its_own(compose: dict[str, Any]) -> None:
    first, second = (compose["services"][name] for name in BOTS)
    differing = {name for name in second if second[name] != first.get(name)}
    assert differing == {"profiles", "environment", "volumes"}
    assert set(first) <= set(second)


def test_two_processes_run_each_shard_once_on_one_database(
    compose: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = (ROOT / "compose.yaml").read_text()
    assert all(f"{name}={value}" in said for name, value in TWO_PROCESSES.items())
    first, second = (in_container(compose, name, TWO_PROCESSES, monkeypatch) for name in BOTS)
    assert (first.shard_ids, second.shard_ids) == ((0,), (1,))
    assert first.shard_count == second.shard_count == 2
    assert first.database_url == second.database_url == TWO_PROCESSES["DATABASE_URL"]


@pytest.mark.parametrize("missing", [*([name] for name in TWO_PROCESSES), [*TWO_PROCESSES]])
def test_where_a_line_is_missing_no_shard_is_run_twice(
    compose: dict[str, Any], monkeypatch: pytest.MonkeyPatch, missing: list[str]
) -> None:
    written = {name: value for name, value in TWO_PROCESSES.items() if name not in missing}
    with pytest.raises(SettingsError, match="SHARD_IDS"):
        in_container(compose, "bot-1", written, monkeypatch)


def started(compose: dict[str, Any], profile: str) -> list[str]:
    return [name for name, service in compose["services"].items() if profile in service.get("profiles", [profile])]


def in_container(
    compose: dict[str, Any], name: str, written: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """What the bot reads there, with this in `.env`. Raises `SettingsError`."""
    given: dict[str, str] = compose["services"][name].get("environment", {})
    read = {**written, **{setting: filled_in(value, written) for setting, value in given.items()}}
    with monkeypatch.context() as environment:
        for setting, value in {"DISCORD_TOKEN": "token", "ONEMIN_API_KEY": "key", **read}.items():
            environment.setenv(setting, value)
        return read_settings(Settings, None)


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """As Compose does it, from the inside to the outside."""
    while found := _INNERMOST.search(text):
        name, sign, other = found.groups()
        put = values.get(name, "")
        text = text.replace(found[0], (put or other) if sign == "-" else (other if put else ""))
    return text
