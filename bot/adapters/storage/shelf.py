"""What members keep of pictures: favourites, and those that they showed again."""

import json
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Row, Select, and_, bindparam, delete, func, or_, select, update

from bot.adapters.storage import rows
from bot.adapters.storage.endings import LOCK
from bot.adapters.storage.pools import insert_or_skip
from bot.adapters.storage.tables import copies, favourites, jobs
from bot.domain.album import Copy, Leaf, Look, Spot, Turn
from bot.domain.album_refusals import ShownLatelyError
from bot.domain.jobs import Job, JobId, JobState
from bot.domain.pictures import Hung
from bot.domain.refusals import UnknownJobError
from bot.domain.rules import judge_veil

SEARCHED: Final = 1_000
"""Pictures that are looked at for a word in one transaction: others want the database, too."""
_CHUNK: Final = 50

_IS_SEEN: Final = (
    jobs.c.state == JobState.DELIVERED.value,
    jobs.c.kept_until.is_(None),
    jobs.c.card.is_not(None),
    jobs.c.veil.is_(None),
)
_OWN: Final = (favourites.c.member == bindparam("who"), favourites.c.job == bindparam("marked"))
_COPIES: Final = select(copies).where(copies.c.job == bindparam("of"), copies.c.message.is_not(None))
_LAST: Final = select(func.max(copies.c.at)).where(
    copies.c.guild == bindparam("here"), copies.c.member == bindparam("who")
)


class _Found(NamedTuple):
    spot: Spot
    job: Job


def page(connection: Connection, look: Look, turn: Turn | None, most: int) -> Leaf:
    """The last one asked for where there is nothing newer is the first one again."""
    if turn is not None and turn.newer:
        leaf = _newer(connection, look, turn, most)
        if leaf is not None:
            return leaf
        turn = None
    return _older(connection, look, turn, most)


def _older(connection: Connection, look: Look, turn: Turn | None, most: int) -> Leaf:
    scan = _Scan(connection, look, turn)
    found = scan.take(most + 1)
    shown = found[:most]
    first = shown[0].spot if shown else scan.first
    more = shown[-1].spot if len(found) > most else scan.last if scan.cut else None
    return Leaf(
        tuple(it.job for it in shown),
        newer=None if turn is None else first or turn.spot,
        older=more,
        cut=scan.cut and len(found) <= most,
    )


def _newer(connection: Connection, look: Look, turn: Turn, most: int) -> Leaf | None:
    """None where these are among the newest of all: then the page is to be full."""
    scan = _Scan(connection, look, turn)
    found = scan.take(most + 1)
    if len(found) <= most and not scan.cut:
        return None
    shown = found[:most][::-1]
    newer = shown[0].spot if shown and len(found) > most else scan.last
    return Leaf(tuple(it.job for it in shown), newer=newer, older=shown[-1].spot if shown else turn.spot)


class _Scan:
    """Reads on until enough was found. `cut` is whether it stopped because it had read too many for one time."""

    def __init__(self, connection: Connection, look: Look, turn: Turn | None) -> None:
        self._connection = connection
        self._statement, self._text = _search(look, turn), _folded(look.text)
        self.first: Spot | None = None
        self.last: Spot | None = None
        self.cut = False

    def take(self, most: int) -> list[_Found]:
        found = list[_Found]()
        for row in self._read():
            if self._text in _folded(_prompt(row)):
                found.append(_Found(Spot(row.spot_at, JobId(row.id)), rows.job_of(row)))
            if len(found) == most:
                self.cut = False
                break
        return found

    def _read(self) -> Iterator[Row[Any]]:
        limited = self._statement.limit(SEARCHED + 1)
        with self._connection.execute(limited, execution_options={"yield_per": _CHUNK}) as result:
            for number, row in enumerate(result):
                if number == SEARCHED:
                    self.cut = True
                    return
                self.last = Spot(row.spot_at, JobId(row.id))
                self.first = self.first or self.last
                yield row


def _search(look: Look, turn: Turn | None) -> Select[Any]:
    at = favourites.c.at if look.favourites else jobs.c.created_at
    wanted = select(*jobs.c, at.label("spot_at")).where(jobs.c.guild == look.guild, *_IS_SEEN)
    if look.favourites:
        wanted = wanted.join(favourites, favourites.c.job == jobs.c.id).where(favourites.c.member == look.member)
    else:
        wanted = wanted.where(jobs.c.member == look.member)
    if look.channel is not None:
        wanted = wanted.where(jobs.c.channel == look.channel)
    if turn is None or not turn.newer:
        wanted = wanted.order_by(at.desc(), jobs.c.id.desc())
        return wanted if turn is None else wanted.where(_beyond(at < turn.spot.at, at, turn, jobs.c.id < turn.spot.job))
    return wanted.where(_beyond(at > turn.spot.at, at, turn, jobs.c.id > turn.spot.job)).order_by(at, jobs.c.id)


def _beyond(further: Any, at: Any, turn: Turn, beside: Any) -> Any:
    return or_(further, and_(at == turn.spot.at, beside))


def _prompt(row: Row[Any]) -> str:
    prompt: str = json.loads(row.parameters)["prompt"]
    return prompt


def _folded(text: str) -> str:
    # Here and not in the database: SQLite knows the case of ASCII alone, and the prompt stands in JSON.
    return unicodedata.normalize("NFKC", text).casefold()


def mark(connection: Connection, member: int, job: JobId, now: datetime, *, favourite: bool) -> None:
    if favourite:
        insert_or_skip(connection, favourites, member=member, job=job, at=now)
    else:
        connection.execute(delete(favourites).where(*_OWN), {"who": member, "marked": job})


def is_favourite(connection: Connection, member: int, job: JobId) -> bool:
    count: int = connection.execute(
        select(func.count()).select_from(favourites).where(*_OWN), {"who": member, "marked": job}
    ).scalar_one()
    return count > 0


def claim(connection: Connection, copy: Copy, wait: timedelta, now: datetime) -> bool:
    connection.execute(LOCK, {"job": copy.job})  # whoever presses twice at once is asked one after the other
    known = rows.find(connection, copy.job)
    if known is None:
        raise UnknownJobError
    judge_veil(known)
    if connection.execute(select(copies.c.id).where(copies.c.id == copy.id)).first() is not None:
        return False
    last = connection.execute(_LAST, {"here": copy.guild, "who": copy.member}).scalar_one()
    if last is not None and now < last + wait:
        raise ShownLatelyError(last + wait)
    columns = {"job": copy.job, "guild": copy.guild, "channel": copy.channel, "member": copy.member, "at": now}
    return insert_or_skip(connection, copies, id=copy.id, **columns)


def stands(connection: Connection, copy: JobId, hung: Hung) -> Job | None:
    posted = update(copies).where(copies.c.id == copy).values(message=hung.message, file=hung.file)
    job = connection.execute(posted.returning(copies.c.job)).scalar_one_or_none()
    return None if job is None else rows.find(connection, JobId(job))


def withdraw(connection: Connection, copy: JobId) -> None:
    connection.execute(delete(copies).where(copies.c.id == copy, copies.c.message.is_(None)))


def of(connection: Connection, job: JobId) -> list[Copy]:
    return [_copy_of(row) for row in connection.execute(_COPIES, {"of": job})]


def _copy_of(row: Row[Any]) -> Copy:
    return Copy(
        id=JobId(row.id),
        job=JobId(row.job),
        guild=row.guild,
        channel=row.channel,
        member=row.member,
        message=row.message,
        file=row.file,
    )
