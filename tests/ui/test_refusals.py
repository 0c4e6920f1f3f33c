import re

import pytest

from bot.domain import refusals as no
from bot.domain.caps import Basis, Cap, Room
from bot.domain.circuit import Trouble
from bot.domain.jobs import JobState
from bot.domain.refusals import RefusalError
from bot.ui.words.refusals import refusal
from tests.examples import NOON, a_job

SHORT: list[RefusalError] = [
    no.OutOfCreditsError(price=1, available=0, held=0, returns_at=NOON),
    no.CapReachedError(1, Room(Cap(Basis.OWN, 10), 0, 10), NOON),
    no.MemberBusyError(1),
    no.GuildBusyError(50),
    no.DayFullError(NOON),
    no.PausedError(everywhere=False),
]
"""What can speak against one more picture; the last not by itself."""

EXAMPLES: list[RefusalError] = [
    no.NotInvitedError(),
    no.OutsideGuildError(),
    no.MissingRightsError(["view_channel", "attach_files", "send_messages", "send_messages_in_threads"]),
    no.MissingRightsError(["a_right_of_next_year"]),
    no.TooBoldError(6, 2, age_restricted=False),
    no.TooBoldError(6, 4, age_restricted=True),
    no.BadParametersError([("steps", "Input should be less than or equal to 50")]),
    no.OutOfCreditsError(price=1, available=0, held=0, returns_at=NOON),
    no.OutOfCreditsError(price=5, available=1, held=12345, returns_at=NOON),
    no.PausedError(everywhere=True),
    no.PausedError(everywhere=False),
    no.CapReachedError(1, Room(Cap(Basis.ROLE, 10, 77), 0, 10), NOON),
    no.CapReachedError(5, Room(Cap(Basis.OWN, 10), 3, 9), NOON),
    no.CapReachedError(1, Room(Cap(Basis.DEFAULT, 0), 0, 0), NOON),
    no.GuildBusyError(50),
    no.MemberBusyError(1),
    no.DayFullError(NOON),
    *(no.ProviderAwayError(trouble) for trouble in Trouble if not trouble.passes),
    no.EditingOffError(),
    *(no.SourceError(problem) for problem in no.SourceProblem),
    no.NotTakenError("provider_fault"),
    no.NotPostedError(),
    no.UnderWayError(a_job(card=40)),
    no.UnderWayError(a_job()),
    *(no.OnlySomeError(4, it, reason) for it, reason in enumerate(SHORT, start=1)),
    no.OfferChangedError(),
    no.UnknownJobError(),
    no.TooLateError(a_job(state=JobState.PAINTED)),
    no.TooLateError(a_job(state=JobState.FAILED)),
    no.TooLateError(a_job(state=JobState.EXPIRED)),
    no.TooLateError(a_job(state=JobState.DELIVERED)),
    no.CostsAnywayError(a_job()),
    no.NotYoursError(),
    no.NotStaffError(),
    no.NotOperatorError(),
    *(no.BadTargetError(problem) for problem in no.TargetProblem),
    no.BadAmountError(1, 1_000_000),
    no.TooLittleError(5, 3),
    no.TooManyRulesError(100),
    no.UnknownGuildError(),
    no.ConfirmationGoneError(),
    no.NotDrawnError(),
    no.AlreadyAtItError(),
    no.StoppingError(),
    no.StorageBusyError(),
    no.StorageDownError(),
]

AT_CANCELLING = {no.TooLateError, no.CostsAnywayError, no.NotYoursError}
"""Said to somebody who wants to end a job: what it cost or will cost is another matter there."""


def told(kind: type[RefusalError]) -> list[str]:
    return [refusal(error) for error in EXAMPLES if type(error) is kind]


def test_every_refusal_has_words_and_an_example_here() -> None:
    kinds = {it for it in vars(no).values() if isinstance(it, type) and issubclass(it, RefusalError)}
    assert {type(error) for error in EXAMPLES} == kinds - {RefusalError}


def test_a_refusal_without_words_is_found_by_its_name() -> None:
    with pytest.raises(NotImplementedError, match="RefusalError"):
        refusal(RefusalError())


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_a_refusal_is_plain_words(error: RefusalError) -> None:
    text = refusal(error)
    assert text[0].isupper() or text[0] == "`"
    assert text.endswith((".", "!", "?"))
    assert len(text) <= 2000
    assert not re.search(r"None|True|False|[{}]|Error|datetime|\(\)|  ", text)
    assert len(re.findall(r"<t:\d+:[Rf]>", text)) == text.count("<t")
    if type(error) not in AT_CANCELLING:
        assert re.search(r"Nothing ((more )?was charged|was changed)\.$", text)


def test_the_rights_are_named_as_discord_names_them() -> None:
    first, second = told(no.MissingRightsError)
    assert "I lack **View Channel**, **Attach Files**, **Send Messages**, **Send Messages in Threads** here" in first
    assert "**a_right_of_next_year**" in second


def test_who_is_too_bold_learns_what_would_pass_and_where() -> None:
    ordinary, restricted = told(no.TooBoldError)
    assert "`safety_tolerance` 6 is more than the 2 allowed in this channel. Try again with 2 or less." in ordinary
    assert "Age-restricted channels may allow more." in ordinary
    assert "the 4 allowed in this age-restricted channel" in restricted
    assert "may allow more" not in restricted


def test_who_is_out_of_credits_learns_when_more_come_and_where_the_rest_is() -> None:
    empty, short = told(no.OutOfCreditsError)
    moment = int(NOON.timestamp())
    assert empty.startswith(f"This server's credits are used up. New credits come <t:{moment}:R> (<t:{moment}:f>).")
    assert "has 1 credit left (12,345 credits held for pictures under way), and a picture costs 5 credits." in short


def test_limits_are_told_in_the_right_number() -> None:
    assert "already has 50 pictures waiting" in told(no.GuildBusyError)[0]
    assert "already have 1 picture waiting" in told(no.MemberBusyError)[0]


def test_who_can_have_only_some_learns_how_many_and_why() -> None:
    assert told(no.OnlySomeError)[0].startswith(
        "Only 1 of the 4 pictures could be made now: this server's credits suffice for no more. Press **Variations**"
    )
    assert len(set(told(no.OnlySomeError))) == len(SHORT)


def test_a_job_under_way_is_linked_where_it_has_a_card() -> None:
    linked, bare = told(no.UnderWayError)
    assert "it is [under way](https://discord.com/channels/10/20/40). Nothing more" in linked
    assert "under way. Nothing more" in bare


def test_who_comes_too_late_learns_how_it_ended() -> None:
    painted, ended, expired, shown = told(no.TooLateError)
    assert "on its way here" in painted
    assert "already ended" in ended
    assert "expired" in expired
    assert "already been shown" in shown
