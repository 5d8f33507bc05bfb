"""What `familyflow check` says of case records, and of other files that end in .csv."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import answered
from tests.records.files import CLOSED, FULL, OPEN, csv_text, kept

# words of the shipped parameters, which the command reads
OWN = {**FULL, "source": "schools", "needs": "domestic_abuse", "level": "child_in_need"}


def test_a_good_file_is_told_how_it_was_read(tmp_path: Path) -> None:
    kept(tmp_path, csv_text([OWN, {**OPEN, "family": "F2"}], ";"))
    said = answered(tmp_path, "check", "cases.csv")
    assert (said.code, said.out) == (0, "1 file checked: no mistakes found.\n")
    assert "cases.csv: Columns are separated by semicolons." in said.err
    assert "Referrals: 2, of 2 families; 1 still open" in said.err
    assert "to 2025-07-14, the last in them" in said.err


def test_mistakes_are_told_by_line_and_column(tmp_path: Path) -> None:
    path = kept(tmp_path, csv_text([CLOSED, {**CLOSED, "family": "F2", "ended": "2025-02-30"}]))
    loud = path.rename(tmp_path / "CASES.CSV")
    said = answered(tmp_path, "check", loud.name)
    assert said.code == 2
    assert "CASES.CSV:3:5: ended: there is no such day\n    Write 2026-04-30." in said.err
    found = answered(tmp_path, "check", loud.name, "--json").json["problems"]
    assert [(one["line"], one["column"]) for one in found] == [(3, 5)]  # type: ignore[attr-defined]


def test_several_files_are_told_of_together(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        kept(tmp_path, csv_text([{**CLOSED, "family": "Smith"}])).rename(tmp_path / name)
    said = answered(tmp_path, "check", "a.csv", "b.csv")
    assert "a.csv:2:1" in said.err
    assert "b.csv:2:1" in said.err


def test_an_edition_of_unit_costs_is_still_checked_as_one(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("Code;Value;price_year\nNO1;3;2024/25\n", encoding="utf-8")
    said = answered(tmp_path, "check", "e.csv")
    assert "template" not in said.err
    kept(tmp_path, csv_text([{**CLOSED, "code": "Zqcanary", "value": "Zqcanary"}]))
    said = answered(tmp_path, "check", "cases.csv")
    assert "column 7 is not in the template" in said.err
    assert "zqcanary" not in said.err.casefold()


def test_nothing_is_written(tmp_path: Path) -> None:
    for row in (CLOSED, {**CLOSED, "ending": "x"}):
        kept(tmp_path, csv_text([row]))
        answered(tmp_path, "check", "cases.csv")
        assert [one.name for one in tmp_path.iterdir()] == ["cases.csv"]


def test_what_looks_personal_is_told_before_fifty_other_mistakes(tmp_path: Path) -> None:
    rows = [{**CLOSED, "ending": "x"}] * 80 + [{**CLOSED, "started": "M14 5TP"}]
    kept(tmp_path, csv_text(rows))
    said = answered(tmp_path, "check", "cases.csv")
    assert "cells of column 4 look like a postcode: line 82" in said.err
    assert said.err.rstrip().endswith("... and 31 more")
