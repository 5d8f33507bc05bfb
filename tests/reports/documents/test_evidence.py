"""A number that the bidder told with a reason stands with that reason, and not as one of ours."""

from dataclasses import replace

import pytest

from familyflow.experiments.inputs import load_inputs
from familyflow.experiments.tables import assumptions_table
from familyflow.parameters.draws import base_values
from familyflow.reports.documents.bid import bid_of
from familyflow.reports.documents.claims import weak_claims
from familyflow.reports.documents.evidence import NONE, evidence_of
from familyflow.reports.documents.moves import Mover, value_of
from familyflow.reports.documents.sentences import biggest

SALARY, OVERHEAD = "unit_costs.staff.key_worker_salary", "unit_costs.staff.overhead_share"
PAY, ACCOUNTS = "our pay scale from April 2025", "our accounts of 2024/25"
OWN_NUMBERS = f"""
extends: reaching_communities_bid
title: Our own numbers
assume:
  {SALARY}: {{value: 36000, price_year: 2025/26, because: {PAY}}}
  {OVERHEAD}: {{value: 0.12, because: {ACCOUNTS}}}
"""


def assumed(scenario):
    """The rows of tables/assumptions.csv as a run of this scenario would have them, by key."""
    resolved = load_inputs(str(scenario))
    table = assumptions_table(
        resolved.parameters, base_values(resolved.parameters), resolved.choices
    )
    return {row["key"]: row for row in table.fillna("").astype(str).to_dict("records")}


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    file = tmp_path_factory.mktemp("own") / "ours.yaml"
    file.write_text(OWN_NUMBERS, encoding="utf-8")
    return assumed(file)


@pytest.fixture
def of_own(kept, rows):
    return replace(kept, tables={**kept.tables, "assumptions": [*rows.values()]})


def test_every_number_told_with_a_reason_stands_in_the_table_of_sources(of_own):
    found = {row["source"]: row for row in bid_of(of_own).tables["prices"].rows}

    pay = found[f"Told by the bidder: {PAY}"]
    assert (pay["value"], pay["grade"]) == (
        "£36,000 per full-time year (2025/26)", "own number"
    )  # fmt: skip
    accounts = found[f"Told by the bidder: {ACCOUNTS}"]
    assert (accounts["value"], accounts["grade"]) == ("12% of direct pay", "own number")
    assert "own" in bid_of(of_own).tables["prices"].caption


def test_what_is_weak_about_it_is_that_nobody_here_has_checked_it(of_own, rows):
    (claim,) = [one for one in weak_claims(bid_of(of_own)) if one.number == rows[SALARY]["label"]]

    assert claim.source == f"Told by the bidder: {PAY}"
    assert "not checked here" in claim.why
    assert "measured" not in claim.why


def test_where_it_moves_the_answer_it_is_named_as_the_bidders_own(of_own, rows):
    row = rows[SALARY]
    mover = Mover(SALARY, row["label"], value_of(row), evidence_of(row), 0.5)

    assert f"(here {mover.value}; own number)" in biggest(of_own, [mover])


def test_what_a_ready_made_scenario_assumes_is_not_told_by_the_bidder():
    row = assumed("interpreters_for_reach")["families.make_up.interpreter_need"]

    found = evidence_of(row)

    assert found.source.startswith("Told by the ready-made scenario interpreters_for_reach: The")
    assert found.standing == "E, assumed"


def test_a_number_without_source_or_reason_has_none(rows):
    without = [
        row for row in rows.values()
        if row["status"] == "assumed" and not row["source"] and not row["because"]
    ]  # fmt: skip

    assert without
    assert {evidence_of(row).source for row in without} == {NONE}


def test_a_number_with_a_source_keeps_it(rows):
    sourced = [row for row in rows.values() if row["source"]]

    assert sourced
    assert all(evidence_of(row).source == row["source"] for row in sourced)
