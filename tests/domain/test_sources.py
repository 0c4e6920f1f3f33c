from typing import Any

import pytest

from bot.domain.refusals import SourceError, SourceProblem
from bot.domain.sources import MOST_FOUND, Candidate, editable, pictures_in


def candidate(name: str = "fox.png", **told: Any) -> Candidate:
    return Candidate(f"https://cdn.example/1/{name}?ex=1", name, **told)


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({}, None),
        ({"name": "fox.JPEG"}, None),
        ({"name": "fox.webp", "size": 50_000_000, "width": 8000, "height": 5000}, None),
        ({"name": "fox", "kind": "image/png; charset=x"}, None),
        ({"kind": "image/gif"}, SourceProblem.KIND),
        ({"name": "fox.svg"}, SourceProblem.KIND),
        ({"name": "fox"}, SourceProblem.KIND),
        ({"size": 0}, SourceProblem.EMPTY),
        ({"size": 50_000_001}, SourceProblem.HEAVY),
        ({"width": 8193, "height": 1}, SourceProblem.PIXELS),
        ({"width": 6500, "height": 6500}, SourceProblem.PIXELS),
    ],
)
def test_what_is_told_of_a_file_can_speak_against_it(told: dict[str, Any], problem: SourceProblem | None) -> None:
    assert candidate(**told).problem is problem


def test_each_picture_counts_once_however_often_a_message_shows_it() -> None:
    first = candidate(size=5)
    again = Candidate("https://cdn.example/1/fox.png?ex=2", "fox.png")
    other = candidate("cat.png")
    assert pictures_in([first, candidate("words.txt"), again, other]) == [first, other]
    assert len(pictures_in([candidate(f"{it}.png") for it in range(50)])) == MOST_FOUND


def test_of_a_message_what_can_be_edited_is_offered() -> None:
    assert editable([candidate("a.gif"), candidate("b.png"), candidate("c.svg")]) == (candidate("b.png"),)


@pytest.mark.parametrize(
    ("found", "problem"),
    [([], SourceProblem.NONE), ([candidate("a.txt")], SourceProblem.NONE), ([candidate("a.gif")], SourceProblem.KIND)],
)
def test_where_nothing_can_be_edited_the_first_says_why(found: list[Candidate], problem: SourceProblem) -> None:
    with pytest.raises(SourceError) as caught:
        editable(found)
    assert caught.value.problem is problem


def test_a_pending_source_does_not_show_its_address() -> None:
    assert "cdn.example" not in repr(candidate())
