import re
import unicodedata
from collections.abc import Callable
from itertools import accumulate

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from bot.ui.text import cut, escaped

FAMILIES = ["👨‍👩‍👧‍👦", "🏳️‍🌈", "👩🏽‍❤️‍💋‍👨🏿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇺🇦", "👩🏿‍🚀", "é", "각", "नि", "👍🏽"]
MARKUP = set("\\*_~`|[]()<>@#:")
PIECES = [
    *MARKUP,
    *FAMILIES,
    *["-", "+", ".", "#", "##", "-#", ">>>", "1.", "12)", " ", "\n", "\r\n", "\t", "\u2028", "\u00a0", "...", "a", "b"],
    *["https://x.example", "discord.gg/abc", "<t:0:R>", "</imagine:1>", "<id:guide>", "<:fox:1>", ":fox:", "<@&1>"],
    *["@everyone", "@here", "||", "~~", "```", "***", "__", "[a](https://x.example)", "¯\\_(ツ)_/¯"],
    *[
        "\u0600",
        "\u06dd",
        "\u200b",
        "\u200d",
        "\ufe0f",
        "\u20e3",
        "\u0301",
        "\u202e",
        "\u2066",
        "\u061c",
        "\x00",
        "\ud800",
    ],
]
NASTY = st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=[]), max_size=60).map("".join)
LIMITS = st.integers(1, 80)


def plain(shown: str) -> str:
    """What Discord makes of the escaped text; fails where it would see more in it than text."""
    assert not re.match(r"\s*(?:[-*+]|#{1,3}|-#|>{1,3}|\d+[.)])", shown), "the line's start"
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", shown), "control"
    assert not re.search(r"\w://", shown), "a link"
    read, at = [], 0
    while at < len(shown):
        if shown[at] == "\\":
            at += 1
            assert re.fullmatch(r"[^0-9A-Za-z\s]", shown[at : at + 1]), "an escape of nothing"
        else:
            assert shown[at] not in MARKUP
        read.append(shown[at])
        at += 1
    return "".join(read)


def line(text: str) -> str:
    unseen = {"Cc", "Cs"}
    kept = [it for it in text if it.isspace() or unicodedata.category(it) not in unseen]
    return " ".join(re.sub("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", "".join(kept)).split())


def graphemes(text: str) -> list[str]:
    return regex.findall(r"\X", text)


@given(NASTY, LIMITS)
@example("\u0600*bold*", 80)
@example("\u0600@everyone", 80)
@example("1" * 100 + ". a", 20)
@example("-# small", 80)
@example("  - a list", 80)
@example("\u202e- a list", 80)
def test_nothing_in_a_shown_text_is_more_than_text(text: str, limit: int) -> None:
    shown = escaped(text, limit)
    assert len(shown) <= limit
    plain(shown)


@given(NASTY)
def test_a_text_that_fits_is_read_as_it_was_typed(text: str) -> None:
    typed = line(text)
    if max(map(len, graphemes(typed)), default=0) <= 16:
        assert plain(escaped(text, 10_000)) == typed
        assert cut(text, 10_000) == typed


@given(NASTY, LIMITS)
@example("👨‍👩‍👧‍👦" * 20, 30)
@example("***" * 20, 10)
def test_a_text_is_cut_between_graphemes_and_escapes_and_not_sooner_than_needed(text: str, limit: int) -> None:
    typed = line(text)
    pieces = graphemes(typed)
    if max(map(len, pieces), default=0) > 16:
        return
    places = {0, *accumulate(map(len, pieces))}
    for shown, read, longest in ((escaped(text, limit), plain, 32), (cut(text, limit), str, 16)):
        if read(shown) == typed:
            continue
        assert shown.endswith("…")
        kept = read(shown.removesuffix("…"))
        assert typed.startswith(kept)
        assert len(kept) in places
        assert len(shown) > limit - longest - 1


@given(NASTY, LIMITS)
def test_alt_text_is_one_line_within_its_limit(text: str, limit: int) -> None:
    shown = cut(text, limit)
    assert len(shown) <= limit
    assert "\n" not in shown
    assert shown.encode().decode() == shown


@pytest.mark.parametrize("show", [escaped, cut])
def test_marks_do_not_tower_over_the_lines_around(show: Callable[[str, int], str]) -> None:
    shown = show("z" + "\u0301" * 500 + "algo " + "\u20dd" * 500, 4000)
    marks = "".join("M" if unicodedata.category(it).startswith("M") else " " for it in shown)
    assert max(map(len, marks.split())) <= 16
    assert "algo" in shown


@pytest.mark.parametrize("family", FAMILIES)
def test_families_and_flags_are_shown_whole_or_not_at_all(family: str) -> None:
    assert escaped(family, 600) == cut(family, 600) == family
    for limit in range(1, 40):
        shown = cut(family * 3, limit).removesuffix("…")
        assert shown == family * (len(shown) // len(family))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", ""),
        (" \n\t ", ""),
        ("\u202e\u200f", ""),
        ("a red fox", "a red fox"),
        ("a\n\n- b", "a - b"),
        ("- b", "\\- b"),
        ("+ b", "\\+ b"),
        ("-# small", "\\-\\# small"),
        ("### big", "\\#\\#\\# big"),
        (">>> said", "\\>\\>\\> said"),
        ("12. dozen", "12\\. dozen"),
        ("12) dozen", "12\\) dozen"),
        ("1.5 foxes", "1\\.5 foxes"),
        ("10 foxes, 2.5 cats", "10 foxes, 2.5 cats"),
        ("well-lit fox + hen", "well-lit fox + hen"),
        ("https://x.example/a_b", "https\\://x.example/a\\_b"),
        (":fox: at 16:9", "\\:fox\\: at 16\\:9"),
        ("<t:0:R>", "\\<t\\:0\\:R\\>"),
        ("¯\\_(ツ)_/¯", "¯\\\\\\_\\(ツ\\)\\_/¯"),
        ("x" * 601, "x" * 599 + "…"),
        ("*" * 301, "\\*" * 299 + "…"),
    ],
)
def test_a_text_is_shown_like_this(typed: str, shown: str) -> None:
    assert escaped(typed, 600) == shown
