"""The file that is written reads back, and gives no count of families away."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.records.simulated import Truth, records

from familyflow.parameters.dirichlet import Dirichlet
from familyflow.parameters.library import Library, load_library
from familyflow.records import estimate as keys
from familyflow.records.cases import Records
from familyflow.records.estimate import NO_EFFECT, ONE, Estimates
from familyflow.records.estimates import estimates_of
from familyflow.records.parameter_file import parameter_file, thousandths
from familyflow.records.suppress import HIDDEN
from familyflow.records.tables import TableShown, report_tables
from familyflow.shipped import parameters_folder


@pytest.fixture(scope="module")
def file() -> Records:
    """Three years of a service."""
    return records(Truth(), 4, 3.0, 1.0)


@pytest.fixture(scope="module")
def found(file: Records, shipped: Library) -> Estimates:
    """What they tell."""
    return estimates_of(file, shipped)


@pytest.mark.parametrize("weight", [0.0, 0.5, 1.0, 1000.0])
def test_the_file_reads_back_with_the_estimates(
    file: Records, shipped: Library, tmp_path: Path, weight: float
) -> None:
    estimates = estimates_of(file, shipped, weight)
    path = tmp_path / "own.yaml"
    path.write_text(parameter_file(estimates, file.first, file.as_of), encoding="utf-8")
    read = load_library([parameters_folder(), path])

    assert read.warnings == shipped.warnings
    for one in estimates.known:
        entry = read[one.key]
        assert "Local records, 2024-01-01 to 2026-12-" in (entry.note or "")
        assert f"Prior weight {weight:g}: " in (entry.note or "")
        if one.is_table:
            expected = {row: figure.value for row, figure in one.posterior.items()}
            assert entry.table == pytest.approx(expected, abs=1.1e-3)
        else:
            assert entry.value == pytest.approx(one.posterior[ONE].value, rel=1e-3)
            belief = entry.distribution
            assert belief is not None
            assert not isinstance(belief, Dirichlet)
            low, high = belief.interval()
            assert high - low == pytest.approx(
                one.posterior[ONE].high - one.posterior[ONE].low, rel=0.07
            )


def test_only_what_records_tell_is_written(file: Records, found: Estimates) -> None:
    text = parameter_file(found, file.first, file.as_of)
    entries = re.findall(r"^([a-z_.]+):", text, flags=re.MULTILINE)

    assert sorted(entries) == sorted(keys.WRITABLE)
    assert NO_EFFECT in text
    assert "Prior weight 1: " in text


def test_an_effect_cannot_be_written_even_if_it_is_put_among_the_estimates(
    file: Records, found: Estimates
) -> None:
    smuggled = replace(found.known[0])
    object.__setattr__(smuggled, "key", "outcomes.effects.care_ratio")

    with pytest.raises(ValueError, match="no effect and no comparison"):
        parameter_file(replace(found, known=(smuggled,)), file.first, file.as_of)


def test_families_who_move_between_small_rows_change_nothing_that_is_written(
    file: Records, shipped: Library
) -> None:
    """What is not told apart in the file cannot be worked out from it."""
    texts = []
    for small in ("police", "health"):
        cases = list(file.cases)
        kept = [place for place, case in enumerate(cases) if case.source in ("police", "health")]
        for number, place in enumerate(kept):
            source = "schools" if number > 12 else ("police", "health")[small == "police"]
            cases[place] = replace(cases[place], source=small if number < 3 else source)
        changed = replace(file, cases=tuple(cases))
        texts.append(parameter_file(estimates_of(changed, shipped), file.first, file.as_of))

    assert texts[0] == texts[1]


def test_no_small_count_stands_in_the_file_or_in_a_table(file: Records, found: Estimates) -> None:
    text = parameter_file(found, file.first, file.as_of)
    reasons = re.findall(r'note: "(.*)"', text)
    counts = [
        float(number.replace(",", ""))
        for reason in reasons
        for number in re.findall(r"(?<=: )([\d,]+) [a-z]|n = ([\d,]+)", reason)
        for number in number
        if number
    ]

    assert counts
    assert all(count >= 5 and count % 5 == 0 for count in counts)
    years = _table(report_tables(file, found), "Referrals by year")
    shown = [cell for row in years.rows for cell in row[1:] if cell != "hidden"]
    assert all(int(cell.replace(",", "")) % 5 == 0 for cell in shown)
    assert HIDDEN not in shown


def test_every_table_of_the_report_is_whole_and_says_what_is_never_learnt(
    file: Records, found: Estimates
) -> None:
    tables = report_tables(file, found)

    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)
    assert all(table.rows for table in tables)
    assert _table(tables, "What these records tell").note == NO_EFFECT


def test_tables_of_hardly_any_cases_are_empty_and_not_wrong(shipped: Library) -> None:
    few = records(Truth(suitable_per_year=3.0), 2, 1.0)
    tables = report_tables(few, estimates_of(few, shipped))

    assert _table(tables, "What these records tell").rows == ()
    assert {cell for row in _table(tables, "Referrals by year").rows for cell in row[1:]} <= {
        "hidden",
        "5",
        "10",
    }


def _table(tables: tuple[TableShown, ...], title: str) -> TableShown:
    return next(table for table in tables if table.title == title)


def test_shares_in_thousandths_sum_to_one() -> None:
    assert thousandths({"a": 0.6664, "b": 0.1669, "c": 0.1667}) == {
        "a": 0.666,
        "b": 0.167,
        "c": 0.167,
    }
    assert sum(thousandths({str(row): 1 / 7 for row in range(7)}).values()) == pytest.approx(1.0)
