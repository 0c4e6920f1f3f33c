"""A database from before members had accounts."""

from alembic import command

from bot.adapters.storage.revision import configuration
from bot.domain.jobs import JobState, Lease
from tests.adapters.storage.scenes import MEMBER
from tests.adapters.storage.schema import connected, differences
from tests.adapters.storage.till import Till


def written_before_accounts(url: str) -> Lease:
    """One job delivered, one failed, one painted; its lease. The accounts are taken away with their columns."""
    with connected(url) as connection:
        till = Till(connection)
        till.bring(1, JobState.DELIVERED, price=2)
        till.bring(2, JobState.FAILED)
        painted = till.bring(3, JobState.PAINTED, price=3)
    with connected(url) as connection:
        command.downgrade(configuration(connection), "0001")
        command.upgrade(configuration(connection), "head")
    return painted.held_lease


def test_its_books_are_right(url: str) -> None:
    written_before_accounts(url)

    assert differences(url) == []


def test_what_was_held_then_settles_and_counts_against_no_cap(url: str) -> None:
    old = written_before_accounts(url)
    with connected(url) as connection:
        till = Till(connection)
        new = till.bring(4, JobState.PAINTED).held_lease

        for lease in (old, new):
            assert till.settle(lease, JobState.DELIVERED) is not None

        assert till.room(MEMBER, frozenset()).use == 1
        assert till.pool().spent == 6
