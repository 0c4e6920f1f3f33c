from bot.ui.courtesies import MOST, PER_MINUTE, Courtesies

NOON = 43_200.0


def test_progress_ends_where_pictures_to_come_need_the_room() -> None:
    courtesies = Courtesies()
    assert courtesies.allows(20, NOON, PER_MINUTE - 1)
    assert not courtesies.allows(20, NOON, PER_MINUTE)


def test_every_edit_takes_from_the_room_of_the_minute_that_follows_it() -> None:
    courtesies = Courtesies()
    for second in range(PER_MINUTE - 1):
        assert courtesies.allows(20, NOON + second, 0)
        courtesies.edited(20, NOON + second)
    assert not courtesies.allows(20, NOON + 59, 1)
    assert courtesies.allows(20, NOON + 60, 1)
    assert not courtesies.allows(20, NOON + 60, 2)


def test_quiet_channels_are_forgotten() -> None:
    courtesies = Courtesies()
    for channel in range(3000):
        courtesies.edited(channel, NOON + channel)
    assert len(courtesies._edits) < 1500


def test_each_channel_has_room_of_its_own() -> None:
    courtesies = Courtesies()
    for _ in range(PER_MINUTE):
        courtesies.edited(20, NOON)
    assert not courtesies.allows(20, NOON, 0)
    assert courtesies.allows(21, NOON, 0)


def test_the_room_is_within_what_discord_allows() -> None:
    assert 2 * PER_MINUTE < MOST == 30


def test_a_picture_waits_for_the_minute_that_its_channel_has_used_up() -> None:
    courtesies = Courtesies()
    for second in range(MOST):
        assert courtesies.wait(20, NOON + second) == 0
        courtesies.edited(20, NOON + second)
    assert courtesies.wait(20, NOON + 40) == 20
    assert courtesies.wait(21, NOON + 40) == 0
    assert courtesies.wait(20, NOON + 60) == 0
