"""What yellow cells may hold, how numbers on Inputs are shown, and what few draws cannot tell."""

from dataclasses import replace
from io import BytesIO

import pytest
from benchmarks.workbook_changes import changes
from openpyxl import load_workbook
from tests.reports.workbook.changes import SCENARIOS

from familyflow.parameters.units import unit_named
from familyflow.parameters.yaml_tree import Wrong
from familyflow.reports.answer import FEWEST
from familyflow.reports.words import window
from familyflow.reports.workbook.book import bytes_of
from familyflow.reports.workbook.cells import Cell
from familyflow.reports.workbook.kept import read_kept
from familyflow.reports.workbook.typed import SHARE, Range, range_of

YELLOW = "FFFFFF99"
CHANCES = "Chances that the expected value"


@pytest.fixture(scope="module")
def kept(kept_runs):
    return read_kept(kept_runs["core_offer"])


@pytest.fixture(scope="module")
def few(kept):
    """The workbook of a run that says it has fewer draws than tell how sure it is."""
    results = {**kept.results, "draws": FEWEST - 1}
    return load_workbook(BytesIO(bytes_of(replace(kept, results=results))), data_only=True)


def yellow_cells(sheet):
    return [cell for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == YELLOW]


@pytest.mark.parametrize(
    "name", ["GBP", "GBP per week", "share", "share of salary", "rate per year"]
)
def test_a_cell_may_hold_what_a_file_of_parameters_may_and_no_more(name):
    unit, allowed = unit_named(name), range_of(unit_named(name))

    assert unit.check(allowed.least) == allowed.least
    assert unit.check(allowed.most) == allowed.most
    for outside in (allowed.least - 0.01, allowed.most * 1.01):
        with pytest.raises(Wrong):
            unit.check(outside)


def test_ranges_are_said_as_people_say_them():
    assert SHARE.words == "0% to 100%"
    assert Range(0.0, 0.5, is_share=True).words == "0% to 50%"
    assert Range(0.0, 1e12).words == "0 to 1,000,000,000,000"


def test_a_cell_is_compared_only_where_it_holds_a_number():
    cell = Cell("Inputs", 0, 0)

    for formula in (SHARE.state(cell), SHARE.in_use(cell, 2.0)):
        assert "IF(ISNUMBER('Inputs'!$A$1),AND(" in formula
    assert SHARE.in_use(cell, 2.0).endswith(",2.0)")


@pytest.mark.whole
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_yellow_cell_refuses_numbers_outside_its_range_and_has_a_check(contents, scenario):
    book = load_workbook(BytesIO(contents[scenario]))
    formulas = [str(cell.value) for cell in book["Checks"]["B"]]

    for name in ("Inputs", "How sure"):
        sheet, refused = book[name], set()
        for rule in sheet.data_validations.dataValidation:
            assert (rule.type, rule.operator or "between") == ("decimal", "between")
            assert float(rule.formula1) < float(rule.formula2)
            refused |= {str(part) for part in rule.sqref.ranges}
        cells = yellow_cells(sheet)
        assert {cell.coordinate for cell in cells} == refused
        assert len(cells) > 8
        for cell in cells:
            column = "J" if name == "Inputs" else cell.column_letter  # what has become of it
            at = f"'{name}'!${column}${cell.row}"
            assert any(at in formula for formula in formulas), cell.coordinate


@pytest.mark.whole
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_yellow_cell_of_inputs_is_among_those_that_are_tried(contents, kept_runs, scenario):
    inputs = load_workbook(BytesIO(contents[scenario]))["Inputs"]

    tried = [one.key for one in changes(read_kept(kept_runs[scenario]))]

    assert [inputs.cell(cell.row, 2).value for cell in yellow_cells(inputs)] == tried
    assert len(set(tried)) == len(tried)


@pytest.mark.whole
def test_discount_rates_may_be_what_a_schedule_may_be(contents):
    inputs = load_workbook(BytesIO(contents["core_offer"]))["Inputs"]

    told = {row[1].value: row for row in inputs.iter_rows(min_row=7) if row[1].value}

    rates = [row for key, row in told.items() if key.startswith("economy.discounting.")]
    assert rates
    assert {row[8].value for row in rates} == {"0% to 50%"}
    assert all("_" not in row[0].value for row in rates)


@pytest.mark.whole
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_money_shares_and_other_numbers_on_inputs_have_formats(contents, scenario):
    inputs = load_workbook(BytesIO(contents[scenario]))["Inputs"]

    rows = [row for row in inputs.iter_rows(min_row=7) if row[1].value]

    for row in rows:
        expected = "#,##0.00" if row[3].value else "%" if "share" in row[2].value else "0.0#####"
        for cell in row[5:8]:
            assert expected in cell.number_format, cell.coordinate
    assert len(rows) > 40


@pytest.mark.whole
def test_the_summary_says_window_and_discounting_in_words(contents, kept):
    summary = load_workbook(BytesIO(contents["core_offer"]), data_only=True)["Summary"]

    rules = summary["A3"].value

    assert window(kept.results) in rules
    assert "Green Book standard discount rate, 3.5% a year at first" in rules
    assert "_" not in rules


@pytest.mark.whole
def test_of_too_few_draws_no_percentile_and_no_chance_is_told_and_three_sheets_say_so(few):
    sure = few["How sure"]
    rows = [row for row in sure.iter_rows(values_only=True) if row[0]]

    ranked = [row for row in rows if row[0].endswith("th percentile")]
    assert len(ranked) == 12
    assert {cell for row in ranked for cell in row[1:5] if cell is not None} == {"too few draws"}
    start = next(place for place, row in enumerate(rows) if row[0] == CHANCES)
    assert {row[1] for row in rows[start + 1 : start + 5]} == {"too few draws"}
    for name in ("Summary", "How sure", "Outcomes"):
        told = [row[0] for row in few[name].iter_rows(max_col=1, values_only=True)]
        assert len([text for text in told if "Too few draws to tell" in str(text)]) == 1, name
    assert few["Checks"]["B2"].value is True


@pytest.mark.whole
def test_of_enough_draws_nothing_says_that_they_are_too_few(contents):
    book = load_workbook(BytesIO(contents["core_offer"]), data_only=True)

    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]

    assert [text for text in texts if "too few draws" in text.lower()] == []
