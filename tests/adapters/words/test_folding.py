"""However a text is written, it folds to what it reads as, and a second folding finds nothing more to do."""

# ruff: noqa: RUF001 - letters that look like others are the point

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.adapters.words.folding import folded


@given(st.text(max_size=60))
@example("İ")
@example("ﷺ")
@example("ß\u0301\u200d!")
@example("\u0345α")
@example("$!$")
@example("a\u2800@")
@example("\u1e9b\u0323")
def test_folding_twice_is_folding_once(text: str) -> None:
    once = folded(text)
    assert folded(once.plain) == once
    assert folded(once.rough).rough == once.rough
    assert len(once.plain) == len(once.rough)
    assert once.plain == " ".join(once.plain.split())


@given(st.text(st.characters(codec="ascii"), max_size=40))
def test_the_quick_way_for_ascii_leads_where_the_other_does(text: str) -> None:
    assert folded(f"{text} 词") == folded(f"{folded(text).plain} 词")


@given(st.text(st.characters(categories=["L", "N", "P", "Z"]), max_size=40))
def test_case_does_not_matter(text: str) -> None:
    assert folded(text.upper()) == folded(text.upper().casefold())


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Naïve Ångström", "naive angstrom"),
        ("ＦＵＬＬ　ｗｉｄｔｈ", "full width"),
        ("𝕓𝕝𝕒𝕔𝕜 Ⓛⓔⓣⓣⓔⓡ", "black letter"),
        ("z\u0300\u0301\u0489a\u0336l\u0337g\u20dd\u035fo", "zalgo"),
        ("in\u200bvis\u00adi\u2060b\ufeffl\u034fe\ufe0f", "invisible"),
        ("\u202ebidi\u202c \U000e0041tag", "bidi tag"),
        ("a\t b\n\u3000c\u2003d\u2800e", "a b c d e"),
        ("ra\u0441\u0435 \u0391\u039f", "race ao"),
        ("Straße STRASSE ſ", "strasse strasse s"),
        ("snake_case, kebab-case. don't", "snake case kebab case don t"),
        ("wow!!! costs $$ @ home", "wow!!! costs home"),
        ("🍆on", "🍆 on"),
        ("👍🏽", "👍"),
        ("हिन्दी", "हिन्दी"),
        ("ばか はか", "ばか はか"),
        ("ภาษาไทย", "ภาษาไทย"),
        ("한국어", "한국어"),
        ("مُحَمَّد مـحـمد", "محمد محمد"),
        ("שָׁלוֹם", "שלום"),
        ("Đặng Łódź Øre", "dang lodz ore"),
    ],
)
def test_what_a_text_reads_as(written: str, read: str) -> None:
    assert folded(written).plain == read


def test_swaps_are_undone_in_the_rough_form_alone() -> None:
    form = folded("L33t $p34k 1s c00l @nd h1p!t")
    assert form.plain == "l33t $p34k 1s c00l @nd h1p!t"
    assert form.rough == "ieet speak is cooi and hipit"
