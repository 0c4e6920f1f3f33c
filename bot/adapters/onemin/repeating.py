"""When a request is sent again, and how long after.

A paid call may be repeated where the reply, or its absence, proves that nothing was ordered: no connection came
about, 429, or 503 with a time to come back. Anything else could pay twice. Reading is free and may be repeated.

An outcome is what one attempt gave, or the exception that it raised.
"""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, Final

import structlog
from tenacity import AsyncRetrying, RetryCallState, stop_after_attempt, stop_before_delay, wait_exponential, wait_random
from tenacity.wait import wait_base

from bot.adapters.onemin.complaints import complaint_of
from bot.adapters.onemin.errors import named_wait
from bot.adapters.onemin.replies import BlankReplyError
from bot.adapters.onemin.transport import ConnectionLostError, UnreachableError
from bot.adapters.onemin.waits import LONGEST, header_wait
from bot.adapters.onemin.wire import Reply
from bot.domain.failures import ProviderFaultError, ProviderTimeoutError
from bot.domain.pictures import Pending

Pause = Callable[[float], Awaitable[None]]

_PAID_ATTEMPTS: Final = 4
_DOWNLOAD_ATTEMPTS: Final = 6
_UPLOAD_ATTEMPTS: Final = 3
_BLANKS: Final = 3
# The picture is paid for: whatever a poll is told, it is asked for again while there is time.
_LONGEST_POLL: Final = 20.0
_PASSING: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})

log = structlog.get_logger(__name__)


def paid(pause: Pause, seconds: float) -> AsyncRetrying:
    """Gives the last reply or error; no attempt after the first begins later than `seconds`."""
    return AsyncRetrying(
        sleep=pause,
        retry=lambda state: nothing_was_ordered(_outcome(state)),
        wait=_wait(wait_exponential(multiplier=2, max=30) + wait_random(0, 2)),
        stop=stop_after_attempt(_PAID_ATTEMPTS) | stop_before_delay(seconds),
        retry_error_callback=_last,
        before_sleep=_note,
    )


def polls(pause: Pause, seconds: float) -> AsyncRetrying:
    """Reads until the picture is finished; raises `ProviderTimeoutError` where `seconds` do not suffice."""
    return AsyncRetrying(
        sleep=pause,
        retry=Unfinished(),
        wait=_wait(wait_exponential(exp_base=1.5, max=4.5) + wait_random(0, 0.5), longest=_LONGEST_POLL),
        stop=stop_before_delay(seconds),
        retry_error_callback=_too_late,
    )


def downloads(pause: Pause, seconds: float) -> AsyncRetrying:
    return AsyncRetrying(
        sleep=pause,
        retry=_unfetched,
        wait=wait_exponential(multiplier=0.5, max=8) + wait_random(0, 0.5),
        stop=stop_after_attempt(_DOWNLOAD_ATTEMPTS) | stop_before_delay(seconds),
        retry_error_callback=_last,
        before_sleep=_note,
    )


def uploads(pause: Pause, seconds: float) -> AsyncRetrying:
    """What is sent twice costs nothing. Gives the last reply or error."""
    return AsyncRetrying(
        sleep=pause,
        retry=_unsent,
        wait=_wait(wait_exponential(multiplier=1, max=8) + wait_random(0, 0.5), longest=_LONGEST_POLL),
        stop=stop_after_attempt(_UPLOAD_ATTEMPTS) | stop_before_delay(seconds),
        retry_error_callback=_last,
        before_sleep=_note,
    )


def nothing_was_ordered(outcome: object) -> bool:
    match outcome:
        case UnreachableError() | Reply(status=HTTPStatus.TOO_MANY_REQUESTS):
            return True
        case Reply(status=HTTPStatus.SERVICE_UNAVAILABLE):
            return header_wait(outcome) is not None
        case _:
            return False


def can_pass(status: int) -> bool:
    """Whether the same free request may well be answered a moment later."""
    return status in _PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR


class Unfinished:
    """Whether to read a record again; a few blank replies are borne, in all."""

    def __init__(self) -> None:
        self._blanks = _BLANKS

    def __call__(self, state: RetryCallState) -> bool:
        outcome = _outcome(state)
        if isinstance(outcome, BlankReplyError):
            self._blanks -= 1
            return self._blanks >= 0
        return isinstance(outcome, Pending | Reply | ConnectionLostError | ProviderTimeoutError)


def _unfetched(state: RetryCallState) -> bool:
    return isinstance(_outcome(state), ProviderFaultError | ProviderTimeoutError)


def _unsent(state: RetryCallState) -> bool:
    outcome = _outcome(state)
    return isinstance(outcome, ConnectionLostError) or (isinstance(outcome, Reply) and can_pass(outcome.status))


def _wait(otherwise: wait_base, longest: float = LONGEST) -> Callable[[RetryCallState], float]:
    # A little longer than was asked for, each a different little: or all who were sent away return at once.
    spread = wait_random(1.0, 1.1)

    def wait(state: RetryCallState) -> float:
        outcome = _outcome(state)
        wished = named_wait(outcome, complaint_of(outcome.body)) if isinstance(outcome, Reply) else None
        return otherwise(state) if wished is None else min(wished, longest) * spread(state)

    return wait


def _outcome(state: RetryCallState) -> object:
    outcome = state.outcome
    return outcome and (outcome.exception() or outcome.result())


def _last(state: RetryCallState) -> Any:
    return state.outcome and state.outcome.result()


def _too_late(_: RetryCallState) -> None:
    raise ProviderTimeoutError("not finished in time")


def _note(state: RetryCallState) -> None:
    outcome = _outcome(state)
    because = outcome.status if isinstance(outcome, Reply) else str(outcome)
    log.warning("onemin.again", attempt=state.attempt_number, because=because, seconds=round(state.upcoming_sleep, 2))
