"""An attack on the log: whatever is secret, on whichever way it comes."""

import asyncio
import base64
import json
import logging
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, quote_plus

import aiohttp
import pytest
import structlog
from aiohttp import web
from multidict import CIMultiDict
from pydantic import SecretStr
from yarl import URL

from bot.log import set_up_logs
from bot.redaction import HIDDEN, Redaction, passwords
from bot.strays import catch_strays
from tests.adapters.monitoring.pages import HOST

TOKEN = "MTA4NjQ1MTIzNDU2Nzg5MDEyMw.GxYzAb.ZebraZebraZebraZebraZebraZebraZeb"
KEY = 'sk-Zebra/0452+~="quoted"\\back&ümlaut'
PASSWORD = "Zebra's p@ss/wörd"
DATABASE = f"postgresql://bot:{quote(PASSWORD, safe='')}@db.example/bot"
KNOWN = [SecretStr(TOKEN), SecretStr(KEY), *passwords(DATABASE)]

ZEBRA = "Zebra0123456789abcdef"
UNKNOWN = {
    "another bot's token": "NzkyNzE1NDU0MTk2MDg4ODQy.X-hvzA.ZebraZebraZebraZebraZebraZe",
    "an interaction's token": "aW50ZXJhY3Rpb246Zebra0123456789",
    "a webhook": f"https://discord.com/api/v10/webhooks/123456789012345678/{ZEBRA}/messages/@original",
    "a quoted webhook": quote(f"https://discord.com/api/v10/webhooks/123456789012345678/{ZEBRA}", safe=""),
    "a callback": f"POST /api/v10/interactions/123456789012345678/{ZEBRA}/callback",
    "a picture in S3": f"https://asset.s3.amazonaws.com/fox.png?X-Amz-Credential={ZEBRA}&X-Amz-Signature={ZEBRA}",
    "a quoted picture": quote(f"https://asset.example/fox.png?a=1&X-Amz-Signature={ZEBRA}", safe=""),
    "a picture in JSON of others": rf"https://asset.example/fox.png?a=1\u0026X-Amz-Signature\u003d{ZEBRA}",
    "a query alone": f"X-Amz-Security-Token={ZEBRA}&x-amz-signature={ZEBRA}",
    "an old signature": f"fox.png?AWSAccessKeyId={ZEBRA}&Signature={ZEBRA}",
    "another cloud": f"fox.png?se=2026&sig={ZEBRA}&X-Goog-Signature={ZEBRA}",
    "Discord's CDN": "https://cdn.discordapp.com/attachments/1/2/fox.png?ex=Zebra&is=Zebra&hm=Zebra&",
    "the CDN's query": "fox.png?ex=6617d3b5&is=66055eb5&hm=Zebra0123456789",
    "a header": f"Authorization: Bot {ZEBRA}",
    "a short header": "authorization: Zebra",
    "another header": f"Proxy-Authorization: Basic {ZEBRA}",
    "the key's header": f"API-KEY: {ZEBRA}",
    "bearer": f"sent with Bearer {ZEBRA}",
    "a JWT": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJaZWJyYSJ9.Zebra-Zebra",
    "an address with a password": "postgresql+psycopg://bot:Zebra@db.example:5432/bot",
    "a proxy with a password": "ws://proxy:Zebra-p%40ss@127.0.0.1:8080/?v=10",
    "a connection's words": "host=db user=bot password=Zebra dbname=bot",
    "a row": 'duplicate key\nDETAIL:  Failing row contains (1, {"prompt": "a Zebra"}).\nHINT: none',
}
SPELLINGS: dict[str, Callable[[str], Any]] = {
    "as it is": str,
    "within words": lambda it: f"before {it}, after",
    "in lines": lambda it: f"one\n{it}\nthree",
    "as a key": lambda it: {it: 1},
    "nested": lambda it: [{"deep": ({"er": [it]},)}],
    "bytes": str.encode,
    "nested bytes": lambda it: {"raw": [bytearray(it.encode())]},
    "repr": repr,
    "repr of repr": lambda it: repr(repr(it)),
    "ascii": ascii,
    "JSON": lambda it: json.dumps({"it": it}),
    "JSON in JSON": lambda it: json.dumps({"body": json.dumps({"it": it})}),
    "JSON as it is read": lambda it: json.dumps({"it": it}, ensure_ascii=False),
    "an exception": lambda it: ValueError(it, {"it": it}),
    "an object": lambda it: Odd(Odd([it])),
}
QUOTED: dict[str, Callable[[str], str]] = {
    "quoted": lambda it: f"next={quote(it, safe='')}",
    "quoted for a path": quote,
    "quoted for a form": quote_plus,
    "quoted in small letters": lambda it: quote(it, safe="").replace("%2F", "%2f").replace("%3D", "%3d"),
    "quoted twice": lambda it: quote(quote(it, safe=""), safe=""),
    "base64": lambda it: base64.b64encode(it.encode()).decode(),
    "base64 within": lambda it: base64.b64encode(f"bot:{it}:x".encode()).decode(),
    "base64 for addresses": lambda it: base64.urlsafe_b64encode(f"b{it}".encode()).decode(),
}


@dataclass
class Odd:
    inside: Any


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    root, discord = logging.getLogger(), logging.getLogger("discord")
    before = root.handlers[:], root.level, discord.level
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    yield
    logging.captureWarnings(capture=False)
    root.handlers, root.level, discord.level = before
    structlog.reset_defaults()


@pytest.fixture(params=["console", "json"])
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def spill(form: str, value: Any) -> None:
    """Say it in each way that something can be logged."""
    set_up_logs("DEBUG", form, KNOWN)
    log = structlog.get_logger("bot.somewhere")
    log.info("an event", value=value)
    log.info(str(value))
    log.info("%s and %r", value, [value])
    log.bind(bound=value).warning("bound")
    logging.getLogger("discord.http").warning("%s %s with %s", "GET", value, {"headers": value})
    logging.getLogger("aiohttp.client").debug("mapping %(value)r", {"value": value})
    try:
        try:
            raise LookupError(value)  # noqa: TRY301 - a cause
        except LookupError as error:
            raise RuntimeError("again", value) from error
    except RuntimeError as error:
        log.exception("it broke")
        error.add_note(str(value))
        logging.getLogger("asyncio").error("and again", exc_info=error)  # noqa: TRY400 - as the loop does


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize("secret", [TOKEN, KEY, PASSWORD], ids=["token", "key", "password"])
def test_what_is_known_as_secret_is_told_in_no_spelling(
    form: str, secret: str, spelling: Callable[[str], Any], capsys: pytest.CaptureFixture[str]
) -> None:
    spill(form, spelling(secret))
    told = capsys.readouterr().err
    assert "Zebra" not in told
    assert "umlaut" not in told
    assert HIDDEN in told
    if form == "json":
        assert all(json.loads(line)["event"] for line in told.splitlines())


@pytest.mark.parametrize("spelling", QUOTED.values(), ids=QUOTED)
@pytest.mark.parametrize("secret", [TOKEN, KEY, PASSWORD], ids=["token", "key", "password"])
def test_what_is_known_as_secret_is_found_where_it_was_quoted_or_encoded(
    form: str, secret: str, spelling: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    written = spelling(secret)
    spill(form, written)
    told = capsys.readouterr().err
    assert written not in told
    assert "Zebra" not in told, form
    assert HIDDEN in told


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize("secret", UNKNOWN.values(), ids=UNKNOWN)
def test_what_has_the_shape_of_a_secret_is_not_told(
    form: str, secret: str, spelling: Callable[[str], Any], capsys: pytest.CaptureFixture[str]
) -> None:
    spill(form, spelling(secret))
    told = capsys.readouterr().err
    assert "Zebra" not in told, form
    assert HIDDEN in told
    if form == "json":
        assert all(json.loads(line)["event"] for line in told.splitlines())


@pytest.mark.parametrize(
    "value",
    [
        {"Authorization": "Bot Zebra", "API-KEY": "Zebra"},
        CIMultiDict({"Authorization": "Bearer Zebra", "api-key": "Zebra"}),
        [(b"Authorization", b"Bot Zebra"), (b"API-KEY", b"Zebra")],
        URL("https://discord.com/api/webhooks/123456789012345678/Zebra?thread_id=1"),
        [URL("https://asset.example/fox.png?Expires=1&Signature=Zebra")],
    ],
    ids=lambda it: type(it).__name__,
)
def test_headers_and_addresses_are_found_in_objects(form: str, value: Any, capsys: pytest.CaptureFixture[str]) -> None:
    spill(form, value)
    told = capsys.readouterr().err
    assert "Zebra" not in told, form
    assert HIDDEN in told


@pytest.mark.parametrize(
    "plain",
    [
        "job ended",
        "bot.services.queue",
        "https://api.1min.ai/api/features",
        "http://127.0.0.1:8080/healthz",
        "sqlite:///data/bot.db",
        "the bot cannot write its commands into OPERATOR_GUILD_ID: is it a member there?",
        "1234567890123456789-0 code=authentication outcome=failed",
        "Discord does not accept DISCORD_TOKEN: Bot -> Reset Token",
        '  File "bot/adapters/monitoring/text_string_to_metric_families.py", line 3, in a_rather_long_name_of_it',
    ],
)
def test_what_is_no_secret_stays(plain: str) -> None:
    assert Redaction(KNOWN)(plain) == plain


def test_what_remains_of_an_address_tells_where_it_leads() -> None:
    hide = Redaction([])
    assert (
        hide("https://a.example/fox.png?X-Amz-Signature=1 was gone") == f"https://a.example/fox.png?{HIDDEN} was gone"
    )
    assert hide("postgresql://bot:hush@db.example/bot") == f"postgresql://{HIDDEN}@db.example/bot"


def test_a_short_password_is_hidden_in_addresses_alone() -> None:
    assert list(passwords("postgresql://bot:bot@db/bot", "sqlite:///bot.db")) == []
    hide = Redaction(passwords("postgresql://bot:bot@db/bot"))
    assert hide("bot.services at postgresql://bot:bot@db/bot") == f"bot.services at postgresql://{HIDDEN}@db/bot"


async def test_what_aiohttp_and_the_loop_say_is_cleaned(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("DEBUG", form, KNOWN)

    async def broken(_: web.Request) -> web.Response:
        raise RuntimeError(f"no room for {TOKEN}")

    async def forgotten() -> None:
        raise ValueError(f"https://asset.example/fox.png?X-Amz-Signature={ZEBRA}")

    application = web.Application()
    application.router.add_get("/{path:.*}", broken)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, HOST, 0)
    await site.start()
    async with aiohttp.ClientSession() as session, session.get(f"http://{HOST}:{site.port}/?sig={ZEBRA}") as answer:
        assert answer.status == 500
    await runner.cleanup()
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(forgotten())
    await asyncio.wait([task])
    loop.call_exception_handler({"message": "forgotten", "exception": task.exception(), "task": task, "key": KEY})
    told = capsys.readouterr().err
    assert "Traceback" in told
    assert "forgotten" in told
    assert "Zebra" not in told, form


def failing(secret: str) -> None:
    raise ValueError(f"no room for {secret}")


def test_what_nobody_caught_goes_through_the_log(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("DEBUG", form, KNOWN)
    catch_strays()
    thread = threading.Thread(target=failing, args=(KEY,))
    thread.start()
    thread.join()
    try:
        failing(TOKEN)
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
        told = type("Told", (), {"object": failing, "exc_value": error})
        sys.unraisablehook(told)  # type: ignore[arg-type]  # nobody but the interpreter can make one
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn(f"https://asset.example/?sig={ZEBRA} {TOKEN}", UserWarning, stacklevel=1)
    out = capsys.readouterr()
    assert out.out == ""
    for event in ("the bot ended", "a thread ended", "nobody could be told", "UserWarning"):
        assert event in out.err
    assert out.err.count("in failing") >= 3
    assert "Zebra" not in out.err, form


def test_who_interrupts_is_told_as_ever(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("DEBUG", form, KNOWN)
    catch_strays()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert capsys.readouterr().err == "KeyboardInterrupt\n", form
