from datetime import timedelta

from bot.domain.faults import NoStartsLeftError
from bot.ui.words import startup


def test_whoever_has_no_logins_left_reads_when_there_are_more() -> None:
    assert startup.NO_STARTS.format(error=NoStartsLeftError(timedelta(minutes=90))).endswith(
        "start it again in 1.5 hours."
    )
