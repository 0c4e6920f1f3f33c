from bot.domain.failures import PaintingError, ProviderBusyError, ProviderCreditsError, RateLimitedError
from tests.examples import PAINTING_ERRORS


def test_every_kind_has_a_code_of_its_own() -> None:
    assert len({kind.code for kind in PAINTING_ERRORS}) == len(PAINTING_ERRORS) == 18


def test_the_log_reads_the_detail() -> None:
    assert {str(kind("it broke")) for kind in PAINTING_ERRORS} == {"it broke"}
    assert PaintingError().detail == ""


def test_some_carry_data() -> None:
    empty = ProviderCreditsError(needed=5, left=2)
    assert (empty.needed, empty.left) == (5, 2)
    assert RateLimitedError(wait=1.5).wait == 1.5
    assert ProviderBusyError().wait is None
