"""What may be wrong in the tables after `story`, and what the audit says to it."""

from typing import Final

# Of the pool of guild 11.
POOL: Final = {
    "allowance": ("allowance = allowance + 1", "the pool has 3 + 1, its entries make 2 + 1"),
    "unlimited": ("unlimited = NOT unlimited", "the pool has -10 + 1, its entries make 2 + 1"),
    "number": ("number = 1", "the pool is in period 1, its entries reach 2"),
    "later number": ("number = 3", "the pool has spent 5 this period, its entries captured 0"),
    "later number, with nothing used": (
        "number = 3, allowance = 2, spent = 0, held = 0",
        "the pool is in period 3, but 2 of the period before have not lapsed",
    ),
    "start": ("start = '2026-11-20'", "the day began on 2026-11-20, but entry 7 began it"),
    "kind of period": ("period = 'month'", "the month began on 2026-11-23, but entry 7 began it"),
    "spent": ("spent = spent + 1", "the pool has spent 6 this period, its entries captured 5"),
    "spent and given": ("spent = spent + 1, allowance = allowance + 1", "the pool has spent 6 this period"),
    "held": ("held = held + 1", "the pool holds 6 + 5, its open jobs hold 5 + 5"),
    "held and spent": ("held = held + 1, spent = spent - 1", "the pool holds 6 + 5, its entries hold 5 + 5"),
    "bonus": ("bonus = bonus + 1", "the pool has 2 + 2, its entries make 2 + 1"),
    "bonus held": ("bonus_held = bonus_held - 1", "the pool holds 5 + 4, its open jobs hold 5 + 5"),
    "paused": ("paused = NOT paused", "going on that no entry tells of"),
    "rules": ("rules = '{}'", "the default cap is None, decided was 30"),
    "default cap": ("""rules = '{"default": 31}'""", "the default cap is 31, decided was 30"),
    "role's cap": (
        """rules = replace(rules, '"cap":20', '"cap":99')""",
        "role 55 has cap 99, exempt False, extra 2, reset 1, decided was cap 20, exempt False, extra 2, reset 1",
    ),
    "role's extra": ("""rules = replace(rules, '"extra":2', '"extra":9')""", "extra 9, reset 1, decided was"),
    "role's extra's period": (
        """rules = replace(rules, '"extra_period":2', '"extra_period":1')""",
        "extra 0, reset 1, de",
    ),
    "role's reset": ("""rules = replace(rules, '"reset":1', '"reset":2')""", "reset 2, decided was"),
    "exemption": (
        """rules = replace(rules, '"exempt":true', '"exempt":false')""",
        "role 56 has cap None, exempt False",
    ),
    "resets": (
        """rules = replace(rules, '"resets":1', '"resets":7')""",
        "7 resets of roles are counted, decided were 1",
    ),
}
# Of the account of member 33 in guild 11.
ACCOUNT: Final = {
    "stretch": ("number = 3", "member 33: the account says stretch 3, its entries make 2"),
    "period": ("period = 1", "member 33: the account says period 1, its entries make 2"),
    "used": ("used = 0", "member 33: the account says used 0, its entries make 4"),
    "held": ("held = held + 1", "member 33: the account says held 7, its entries make 6"),
    "held and used": ("held = held - 1, used = used + 1", "member 33: the account says used 5, its entries make 4"),
    "extra": ("extra = 9", "member 33: the account says extra 9, its entries make 3"),
    "cap": ("cap = NULL", "member 33: the account says cap None, its entries make 25"),
    "reset": ("reset = 2", "an account tells of reset 2 of a role, but there were 1"),
    "member": ("member = 36", "guild 11, member 36: an account that no entry tells of"),
}
# By the job's id.
JOB: Final = {
    "allowance": ("1-0", "allowance = 9", "(hold) does not add up: it says 4 and moves -4 + 0, where -9 + 0 is due"),
    "bonus": ("8-0", "bonus = 0", "(hold) does not add up: it says 1 and moves 0 + -1, where 0 + 0 is due"),
    "how it was paid": ("1-0", "allowance = 3, bonus = 1", "where -3 + -1 is due"),
    "an open job's price": ("3-0", "allowance = 9", "the pool holds 5 + 5, its open jobs hold 10 + 5"),
    "period": ("3-0", "period = 1", "job 3-0 is of another member, period or stretch"),
    "stretch": ("3-0", "stretch = 1", "job 3-0 is of another member, period or stretch"),
    "member": ("1-0", "member = 34", "job 1-0 is of another member, period or stretch"),
    "guild": ("3-0", "guild = 99", "guild 11: the pool holds 5 + 5, its open jobs hold 1 + 5"),
    "id": ("3-0", "id = '33-0'", "(hold) does not add up: its job 3-0 is not there"),
    "paid made free": ("1-0", "state = 'failed'", "(capture) does not add up: job 1-0 is failed"),
    "free made paid": ("2-0", "state = 'delivered'", "(release) does not add up: job 2-0 is delivered"),
    "ended made open": ("1-0", "state = 'painted'", "job 1-0 is painted, but its entries are: hold 17, settlement 18"),
    "open made ended": ("3-0", "state = 'cancelled'", "job 3-0 is cancelled, but its entries are: hold 21"),
    "unknown state": ("1-0", "state = 'golden'", "(capture) does not add up: job 1-0 is golden"),
    "late cancel made early": ("1-0", "state = 'cancelled', painted_at = NULL", "add up: job 1-0 is cancelled"),
    "day": ("1-0", "painting_at = '2026-11-21T12:00:00'", "2026-11-21: 1 jobs were painted, but 0 paid calls"),
    "turn": ("1-0", "turn = NULL", "2026-11-23: 4 jobs were painted, but 5 paid calls were counted"),
}
# By the entry's key; what is said names the entry.
ENTRY: Final = {
    "change of the allowance": ("hold:3-0", "allowance_change = -9", "it says 4 and moves -9 + 0, where -4 + 0 is due"),
    "change of the bonus": ("hold:1-0", "bonus_change = 1", "it says 4 and moves -4 + 1, where -4 + 0 is due"),
    "allowance after": ("settle:1-0", "allowance_after = 9", "it says 9 + 6 after it, the entries up to it make 6 + 6"),
    "bonus after": ("settle:1-0", "bonus_after = 9", "it says 6 + 9 after it, the entries up to it make 6 + 6"),
    "amount": ("settle:1-0", "amount = 9", "it says 9 and moves 0 + 0"),
    "a release's change": ("settle:2-0", "allowance_change = 1, bonus_change = 1", "where 2 + 0 is due"),
    "a release that is kept": (
        "settle:2-0",
        "allowance_change = 0",
        "it says 6 + 6 after it, the entries up to it make",
    ),
    "a refill's amount": ("refill:11:2", "amount = 11", "it says 11 and moves 10 + 0"),
    "a lapse's amount": ("lapse:11:2", "amount = 7", "it says 7 and moves -8 + 0"),
    "a lapse that lapses less": ("lapse:11:2", "allowance_after = 1", "1 of the period before are carried on"),
    "a grant's amount": ("grant:300", "amount = 8", "it says 8 and moves 0 + 9"),
    "a grant's change": ("grant:300", "bonus_change = 10", "it says 9 and moves 0 + 10"),
    "before a grant": ("grant:300", "before = 1", "it says 1 before it and 9 after it"),
    "after a grant": ("grant:300", "after = 10", "it says 0 before it and 10 after it"),
    "a take made a grant": ("grant:301", "kind = 'grant'", "where 0 + 3 is due"),
    "a decision's amount": ("act:215", "amount = 1", "it says 1 and moves 0 + 0"),
    "a decision that moves": ("act:215", "allowance_change = 1", "moves 1 + 0, where 0 + 0 is due"),
    "before an extra": ("act:215", "before = 1", "of member 33, it says 1 before it, where 0 was"),
    "after an extra": ("act:216", "before = 5", "of member 33, it says 5 before it, where 4 was"),
    "before a cap": ("act:214", "before = 1", "of member 33, it says 1 before it, where None was"),
    "before a reset": ("act:220", "before = 9", "of member 34, it says 9 before it, where 1 was"),
    "before a role's cap": ("act:211", "before = 9", "it says 9 before it, where None was"),
    "before a role's extra": ("act:212", "before = 9", "it says 9 before it, where 0 was"),
    "before an exemption": ("act:213", "before = 1", "it says 1 before it, where 0 was"),
    "before the default cap": ("act:210", "before = 1", "it says 1 before it, where None was"),
    "before a role's reset": ("act:221", "before = 1", "it says 1 before it, where None was"),
    "after a plan": ("plan:310", "after = 90", "it says 90 after it, where 12 were given"),
    "a role's made a member's": ("act:211", "role = NULL, member = 33", "it names no stretch"),
    "a role's and a member's": ("act:214", "role = 55", "it concerns member and role"),
    "everybody's exemption": ("act:213", "role = NULL", "it concerns everybody"),
    "kind": ("settle:1-0", "kind = 'release'", "job 1-0 is delivered"),
    "unknown kind": ("act:215", "kind = 'gift'", "there is no such kind"),
    "period": ("hold:1-0", "period = 1", "it belongs to period 1, but 2 is running"),
    "a settlement's period": ("settle:1-0", "period = 3", "it belongs to period 3, but 2 is running"),
    "a decision's period": ("act:216", "period = 1", "it belongs to period 1, but 2 is running"),
    "a later period": ("hold:3-0", "period = 3", "6 of the period before are carried on"),
    "stretch": ("hold:1-0", "stretch = 1", "job 1-0 is of another member, period or stretch"),
    "a reset's stretch": ("act:220", "stretch = 3", "of member 34, it stands in stretch 3 and period 2"),
    "a decision's stretch": ("act:215", "stretch = 1", "of member 33, it stands in stretch 1 and period 2"),
    "a settlement's stretch": ("settle:6-0", "stretch = 3", "job 6-0 is of another member, period or stretch"),
    "member": ("hold:1-0", "member = 34", "job 1-0 is of another member, period or stretch"),
    "a decision's member": ("act:215", "member = 34, stretch = 9", "of member 34, it stands in stretch 9"),
    "no member": ("settle:1-0", "member = NULL", "job 1-0 is of another member, period or stretch"),
    "another job": ("settle:1-0", "job = '2-0'", "its key is settle:1-0"),
    "no job": ("settle:1-0", "job = NULL", "its job None is not there"),
    "a decision's job": ("act:215", "job = '1-0'", "it names job 1-0"),
    "key": ("settle:1-0", "key = 'settle:44-0'", "its key is settle:44-0"),
    "a pause twice": ("resume:321", "kind = 'pause'", "it changes nothing"),
}
SETTLED_AGAIN: Final = """
    INSERT INTO ledger (key, guild, kind, amount, allowance_change, bonus_change, allowance_after, bonus_after, period,
                        member, stretch, job, at)
    SELECT 'again', guild, kind, amount, 0, 0, 2, 1, period, member, stretch, job, at FROM ledger
    WHERE key = 'settle:1-0'
"""
ROWS: Final = {
    "a hold gone": (
        "DELETE FROM ledger WHERE key = 'hold:1-0'",
        "job 1-0 is delivered, but its entries are: settlement",
    ),
    "a settlement gone": (
        "DELETE FROM ledger WHERE key = 'settle:1-0'",
        "job 1-0 is delivered, but its entries are: h",
    ),
    "all of a job's gone": ("DELETE FROM ledger WHERE job = '3-0'", "job 3-0 is painted, but its entries are: none"),
    "settled twice": (SETTLED_AGAIN, "(capture) does not add up: its key is again"),
    "a refill gone": (
        "DELETE FROM ledger WHERE key = 'refill:11:2'",
        "(take) does not add up: it says 10 + 6 after it",
    ),
    "a lapse gone": ("DELETE FROM ledger WHERE key = 'lapse:11:2'", "8 of the period before are carried on"),
    "a grant gone": ("DELETE FROM ledger WHERE key = 'grant:300'", "(hold) does not add up: it says 8 + 9 after it"),
    "the last entry gone": ("DELETE FROM ledger WHERE key = 'pause:322'", "a pause that no entry tells of"),
    "an extra gone": ("DELETE FROM ledger WHERE key = 'act:216'", "the account says extra 3, its entries make 4"),
    "a cap gone": ("DELETE FROM ledger WHERE key = 'act:214'", "the account says cap 25, its entries make None"),
    "a default cap gone": ("DELETE FROM ledger WHERE key = 'act:210'", "the default cap is 30, decided was None"),
    "a role's cap gone": ("DELETE FROM ledger WHERE key = 'act:211'", "decided was cap None, exempt False, extra 2"),
    "a role's extra elsewhere": (
        "UPDATE ledger SET role = 57 WHERE key = 'act:212'",
        "role 57 has cap None, exempt False",
    ),
    "a plan gone": ("DELETE FROM ledger WHERE key = 'plan:310'", "its own plan gives 12, which was not decided"),
    "a member's reset gone": ("DELETE FROM ledger WHERE key = 'act:220'", "of member 34, it stands in stretch 2"),
    "a role's reset gone": ("DELETE FROM ledger WHERE key = 'act:221'", "of member 35, it stands in stretch 2"),
    "another guild's grant": ("UPDATE ledger SET guild = 99 WHERE key = 'grant:300'", "guild 99: entry 2 (grant) does"),
    "a plan of its own": ("UPDATE pools SET own_plan = TRUE WHERE guild = 99", "guild 99: its own plan gives 10"),
    "a pause": ("UPDATE pools SET paused = TRUE WHERE guild = 99", "guild 99: a pause that no entry tells of"),
    "another's cap": ("UPDATE members SET cap = 5 WHERE member = 34", "the account says cap 5, its entries make None"),
    "a reset below zero": ("UPDATE members SET reset = -1", "guild 11: an account tells of reset -1 of a role"),
    "an account gone": ("DELETE FROM members WHERE member = 34", "guild 11, member 34: entries, but no account"),
    "an account from nowhere": (
        (
            "INSERT INTO members (guild, member, number, period, used, held, extra, reset)"
            " VALUES (11, 77, 1, 2, 0, 0, 500, 0)"
        ),
        "guild 11, member 77: an account that no entry tells of",
    ),
    "a job gone": ("DELETE FROM jobs WHERE id = '2-0'", "(hold) does not add up: its job 2-0 is not there"),
    "an open job gone": ("DELETE FROM jobs WHERE id = '4-0'", "its open jobs hold 5 + 3"),
    "too few calls": (
        "UPDATE provider_days SET calls = calls - 1",
        "2026-11-23: 5 jobs were painted, but 4 paid calls",
    ),
    "too many calls": (
        "UPDATE provider_days SET calls = calls + 1",
        "2026-11-22: 2 jobs were painted, but 3 paid calls",
    ),
    "no calls": ("DELETE FROM provider_days", "2026-11-23: 5 jobs were painted, but 0 paid calls were counted"),
    "calls without jobs": (
        "INSERT INTO provider_days VALUES ('2026-01-01', 1)",
        "2026-01-01: 0 jobs were painted, but",
    ),
}
