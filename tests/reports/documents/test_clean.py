"""Text that somebody wrote is harmless before a document holds it."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from familyflow.reports.documents.clean import MOST, clean, cleaned

ANY_TEXT = st.text(st.characters(), max_size=900)


@given(ANY_TEXT)
def test_what_is_clean_is_one_bearable_line_of_characters_that_can_be_seen(text):
    line = clean(text)

    assert len(line) <= MOST
    assert line == " ".join(line.split())
    assert [c for c in line if unicodedata.category(c).startswith("C")] == []
    assert not line.startswith(("=", "@"))


def test_a_text_that_a_spreadsheet_would_calculate_begins_with_an_apostrophe():
    for text in ("=1+1", "-2+3+cmd|' /C calc'!A0", "+HYPERLINK(1)", "@SUM(A1)"):
        assert clean(text) == f"'{text}"


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


def test_numbers_and_plain_words_stay_as_they_are():
    for text in ("-0.03", "+2 key workers", "Barnardo's", "£5 & more <than> that", "-"):
        assert clean(text) == text


def test_every_text_is_cleaned_wherever_it_stands():
    held = {"a\x00": ["=cmd|x", {"b": "two\nlines"}], "number": 1.5, "none": None}

    assert cleaned(held) == {"a": ["'=cmd|x", {"b": "two lines"}], "number": 1.5, "none": None}
