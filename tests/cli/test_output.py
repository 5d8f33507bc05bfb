"""Text of others is shown, never obeyed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from familyflow.cli.output import columns, one_line, plain, tell_problems
from familyflow.problems import InputError, Problem


@given(st.text())
def test_nothing_printed_can_steer_a_terminal(text: str) -> None:
    shown = plain(text)

    assert all(letter >= " " or letter in "\n\t" for letter in shown)
    assert not any("\x7f" <= letter <= "\x9f" for letter in shown)
    assert not set(shown) & set("\u202e\u2066\u2028\u200f")
    shown.encode("utf-8")


@given(st.text())
def test_a_line_stays_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


def test_ordinary_text_is_left_alone() -> None:
    text = "Café in Ancoats: £250, 5 to 11 years\n\tand 家 🙂"

    assert plain(text) == text


def test_a_problem_cannot_pass_for_another(capsys: pytest.CaptureFixture[str]) -> None:
    problem = Problem("a\nb.yaml:1: fine", 2, 3, "bad\x1b[2K\nall is well", "Do this.\nThen that.")

    tell_problems(InputError([problem]))

    said = capsys.readouterr().err
    assert said == (
        "1 problem in the input\n\na\\nb.yaml:1: fine:2:3: bad\\x1b[2K\\nall is well\n"
        "    Do this.\n    Then that.\n\n"
    )


def test_many_problems_are_cut_at_fifty(capsys: pytest.CaptureFixture[str]) -> None:
    tell_problems(InputError([Problem("a.yaml", n, 0, "wrong") for n in range(1, 61)]))

    said = capsys.readouterr().err
    assert said.startswith("60 problems in the input")
    assert said.count("wrong") == 50
    assert "... and 10 more" in said


def test_columns_line_up() -> None:
    assert columns([["a", "1"], ["long", "22"]]) == "a     1\nlong  22"
