from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.turns import Line, place


@st.composite
def standings(draw: st.DrawFn) -> tuple[list[Line], int]:
    lengths = draw(st.lists(st.integers(1, 12), min_size=1, max_size=8))
    served = draw(st.lists(st.integers(1, 100), min_size=len(lengths), max_size=len(lengths), unique=True))
    never = draw(st.lists(st.booleans(), min_size=len(lengths), max_size=len(lengths)))
    lines = [
        Line(guild, length, None if new else turn)
        for guild, (length, turn, new) in enumerate(zip(lengths, served, never, strict=True))
    ]
    return draw(st.permutations(lines)), draw(st.integers(0, len(lines) - 1))


def simulated(lines: list[Line], own: int) -> int:
    """Take one job after the other, each from the guild served longest ago, until the guild's own are all taken."""
    waiting = {line.guild: line.length for line in lines}
    # Guilds that never had a turn stand before all others; among them, this one came last.
    served = {line.guild: (0, line.guild == own) if line.served is None else (line.served, False) for line in lines}
    for turn in count(1):
        guild = min((guild for guild, left in waiting.items() if left), key=lambda it: served[it])
        served[guild] = (1000 + turn, False)
        waiting[guild] -= 1
        if guild == own and not waiting[guild]:
            return turn
    raise AssertionError


@given(standings())
def test_the_place_is_the_turn_that_a_round_robin_gives(standing: tuple[list[Line], int]) -> None:
    lines, guild = standing
    assert place(lines, guild) == simulated(lines, guild)


@given(standings())
def test_nobody_waits_for_more_than_one_round_of_the_others_per_job(standing: tuple[list[Line], int]) -> None:
    lines, guild = standing
    own = next(line for line in lines if line.guild == guild)
    assert own.length <= place(lines, guild) <= own.length * len(lines)


def test_a_guild_alone_is_served_in_its_own_order() -> None:
    assert [place([Line(1, length, 40)], 1) for length in (1, 2, 3)] == [1, 2, 3]


def test_a_small_guild_does_not_wait_for_a_large_one() -> None:
    assert place([Line(1, 50, 8), Line(2, 1, 7)], 2) == 1
    assert place([Line(1, 50, 7), Line(2, 1, 8)], 2) == 2


def test_a_newcomer_stands_behind_the_newcomers_that_waited_before() -> None:
    assert place([Line(1, 9, None), Line(2, 9, None), Line(3, 1, None)], 3) == 3
