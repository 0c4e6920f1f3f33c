"""What docs/operating.md tells the operator to do when a member wants their data removed."""

import re
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select, text

from bot.adapters.storage.tables import jobs, ledger, members
from bot.domain.acts import Target, TargetKind, Verb
from tests.adapters.storage import story
from tests.adapters.storage.scenes import MEMBER, STAFF, act
from tests.adapters.storage.schema import connected, differences
from tests.adapters.storage.till import Till

PAGE: Final = Path(__file__).parents[3] / "docs" / "operating.md"
PERSONS: Final = (jobs.c.member, ledger.c.member, ledger.c.actor, members.c.member)


def documented(member: int, tombstone: int) -> list[str]:
    (block,) = re.findall(r"```sql\n(WITH RECURSIVE theirs.*?)```", PAGE.read_text(), re.DOTALL)
    assert "= 7" in block
    assert "= -1" in block
    filled = block.replace("= 7", f"= {member}").replace("= -1", f"= {tombstone}")
    return [statement for statement in filled.split(";") if statement.strip()]


def remove(connection: Connection, member: int, tombstone: int) -> None:
    for statement in documented(member, tombstone):
        # A colon would otherwise begin the name of a value.
        connection.execute(text(statement.replace(":", r"\:")))


def prompts(connection: Connection, member: int) -> set[str]:
    found = connection.execute(text("SELECT parameters FROM jobs WHERE member = :who"), {"who": member})
    return set(found.scalars())


def test_a_removed_member_is_nowhere_and_the_books_stay_right(url: str) -> None:
    with connected(url) as connection:
        story.write(connection)
        remove(connection, MEMBER, -1)
        remove(connection, STAFF, -2)

    with connected(url) as connection:
        here = [set(connection.execute(select(column)).scalars()) for column in PERSONS]
        assert not {MEMBER, STAFF} & set().union(*here)
        assert all({-1, -2} & found for found in here)
        assert '{"prompt": "(removed)"}' in prompts(connection, -1)
        assert "(removed)" not in "".join(prompts(connection, story.OTHER))
    assert differences(url) == []


def test_who_comes_back_begins_anew(url: str) -> None:
    with connected(url) as connection:
        till = Till(connection)
        till.act(act(1, Verb.SET, Target(TargetKind.MEMBER, MEMBER), 2, at=till.now))
        remove(connection, MEMBER, -1)

        assert till.room(MEMBER, frozenset()).cap.limit is None
