"""The sheets of the budget, of outcomes, of who pays, of draws and of Greater Manchester."""

import json
import re
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.reports.workbook.changes import SCENARIOS

from familyflow.experiments.family_groups import GROUPS
from familyflow.reports.documents import bid_rows
from familyflow.reports.documents.lines import whole_pounds
from familyflow.reports.documents.reached import reached
from familyflow.reports.words import payer
from familyflow.reports.workbook import draws_layout
from familyflow.reports.workbook.book import bytes_of
from familyflow.reports.workbook.kept import read_kept

pytestmark = pytest.mark.whole
HOSTILE = ("=cmd|' /C calc'!A0", "<script>alert(1)</script>", "a\x00b\x1bc", "x" * 40_000)


@pytest.fixture(scope="module")
def kept(kept_runs):
    return {name: read_kept(folder) for name, folder in kept_runs.items()}


@pytest.fixture(scope="module")
def books(contents):
    return {name: load_workbook(BytesIO(content)) for name, content in contents.items()}


@pytest.fixture(scope="module")
def shown(contents):
    return {
        name: load_workbook(BytesIO(content), data_only=True) for name, content in contents.items()
    }


def rows_of(sheet, **at):
    return list(sheet.iter_rows(values_only=True, **at))


def table_below(sheet, head):
    """The rows of a table from its heads down to the next empty row."""
    rows = rows_of(sheet)
    start = next(place for place, row in enumerate(rows) if row[0] == head)
    found = []
    for row in rows[start + 1 :]:
        if row[0] is None:
            break
        found.append(row)
    return found


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_rows_of_the_budget_are_those_of_the_cost_case_in_its_order(kept, shown, scenario):
    expected = [list(row.values()) for row in bid_rows.budget_by_funder(kept[scenario].case)]

    found = table_below(shown[scenario]["Budget"], "Heading, all years")

    told = [[row[0], *(whole_pounds(pounds) for pounds in row[1:5])] for row in found]
    assert told == expected
    assert len(told) > 5


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_year_of_the_budget_is_that_of_the_cost_case(kept, shown, scenario):
    expected = bid_rows.budget(kept[scenario].case)

    found = table_below(shown[scenario]["Budget"], "Total cost")

    term = kept[scenario].results["term_years"]
    told = [[row[0], *(whole_pounds(pounds) for pounds in row[1 : term + 1])] for row in found]
    assert told == [
        [row["heading"], *(row[f"year_{year}"] for year in range(1, term + 1))]
        for row in expected[: len(found)]
    ]
    assert len(told) > 5


def test_sums_of_the_budget_are_formulas_and_it_has_no_contingency(books):
    rows = rows_of(books["core_offer"]["Budget"])

    totals = [row for row in rows if row[0] == "Total"]

    assert len(totals) == 5
    assert all(str(cell).startswith("=") for row in totals for cell in row[1:5])
    assert [row[0] for row in rows if str(row[0]).lower().startswith("contingency")] == []


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_amount_of_the_budget_is_a_formula(books, scenario):
    rows = list(books[scenario]["Budget"].iter_rows())
    posts = next(place for place, row in enumerate(rows) if row[0].value == "Post")

    values = [
        (row[0].value, cell.column)
        for place, row in enumerate(rows)
        for cell in row
        if cell.data_type == "n"
        and cell.value is not None
        # how much of full time a post is: who works there is no price
        and not (place > posts and cell.column == 3)
    ]

    found = [label for label, _ in values if label.endswith("as the run found it (a value)")]
    stated = [column for label, column in values if label not in found]
    assert len(found) == 3
    assert 5 < len(stated) < 10  # salaries, national insurance and pension, beside those in force
    assert set(stated) == {2}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_lines_under_a_heading_are_its_cost_lines_and_add_up_to_it(kept, shown, books, scenario):
    in_money = {term.label for term in kept[scenario].terms
                if term.side == "cost" and not term.in_kind}  # fmt: skip
    lines = table_below(shown[scenario]["Budget"], "How it is worked out: each line")[1:]
    term = kept[scenario].results["term_years"]

    told = {row[0] for row in lines if row[1] is not None}
    totals = table_below(shown[scenario]["Budget"], "Total cost")[-1]

    assert told == in_money
    for year in range(1, term + 2):
        added = sum(row[year] for row in lines if row[1] is not None)
        assert added == pytest.approx(totals[year], rel=1e-9)


def test_sheets_say_which_money_the_draws_follow(shown):
    for name in ("How sure", "Draws"):
        notes = " ".join(str(row[0]) for row in rows_of(shown["core_offer"][name], max_row=4))
        assert "each draw has unit costs of its own" in notes, name
        assert "familyflow run --reprice" in notes, name


def test_posts_show_pay_and_on_costs_that_add_up_to_their_cost(kept, shown, books):
    results = kept["core_offer"].results

    posts = table_below(shown["core_offer"]["Budget"], "Post")[:-1]

    assert len(posts) == len(results["posts"])
    for row, post in zip(posts, results["posts"], strict=True):
        assert row[4] + row[7] == pytest.approx(row[8]) == pytest.approx(post["cost"])
    formulas = table_below(books["core_offer"]["Budget"], "Post")
    assert all(str(row[8]).startswith("=") for row in formulas)


def test_growth_of_pay_and_prices_is_shown_by_year(kept, shown):
    uplift = kept["core_offer"].inputs.uplift

    rows = rows_of(shown["core_offer"]["Budget"])

    prices = next(row for row in rows if str(row[0]).startswith("Prices: pounds"))
    assert list(prices[1 : 1 + uplift.term_years]) == pytest.approx(list(uplift.prices_by_year()))
    pay = next(row for row in rows if str(row[0]).startswith("Pay: pounds"))
    assert pay[1 : 1 + uplift.term_years] == tuple(sorted(pay[1 : 1 + uplift.term_years]))


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_outcomes_are_those_of_the_run_and_fewer_is_a_formula(kept, shown, books, scenario):
    outcomes = kept[scenario].results["outcomes"]

    rows = rows_of(shown[scenario]["Outcomes"], min_row=6, max_row=5 + len(outcomes))

    for row, outcome in zip(rows, outcomes, strict=True):
        fewer = outcome["fewer"]
        assert row[2:5] == pytest.approx((outcome["without"], outcome["with"], fewer["mean"]))
        assert row[5:7] == pytest.approx((fewer["low"], fewer["high"]))
    fewer = [row[4] for row in rows_of(books[scenario]["Outcomes"], min_row=6, max_row=8)]
    assert all(re.fullmatch(r"=.*-.*", formula) for formula in fewer)
    labels = {row[0] for row in rows_of(shown[scenario]["Outcomes"])}
    assert {"Families who start", "Mean wait for a place", "Care weeks avoided"} <= labels


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_who_is_reached_is_that_of_the_run_and_the_share_is_a_formula(kept, shown, books, scenario):
    wanted = reached(kept[scenario].served)

    rows = table_below(shown[scenario]["Outcomes"], "Group of families")

    for row, one in zip(rows, wanted, strict=True):
        found = (row[2], row[3], row[4], row[5], row[6], row[7])
        numbers = (one.referred, one.started, one.share, one.low, one.high, one.completed)
        assert row[0] == one.label
        assert found == pytest.approx(numbers, rel=1e-9)
    assert len(rows) == len(GROUPS)
    formulas = table_below(books[scenario]["Outcomes"], "Group of families")
    assert all(re.fullmatch(r"='Outcomes'!.*/'Outcomes'!.*", row[4]) for row in formulas)


def test_of_too_few_draws_no_interval_of_a_share_is_shown(kept):
    core = kept["core_offer"]
    few = replace(core, results={**core.results, "draws": 8, "who_is_served_draws": 8})

    book = load_workbook(BytesIO(bytes_of(few)), data_only=True)

    rows = table_below(book["Outcomes"], "Group of families")
    assert {cell for row in rows for cell in row[5:7]} == {"too few draws"}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_what_each_funder_pays_is_what_the_run_found_and_all_of_it_the_cost(kept, shown, scenario):
    results = kept[scenario].results
    rows = table_below(shown[scenario]["Funders"], "Paid, present value")

    paid = {row[0]: [cell for cell in row if cell is not None][-1] for row in rows}

    for row in results["by_funder"]:
        if row["funder"] != "in kind":
            assert paid[payer(row["funder"])] == pytest.approx(row["paid"]["mean"], rel=1e-9)
    given = sum(row["paid"]["mean"] for row in results["by_funder"] if row["funder"] == "in kind")
    assert sum(paid.values()) + given == pytest.approx(results["money"]["cost"]["mean"], rel=1e-9)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_intervals_of_the_run_come_out_of_its_draws(kept, shown, scenario):
    money = kept[scenario].results["money"]
    sheet = shown[scenario]["How sure"]

    inner = table_below(sheet, "The expected value: chance taken out")

    for column, name in enumerate(("cost", "fiscal_saving", "net_saving"), start=1):
        ends = [money[name][end] for end in ("low", "p10", "p90", "high")]
        found = [row[column] for row in inner if row[0] != "Median"]
        assert found == pytest.approx(ends, rel=1e-9)


def test_of_more_draws_than_are_shown_the_first_are_there_and_it_says_so(kept, monkeypatch):
    monkeypatch.setattr(draws_layout, "MOST", 4)

    book = load_workbook(BytesIO(bytes_of(kept["core_offer"])), data_only=True)

    assert book["Draws"]["A1"].value.startswith("Draws: the first 4 draws of the run")
    assert len(rows_of(book["Draws"], min_row=6)) == 4
    assert "first 4 draws" in book["How sure"]["A1"].value
    assert False not in [cell.value for cell in book["Checks"]["B"]]
    rows = table_below(book["Funders"], "Paid, present value")
    paid = {row[0]: [cell for cell in row if cell is not None][-1] for row in rows}
    for row in kept["core_offer"].results["by_funder"]:  # still of every draw
        if row["funder"] != "in kind":
            assert paid[payer(row["funder"])] == pytest.approx(row["paid"]["mean"], rel=1e-9)


def test_the_manchester_layout_multiplies_to_units_and_pounds_of_the_run(kept, shown, books):
    chain = kept["core_offer"].table("gmca_chain")
    sheet = shown["core_offer"]["Greater Manchester"]
    heads = [cell.value for cell in sheet[6]]

    rows = rows_of(sheet, min_row=7, max_row=6 + len(chain))

    for row, line in zip(rows, chain, strict=True):
        told = dict(zip(heads, row, strict=True))
        assert told["Outcome"] == line["line"]
        assert told["Units avoided"] == pytest.approx(line["units_avoided"], rel=1e-9)
        assert told["Saving of the links"] == pytest.approx(line["saving_of_links"], rel=1e-9)
        apart = line["saving_undiscounted"] - line["saving_of_links"]
        assert told["What the links miss"] == pytest.approx(apart, abs=1e-6)
    cell = books["core_offer"]["Greater Manchester"]["L7"]
    assert cell.value == "nil"
    assert "taken off already" in cell.comment.text


def test_where_nobody_ends_as_planned_the_manchester_layout_shows_the_units_of_the_run(unstaffed):
    chain = read_kept(unstaffed).table("gmca_chain")
    book = load_workbook(BytesIO(bytes_of(read_kept(unstaffed))), data_only=True)
    sheet = book["Greater Manchester"]
    heads = [cell.value for cell in sheet[6]]
    simulated = [line["impact"] == "" for line in chain]

    rows = rows_of(sheet, min_row=7, max_row=6 + len(chain))

    assert sum(simulated) > 5
    assert sum(bool(line["saving_undiscounted"]) for line in chain) > 3
    for row, line in zip(rows, chain, strict=True):
        told = dict(zip(heads, row, strict=True))
        assert told["Units avoided"] == pytest.approx(line["units_avoided"], rel=1e-9)
        assert told["Saving of the links"] == pytest.approx(line["saving_of_links"], rel=1e-9)
        run = told["Saving of the run (value)"]
        assert run == pytest.approx(line["saving_undiscounted"], rel=1e-9)
        if line["impact"] == "":
            assert told["Net impact"] == told["Users affected"] == "n/a"


def test_the_manchester_headline_gives_return_payback_and_who_saves(kept, shown):
    money = kept["core_offer"].results["money"]
    sheet = shown["core_offer"]["Greater Manchester"]

    told = {row[0]: row[4] for row in rows_of(sheet) if row[0]}

    fiscal = told["Fiscal return on investment: saving for each pound of cost"]
    assert fiscal == pytest.approx(money["fiscal_return"]["mean"], rel=1e-9)
    ratio = told["Public value benefit-cost ratio"]
    assert ratio == pytest.approx(money["benefit_cost_ratio"]["mean"], rel=1e-9)
    payback = told["Payback, years from the start of the term (discounted)"]
    found = money["payback_years"]
    assert payback == (found["reason"] if found["mean"] is None else pytest.approx(found["mean"]))


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_budget_is_printed_large_enough_to_read_and_turns_over_between_tables(books, scenario):
    sheet = books[scenario]["Budget"]
    widths = {
        column: held.width
        for held in sheet.column_dimensions.values()
        for column in range(held.min, held.max + 1)
    }
    # A4 on its side, in points; a width counts digits of 7 dots, 96 to the inch, edges included
    page = 297 / 25.4 * 72 - 72 * (sheet.page_margins.left + sheet.page_margins.right)
    wide = sum(0.75 * 7 * widths[column] for column in range(1, sheet.max_column + 1))

    assert sheet.page_setup.orientation == "landscape"
    # a font that stands in for that of the workbook may be a third wider: 7 points even then
    assert min(1.0, page / wide) * sheet["A12"].font.size >= 7 * 4 / 3
    turns = [one.id for one in sheet.row_breaks.brk]
    assert len(turns) == 3
    for above in turns:
        assert sheet.cell(above, 1).value is None
        assert sheet.cell(above + 1, 1).font.bold
        assert str(sheet.cell(above + 1, 2).value) in ("Year 1", "Agency")


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_sheet_is_fit_to_print_and_to_be_read_aloud(books, scenario):
    for sheet in books[scenario]:
        assert sheet["A1"].value, sheet.title
        assert not sheet.merged_cells.ranges, sheet.title
        assert sheet.page_setup.paperSize == 9, sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert sheet.page_setup.fitToWidth in (None, 2, 3), sheet.title  # none said is one page
        if sheet.title not in ("Summary", "About"):
            assert sheet.freeze_panes, sheet.title
            assert sheet.print_title_rows, sheet.title
    properties = books[scenario].properties
    assert properties.creator == "familyflow"
    assert properties.title


def test_hostile_words_in_titles_notes_and_names_are_only_words(kept):
    core = kept["core_offer"]
    formula, script, controls, endless = HOSTILE
    results = json.loads(json.dumps(core.results))
    results |= {"title": formula, "question": script, "comparator": controls,
                "warnings": [endless], "scenario": script}  # fmt: skip
    for row in results["by_agency"]:
        row["title"] = script
    for post in results["posts"]:
        post["role"], post["agency"] = formula, controls
    titles = dict.fromkeys(core.titles, formula)

    content = bytes_of(replace(core, results=results, titles=titles))

    cells = [cell for sheet in load_workbook(BytesIO(content)) for row in sheet.iter_rows()
             for cell in row if isinstance(cell.value, str)]  # fmt: skip
    for text in ("=cmd|", "<script>", "a\ufffdb\ufffdc", "xxxx"):
        words = [cell for cell in cells if text in cell.value]
        assert words, text
        assert {cell.data_type for cell in words} == {"s"}, text
    assert max(len(cell.value) for cell in cells) <= 32_767
