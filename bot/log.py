"""Logs: one line per event, ids instead of prompts, no secret in any of them."""

import contextlib
import logging
import re
import sys
from collections.abc import Iterable
from typing import Final, TextIO

import structlog
from pydantic import SecretStr
from structlog.typing import EventDict, Processor, WrappedLogger
from typing_extensions import override

from bot.redaction import Redaction

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Redacted:
    """Takes secrets out of the finished text, so that no value, however deep or odd, brings one in."""

    def __init__(self, render: Processor, redaction: Redaction) -> None:
        self._render = render
        self._redaction = redaction

    def __call__(self, logger: WrappedLogger, method: str, event: EventDict) -> str:
        return self._redaction(str(self._render(logger, method, event)))


class Output(logging.StreamHandler[TextIO]):
    @override
    def handleError(self, record: logging.LogRecord) -> None:
        # The inherited one prints the arguments as they are, secrets and all.
        with contextlib.suppress(OSError, ValueError):
            self.stream.write(f"an event of {record.name} could not be written\n")


_EACH: Final[list[Processor]] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def set_up_logs(level: str, form: str, secrets: Iterable[SecretStr]) -> None:
    """Send structlog and the standard library, discord.py included, to standard error in one form."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *_EACH,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    output = Output(sys.stderr)
    output.setFormatter(_formatter(form, secrets))
    root = logging.getLogger()
    root.handlers = [output]
    root.setLevel(level)
    logging.getLogger("alembic").setLevel(max(logging.WARNING, root.level))
    logging.getLogger("discord").setLevel(max(logging.INFO, root.level))  # its DEBUG lines hold whole payloads


def _formatter(form: str, secrets: Iterable[SecretStr]) -> structlog.stdlib.ProcessorFormatter:
    spelling: list[Processor] = [] if form == "json" else [_on_one_line]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_EACH,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *spelling,
            Redacted(_renderer(form), Redaction(secrets)),
        ],
    )


def _renderer(form: str) -> Processor:
    if form == "json":
        return structlog.processors.JSONRenderer()
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())


def _on_one_line(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """What came from elsewhere can begin no line of its own. Only tracebacks have several."""
    return {
        key: _spelt(value) if isinstance(value, str) and key != "exception" else value for key, value in event.items()
    }


def _spelt(text: str) -> str:
    return _CONTROL.sub(lambda found: repr(found[0])[1:-1], text)
