"""What the workbook of a finished run holds, as a viewer that calculates nothing shows it."""

import json
import re
from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.reports.workbook.changes import SCENARIOS, live_figures, means_of

from familyflow.experiments.compare import compare
from familyflow.experiments.reprice import reprice
from familyflow.experiments.run import run
from familyflow.problems import InputError
from familyflow.reports.workbook import workbook_bytes
from familyflow.reports.workbook.summary_sheet import LABELS, NOT_DEFINED

pytestmark = pytest.mark.whole
SHEETS = [
    "Summary", "How sure", "Outcomes", "Budget", "By year and agency", "Funders",
    "Greater Manchester", "Inputs", "Unit costs", "Quantities", "Cash flow", "Present value",
    "Draws", "Assumptions log", "Checks",
    "About",
]  # fmt: skip
# in Excel 2010 and LibreOffice 7 alike, under the same name
SAFE = {
    "IF", "ISNUMBER", "MAX", "MIN", "INDEX", "SUM", "SUMPRODUCT", "COUNT", "COUNTA", "COUNTIF",
    "ROWS", "AND", "OR", "ABS", "AVERAGE", "PERCENTILE", "SQRT", "N",
}  # fmt: skip
SMALL = ("appraisal.term_years=1", "appraisal.follow_up_years=2")


def opened(content, **how):
    return load_workbook(BytesIO(content), **how)


def formulas_of(book):
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_its_figures_are_those_of_the_run_before_anything_is_recalculated(
    contents, kept_runs, scenario
):
    book = opened(contents[scenario], data_only=True)

    expected = means_of(kept_runs[scenario])
    assert live_figures(book["Summary"], LABELS) == pytest.approx(expected, rel=1e-9)
    assert [row[1] for row in book["Checks"].iter_rows(min_row=4, values_only=True)].count(
        True
    ) > 20
    assert False not in [cell.value for cell in book["Checks"]["B"]]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_figure_of_the_summary_is_a_formula(contents, scenario):
    summary = opened(contents[scenario])["Summary"]

    live = live_figures(summary, LABELS)

    assert [name for name, formula in live.items() if not str(formula).startswith("=")] == []
    assert [name for name, formula in live.items() if re.fullmatch(r"=[\d.]+", formula)] == []


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_sheet_opens_and_every_formula_has_a_number_and_safe_functions(contents, scenario):
    book, cached = opened(contents[scenario]), opened(contents[scenario], data_only=True)

    formulas = formulas_of(book)

    assert book.sheetnames == SHEETS
    assert len(formulas) > 1000
    assert [at for at in formulas if cached[at[0]][at[1]].value is None] == []
    used = {name for text in formulas.values() for name in re.findall(r"([A-Z_.]+)\(", text)}
    assert used <= SAFE


def test_money_by_line_and_year_is_formulas_and_quantities_are_values(contents):
    book = opened(contents["core_offer"])

    formulas = formulas_of(book)

    for sheet in ("Cash flow", "Present value"):
        heads = [cell for cell in book[sheet][4] if str(cell.value).startswith("Year ")]
        first, last = heads[0].column, heads[-1].column
        assert len(heads) > 9
        years = book[sheet].iter_rows(min_row=5, min_col=first, max_col=last)
        cells = [cell for row in years for cell in row]
        money = [cell for cell in cells if isinstance(cell.value, (int, float))]
        assert [cell.coordinate for cell in money if cell.value != 1] == []  # a factor of year 1
    assert [at for at in formulas if at[0] in ("Quantities", "Assumptions log", "About")] == []


def test_yellow_cells_are_empty_and_have_names_and_so_have_the_numbers_in_force(contents):
    book = opened(contents["core_offer"])
    inputs = book["Inputs"]

    own = [cell for cell in inputs["G"] if cell.fill.fgColor.rgb == "FFFFFF99"]

    assert len(own) > 40
    assert {cell.value for cell in own} == {None}
    named = {name.attr_text for name in book.defined_names.values()}
    assert {f"'Inputs'!$G${cell.row}" for cell in own} <= named
    assert {f"'Inputs'!$H${cell.row}" for cell in own} <= named


def test_the_log_holds_every_assumption_of_the_run(contents, kept_runs):
    log = opened(contents["core_offer"])["Assumptions log"]

    keys = [row[0] for row in log.iter_rows(min_row=5, values_only=True)]

    manifest = json.loads((kept_runs["core_offer"] / "manifest.json").read_text(encoding="utf-8"))
    assert set(keys) >= set(manifest["inputs"]["parameters"])


def test_it_says_which_run_it_is_and_how_to_make_it_again(contents, kept_runs):
    about = opened(contents["core_offer"])["About"]

    told = {row[0]: row[1] for row in about.iter_rows(min_row=3, values_only=True)}

    assert told["Run"] == kept_runs["core_offer"].name
    assert told["To make it again"] == (
        "familyflow run core_offer --draws 20 --seed 3 --replications 1"
    )
    assert told["Values"].startswith("What the simulation found")
    assert told["Live"].startswith("All arithmetic of money")


def test_the_same_run_gives_the_same_bytes(contents, kept_runs):
    assert workbook_bytes(kept_runs["core_offer"]) == contents["core_offer"]


def test_a_run_that_was_priced_again_names_every_command_that_led_to_it(kept_runs, tmp_path):
    again = reprice(kept_runs["core_offer"], sets=["unit_costs.staff.pension=0.2"], out=tmp_path)

    book = opened(workbook_bytes(again.folder), data_only=True)

    expected = means_of(again.folder)
    assert live_figures(book["Summary"], LABELS) == pytest.approx(expected, rel=1e-9)
    commands = [row[1] for row in book["About"].iter_rows(values_only=True)
                if row[0] == "To make it again"]  # fmt: skip
    assert len(commands) == 2
    assert commands[1].endswith("--set unit_costs.staff.pension=0.2")


def test_where_whole_units_cannot_be_counted_cash_is_left_out_and_it_says_why(tmp_path):
    folder = run("core_offer", draws=2, sets=SMALL, workers=1, out=tmp_path,
                 follow_up="expected", inner=2).folder  # fmt: skip

    book = opened(workbook_bytes(folder), data_only=True)

    summary = {row[0]: row[1] for row in book["Summary"].iter_rows(values_only=True)}
    assert LABELS["cashable_saving"] not in summary
    assert [text for text in summary if str(text).startswith("Cash is left out: cash is released")]
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))["money"]
    saved = summary[LABELS["net_saving"]]
    assert saved == pytest.approx(results["net_saving"]["mean"], rel=1e-9)
    assert False not in [cell.value for cell in book["Checks"]["B"]]


def test_without_a_cost_there_is_no_ratio_and_the_workbook_says_so(tmp_path):
    folder = run("core_offer", draws=2, sets=(*SMALL, "service.team.runs=false"), workers=1,
                 out=tmp_path).folder  # fmt: skip

    summary = opened(workbook_bytes(folder), data_only=True)["Summary"]

    figures = {row[0]: row[1] for row in summary.iter_rows(values_only=True)}
    assert figures[LABELS["cost"]] == 0
    assert figures[LABELS["benefit_cost_ratio"]] == NOT_DEFINED


def test_a_comparison_of_scenarios_has_no_such_workbook(tmp_path):
    folder = compare(["core_offer", "two_more_key_workers"], draws=2, sets=SMALL, workers=1,
                     out=tmp_path).folder  # fmt: skip

    with pytest.raises(InputError, match="no run of one scenario"):
        workbook_bytes(folder)


def test_a_damaged_run_is_refused(tmp_path):
    folder = run("core_offer", draws=2, sets=SMALL, workers=1, out=tmp_path).folder
    (folder / "tables" / "assumptions.csv").write_text("key\n=1+1\n", encoding="utf-8")

    with pytest.raises(InputError, match="damaged"):
        workbook_bytes(folder)
