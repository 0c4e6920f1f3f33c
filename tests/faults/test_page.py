from tests.faults import page
from tests.process.house import ROOT


def test_the_page_shows_the_matrix_that_is_played() -> None:
    """`python -m tests.faults.page --output docs/reliability.md` writes it."""
    assert page.written() in (ROOT / "docs" / "reliability.md").read_text()
