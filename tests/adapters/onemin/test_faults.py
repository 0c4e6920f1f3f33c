"""What each fault of the provider becomes, and what it costs: the posts are counted at the other end."""

from dataclasses import dataclass

import pytest

from bot.domain.failures import (
    AuthenticationError,
    BadReplyError,
    InvalidRequestError,
    ModeratedError,
    PaintingError,
    ProviderBusyError,
    ProviderCreditsError,
    ProviderFaultError,
    ProviderTimeoutError,
    RateLimitedError,
)
from bot.domain.parameters import ImageParameters
from standins.endpoint import Endpoint, Fault, PathKind
from tests.adapters.onemin.conftest import MakeClient, Pauses

CAT = ImageParameters(prompt="a cat", seed=7)
OFTEN = 4


@dataclass(frozen=True)
class Case:
    kind: type[PaintingError]
    posts: int = 1
    retry_after: float | None = None
    seconds: float = 60


CASES = {
    Fault.UNSUPPORTED_MODEL: Case(InvalidRequestError),
    Fault.UNSUPPORTED_MODEL_OLD_WORDING: Case(InvalidRequestError),
    Fault.MISSING_FIELDS: Case(InvalidRequestError),
    Fault.UPSTREAM_BUSY: Case(ProviderBusyError),
    Fault.UPSTREAM_REFUSED: Case(InvalidRequestError),
    Fault.UPSTREAM_MODERATED: Case(ModeratedError),
    Fault.STRUCTURED_ERROR: Case(InvalidRequestError),
    Fault.BAD_KEY: Case(AuthenticationError),
    Fault.KEY_DELETED: Case(AuthenticationError),
    Fault.KEY_INACTIVE: Case(AuthenticationError),
    Fault.PAYMENT_REQUIRED: Case(ProviderCreditsError),
    Fault.OUT_OF_CREDITS: Case(ProviderCreditsError),
    Fault.OUT_OF_CREDITS_IN_200: Case(ProviderCreditsError),
    Fault.OUT_OF_CREDITS_IN_200_NAMED: Case(ProviderCreditsError),
    Fault.PAYLOAD_TOO_LARGE: Case(InvalidRequestError),
    Fault.UNPROCESSABLE: Case(InvalidRequestError),
    Fault.RATE_LIMITED: Case(RateLimitedError, OFTEN, retry_after=0.5),
    Fault.RATE_LIMITED_HEADER_ONLY: Case(RateLimitedError, OFTEN, retry_after=0.5),
    Fault.RATE_LIMITED_FIELD_ONLY: Case(RateLimitedError, OFTEN, retry_after=0.5),
    Fault.RATE_LIMITED_TEXT_ONLY: Case(RateLimitedError, OFTEN, retry_after=2),
    Fault.RATE_LIMITED_BARE: Case(RateLimitedError, OFTEN),
    Fault.SERVER_ERROR: Case(ProviderFaultError),
    Fault.BAD_GATEWAY: Case(ProviderFaultError),
    Fault.UNAVAILABLE: Case(ProviderBusyError),
    Fault.EDGE_BLOCKED: Case(ProviderFaultError),
    Fault.EDGE_RATE_LIMITED: Case(RateLimitedError, OFTEN),
    Fault.EDGE_CHALLENGE: Case(ProviderFaultError),
    Fault.EDGE_EMPTY: Case(ProviderFaultError),
    Fault.EDGE_UNREACHABLE: Case(ProviderTimeoutError),
    Fault.RESET_AT_ONCE: Case(ProviderFaultError),
    Fault.GATEWAY_TIMEOUT: Case(ProviderTimeoutError),
    Fault.EDGE_UNKNOWN: Case(ProviderFaultError),
    Fault.EDGE_TIMEOUT: Case(ProviderTimeoutError),
    Fault.RESET_AFTER_BODY: Case(ProviderFaultError),
    Fault.HANG: Case(ProviderTimeoutError, seconds=0.2),
    Fault.EMPTY_ANSWER: Case(BadReplyError),
    Fault.BAD_JSON: Case(BadReplyError),
    Fault.TRUNCATED_JSON: Case(BadReplyError),
    Fault.ENORMOUS_JSON: Case(BadReplyError),
    Fault.MODERATED: Case(ModeratedError),
    Fault.FAILED: Case(ProviderFaultError),
    Fault.FAILED_OTHER_SPELLING: Case(ProviderFaultError),
}
NO_FAULT_OF_THE_ORDER = {
    Fault.SUCCESS_WITHOUT_URL,
    Fault.URL_AT_TOP_LEVEL,
    Fault.PROCESSING_FIRST,
    Fault.POLL_NEVER_ENDS,
    Fault.FOREIGN_PICTURE_URL,
    Fault.EXPIRED_PICTURE_URL,
    Fault.OTHER_FORMAT,
}


@pytest.mark.parametrize("fault", CASES)
async def test_a_fault_has_its_error_and_its_number_of_posts(
    endpoint: Endpoint, make_client: MakeClient, pauses: Pauses, fault: Fault
) -> None:
    case = CASES[fault]
    endpoint.fail(fault, times=None, at=PathKind.GENERATE, retry_after=case.retry_after)

    with pytest.raises(PaintingError) as caught:
        await make_client(endpoint.url, timeout_seconds=case.seconds).request(CAT)

    assert caught.value.code == case.kind.code
    assert len(endpoint.posts) == case.posts
    assert len(pauses.seconds) == case.posts - 1
    assert endpoint.paid_calls <= 1


def test_every_fault_of_an_order_is_tried() -> None:
    of_orders = {fault for fault in Fault if PathKind.GENERATE in fault.kinds}
    assert of_orders == CASES.keys() | NO_FAULT_OF_THE_ORDER
