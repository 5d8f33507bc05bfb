"""The local numbers to put in first are chosen by the rule that the page states."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from familyflow.reports.documents.evidence import Evidence
from familyflow.reports.documents.moves import Mover
from familyflow.reports.documents.page import local
from familyflow.reports.documents.page.local import COST, local_block, local_numbers, whose

DRAWS, SEED = 300, 5
PAY = "unit_costs.staff.pay"
RATE = "outcomes.escalation.rate"
EFFECT = "outcomes.effects.ratio"
PRICE = "unit_costs.service.price"
CHECKED = "families.referrals.checked"
IDLE = "unit_costs.staff.idle"


@pytest.fixture
def moved(kept, monkeypatch):
    """An effect, a rate and a verified number move the net saving, and pay and a price the cost."""
    strongest = [
        Mover(key, f"Number {key}", "3 weeks", Evidence("C", ""), 0.5)
        for key in (EFFECT, RATE, CHECKED)
    ]
    monkeypatch.setattr(local, "movers", lambda kept: strongest if len(kept.draws) > 20 else [])
    luck = np.random.default_rng(SEED).normal(size=(DRAWS, 8))
    keys = (PAY, RATE, EFFECT, PRICE, CHECKED, IDLE)
    draws = pd.DataFrame(luck[:, : len(keys)], columns=list(keys))
    draws[COST] = 3 * draws[PAY] + 2 * draws[PRICE] + luck[:, 7]
    rows = [
        {
            "key": key, "label": f"Number {key}", "value": 3.0, "unit": "weeks", "grade": "C",
            "status": "verified" if key == CHECKED else "assumed", "source": "",
        }
        for key in keys
    ]  # fmt: skip
    return replace(kept, draws=draws, tables={**kept.tables, "assumptions": rows})


def keys_of(kept):
    return [row["key"] for row in local_numbers(kept)]


@pytest.mark.statistical
def test_what_moves_the_net_saving_comes_before_what_moves_the_cost(moved):
    # 300 draws, seed 5: rank correlations of about 0.4 and more, luck names one in 100 runs
    assert keys_of(moved) == [RATE, PAY, PRICE]


@pytest.mark.statistical
def test_what_is_verified_what_only_a_study_shows_and_what_moves_nothing_stay_out(moved):
    # 300 draws, seed 5, as above
    assert not {CHECKED, EFFECT, IDLE} & set(keys_of(moved))


def test_a_price_of_what_is_avoided_is_never_said_to_move_the_cost(moved):
    avoided = "unit_costs.children_social_care.week"
    draws = moved.draws.assign(**{avoided: moved.draws[PAY]})  # as if luck had it so
    rows = [*moved.tables["assumptions"], {**moved.tables["assumptions"][0], "key": avoided}]
    by_luck = replace(moved, draws=draws, tables={**moved.tables, "assumptions": rows})

    assert keys_of(by_luck) == [RATE, PAY, PRICE]


def test_few_draws_name_no_number_and_the_page_says_so(moved):
    few = replace(moved, draws=moved.draws.head(10))

    assert local_numbers(few) == []
    (words,) = local_block(few).parts
    assert "no number of this kind stands out" in words.sentences[0]
    assert "The rule:" in words.sentences[0]


def test_an_area_finds_pay_prices_referrals_and_rates_in_its_own_records_and_no_effect():
    assert whose("unit_costs.staff.pension")
    assert whose("families.referrals.suitable_per_year")
    assert not whose("outcomes.effects.care_ratio")
    assert not whose("unit_costs.staffing")


def test_the_page_tells_each_number_with_its_value_and_the_rule(kept):
    (part,) = local_block(kept).parts
    rows = getattr(part, "rows", ())

    assert [row.label for row in rows] == [row["label"] for row in local_numbers(kept)]
    told = part.notes if rows else part.sentences
    assert "The rule:" in " ".join(told)
