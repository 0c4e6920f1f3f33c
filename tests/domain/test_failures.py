from bot.domain import failures
from bot.domain.failures import PaintingError, ProviderBusyError, ProviderCreditsError, RateLimitedError


def kinds() -> list[type[PaintingError]]:
    return [
        PaintingError,
        *(it for it in vars(failures).values() if isinstance(it, type) and it.__base__ is PaintingError),
    ]


def test_every_kind_has_a_code_of_its_own() -> None:
    assert len({kind.code for kind in kinds()}) == len(kinds()) == 14


def test_the_log_reads_the_detail() -> None:
    assert {str(kind("it broke")) for kind in kinds()} == {"it broke"}
    assert PaintingError().detail == ""


def test_some_carry_data() -> None:
    empty = ProviderCreditsError(needed=5, left=2)
    assert (empty.needed, empty.left) == (5, 2)
    assert RateLimitedError(wait=1.5).wait == 1.5
    assert ProviderBusyError().wait is None
