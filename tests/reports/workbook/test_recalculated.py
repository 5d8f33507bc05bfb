"""The law of the workbook: recalculated, it gives what Python gives, also with other numbers.

Every workbook of this file goes through LibreOffice in one start, because starting takes longest.
"""

import random
import re
import zipfile
from dataclasses import replace
from io import BytesIO

import numpy as np
import pandas as pd
import pytest
from benchmarks.office import read, recalculated, with_own_numbers
from benchmarks.workbook import budget_differences, differences
from benchmarks.workbook_changes import changed, changes, priced, together
from tests.reports.workbook.changes import (
    CHANGES,
    OF_A_BUDGET,
    SCENARIOS,
    STAY,
    files_for,
    live_figures,
    means_of,
)
from tests.reports.workbook.office import needs_office

from familyflow.experiments.reprice import reprice
from familyflow.reports.workbook import workbook_bytes
from familyflow.reports.workbook.book import bytes_of
from familyflow.reports.workbook.budget_sheet import AS_RUN
from familyflow.reports.workbook.kept import read_kept
from familyflow.reports.workbook.summary_sheet import LABELS, NOT_DEFINED

pytestmark = [pytest.mark.whole, needs_office]
CLOSE = 1e-9
SAMPLE, GROUPS, SEED = 12, 2, 5  # inputs typed in, so many workbooks of them, and which
ALONE = ("a salary", "offers", "the discount rate", "everything")  # each other: the benchmark
WITH_ALL = ("a salary near the threshold", "a unit cost of 0", "all at once")
RULES = {
    "budget, mid-year": ("appraisal.window=budget", "appraisal.timing=mid"),
    "everything, spread": (
        "appraisal.window=everything", "appraisal.optimism_bias=spread",
        "appraisal.schedule=gb_health", "appraisal.timing=end",
    ),
    "another scope, haircut": (
        "costs.scope=case_time_and_fees", "appraisal.optimism_bias=haircut",
        "service.team.strategy_group_hours=60",
    ),
    "a term that outlasts the price index, pay of two years": (
        "appraisal.first_year=2028/29", "funding.paid_as=cash",
        *(f"unit_costs.staff.{post}_salary={{value: 31000, price_year: 2023/24, because: Ours.}}"
          for post in ("manager", "peer_support_worker", "administrator")),
    ),
}  # fmt: skip
IMPOSSIBLE = {  # as attackers and slips of the keyboard type them
    "unit_costs.staff.key_worker_salary": -30000.0,
    "unit_costs.children_social_care.foster_week": -500.0,
    "unit_costs.staff.overhead_share": 9.0,
    "economy.discounting.gb_standard.from_year_0": -1.0,
    "economy.discounting.gb_health.from_year_0": 3.5,
}
IN_HOW_SURE = {
    "Worth of a child's week in care avoided, in itself, GBP": -1.0,
    "Worth of a child's year in care avoided (52 weeks), in itself, GBP": "a lot",
    "Net saving that is to be exceeded, GBP": "nothing",
    "a point on an axis, not an estimate": "a lot",
}
WORTH, NO_MORE_THAN = 900.0, -500_000.0  # of a week in care avoided; a net saving to be exceeded


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


def found_otherwise(folder):
    """The workbook of a run whose results say another net saving than its quantities give."""
    kept = read_kept(folder)
    money = kept.results["money"]
    net = {**money["net_saving"], "mean": money["net_saving"]["mean"] * (1 + 1e-8)}
    return bytes_of(replace(kept, results={**kept.results, "money": {**money, "net_saving": net}}))


def sampled(folder):
    """A sample of the inputs, in as many groups: every one of a group is typed in at once."""
    asked = changes(read_kept(folder))
    chosen = random.Random(SEED).sample(asked, SAMPLE)
    return [chosen[start::GROUPS] for start in range(GROUPS)]


@pytest.fixture(scope="module")
def groups(kept_runs):
    return {name: sampled(kept_runs[name]) for name in SCENARIOS}


@pytest.fixture(scope="module")
def ruled(kept_runs, tmp_path_factory):
    """The core offer priced under other rules of appraisal."""
    out = tmp_path_factory.mktemp("ruled")
    folder = kept_runs["core_offer"]
    return {name: reprice(folder, sets=sets, out=out).folder for name, sets in RULES.items()}


@pytest.fixture(scope="module")
def books(contents, kept_runs, groups, ruled, unstaffed):
    """Every workbook of these tests, recalculated."""
    core = contents["core_offer"]
    asked = {**contents, "wrong": cached_wrong(core)}
    for name, parts in groups.items():
        for place, part in enumerate(parts):
            own = {one.key: one.number for one in part}
            asked[f"{name}, {place}"] = with_own_numbers(contents[name], own)
    for change in WITH_ALL:
        asked[change] = with_own_numbers(core, CHANGES[change][0])
    asked["text"] = with_own_numbers(core, {"unit_costs.staff.pension": "a fifth"})
    impossible = {key: number for key, number in IMPOSSIBLE.items() if key in keys_of(core)}
    asked["impossible"] = with_own_numbers(core, impossible)
    asked["in how sure"] = with_own_numbers(core, IN_HOW_SURE, sheet="How sure", key=1, cell=2)
    prices = {one.key: 0.0 for one in read_kept(kept_runs["core_offer"]).factors if one.price_year}
    asked["no cost"] = with_own_numbers(core, prices)
    asked["otherwise"] = found_otherwise(kept_runs["core_offer"])
    asked["worth"] = with_own_numbers(
        core,
        {"Worth of a child's week in care avoided, in itself, GBP": WORTH,
         "Net saving that is to be exceeded, GBP": NO_MORE_THAN},
        sheet="How sure", key=1, cell=2,
    )  # fmt: skip
    asked |= {name: workbook_bytes(folder) for name, folder in ruled.items()}
    asked["nobody taken on"] = workbook_bytes(unstaffed)
    bid, everything = contents[SCENARIOS[1]], OF_A_BUDGET["everything"]
    asked |= {f"budget, {name}": with_own_numbers(bid, OF_A_BUDGET[name]) for name in ALONE}
    for name in ("core_offer", *RULES):
        there = {key: everything[key] for key in everything.keys() & keys_of(asked[name])}
        asked[f"{name}, budget"] = with_own_numbers(asked[name], there)
    return recalculated(asked, lazily=True)


def keys_of(content):
    """The keys of the numbers on Inputs."""
    return {row[1] for row in read(content)["Inputs"].iter_rows(min_row=7, values_only=True)}


def failed(book):
    """The checks that do not hold."""
    rows = book["Checks"].iter_rows(min_row=4, values_only=True)
    return [row[0] for row in rows if row[1] is not True]


def every_cell(book):
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def test_the_referee_recalculates_and_does_not_repeat_cached_numbers(contents, kept_runs, books):
    before = read(cached_wrong(contents["core_offer"]))["Summary"]
    assert set(live_figures(before, LABELS).values()) == {1}

    expected = means_of(kept_runs["core_offer"])
    assert live_figures(books["wrong"]["Summary"], LABELS) == pytest.approx(expected, rel=CLOSE)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_recalculated_every_cell_is_what_was_cached(contents, kept_runs, books, scenario):
    expected = means_of(kept_runs[scenario])
    summary = books[scenario]["Summary"]
    assert live_figures(summary, LABELS) == pytest.approx(expected, rel=CLOSE)
    assert_as_cached(contents[scenario], books[scenario])


def test_where_nobody_is_taken_on_every_cell_is_what_was_cached_and_every_check_holds(
    unstaffed, books
):
    book = books["nobody taken on"]
    assert live_figures(book["Summary"], LABELS) == pytest.approx(means_of(unstaffed), rel=CLOSE)
    assert_as_cached(workbook_bytes(unstaffed), book)
    assert failed(book) == []


def assert_as_cached(content, book):
    """Every cell of the recalculated book is what the workbook came with."""
    cached, found = every_cell(read(content)), every_cell(book)
    assert cached.keys() == found.keys()
    for place, value in cached.items():
        numeric = isinstance(value, (int, float)) and not isinstance(value, bool)
        right = pytest.approx(value, rel=CLOSE, abs=1e-7) if numeric else value
        assert found[place] == right, place
        assert not str(found[place]).startswith("#"), place


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("place", range(GROUPS))
def test_with_numbers_typed_in_it_gives_what_the_run_gives_priced_again(
    kept_runs, groups, books, scenario, place, tmp_path
):
    part, book = groups[scenario][place], books[f"{scenario}, {place}"]
    again = priced(kept_runs[scenario], together(read_kept(kept_runs[scenario]), part), tmp_path)

    apart = {name: far for name, far in differences(book, again) if "close: " not in name}
    assert len([name for name in apart if name.startswith("budget")]) > 100
    assert len(apart) > 150
    assert {name: far for name, far in apart.items() if far > CLOSE} == {}
    assert book["Checks"]["B2"].value is True
    assert book["Summary"]["B6"].value == len(part)


@pytest.mark.parametrize("change", ALONE)
def test_the_budget_with_a_number_typed_in_is_that_of_the_run_priced_again(
    kept_runs, books, change, tmp_path
):
    folder, book = kept_runs[SCENARIOS[1]], books[f"budget, {change}"]
    again = priced(folder, changed(read_kept(folder), OF_A_BUDGET[change]), tmp_path)

    apart, moved = (dict(budget_differences(book, one)) for one in (again, folder))

    assert len(apart) > 100
    assert "cannot be used" not in book["Budget"]["A4"].value + book["Summary"]["C6"].value
    assert {name: far for name, far in apart.items() if far > CLOSE} == {}
    assert (max(moved.values()) < CLOSE) == (change in STAY)
    assert failed(book) == []


@pytest.mark.parametrize("rule", ["core_offer", *RULES])
def test_with_everything_typed_in_the_budget_is_that_of_the_run_priced_again(
    kept_runs, ruled, books, rule, tmp_path
):
    folder, book = {**kept_runs, **ruled}[rule], books[f"{rule}, budget"]
    again = priced(folder, changed(read_kept(folder), OF_A_BUDGET["everything"]), tmp_path)

    apart = dict(budget_differences(book, again))

    assert {name: far for name, far in apart.items() if far > CLOSE} == {}
    assert failed(book) == []


@pytest.mark.parametrize("change", WITH_ALL)
def test_numbers_at_the_edge_and_many_at_once_give_what_the_run_gives_priced_again(
    kept_runs, books, change, tmp_path
):
    own, sets = CHANGES[change]
    files = files_for(change, tmp_path)
    again = reprice(kept_runs["core_offer"], sets=sets, parameter_files=files, out=tmp_path)
    expected = means_of(again.folder)
    assert expected != pytest.approx(means_of(kept_runs["core_offer"]), rel=1e-6)

    book = books[change]

    assert live_figures(book["Summary"], LABELS) == pytest.approx(expected, rel=CLOSE)
    assert book["Checks"]["B2"].value is True
    assert book["Summary"]["B6"].value == len(own)


def test_a_text_in_a_yellow_cell_changes_no_figure_and_a_check_says_so(kept_runs, books):
    expected = means_of(kept_runs["core_offer"])
    assert live_figures(books["text"]["Summary"], LABELS) == pytest.approx(expected, rel=CLOSE)
    assert books["text"]["Checks"]["B2"].value is False
    assert_says_refused(books["text"], 1)


def assert_says_refused(book, number):
    """Summary and Budget say how many of the numbers typed in cannot be used."""
    said = f"{number} of your numbers cannot be used: see Inputs"
    assert book["Summary"]["C6"].value == said
    assert book["Budget"]["A4"].value == f"{AS_RUN} {said}."


def test_numbers_outside_their_range_change_no_cell_but_their_own_and_checks_say_so(
    contents, books
):
    cached, found = every_cell(read(contents["core_offer"])), every_cell(books["impossible"])
    money = {at: value for at, value in cached.items() if at[0] not in ("Inputs", "Checks")}
    told = {row[0]: row[1] for row in books["impossible"]["Summary"].iter_rows(values_only=True)}

    for place, value in money.items():
        if isinstance(value, float):
            assert found[place] == pytest.approx(value, rel=CLOSE, abs=1e-7), place
    wrong = failed(books["impossible"])
    assert len(wrong) == len(keys_of(contents["core_offer"]) & IMPOSSIBLE.keys()) >= 4
    assert all(label.startswith("Your number") for label in wrong)
    assert told["All checks hold (sheet Checks)"] is False
    assert told["Numbers of your own in force (the two columns then differ)"] == 0
    assert_says_refused(books["impossible"], len(wrong))


def test_what_cannot_be_meant_in_how_sure_is_not_used_and_checks_say_so(contents, books):
    cached, found = every_cell(read(contents["core_offer"])), every_cell(books["in how sure"])
    formulas = {at: value for at, value in cached.items() if at[0] in ("How sure", "Draws")}
    typed = {at for at in formulas if at[0] == "How sure" and at[1].startswith("B")
             and isinstance(found[at], str) and not isinstance(formulas[at], str)}  # fmt: skip

    assert len(typed) == 1  # the point on the axis; the others were empty
    for place, value in formulas.items():
        if isinstance(value, float) and place not in typed:
            assert found[place] == pytest.approx(value, rel=CLOSE, abs=1e-7), place
    assert len(failed(books["in how sure"])) == len(IN_HOW_SURE)
    assert all(label.startswith("How sure") for label in failed(books["in how sure"]))


def test_without_a_cost_no_ratio_is_defined_and_every_check_holds(books):
    live = live_figures(books["no cost"]["Summary"], LABELS)
    assert live["cost"] == 0
    assert live["fiscal_return"] == live["benefit_cost_ratio"] == NOT_DEFINED
    assert failed(books["no cost"]) == []
    errors = {at: held for at, held in every_cell(books["no cost"]).items()
              if str(held).startswith("#")}  # fmt: skip
    assert errors == {}


def test_where_the_run_found_something_else_a_check_fails_as_cached_and_as_recalculated(
    kept_runs, books
):
    seen = []
    for book in (read(found_otherwise(kept_runs["core_offer"])), books["otherwise"]):
        rows = book["Checks"].iter_rows(min_row=4, values_only=True)
        seen.append([row[0] for row in rows if row[1] is False])
        told = {row[0]: row[1] for row in book["Summary"].iter_rows(values_only=True)}
        assert told["All checks hold (sheet Checks)"] is False
    assert seen[0] == seen[1]
    assert [label.rpartition(": ")[2] for label in seen[0]] == ["net_saving", "Net saving, Mean"]


@pytest.mark.parametrize("rule", RULES)
def test_it_holds_under_other_rules_of_appraisal(ruled, books, rule):
    expected = means_of(ruled[rule])
    assert live_figures(books[rule]["Summary"], LABELS) == pytest.approx(expected, rel=CLOSE)
    assert books[rule]["Checks"]["B2"].value is True


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_draws_are_those_of_the_run(kept_runs, books, scenario):
    kept = pd.read_parquet(kept_runs[scenario] / "draws.parquet")

    rows = list(books[scenario]["Draws"].iter_rows(min_row=6, max_col=5, values_only=True))

    names = ("money.cost", "money.fiscal_saving", "money.net_saving", "flow.care_weeks_avoided")
    assert len(rows) == len(kept)
    for column, name in enumerate(names, start=1):
        found = [row[column] for row in rows]
        assert found == pytest.approx(list(kept[name]), rel=CLOSE, abs=1e-6), name


def test_chances_and_percentiles_answer_to_what_is_typed_in(kept_runs, books):
    kept = pd.read_parquet(kept_runs["core_offer"] / "draws.parquet")
    share = read_kept(kept_runs["core_offer"]).by_draw.chance["fiscal_saving"].used
    counted = kept["money.net_saving"] + kept["flow.care_weeks_avoided"] * WORTH
    inner = counted.mean() + (counted - counted.mean()) * np.sqrt(1 - share)

    book = books["worth"]["How sure"]

    rows = {row[0]: row for row in book.iter_rows(max_col=5, values_only=True)}
    chance = rows["exceeds it with care weeks counted at their worth"][1]
    assert chance == pytest.approx((inner > NO_MORE_THAN).mean())
    assert chance != rows["is a net saving"][1]
    below = [row for row in book.iter_rows(max_col=5, values_only=True)
             if row[0] == "10th percentile"]  # fmt: skip
    assert below[0][4] == pytest.approx(np.percentile(counted, 10), rel=CLOSE)
    assert below[1][4] == pytest.approx(np.percentile(inner, 10), rel=CLOSE)
