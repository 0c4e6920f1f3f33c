"""What the interpreter would print by itself goes through the log instead, which hides secrets."""

import logging
import sys
import threading
from types import TracebackType

import structlog

_log = structlog.get_logger(__name__)


def catch_strays() -> None:
    """Exceptions that nobody caught, in whichever thread, what cannot be raised, and warnings."""
    sys.excepthook = _ended
    threading.excepthook = _thread_ended
    sys.unraisablehook = _unraisable
    logging.captureWarnings(capture=True)


def _ended(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, traceback)
    else:
        _log.critical("the bot ended because of a fault", exc_info=(kind, error, traceback))


def _thread_ended(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None:
        _log.error("a thread ended because of a fault", exc_info=told.exc_value)


def _unraisable(told: "sys.UnraisableHookArgs") -> None:
    # The object itself may say anything: its kind has to do.
    _log.error("a fault that nobody could be told of", of=type(told.object).__name__, exc_info=told.exc_value)
