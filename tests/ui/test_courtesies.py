from datetime import timedelta

from bot.ui.courtesies import PER_MINUTE, Courtesies
from tests.examples import NOON


def test_a_channel_sees_only_so_much_progress_in_a_minute() -> None:
    courtesies = Courtesies()
    allowed = [courtesies.allows(20, NOON + timedelta(seconds=second)) for second in range(60)]
    assert allowed == [True] * PER_MINUTE + [False] * (60 - PER_MINUTE)


def test_each_channel_has_its_own_share_and_each_minute_a_new_one() -> None:
    courtesies = Courtesies()
    for channel in (20, 21):
        assert [courtesies.allows(channel, NOON) for _ in range(PER_MINUTE + 1)] == [True] * PER_MINUTE + [False]
    assert courtesies.allows(20, NOON + timedelta(minutes=1))


def test_half_of_what_discord_allows_is_left_for_pictures() -> None:
    assert PER_MINUTE * 2 <= 30
