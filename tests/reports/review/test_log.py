"""The assumptions log holds every number once, as the run had it, and rates it by its rule."""

import csv
import json
from collections import Counter
from io import StringIO
from itertools import product

import pytest
from tests.reports.review.conftest import TYPED

from familyflow.parameters.parameter import Parameter
from familyflow.reports.documents.moves import Moved
from familyflow.reports.review.log import by_file, look_first
from familyflow.reports.review.ratings import AMBER, GREEN, RED, UNRATED, impact, quality
from familyflow.shipped import parameters_folder, scenarios_folder

GRADES, STATUSES = "ABCDE", ("verified", "derived", "recalled", "assumed")
FROM_WORST = (RED, AMBER, GREEN)


def rows_of(files, name):
    text = files[name].decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


@pytest.mark.parametrize("name", ["assumptions_log.csv", "parameters.csv"])
def test_every_parameter_of_the_run_is_in_each_table_once(files, ran, name):
    keys = Counter(row["key"] for row in rows_of(files, name))

    assert set(keys) == set(ran.inputs["parameters"])
    assert set(keys.values()) == {1}


def test_every_parameter_of_the_run_is_in_the_page_once(page, log):
    rows = [held["id"] for held in page.all("tr") if "id" in held]

    assert rows == [f"a{one.number}" for one in log]
    assert sum(len(held) for _, held in by_file(log)) == len(log)


@pytest.mark.parametrize("name", ["assumptions_log.csv", "parameters.csv"])
def test_the_numbers_of_the_tables_are_those_of_the_manifest(files, ran, name):
    for row in rows_of(files, name):
        held = ran.inputs["parameters"][row["key"]]
        assert says(row["value"], held), row["key"]
        assert row["unit"] == held["unit"]


def test_the_numbers_of_the_page_are_those_of_the_manifest(page, log, ran):
    written = [held["value"] for held in page.all("data")]

    assert len(written) == len(log)
    for one, value in zip(log, written, strict=True):
        assert says(value, ran.inputs["parameters"][one.key]), one.key


def says(written, held):
    """Whether a cell is what the manifest holds: a number, a text, or anything else as JSON."""
    if "value" not in held:
        amount = next(held[name] for name in ("table", "varies", "line") if name in held)
        return json.loads(written) == amount
    if isinstance(held["value"], float):
        return float(written) == held["value"]
    return written == str(held["value"])


def test_every_unverified_number_is_red_or_amber(log, ran):
    rated = {one.key: one.quality.colour for one in log}

    assert len(ran.unverified) > 100
    assert {rated[row["key"]] for row in ran.unverified} <= {RED, AMBER}


def test_weaker_evidence_never_looks_better():
    def rank(grade, status):
        return FROM_WORST.index(quality(of(grade, status)).colour)

    for status in STATUSES:
        ranks = [rank(grade, status) for grade in GRADES]
        assert ranks == sorted(ranks, reverse=True), status
    for grade, status in product(GRADES, ("recalled", "assumed")):
        assert rank(grade, "verified") >= rank(grade, status)
    assert quality(of("A", "verified")).colour == GREEN
    assert quality(of("A", "assumed")).colour == RED
    assert quality(of(None, None)).colour == UNRATED
    assert quality(of("A", None)).colour != GREEN


def of(grade, status):
    return Parameter(name="a.number", label="A number", grade=grade, status=status, value=1.0)


def test_what_is_the_same_in_every_draw_is_not_said_to_move_nothing():
    fixed = of("A", "verified")

    assert impact(fixed, Moved(0.9, 0.0, 0.0), is_told=True).colour == UNRATED


def test_ranks_follow_how_far_each_number_moves_the_answer(log):
    ranked = sorted((one for one in log if one.rank), key=lambda one: one.rank)

    assert [one.rank for one in ranked] == [*range(1, len(ranked) + 1)]
    moves = [abs(one.moves) for one in ranked]
    assert moves == sorted(moves, reverse=True)
    assert all(one.impact.colour == UNRATED for one in log if not one.rank)
    assert all(one.quality.is_weak and one.impact.is_weak for one in look_first(log))


def test_the_line_that_is_named_is_where_the_number_stands(log, ran):
    roots = {"parameters": parameters_folder().parent, "scenarios": scenarios_folder().parent}
    for one in log:
        if one.place == "--set":
            continue
        file, _, line = one.place.rpartition(":")
        folder = roots.get(file.split("/")[0], ran.scenario.parent)
        written = (folder / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
        assert one.key.rpartition(".")[2] in written, one.key


def test_each_kind_of_choice_says_where_it_was_made(log):
    places = {one.key: one for one in log}

    assert places[TYPED.partition("=")[0]].place == "--set"
    assert places["service.team.key_workers"].place.startswith("ours.yaml:")
    assert places["service.key_work.attendance"].chosen == "assume"
    assert places["unit_costs.children_social_care.of_our_own"].place.startswith("prices.yaml:")
    assert places["appraisal.term_years"].place.startswith("scenarios/reaching_communities_bid")


def test_what_others_wrote_comes_out_harmless_in_the_tables(files):
    for name in ("assumptions_log.csv", "parameters.csv"):
        for row in rows_of(files, name):
            for cell in row.values():
                is_number = cell.lstrip("+-").replace(".", "").replace("e-", "").isdigit()
                assert is_number or not cell.startswith(("=", "+", "-", "@", "\t")), cell[:60]
                assert len(cell) <= 8_000
    own = next(
        row for row in rows_of(files, "assumptions_log.csv") if row["key"].endswith("of_our_own")
    )
    assert own["statement"].startswith("'=cmd")
