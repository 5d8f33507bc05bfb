"""Base values for tests of the levels of need: plain numbers, so that a test reads by itself."""

from familyflow.specification.variates import Spread

_E, _F, _K, _M = (
    "outcomes.escalation.",
    "outcomes.effects.",
    "service.key_work.",
    "families.make_up.",
)

BASE = {
    _E + "early_help_to_child_in_need": 0.15,
    _E + "universal_to_child_in_need": 0.029,
    _E + "universal_to_early_help": 0.043,
    _E + "early_help_ends": 0.67,
    _E + "child_in_need_leaving": {
        "0-3": 0.209,
        "3-6": 0.117,
        "6-12": 0.092,
        "12-24": 0.068,
        "24+": 0.068,
    },
    _E + "child_in_need_lengths": {"3": 0.534, "6": 0.376, "12": 0.217, "24": 0.096},
    _E + "child_in_need_to_plan": 0.156,
    _E + "child_in_need_to_care": 0.03,
    _E + "plan_leaving": {
        "0-3": 0.058,
        "3-6": 0.047,
        "6-12": 0.151,
        "12-24": 0.160,
        "24+": 0.160,
    },
    _E + "plan_to_care": 0.16,
    _E + "plan_to_child_in_need": 0.65,
    _E + "care_leaving": {"5-9": 0.25, "10-15": 0.157, "16-17": 0.157},
    _E + "care_leaves_home": 0.32,
    _E + "residential_share": 0.05,
    _E + "looked_after_months_19_24": 0.025,
    _F + "care_ratio": 0.80,
    _F + "plan_ratio_year_1": 1.05,
    _F + "plan_ratio_year_2": 0.95,
    _F + "child_in_need_ratio": 0.85,
    _F + "detection": 1.15,
    _F + "detection_days": 547,
    _F + "dose_reference": 11,
    _F + "dose_threshold": 3,
    _F + "retention_per_year": 0.75,
    _F + "retention_form": "geometric",
    _F + "group_effect": 0.0,
    _F + "effect_cap": 0.9,
    _F + "weeks_waited_by_those_who_start": 0,
    _F + "levels_of_those_who_start": {
        "universal": 1,
        "early_help": 1,
        "child_in_need": 1,
        "child_protection": 1,
    },
    _M + "level_on_arrival": {
        "universal": 0.17,
        "early_help": 0.51,
        "child_in_need": 0.25,
        "child_protection": 0.07,
    },
    _M + "frailty_spread": 0.5,
    _M + "youngest_age": 5,
    _M + "oldest_age": 11,
    _M + "sibling_outside_age_range": 0.20,
    _M + "children": {"1": 0.30, "2": 0.35, "3": 0.20, "4": 0.15},
    _M + "moves_per_year": 0.15,
    "families.needs.combinations": {
        "domestic_abuse": 0.35,
        "domestic_abuse+mental_ill_health": 0.25,
        "domestic_abuse+substance_misuse": 0.10,
        "domestic_abuse+substance_misuse+mental_ill_health": 0.15,
        "mental_ill_health": 0.08,
        "substance_misuse": 0.05,
        "substance_misuse+mental_ill_health": 0.02,
    },
    _K + "introductory_weeks": Spread("whole_numbers", 2, 0, 4),
    _K + "weeks_of_sessions": Spread("whole_numbers", 8, 0, 14),
    _K + "extra_weeks_by_level": {
        "universal": 0,
        "early_help": 0,
        "child_in_need": 1,
        "child_protection": 2,
    },
    _K + "attendance": 0.9,
    _K + "disengaging_per_week": 0.010,
    _K + "disengaging_large_family": 1.18,
    _K + "disengaging_on_plan": 1.25,
    _K + "ended_by_service_per_week": 0.003,
    _K + "ends_when_referred_up": 0.5,
    "service.team.absences_per_year": 2,
    "service.team.mean_days_of_absence": 7,
    "service.team.turnover_per_year": 0.18,
    "service.team.disengages_on_change": 0.10,
    "service.calendar.school_holidays": {"all": [0, 13]},
    "service.group_work.programmes": [
        {"name": "triple_p", "need": "any", "meetings": 8, "starts": [3, 29]},
        {"name": "you_and_me_mum", "need": "domestic_abuse", "meetings": 8, "starts": [5, 31]},
    ],
    "service.group_work.accepts": 0.615,
    "service.group_work.completes": 0.75,
    "appraisal.watched_years": 10,
}


def changed(**by_last_name):
    """The base values with some replaced, each named by the last part of its key."""
    values = dict(BASE)
    for name, value in by_last_name.items():
        (key,) = [key for key in BASE if key.rsplit(".", 1)[1] == name]
        values[key] = value
    return values
