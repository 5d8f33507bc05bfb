"""The law of the workbook: recalculated, it gives what Python gives, also with other numbers.

Every workbook of this file goes through LibreOffice in one start, because starting takes longest.
More of them, under other rules and with odder numbers, go through it in test_further_recalculated.
"""

import numpy as np
import pandas as pd
import pytest
from benchmarks.office import read, recalculated, with_own_numbers
from benchmarks.workbook import differences
from benchmarks.workbook_changes import priced, together
from tests.reports.workbook.changes import SCENARIOS, live_figures, means_of
from tests.reports.workbook.office import needs_office
from tests.reports.workbook.recalculating import (
    CLOSE,
    IMPOSSIBLE,
    assert_as_cached,
    assert_says_refused,
    cached_wrong,
    every_cell,
    failed,
    keys_of,
    sampled,
)

from familyflow.reports.workbook.kept import read_kept
from familyflow.reports.workbook.summary_sheet import LABELS

pytestmark = [pytest.mark.whole, needs_office]
WORTH, NO_MORE_THAN = 900.0, -500_000.0  # of a week in care avoided; a net saving to be exceeded


@pytest.fixture(scope="module")
def parts(kept_runs):
    """By scenario the inputs that are typed in."""
    return {name: sampled(kept_runs[name])[0] for name in SCENARIOS}


@pytest.fixture(scope="module")
def books(contents, parts):
    """Every workbook of these tests, recalculated."""
    core = contents["core_offer"]
    asked = {**contents, "wrong": cached_wrong(core)}
    for name, part in parts.items():
        own = {one.key: one.number for one in part}
        asked[f"{name}, typed"] = with_own_numbers(contents[name], own)
    asked["text"] = with_own_numbers(core, {"unit_costs.staff.pension": "a fifth"})
    impossible = {key: number for key, number in IMPOSSIBLE.items() if key in keys_of(core)}
    asked["impossible"] = with_own_numbers(core, impossible)
    asked["worth"] = with_own_numbers(
        core,
        {"Worth of a child's week in care avoided, in itself, GBP": WORTH,
         "Net saving that is to be exceeded, GBP": NO_MORE_THAN},
        sheet="How sure", key=1, cell=2,
    )  # fmt: skip
    return recalculated(asked, lazily=True)


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


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_with_numbers_typed_in_it_gives_what_the_run_gives_priced_again(
    kept_runs, parts, books, scenario, tmp_path
):
    part, book = parts[scenario], books[f"{scenario}, typed"]
    again = priced(kept_runs[scenario], together(read_kept(kept_runs[scenario]), part), tmp_path)

    apart = {name: far for name, far in differences(book, again) if "close: " not in name}
    assert len([name for name in apart if name.startswith("budget")]) > 100
    assert len(apart) > 150
    assert {name: far for name, far in apart.items() if far > CLOSE} == {}
    assert book["Checks"]["B2"].value is True
    assert book["Summary"]["B6"].value == len(part)


def test_a_text_in_a_yellow_cell_changes_no_figure_and_a_check_says_so(kept_runs, books):
    expected = means_of(kept_runs["core_offer"])
    assert live_figures(books["text"]["Summary"], LABELS) == pytest.approx(expected, rel=CLOSE)
    assert books["text"]["Checks"]["B2"].value is False
    assert_says_refused(books["text"], 1)


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
