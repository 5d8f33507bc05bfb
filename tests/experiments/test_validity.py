"""An answer that is too good, too dear or empty says so itself."""

import numpy as np
import pytest

from familyflow.economics.prices import Deflators
from familyflow.economics.quantities import Quantities
from familyflow.experiments.validity import checks_of, unverified_inputs, warnings_after
from familyflow.parameters.draws import base_values
from familyflow.scenarios.resolve import resolve

# of 240 families that start, 40 are cut off by the end of the term
ENDINGS = {
    "families_completed": 140.0,
    "families_disengaged": 40.0,
    "families_disengaged_on_change": 5.0,
    "families_ended_by_service": 5.0,
    "families_moved_away": 5.0,
    "families_closed_referred_up": 5.0,
    "families_closed_term_ended": 40.0,
}


class LedgerStandIn:
    """Only what the warnings and checks read of a ledger."""

    def __init__(self, deflators):
        amounts = np.zeros((1, 1, 2, 1, 2, len(ENDINGS)))
        amounts[0, 0, 1, 0, 1] = list(ENDINGS.values())
        quantities = Quantities(tuple(ENDINGS), ("families",) * len(ENDINGS), amounts)
        self.inputs = type("Inputs", (), {"deflators": deflators, "quantities": quantities})


@pytest.fixture(scope="module")
def parameters():
    return resolve("core_offer").parameters


@pytest.fixture(scope="module")
def values(parameters):
    return base_values(parameters)


@pytest.fixture
def results():
    return {
        "price_year": "2024/25",
        "window": "follow_up",
        "money": {
            "fiscal_return": {"mean": 0.6},
            "probability_net_saving": {"mean": 0.1},
            "cost": {"mean": 1_000_000.0},
            "cost_per_family_started_undiscounted": {"mean": 6000.0},
        },
        "flow": {
            "families_started": {"mean": 240.0},
            "families_accepted": {"mean": 400.0},
            "families_completed": {"mean": 168.0},
            "families_referred_up": {"mean": 12.0},
            "children_looked_after_avoided": {"mean": 4.0},
        },
        "by_funder": [{"funder": "unfunded", "paid": {"mean": 0.0}}],
    }


def _warnings(results, values, parameters):
    deflators = Deflators(values["economy.prices.gdp_deflator"], "shipped")
    return " ".join(warnings_after(results, values, parameters, LedgerStandIn(deflators)))


def test_an_ordinary_answer_has_no_warning(results, values, parameters):
    assert _warnings(results, values, parameters) == ""


@pytest.mark.parametrize(
    ("part", "figure", "mean", "words"),
    [
        ("money", "fiscal_return", 3.2, "fiscal return is 3.20"),
        ("money", "probability_net_saving", 0.95, "chance of a net saving is 95%"),
        ("money", "cost_per_family_started_undiscounted", 20_000.0, "outside £2,629 to £15,774"),
        ("flow", "children_looked_after_avoided", 0.0, "No entry to care is avoided"),
    ],
)
def test_what_a_reviewer_would_doubt_is_said(
    results, values, parameters, part, figure, mean, words
):
    results[part][figure] = {"mean": mean}

    assert words in _warnings(results, values, parameters)


def test_cost_without_a_funder_is_said(results, values, parameters):
    results["by_funder"][0]["paid"]["mean"] = 50_000.0

    assert (
        "£50,000 of the cost (present value, mean of draws, each year by itself) has no funder"
        in (_warnings(results, values, parameters))
    )


def test_published_figures_are_moved_to_the_price_year(results, values, parameters):
    deflators = Deflators(values["economy.prices.gdp_deflator"], "shipped")

    checks = checks_of(results, values, parameters, LedgerStandIn(deflators))

    # £3,000 to £6,000 in 2016/17 by 100 / 76.0754
    assert checks["cost_per_family_started"]["published_low"] == pytest.approx(3943.46, abs=0.01)
    assert checks["never_start"]["model"] == pytest.approx(0.4)
    assert (checks["never_start"]["published"], checks["never_start"]["status"]) == (
        0.25, "verified",
    )  # fmt: skip


def test_endings_stand_beside_others_on_their_base_the_episodes_that_closed(
    results, values, parameters
):
    deflators = Deflators(values["economy.prices.gdp_deflator"], "shipped")

    checks = checks_of(results, values, parameters, LedgerStandIn(deflators))

    assert checks["planned_endings"]["model"] == pytest.approx(140 / 200)
    assert checks["referred_up"] == {"model": 5 / 200, "published": 0.05, "status": "assumed"}


def test_every_recalled_and_assumed_number_is_listed(parameters):
    listed = unverified_inputs(parameters)

    assert {row["status"] for row in listed} == {"assumed", "recalled"}
    assert len(listed) == sum(p.status in ("assumed", "recalled") for p in parameters.values())
    assert all(row["note"] for row in listed)


def test_in_another_window_it_is_the_weeks_in_care_that_are_looked_at(results, values, parameters):
    results["window"] = "everything"
    results["flow"]["children_looked_after_avoided"]["mean"] = 0.0
    results["flow"]["care_weeks_avoided"] = {"mean": 30.0}
    assert _warnings(results, values, parameters) == ""

    results["flow"]["care_weeks_avoided"]["mean"] = -1.0
    assert "No week in care is avoided" in _warnings(results, values, parameters)
