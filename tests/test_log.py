import asyncio
import io
import json
import logging
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import structlog
from pydantic import SecretStr, ValidationError

from bot.domain.parameters import ImageParameters
from bot.log import set_up_logs
from bot.redaction import HIDDEN
from tests.examples import a_job

TOKEN = "MTA4.Zebra-0451.never_shown"
KEY = "sk-Quagga/0452+~=never_shown"
SECRETS = [SecretStr(TOKEN), SecretStr(KEY), SecretStr(TOKEN[:10]), SecretStr("")]


@dataclass
class Odd:
    inside: Any


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root, discord = logging.getLogger(), logging.getLogger("discord")
    before = root.handlers[:], root.level, discord.level
    yield
    root.handlers, root.level, discord.level = before
    structlog.reset_defaults()


in_both_forms = pytest.mark.parametrize("form", ["console", "json"])


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str]) -> "Written":
    return Written(capsys)


class Written:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    @property
    def text(self) -> str:
        out, err = self._capsys.readouterr()
        assert out == ""
        return err

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


def failing() -> None:
    raise ValueError(f"no room for {TOKEN} and {KEY}")


@in_both_forms
@pytest.mark.parametrize(
    "value",
    [
        f"Bot {TOKEN}",
        KEY,
        {"headers": {"Authorization": f"Bot {TOKEN}", "API-KEY": KEY}},
        [[TOKEN], (KEY,), {TOKEN}, frozenset({KEY})],
        {TOKEN: "as a key"},
        TOKEN.encode(),
        bytearray(TOKEN.encode()),
        [{"deep": [b"Bot " + TOKEN.encode()]}],
        SecretStr(TOKEN),
        Odd(Odd([TOKEN, KEY])),
        ValueError(TOKEN, KEY),
        f"https://proxy.example/?key=sk-Quagga%2F0452%2B~%3Dnever_shown&token={TOKEN}",
        json.dumps({"key": KEY, "token": TOKEN}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_no_value_brings_a_secret_into_the_log(form: str, value: Any, written: Written) -> None:
    set_up_logs("DEBUG", form, SECRETS)
    log = structlog.get_logger("bot.somewhere")
    log.info("an event", value=value)
    log.info("%s", value)
    log.bind(value=value).warning("bound")
    log.info(str(value))
    logging.getLogger("aiohttp").warning("args %s %r", value, {"inside": value})
    logging.getLogger("aiohttp").warning("mapping %(value)s", {"value": value})
    text = written.text
    assert "never_shown" not in text
    assert "Zebra" not in text
    assert HIDDEN in text


@in_both_forms
def test_context_variables_are_cleaned_too(form: str, written: Written) -> None:
    set_up_logs("DEBUG", form, SECRETS)
    with structlog.contextvars.bound_contextvars(session=TOKEN):
        structlog.get_logger().info("in context")
    assert "Zebra" not in written.text


@in_both_forms
def test_exceptions_and_tracebacks_are_cleaned(form: str, written: Written) -> None:
    set_up_logs("DEBUG", form, SECRETS)
    try:
        failing()
    except ValueError as error:
        structlog.get_logger().exception("it broke")
        structlog.get_logger().error("it broke", exc_info=error)
        logging.getLogger("discord.client").exception("Ignoring exception in %s", TOKEN)
        caused = RuntimeError(KEY)
        caused.__cause__ = error
        logging.getLogger("asyncio").warning("and again", exc_info=caused)
    text = written.text
    assert "Traceback" in text
    assert "in failing" in text
    assert "never_shown" not in text


@in_both_forms
def test_a_record_that_cannot_be_formatted_does_not_print_its_arguments(form: str, written: Written) -> None:
    set_up_logs("DEBUG", form, SECRETS)
    for items in (TOKEN, [TOKEN]):
        logging.getLogger("aiohttp").warning("%d items", items)
    assert written.lines == ["an event of aiohttp could not be written"] * 2


def test_nothing_is_raised_where_standard_error_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = io.StringIO()
    monkeypatch.setattr(sys, "stderr", gone)
    set_up_logs("INFO", "json", SECRETS)
    gone.close()
    structlog.get_logger().info("nobody hears this")


@in_both_forms
def test_every_event_is_one_line(form: str, written: Written) -> None:
    set_up_logs("DEBUG", form, SECRETS)
    log = structlog.get_logger("bot.somewhere")
    log.info("plain")
    log.info("two\nlines", value="a\r\nb\x1b[31m\u2028c", nested={"x": "a\nb"})
    logging.getLogger("aiohttp").warning("from\nelsewhere %s", "\x00\nforged line")
    lines = written.lines
    assert len(lines) == 3, lines
    assert not re.search(r"[\x00-\x08\x1b]", "".join(lines))
    if form == "json":
        assert [set(json.loads(line)) >= {"event", "level", "logger", "timestamp"} for line in lines] == [True] * 3
        assert json.loads(lines[1])["event"] == "two\nlines"


@in_both_forms
def test_a_traceback_is_part_of_its_line_in_json_and_stands_below_it_on_the_console(
    form: str, written: Written
) -> None:
    set_up_logs("DEBUG", form, SECRETS)
    try:
        failing()
    except ValueError:
        structlog.get_logger().exception("it broke")
    first, *rest = written.lines
    if form == "json":
        assert "in failing" in json.loads(first)["exception"]
        assert rest == []
    else:
        assert rest[0].startswith("Traceback")


def test_json_says_what_an_event_says(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("INFO", "json", SECRETS)
    structlog.get_logger("bot.somewhere").info("job ended", job="1-0", seconds=1.5, state=None)
    event = json.loads(capsys.readouterr().err)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", event.pop("timestamp"))
    assert event == {
        "event": "job ended",
        "job": "1-0",
        "level": "info",
        "logger": "bot.somewhere",
        "seconds": 1.5,
        "state": None,
    }


def test_what_is_below_the_level_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("WARNING", "json", SECRETS)
    structlog.get_logger("bot").info("quiet")
    logging.getLogger("discord").info("quiet")
    assert capsys.readouterr().err == ""


def test_the_payloads_that_discord_py_logs_at_debug_stay_out(written: Written) -> None:
    set_up_logs("DEBUG", "json", SECRETS)
    logging.getLogger("discord.gateway").debug("For Shard ID %s: WebSocket Event: %s", 0, {"content": "a red fox"})
    assert written.text == ""


@in_both_forms
async def test_prompts_do_not_come_in_with_jobs_and_errors(form: str, written: Written) -> None:
    set_up_logs("DEBUG", form, SECRETS)
    log = structlog.get_logger("bot")
    job = a_job()
    log.info("a job", job=job, parameters=job.parameters)
    forged = {"prompt": "a red fox" * 1000, "steps": "a red fox"}
    try:
        ImageParameters.model_validate(forged)
    except ValidationError:
        log.exception("refused")
    asyncio.get_running_loop().call_exception_handler({"message": "unhandled", "job": job})
    text = written.text
    assert "fox" not in text
    assert text.count("1234567890123456789-0") == 2


def test_colours_are_for_terminals(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    set_up_logs("INFO", "console", SECRETS)
    structlog.get_logger().info("bright")
    assert "\x1b[" in capsys.readouterr().err
