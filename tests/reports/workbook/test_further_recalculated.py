"""The law of the workbook under other rules of appraisal and with odder numbers typed in.

Every workbook of this file goes through LibreOffice in one start, because starting takes longest.
"""

from dataclasses import replace

import pytest
from benchmarks.office import read, recalculated, with_own_numbers
from benchmarks.workbook import budget_differences, differences
from benchmarks.workbook_changes import changed, priced, together
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
from tests.reports.workbook.recalculating import (
    CLOSE,
    GROUPS,
    assert_as_cached,
    every_cell,
    failed,
    keys_of,
    sampled,
)

from familyflow.experiments.reprice import reprice
from familyflow.reports.workbook import workbook_bytes
from familyflow.reports.workbook.book import bytes_of
from familyflow.reports.workbook.kept import read_kept
from familyflow.reports.workbook.summary_sheet import LABELS, NOT_DEFINED

pytestmark = [pytest.mark.whole, pytest.mark.long, needs_office]
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
IN_HOW_SURE = {
    "Worth of a child's week in care avoided, in itself, GBP": -1.0,
    "Worth of a child's year in care avoided (52 weeks), in itself, GBP": "a lot",
    "Net saving that is to be exceeded, GBP": "nothing",
    "a point on an axis, not an estimate": "a lot",
}


def found_otherwise(folder):
    """The workbook of a run whose results say another net saving than its quantities give."""
    kept = read_kept(folder)
    money = kept.results["money"]
    net = {**money["net_saving"], "mean": money["net_saving"]["mean"] * (1 + 1e-8)}
    return bytes_of(replace(kept, results={**kept.results, "money": {**money, "net_saving": net}}))


@pytest.fixture(scope="module")
def parts(kept_runs):
    """By scenario and group the inputs that are typed in beyond the first group."""
    return {(name, place): sampled(kept_runs[name])[place]
            for name in SCENARIOS for place in range(1, GROUPS)}  # fmt: skip


@pytest.fixture(scope="module")
def ruled(kept_runs, tmp_path_factory):
    """The core offer priced under other rules of appraisal."""
    out = tmp_path_factory.mktemp("ruled")
    folder = kept_runs["core_offer"]
    return {name: reprice(folder, sets=sets, out=out).folder for name, sets in RULES.items()}


@pytest.fixture(scope="module")
def books(contents, kept_runs, parts, ruled, unstaffed):
    """Every workbook of these tests, recalculated."""
    core = contents["core_offer"]
    asked = {"core_offer": core}
    for (name, place), part in parts.items():
        own = {one.key: one.number for one in part}
        asked[f"{name}, {place}"] = with_own_numbers(contents[name], own)
    for change in WITH_ALL:
        asked[change] = with_own_numbers(core, CHANGES[change][0])
    asked["in how sure"] = with_own_numbers(core, IN_HOW_SURE, sheet="How sure", key=1, cell=2)
    prices = {one.key: 0.0 for one in read_kept(kept_runs["core_offer"]).factors if one.price_year}
    asked["no cost"] = with_own_numbers(core, prices)
    asked["otherwise"] = found_otherwise(kept_runs["core_offer"])
    asked |= {name: workbook_bytes(folder) for name, folder in ruled.items()}
    asked["nobody taken on"] = workbook_bytes(unstaffed)
    bid, everything = contents[SCENARIOS[1]], OF_A_BUDGET["everything"]
    asked |= {f"budget, {name}": with_own_numbers(bid, OF_A_BUDGET[name]) for name in ALONE}
    for name in ("core_offer", *RULES):
        there = {key: everything[key] for key in everything.keys() & keys_of(asked[name])}
        asked[f"{name}, budget"] = with_own_numbers(asked[name], there)
    return recalculated(asked, lazily=True)


def test_where_nobody_is_taken_on_every_cell_is_what_was_cached_and_every_check_holds(
    unstaffed, books
):
    book = books["nobody taken on"]
    assert live_figures(book["Summary"], LABELS) == pytest.approx(means_of(unstaffed), rel=CLOSE)
    assert_as_cached(workbook_bytes(unstaffed), book)
    assert failed(book) == []


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("place", range(1, GROUPS))
def test_with_numbers_typed_in_it_gives_what_the_run_gives_priced_again(
    kept_runs, parts, books, scenario, place, tmp_path
):
    part, book = parts[scenario, place], books[f"{scenario}, {place}"]
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
