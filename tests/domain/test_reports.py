from bot.domain.reports import Report
from tests.examples import a_job


def test_the_repr_of_a_report_tells_neither_prompt_nor_reason() -> None:
    told = repr(Report(a_job(), 5, "it shows my face"))
    assert "fox" not in told
    assert "face" not in told
