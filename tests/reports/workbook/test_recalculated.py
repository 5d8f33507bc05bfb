"""The law of the workbook: recalculated, it gives what Python gives, also with other numbers."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.reports.workbook.changes import (
    CHANGES,
    SCENARIOS,
    files_for,
    live_figures,
    means_of,
)
from tests.reports.workbook.office import needs_office, recalculated, with_own_numbers

from familyflow.experiments.reprice import reprice
from familyflow.reports.workbook import workbook_bytes
from familyflow.reports.workbook.book import bytes_of
from familyflow.reports.workbook.kept import read_kept
from familyflow.reports.workbook.summary_sheet import LABELS

pytestmark = [pytest.mark.whole, needs_office]
CLOSE = 1e-9


def every_cell(book):
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def cached_wrong(content):
    """The same workbook in which the numbers cached for the summary's formulas are 1."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = re.sub(rb"</f><v>[^<]*</v>", b"</f><v>1</v>", part)
            new.writestr(name, part)
    return made.getvalue()


def test_the_referee_recalculates_and_does_not_repeat_cached_numbers(contents, kept_runs, tmp_path):
    wrong = cached_wrong(contents["core_offer"])
    before = load_workbook(BytesIO(wrong), data_only=True)["Summary"]
    assert set(live_figures(before, LABELS).values()) == {1}

    book = recalculated(wrong, tmp_path)

    expected = means_of(kept_runs["core_offer"])
    assert live_figures(book["Summary"], LABELS) == pytest.approx(expected, rel=CLOSE)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_recalculated_every_cell_is_what_was_cached(contents, kept_runs, scenario, tmp_path):
    book = recalculated(contents[scenario], tmp_path)

    expected = means_of(kept_runs[scenario])
    assert live_figures(book["Summary"], LABELS) == pytest.approx(expected, rel=CLOSE)
    cached = every_cell(load_workbook(BytesIO(contents[scenario]), data_only=True))
    found = every_cell(book)
    assert cached.keys() == found.keys()
    for place, value in cached.items():
        numeric = isinstance(value, (int, float)) and not isinstance(value, bool)
        right = pytest.approx(value, rel=CLOSE, abs=1e-7) if numeric else value
        assert found[place] == right, place


@pytest.mark.parametrize(
    ("scenario", "change"),
    [
        *(("core_offer", change) for change in CHANGES),
        *(("reaching_communities_bid", change) for change in
          ("a unit cost", "the discount rate", "a cashable share", "all at once")),
    ],
)  # fmt: skip
def test_with_a_number_typed_in_it_gives_what_the_run_gives_priced_again(
    contents, kept_runs, scenario, change, tmp_path
):
    own, sets = CHANGES[change]
    files = files_for(change, tmp_path)
    again = reprice(kept_runs[scenario], sets=sets, parameter_files=files, out=tmp_path)
    expected = means_of(again.folder)
    assert expected != pytest.approx(means_of(kept_runs[scenario]), rel=1e-6)

    book = recalculated(with_own_numbers(contents[scenario], own), tmp_path)

    assert live_figures(book["Summary"], LABELS) == pytest.approx(expected, rel=CLOSE)
    assert book["Checks"]["B2"].value is True
    assert book["Summary"]["B6"].value == len(own)


def test_a_text_in_a_yellow_cell_changes_no_figure_and_a_check_says_so(
    contents, kept_runs, tmp_path
):
    typed = with_own_numbers(contents["core_offer"], {"unit_costs.staff.pension": "a fifth"})

    book = recalculated(typed, tmp_path)

    expected = means_of(kept_runs["core_offer"])
    assert live_figures(book["Summary"], LABELS) == pytest.approx(expected, rel=CLOSE)
    assert book["Checks"]["B2"].value is False


def test_where_the_run_found_something_else_a_check_fails_as_cached_and_as_recalculated(
    kept_runs, tmp_path
):
    kept = read_kept(kept_runs["core_offer"])
    money = kept.results["money"]
    other = {"mean": money["net_saving"]["mean"] * (1 + 1e-8)}
    content = bytes_of(
        replace(kept, results={**kept.results, "money": {**money, "net_saving": other}})
    )

    failed = []
    for book in (load_workbook(BytesIO(content), data_only=True), recalculated(content, tmp_path)):
        rows = book["Checks"].iter_rows(min_row=4, values_only=True)
        failed.append([row[0] for row in rows if row[1] is False])
        told = {row[0]: row[1] for row in book["Summary"].iter_rows(values_only=True)}
        assert told["All checks hold (sheet Checks)"] is False
    assert failed[0] == failed[1]
    assert [label.rpartition(" ")[2] for label in failed[0]] == ["net_saving"]


@pytest.mark.parametrize(
    "sets",
    [
        ("appraisal.window=budget", "appraisal.timing=mid"),
        ("appraisal.window=everything", "appraisal.optimism_bias=spread",
         "appraisal.schedule=gb_health", "appraisal.timing=end"),
        ("costs.scope=case_time_and_fees", "appraisal.optimism_bias=haircut",
         "service.team.strategy_group_hours=60"),
    ],
    ids=["budget, mid-year", "everything, spread", "another scope, haircut"],
)  # fmt: skip
def test_it_holds_under_other_rules_of_appraisal(kept_runs, sets, tmp_path):
    folder = reprice(kept_runs["core_offer"], sets=sets, out=tmp_path).folder

    book = recalculated(workbook_bytes(folder), tmp_path)

    assert live_figures(book["Summary"], LABELS) == pytest.approx(means_of(folder), rel=CLOSE)
    assert book["Checks"]["B2"].value is True
