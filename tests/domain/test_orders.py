"""What an interaction tells of a person."""

from tests.examples import a_caller


def test_of_another_channel_nothing_is_taken_for_readable_that_nobody_vouches_for() -> None:
    assert a_caller(channel=5).may_read(5)
    assert not a_caller(channel=5).may_read(6)
    assert a_caller(channel=5, reads=lambda channel: channel == 6).may_read(6)
