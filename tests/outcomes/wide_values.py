"""Random valid beliefs, far wider than any that are drawn: whoever they describe, they add up."""

import numpy as np
from tests.outcomes.values import changed

LEVELS = ("universal", "early_help", "child_in_need", "child_protection", "looked_after_foster")


def wide_values(seed, count):
    """So many draws, the same for a seed."""
    random = np.random.default_rng(seed)
    return [_one(random) for _ in range(count)]


def _one(random):
    def between(low, high):
        return float(random.uniform(low, high))

    def by(names, low, high):
        return {name: between(low, high) for name in names}

    def rarely(value, otherwise):
        return value if random.random() < 0.2 else otherwise

    bands = ("0-3", "3-6", "6-12", "12-24", "24+")
    still = np.cumprod(random.uniform(0.5, 0.9, size=4)).tolist()
    shares = random.dirichlet(np.ones(4)).tolist()
    in_care = rarely(between(0.001, 0.01), 0.0)
    youngest = int(random.integers(0, 11))
    ratios = random.lognormal(-0.1, 0.15, size=4).tolist()
    return changed(
        early_help_to_child_in_need=between(0.01, 0.4),
        universal_to_child_in_need=between(0.005, 0.2),
        universal_to_early_help=rarely(0.0, between(0.01, 0.3)),
        early_help_ends=between(0.1, 2.0),
        child_in_need_leaving=by(bands, 0.03, 0.4),
        child_in_need_lengths=dict(zip(("3", "6", "12", "24"), still, strict=True)),
        child_in_need_to_plan=rarely(0.0, between(0.02, 0.4)),
        child_in_need_to_care=between(0.005, 0.1),
        plan_leaving=by(bands, 0.02, 0.3),
        plan_to_care=between(0.02, 0.4),
        plan_to_child_in_need=between(0.2, 0.55),
        care_leaving=by(("5-9", "10-15", "16-17"), 0.02, 0.6),
        care_leaves_home=rarely(1.0, between(0.0, 1.0)),
        looked_after_months_19_24=between(0.01, 0.06) + in_care,
        care_ratio=ratios[0],
        plan_ratio_year_1=ratios[1],
        plan_ratio_year_2=ratios[2],
        child_in_need_ratio=ratios[3],
        detection=rarely(1.0, between(0.9, 1.4)),
        dose_reference=between(6.0, 16.0),
        dose_threshold=between(0.0, 6.0),
        retention_per_year=between(0.3, 1.0),
        group_effect=rarely(between(0.0, 0.3), 0.0),
        effect_cap=rarely(1.0, between(0.6, 1.0)),
        weeks_waited_by_those_who_start=rarely(0.0, between(0.0, 30.0)),
        levels_of_those_who_start=by(LEVELS, 0.5, 1.5),
        level_on_arrival=dict(zip(LEVELS, [*shares, in_care], strict=True)),
        frailty_spread=rarely(0.0, between(0.1, 1.0)),
        youngest_age=youngest,
        oldest_age=youngest + int(random.integers(0, 8)),
    )
