"""The audit finds whatever was changed behind the ledger's back."""

from sqlalchemy import Connection, text

from bot.adapters.storage import audit
from bot.domain.credits import PeriodKind, Plan
from bot.domain.jobs import JobState
from tests.adapters.storage.scenes import Scene

AGAIN = """
    INSERT INTO ledger (key, guild, kind, amount, allowance_change, bonus_change, allowance_after, bonus_after, period,
                        job, at)
    SELECT 'again', guild, kind, amount, 0, 0, allowance_after, bonus_after, period, job, at FROM ledger
    WHERE key = 'settle:1-0'
"""
TAMPERINGS = {
    "a balance": ("UPDATE pools SET bonus = bonus + 1", "its entries make"),
    "an allowance": ("UPDATE pools SET allowance = allowance + 1", "its entries make"),
    "what is held, against what was given": (
        "UPDATE pools SET held = held + 1, allowance = allowance + 1",
        "its open jobs hold",
    ),
    "what is held of the bonus": ("UPDATE pools SET bonus_held = bonus_held + 1", "its open jobs hold"),
    "what is spent, against what was given": (
        "UPDATE pools SET spent = spent + 1, allowance = allowance + 1",
        "its entries captured",
    ),
    "an entry's change": ("UPDATE ledger SET allowance_change = -9 WHERE kind = 'hold' AND job = '3-0'", "after it"),
    "an entry's balance": ("UPDATE ledger SET allowance_after = 9 WHERE key = 'settle:1-0'", "after it"),
    "an entry's bonus balance": ("UPDATE ledger SET bonus_after = 9 WHERE key = 'settle:1-0'", "after it"),
    "an entry's amount": ("UPDATE ledger SET amount = 9 WHERE key = 'hold:1-0'", "moved other amounts"),
    "an entry gone": ("DELETE FROM ledger WHERE key = 'hold:1-0'", "its entries are: capture"),
    "all entries of a job gone": ("DELETE FROM ledger WHERE job = '3-0'", "its entries are: none"),
    "a settlement twice": (
        AGAIN,
        "its entries are: hold, capture, capture",
    ),
    "another kind of settlement": ("UPDATE ledger SET kind = 'release' WHERE key = 'settle:1-0'", "is delivered"),
    "a job's state": ("UPDATE jobs SET state = 'failed' WHERE id = '1-0'", "job 1-0 is failed"),
    "an ended job open again": ("UPDATE jobs SET state = 'painted' WHERE id = '1-0'", "job 1-0 is painted"),
    "an open job ended": ("UPDATE jobs SET state = 'cancelled' WHERE id = '3-0'", "job 3-0 is cancelled"),
    "a free cancel made a paid one": (
        "UPDATE jobs SET state = 'cancelled', painted_at = NULL WHERE id = '1-0'",
        "job 1-0 is cancelled",
    ),
    "a settled job's price": ("UPDATE jobs SET allowance = 9 WHERE id = '2-0'", "moved other amounts"),
    "how a delivered job was paid": (
        "UPDATE jobs SET allowance = 3, bonus = 1 WHERE id = '1-0'",
        "moved other amounts",
    ),
    "how a price was given back": (
        "UPDATE ledger SET allowance_change = 2, bonus_change = 0 WHERE key = 'settle:2-0'",
        "moved other amounts",
    ),
    "a settled job's bonus": ("UPDATE jobs SET bonus = 9 WHERE id = '2-0'", "moved other amounts"),
    "a job gone": ("DELETE FROM jobs WHERE id = '2-0'", "has entries (hold, release), but no row"),
    "too few calls counted": ("UPDATE provider_days SET calls = calls - 1", "paid calls were counted"),
    "too many calls counted": ("UPDATE provider_days SET calls = calls + 1", "paid calls were counted"),
    "no calls counted": ("DELETE FROM provider_days", "but 0 paid calls were counted"),
    "calls on a day without jobs": ("INSERT INTO provider_days VALUES ('2026-01-01', 1)", "2026-01-01: 0 jobs"),
}


async def test_every_tampering_is_found(scene: Scene) -> None:
    """A job delivered, one failed, one waiting, paid from both parts of the pool; and a second guild."""
    scene.plan = Plan(5, PeriodKind.MONTH)
    await scene.give_bonus(4)
    await scene.in_state(JobState.DELIVERED, number=1, price=4)
    await scene.in_state(JobState.FAILED, number=2, price=2)
    await scene.queued(number=3, price=3)
    await scene.queued(number=4, guild=99)

    assert await scene.database.run(audit) == []
    for name, (statement, words) in TAMPERINGS.items():
        differences = await scene.database.run(found_after, statement)
        assert any(words in difference for difference in differences), (name, differences)


def found_after(connection: Connection, statement: str) -> list[str]:
    """What the audit finds; the change is undone."""
    with connection.begin_nested() as savepoint:
        connection.execute(text(statement))
        differences = audit(connection)
        savepoint.rollback()
    return differences
