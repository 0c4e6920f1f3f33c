"""Lists of words, as staff type them or send them as a file."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.domain.rule_refusals import BadSettingError
from bot.domain.rules import GuildRules
from bot.domain.word_lists import LARGEST_FILE, LONGEST_ENTRY, MOST_ENTRIES, MOST_INSIDE, read_list, written

ENTRIES = st.lists(st.from_regex(r"[a-z*]{0,3}[a-zé词][a-z ]{0,5}", fullmatch=True), max_size=9)


def problem(**lists: Any) -> str:
    with pytest.raises(ValidationError) as refusal:
        GuildRules(**lists)
    return refusal.value.errors()[0]["msg"]


def test_blanks_and_doubles_are_dropped_and_the_order_stays() -> None:
    rules = GuildRules(words=["zebra", " ", "Big  bad\twolf", "", "ZEBRA", "ant"], excepted=["ant"])
    assert rules.words == ("zebra", "Big bad wolf", "ant")
    assert rules.excepted == ("ant",)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["a", "", "b" * (LONGEST_ENTRY + 1)], "line 3 has 101 characters"),
        (["fine", "nul\x00"], "line 2 has control characters"),
        (["\ud800x"], "control characters"),
        (["*"], "line 1 has no letters"),
        (["a", "?!"], "line 2 has no letters"),
        (["#tag"], "line 1 begins with # or !"),
        (["!x"], "line 1 begins with # or !"),
        ([f"w{it}" for it in range(MOST_ENTRIES + 1)], "line 10,001 is too much"),
        ([f"{it}*x" for it in range(MOST_INSIDE + 1)], "line 101 is too much"),
    ],
)
@pytest.mark.parametrize("name", ["words", "excepted"])
def test_the_first_bad_line_is_named(name: str, lines: list[str], told: str) -> None:
    if "\ud800" in lines[0]:
        assert problem(**{name: lines})
    else:
        assert told in problem(**{name: lines})


def test_words_and_exceptions_are_counted_together() -> None:
    many = [f"w{it}" for it in range(6000)]
    assert len(GuildRules(words=many, excepted=many[:4000]).excepted) == 4000
    assert "together are 10,001" in problem(words=many, excepted=many[:4001])


def test_a_star_at_the_ends_is_not_one_inside() -> None:
    assert len(GuildRules(words=[f"*{it}*" for it in range(MOST_INSIDE + 1)]).words) == MOST_INSIDE + 1


def test_emojis_are_entries() -> None:
    assert GuildRules(words=["🍆"]).words == ("🍆",)


@given(ENTRIES, ENTRIES, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from([b"", b"\xef\xbb\xbf"]))
def test_what_is_written_is_read_as_it_was(words: list[str], excepted: list[str], end: str, mark: bytes) -> None:
    rules = GuildRules(words=words, excepted=excepted)
    lists = read_list(mark + written(rules.words, rules.excepted).replace("\n", end).encode())
    assert GuildRules(words=lists.words, excepted=lists.excepted) == rules


def test_comments_and_exceptions_leave_the_lines_their_numbers() -> None:
    lists = read_list(b"# mine\r\n\r\n fox \r\n! fox hunt\r\n\x07")
    assert lists.words == ["", "", "fox", "", "\x07"]
    assert [it.strip() for it in lists.excepted] == ["", "", "", "fox hunt", ""]
    assert "line 5" in problem(words=lists.words)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not text in UTF-8"),
        ("fox".encode("utf-16"), "not text in UTF-8"),
        (b"caf\xe9", "not text in UTF-8"),
        (b"x" * (LARGEST_FILE + 1), "more than 4 MiB"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(data: bytes, told: str) -> None:
    with pytest.raises(BadSettingError) as refusal:
        read_list(data)
    assert told in refusal.value.problem
