from datetime import UTC, datetime

import pytest

from demo.reading import plain, words

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
NOON = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"ready <t:{NOON + 14}:R>", "ready in 14 seconds"),
        (f"come <t:{NOON + 8 * 86_400}:R>", "come in 8 days"),
        (f"left <t:{NOON - 3600}:R>", "left 1 hour ago"),
        (f"at <t:{NOON}:f>", "at 1 March 2026 12:00 UTC"),
        ("-# Asked by <@7>, not <@8>", "Asked by @Ada, not @somebody"),
        ("**bold** `code` 2 \\* 3", "bold code 2 * 3"),
        ("## A title\nand text", "A title\nand text"),
    ],
)
def test_markup_reads_as_on_a_screen(text: str, read: str) -> None:
    assert plain(text, {7: "Ada"}, NOW) == read


def test_words_are_found_at_any_depth() -> None:
    components = [{"type": 17, "components": [{"type": 10, "content": "above"}, {"type": 1, "components": []}]}]

    assert words([*components, {"type": 10, "content": "below"}]) == "above\nbelow"
