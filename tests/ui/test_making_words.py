import time

from bot.domain.inscriptions import TEXT_KEY, Note
from bot.domain.sources import Candidate
from bot.ui.words.making import NOT_PROVED, notes, whole

PICTURE = Candidate("https://cdn.example/fox.png", "fox.png")


def test_only_what_is_shown_is_made_harmless_for_it_takes_time() -> None:
    hostile = [Note(TEXT_KEY, f"{number}" + "*:" * 128 * 1024) for number in range(4)]
    started = time.process_time()
    text, cut = notes([(PICTURE, [it]) for it in hostile])
    assert time.process_time() - started < 1  # else it takes ten
    assert cut
    assert len(text) < 4000


def test_a_line_too_long_to_be_shown_is_cut_and_comes_whole() -> None:
    told = [(PICTURE, [Note(TEXT_KEY, "x" * 700)])]
    text, cut = notes(told)
    assert cut
    assert text.splitlines() == ["**fox.png**", "x" * 599 + "…", NOT_PROVED]
    assert whole(told).endswith("x" * 700)


def test_what_fits_is_shown_whole() -> None:
    assert notes([(PICTURE, [Note(TEXT_KEY, "a fox\n\nin *snow*")])]) == (
        f"**fox.png**\na fox\nin \\*snow\\*\n{NOT_PROVED}",
        False,
    )
