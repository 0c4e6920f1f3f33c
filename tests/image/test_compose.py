"""What `docker compose up` gives the image to run in."""

from typing import Any

import pytest
import yaml

from bot.settings import Settings
from tests.image.dockerfile import ROOT, stages

SETTINGS = {name.upper() for name in Settings.model_fields}


@pytest.fixture
def compose() -> dict[str, Any]:
    said: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return said


@pytest.fixture
def bot(compose: dict[str, Any]) -> dict[str, Any]:
    bot: dict[str, Any] = compose["services"]["bot"]
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
