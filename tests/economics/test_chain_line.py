"""A line that is not simulated, inside the ledger: the same numbers as the chain by itself."""

from dataclasses import replace

import numpy as np
import pytest

from familyflow.economics import statements, targets
from familyflow.economics.adjustments import Deadweight, OptimismBias
from familyflow.economics.chain_line import Chain
from familyflow.economics.chain_view import implied_chains
from familyflow.economics.checks import identities
from familyflow.economics.savings import BenefitLine, Cashable
from familyflow.economics.unit_costs import UnitCost
from familyflow.problems import InputError

PENNY = 0.005
# 100 families; 60 % in need, 80 % engaged, 75 % retained, 40 % achieve, 25 % of them anyway, and
# 15 % off for optimism (here as attribution): 9.18 net outcomes, 10,000 a year each
CHAIN = Chain(
    prevalence=0.60,
    engagement=0.80,
    retained=0.75,
    impact=0.40,
    deadweight=Deadweight("proportional", 0.25),
    attribution=0.85,
    units_each=1.0,
    unit="years",
    lag_years=1,
    saving_years=3,
    drop_off=0.20,
)
PRICE = UnitCost(
    "crime", "Crime", 10_000.0, "GBP per year", "2024/25",
    falls_on={"council": 0.60, "NHS": 0.25, "police": 0.15}, grade="C",
)  # fmt: skip
LINE = BenefitLine(
    "chain", "A chain", "families_started", PRICE, chain=CHAIN, cashable=Cashable(0.5)
)


def run_of(toy, families=(100.0,)):
    cells = {
        ("families_started", "with", year, 0): started for year, started in enumerate(families)
    }
    return toy.amounts(cells, years=6)


def appraised(toy, run, **changes):
    changes = {
        "benefit_lines": (LINE,),
        "follow_up_years": 5,
        "watched_years": 6,
        "schedule": "gb_standard",
        **changes,
    }
    return toy.priced(run, **changes)


def test_the_published_chain_comes_out_of_the_ledger_to_the_penny(toy):
    ledger = appraised(toy, run_of(toy))
    flow = ledger.saving_by_year(ledger.weights(), discounted=False)[0, 0]

    assert flow[:5] == pytest.approx([0.0, 91_800.0, 73_440.0, 58_752.0, 0.0], abs=PENNY)
    present = ledger.total_saving(ledger.weights())
    assert present[0, 0] == pytest.approx(210_243.62, abs=PENNY)
    assert targets.mean(ledger, "cashable_saving").value == pytest.approx(105_121.81, abs=PENNY)
    by_agency = {row.agency: float(row.fiscal_saving[0]) for row in statements.by_agency(ledger)}
    assert by_agency["council"] == pytest.approx(126_146.17, abs=PENNY)
    assert by_agency["NHS"] == pytest.approx(52_560.90, abs=PENNY)
    assert by_agency["police"] == pytest.approx(31_536.54, abs=PENNY)


def test_every_years_families_start_a_chain_of_their_own(toy):
    one = appraised(toy, run_of(toy, (100.0,)))
    two = appraised(toy, run_of(toy, (100.0, 50.0)))

    first, both = (
        ledger.saving_by_year(ledger.weights(), discounted=False)[0, 0] for ledger in (one, two)
    )

    assert both[1:] - first[1:] == pytest.approx(0.5 * first[:-1])


def test_what_comes_later_than_the_follow_up_is_outside_it(toy):
    ledger = appraised(toy, run_of(toy), follow_up_years=2)

    followed = ledger.saving_by_year(ledger.weights(), discounted=False).sum()
    everything = ledger.saving_by_year(ledger.weights(), "everything", discounted=False).sum()

    assert followed == pytest.approx(91_800.0, abs=PENNY)
    assert everything == pytest.approx(91_800.0 + 73_440.0 + 58_752.0, abs=PENNY)


def test_harm_is_kept_and_never_cut_to_nothing(toy):
    harm = replace(CHAIN, impact=0.20, deadweight=Deadweight("percentage_point", 0.30))
    certain = {"prevalence": 1.0, "engagement": 1.0, "retained": 1.0, "attribution": 1.0}

    assert replace(harm, **certain).net_each(1)[0] * 100 == pytest.approx(-10.0)


def test_a_chance_of_1_4_is_refused():
    with pytest.raises(InputError, match=r"1\.4 is not a share"):
        replace(CHAIN, impact=1.4)


def test_doubt_about_a_link_is_carried_by_draw(toy):
    by_draw = replace(CHAIN, impact=np.array([0.2, 0.4]))

    low, high = by_draw.net_each(2)

    assert high == pytest.approx(2 * low)


def test_the_ledgers_own_checks_hold_with_a_chain_beside_simulated_lines(toy):
    ledger = toy.priced(toy.hand_run(), benefit_lines=(*toy.BENEFIT_LINES, LINE))

    assert all(check.passed for check in identities(ledger))


def test_the_workbook_gets_a_chain_lines_own_links_and_its_saving_from_them(toy):
    ledger = appraised(toy, run_of(toy))
    (told,) = implied_chains(ledger)

    assert (told.population_of, told.population) == ("families_started", 100.0)
    assert (told.prevalence.value, told.engagement.value, told.retained.value) == (0.6, 0.8, 0.75)
    assert (told.impact.value, told.deadweight) == (0.4, "0.25 of achievers")
    assert told.years_counted.value == pytest.approx(1 + 0.8 + 0.64)
    assert (told.lag_years, told.drop_off, told.unit_value) == (1, 0.20, 10_000)
    assert told.saving_of_links == pytest.approx(91_800.0 + 73_440.0 + 58_752.0, abs=PENNY)
    assert told.saving == pytest.approx(told.saving_of_links)


def test_links_and_unit_value_multiply_whatever_optimism_bias_the_run_takes(toy):
    bias = OptimismBias("haircut", {"C": 0.15, "E": 0.4}, {"C": 0.15, "E": 0.4})
    plain, cut = (implied_chains(toy.priced(optimism_bias=one)) for one in (OptimismBias(), bias))

    assert plain == cut


def test_a_chain_counts_nothing_after_the_years_watched_in_any_window(toy):
    long = replace(LINE, chain=replace(CHAIN, saving_years=5, drop_off=0.0))
    watched = appraised(toy, run_of(toy), benefit_lines=(long,), follow_up_years=2, watched_years=3)

    everything = watched.saving_by_year(watched.weights(), "everything", discounted=False)

    # lag of a year, so years 1 and 2 of the three that are watched
    assert everything[0, 0].tolist() == pytest.approx([0, 91_800, 91_800, 0, 0, 0])
