"""``verify``: what was checked, what was found, and the exit code."""

from __future__ import annotations

from pathlib import Path


def test_every_check_is_told(command, tmp_path: Path) -> None:
    said = command("verify", "core_offer", "--draws", "2", "--quiet")

    assert said.code == 0
    assert said.out.splitlines() == [
        "holds   draw 0: rows are the same",
        "holds   draw 1: rows are the same",
        "holds   pounds add up",
        "3 of 3 checks hold.",
    ]
    assert list(tmp_path.iterdir()) == []  # it is the experiment that keeps what was found


def test_a_check_that_fails_says_what_was_found_and_ends_with_1(command) -> None:
    said = command("verify", "unsteady", "--draws", "1", "--quiet")

    assert said.code == 1
    assert "FAILS   pounds add up: £1 and £2" in said.out
    assert said.out.endswith("1 of 2 checks hold.\n")


def test_the_checks_can_be_had_as_json(command) -> None:
    said = command("verify", "unsteady", "--draws", "1", "--json", "--quiet")

    assert said.code == 1
    assert said.json[-1] == {"name": "pounds add up", "holds": False, "found": "£1 and £2"}


def test_draws_that_are_no_number_are_refused(command) -> None:
    said = command("verify", "core_offer", "--draws", "many")

    assert said.code == 2
    assert "--draws is 'many'" in said.err
