"""What staff decide about caps and extras: none of it moves a credit of the pool."""

from typing import Final

from sqlalchemy import Connection, bindparam, select

from bot.adapters.storage import entries, members, pools
from bot.adapters.storage.tables import ledger
from bot.domain.acts import Act, Change, TargetKind, Verb, account_after, rules_after
from bot.domain.credits import Plan, Pool
from bot.domain.ledger import EntryKind

_KINDS: Final = {
    Verb.GIVE: EntryKind.EXTRA,
    Verb.TAKE: EntryKind.EXTRA,
    Verb.SET: EntryKind.CAP,
    Verb.EXEMPT: EntryKind.EXEMPT,
    Verb.RESET: EntryKind.RESET,
}
_KNOWN: Final = select(ledger.c.before, ledger.c.after).where(ledger.c.key == bindparam("same"))


def act(connection: Connection, asked: Act, house: Plan) -> Change:
    pool = pools.lock(connection, asked.guild, house, asked.at)
    known = already(connection, f"act:{asked.key}")
    if known is not None:
        return known
    if asked.target.kind is TargetKind.MEMBER:
        change, stretch = _on_member(connection, asked, pool)
        concerns = {"member": asked.target.id, "stretch": stretch}
    else:
        change = _on_rules(connection, asked, pool)
        concerns = {"role": asked.target.id} if asked.target.kind is TargetKind.ROLE else {}
    entries.enter_decision(
        connection,
        asked.guild,
        _KINDS[asked.verb],
        f"act:{asked.key}",
        pool,
        actor=asked.actor,
        at=asked.at,
        before=change.before,
        after=change.after,
        reason=asked.reason,
        **concerns,
    )
    return change


def already(connection: Connection, key: str) -> Change | None:
    """What the decision with this key changed, where it was carried out before."""
    row = connection.execute(_KNOWN, {"same": key}).one_or_none()
    return None if row is None else Change(row.before, row.after, fresh=False)


def _on_member(connection: Connection, asked: Act, pool: Pool) -> tuple[Change, int]:
    """With the number of the stretch that the account is in after it."""
    # The member's roles are not known here: a role's reset is carried out when one with it next asks for a picture.
    member = asked.target.id
    account = members.find(connection, asked.guild, member, pool).current(pool.rules, (), pool.number)
    account, change = account_after(account, asked, pool.rules.resets)
    members.keep(connection, asked.guild, member, account)
    return change, account.number


def _on_rules(connection: Connection, asked: Act, pool: Pool) -> Change:
    rules, change = rules_after(pool.rules, asked, pool.number)
    pools.change(connection, asked.guild, rules=rules.model_dump_json(exclude_defaults=True))
    return change
