"""A small made-up run for charts and texts."""

import pandas as pd
import pytest
from tests.reports.once import made_once

__all__ = ["made_once"]


def figure(mean, spread=0.1, unit="GBP"):
    low, high = mean * (1 - spread), mean * (1 + spread)
    return {"mean": mean, "low": low, "p10": low, "p90": high, "high": high, "unit": unit}


def missing(reason, unit="ratio"):
    return {**dict.fromkeys(("mean", "low", "p10", "p90", "high")), "unit": unit, "reason": reason}


def mover(label, unit, correlation):
    """A number that moves the net saving by as much as it correlates with it."""
    return {
        "key": f"service.{label}",
        "part": "",
        "label": label,
        "unit": unit,
        "rank_correlation": correlation,
        "by_luck": 1e-9,
        "by_luck_of_any": 1e-7,
        "lowest_fifth_ends_at": 0.5,
        "highest_fifth_begins_at": 0.75,
        "net_saving_in_lowest_fifth": 400_000.0 * (1.0 - correlation),
        "net_saving_in_highest_fifth": 400_000.0 * (1.0 + correlation),
    }


@pytest.fixture
def results():
    flow = {"caseload_utilisation": figure(0.8, unit="share")}
    flow |= dict.fromkeys(
        (
            "families_referred", "families_started", "children_supported", "families_completed",
            "families_gave_up_waiting", "mean_wait_weeks", "p90_wait_weeks", "families_improved",
            "children_looked_after_avoided", "of_which_delayed", "care_weeks_avoided",
            "escalations_detected", "contact_hours", "mean_wait_weeks_of_all",
            "families_started_minority_ethnic", "families_started_with_interpreter",
            "families_referred_up",
        ),
        figure(20.0, unit="families"),
    )  # fmt: skip
    money = dict.fromkeys(
        (
            "cost", "fiscal_saving", "cashable_saving", "saving_within_term",
            "saving_after_budget_window", "net_saving", "net_present_budget_impact",
            "cost_per_family_started", "cost_undiscounted",
            "cost_per_family_started_undiscounted", "marginal_cost_per_family",
            "net_present_value", "net_present_value_with_weaker_evidence",
        ),
        figure(400_000.0) | {"share_of_chance": 0.4},
    )  # fmt: skip
    money |= {
        "fiscal_return": figure(0.45),
        "benefit_cost_ratio": figure(0.45),
        "benefit_cost_ratio_with_weaker_evidence": figure(1.1),
        "payback_years": missing("not within the years followed", "years"),
        "break_even_placements": figure(9.0),
        "break_even_effect": figure(2.2),
        "probability_net_saving": figure(0.04),
    }
    agency = {
        "agency": "nhs",
        "title": "NHS",
        "cost": figure(0.0),
        "fiscal_saving": figure(120_000.0),
        "cashable_saving": figure(20_000.0),
        "net": figure(120_000.0),
    }
    return {
        "run_id": "core_offer-0123456789",
        "scenario": "core_offer",
        "title": "Core offer",
        "draws": 200,
        "seed": 1,
        "movers": [mover("Weeks of sessions", "weeks", -0.6), mover("Attendance", "share", 0.3)],
        "changed_by_files": {},
        "funding_gap": {"left_over": 0.0, "not_funded": 10_000.0},
        "funding": [{"funder": "The Fund", "offered": 390_000.0, "cash": None}],
        "not_monetised": ["exclusion"],
        "harm_while_at_home": {"reason": "no number yet"},
        "question": "Does it pay?",
        "set_by_hand": {},
        "unproven": "",
        "price_year": "2024/25",
        "discounting": "gb_standard",
        "optimism_bias": "none",
        "costs_scope": "all_spend",
        "comparator": "usual support",
        "term_years": 5,
        "follow_up_years": 5,
        "watched_years": 10,
        "window": "follow_up",
        "repriced_from": None,
        "flow": flow,
        "money": money,
        "one_service": {
            "net_saving_low": -2e6,
            "net_saving_high": 1e5,
            "probability_net_saving": 0.1,
        },
        "by_agency": [agency],
        "by_funder": [
            {"funder": "unfunded", "public": False, "council": False, "paid": figure(4e5)}
        ],
        "by_year": [],
        "outcomes": [],
        "who_pays": [{"party": "NHS", "role": "saves", "first_cash_year": 2}],
        "step_ups": [
            {"line": "Weeks on a plan", "unit": "weeks", "more_with_the_service": 60.0, "cost": 9e3}
        ],
        "values_needed": [
            {
                "quantity": "families_improved",
                "amount": 110.0,
                "value_needed": 5_000.0,
                "reason": "",
            }
        ],
        "nets": [
            {
                "budgets": "council",
                "total": figure(3e5),
                "within_the_term": figure(2e5),
                "after_the_term": figure(1e5),
                "by_year": [2e5, 1e5],
            }
        ],
        "alternatives": [
            {"kind": "headline", "name": "as chosen", "money": money},
            {"kind": "window", "name": "budget", "money": {"fiscal_return": figure(0.3)}},
        ],
        "checks": {
            "cost_per_family_started": {
                "model": 6100.0,
                "published_low": 3943.0,
                "published_high": 7887.0,
                "price_year": "2024/25",
            },
            "never_start": {"model": 0.4, "published": 0.25, "status": "verified"},
            "planned_endings": {"model": 0.7, "published": 0.7, "status": "assumed"},
            "referred_up": {"model": None, "published": 0.05, "status": "assumed"},
        },
        "warnings": ["Something to know."],
        "unverified_inputs": [{"status": "assumed"}, {"status": "recalled"}],
    }


@pytest.fixture
def tables():
    weeks = range(260)
    weekly = pd.DataFrame({"week": weeks})
    for name, level in (("waiting", 10.0), ("caseload", 20.0)):
        weekly[f"{name}_mean"] = level
        weekly[f"{name}_p5"] = level - 2
        weekly[f"{name}_p95"] = level + 2
    weekly["places_mean"] = 23.0
    journey = pd.DataFrame(
        [
            ("referred", "on the way", "", 100.0),
            ("accepted at screening", "on the way", "referred", 80.0),
            ("allocated a key worker", "on the way", "accepted at screening", 50.0),
            ("started", "on the way", "allocated a key worker", 45.0),
            ("planned ending", "on the way", "allocated a key worker", 30.0),
            ("signposted elsewhere", "left", "referred", 20.0),
            ("gave up waiting", "left", "accepted at screening", 29.5),
            ("declined the offer", "left", "accepted at screening", 0.5),
            ("disengaged", "left", "allocated a key worker", 20.0),
            ("moved away during support", "left", "allocated a key worker", 0.0),
        ],
        columns=["point", "kind", "from", "families"],
    )
    return {
        "weekly": weekly,
        "journey": journey,
        "net_flow_by_year": net_flow([-200e3, -400e3, -300e3, 100e3]),
        "in_care_by_year": in_care([4.0, 10.0, 6.0], [3.5, 8.0, 5.5]),
        "break_even": multiples(cost=400e3, saving=180e3),
    }


def net_flow(means):
    """A fan a tenth of the mean wide to each side."""
    rows = []
    for year, mean in enumerate(means):
        ends = dict.fromkeys(("low", "p5", "p10", "p25"), mean - abs(mean) / 10.0)
        ends |= dict.fromkeys(("high", "p95", "p90", "p75"), mean + abs(mean) / 10.0)
        chance = 1.0 if mean > 0.0 else 0.0
        rows.append(
            {"year": year, "mean": mean, "median": mean, "chance_paid_back": chance, **ends}
        )
    return pd.DataFrame(rows)


def in_care(without, with_service):
    """Children by year, with a difference that is known to within a child."""
    frame = pd.DataFrame({"without_mean": without, "with_mean": with_service})
    frame.insert(0, "year", range(len(frame)))
    frame["fewer_mean"] = frame["without_mean"] - frame["with_mean"]
    return frame.assign(fewer_low=frame["fewer_mean"] - 1.0, fewer_high=frame["fewer_mean"] + 1.0)


def multiples(cost, saving):
    """Net saving at multiples of the saving, a tenth of it to each side."""
    rows = pd.DataFrame({"multiple": [place / 4.0 for place in range(17)]})
    rows["mean"] = rows["multiple"] * saving - cost
    wide = 0.1 * rows["multiple"] * saving
    low, high = rows["mean"] - wide, rows["mean"] + wide
    return rows.assign(low=low, p10=low, p90=high, high=high)
