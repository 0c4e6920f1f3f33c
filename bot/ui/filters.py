"""What staff typed into the options of `history` and `export`."""

from bot.domain.refusals import BadParametersError
from bot.ui.caller import caller_of
from bot.ui.days import span
from bot.ui.searches import Topic, Wanted
from bot.ui.services import Interaction, services_of
from bot.ui.targets import Person
from bot.ui.words import history as words


async def wanted_of(
    interaction: Interaction, member: Person | None, kind: str | None, since: str | None, until: str | None
) -> Wanted:
    """Raises `NotStaffError`, or `BadParametersError` where nobody can tell what is meant."""
    steward = services_of(interaction).steward
    period = (await steward.pool(caller_of(interaction))).start
    today = steward.today()
    first = None if since is None else span("since", since, today, period)[0]
    last = None if until is None else span("until", until, today, period)[1]
    if first is not None and last is not None and first > last:
        raise BadParametersError([("until", words.BAD_ORDER)])
    return Wanted(None if member is None else member.id, _topic(kind), first, last)


def _topic(kind: str | None) -> Topic | None:
    if kind is not None and kind not in {*Topic}:
        raise BadParametersError([("kind", words.BAD_TOPIC)])
    return None if kind is None else Topic(kind)
