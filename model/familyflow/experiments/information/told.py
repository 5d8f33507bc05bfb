"""What more knowledge is worth, as one dictionary: what voi.json holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from familyflow.economics.decisions import best_on_the_mean, probability_best_as_one
from familyflow.economics.population import population
from familyflow.experiments.information.expected import Expected
from familyflow.experiments.information.partial import Part, Parts, binned
from familyflow.experiments.information.perfect import Estimate, perfect
from familyflow.experiments.information.spread import matched
from familyflow.experiments.information.study import Study
from familyflow.experiments.information.worth import Sized, best, by_size
from familyflow.experiments.pricing import schedules_in
from familyflow.experiments.statistics import Floats

# Groups of numbers that one could set out to learn together, by the beginning of their keys.
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "what the service changes": ("outcomes.effects.",),
    "what happens without it": ("outcomes.escalation.", "outcomes.usual_support."),
    "other outcomes": (
        "outcomes.domestic_abuse.", "outcomes.parental_mental_ill_health.",
        "outcomes.substance_misuse.", "outcomes.child_difficulties.",
    ),
    "who is referred": ("families.",),
    "how the service works": ("service.",),
    "what social care costs": ("unit_costs.children_social_care.",),
    "what the service costs": ("unit_costs.staff.", "unit_costs.service."),
    "what other outcomes cost": ("unit_costs.domestic_abuse.", "unit_costs.health."),
}  # fmt: skip
SIZES: Final = (0, 25, 50, 100, 200, 400, 800, 1_600, 3_200)  # families per arm that are tried
LEAST_BINS, DRAWS_A_BIN = 10, 50


def information(
    expected: Expected, names: Sequence[str], values: Mapping[str, Any], studies: Sequence[Study],
    uniforms: Sequence[Floats], titles: Sequence[str],
) -> dict[str, Any]:  # fmt: skip
    """EVPI, EVPPI and EVSI with standard errors, for one service and scaled to all its families.

    names: of the options. values: the stated values of the first. studies with their titles and,
    for each, a uniform a draw.
    """
    parts = Parts(expected.smoothed, expected.x, expected.raw)
    scale = Scale(expected, values)
    likely = matched(expected.raw, expected.smoothed)
    best_option = best_on_the_mean(expected.smoothed)
    chances = probability_best_as_one(likely, alike_in(expected.raw))
    return {
        "options": list(names),
        "best_on_the_mean": names[best_option],
        "mean": dict(zip(names, expected.raw.mean(axis=0).tolist(), strict=True)),
        "frontier": float(chances[best_on_the_mean(likely)]),
        "probability_best": dict(zip(names, chances.tolist(), strict=True)),
        "fit": {
            "r2": dict(zip(names, expected.r2.tolist(), strict=True)),
            "columns": expected.columns,
            "draws": len(expected.x),
        },
        "population": scale.told(),
        "evpi": _perfect(expected, scale),
        "evppi": _partial(expected, parts, scale),
        "evppi_groups": _groups(expected, parts, scale),
        "floor": parts.floor(),
        "evsi": [
            _study(study, title, uniform, expected, parts, scale)
            for study, title, uniform in zip(studies, titles, uniforms, strict=True)
        ],
    }


def alike_in(raw: Floats) -> list[int]:
    """For each option the first that has the same in every draw: copies of it, of one chance."""
    columns = [column.tobytes() for column in np.ascontiguousarray(raw.T)]
    return [columns.index(column) for column in columns]


class Scale:
    """Turns a value for one service over its term into one for every family it will meet.

    A term's value is shared by the families referred in it; those to come in the years of use,
    discounted, in as many services as follow the choice, are worth as much each.
    """

    def __init__(self, expected: Expected, values: Mapping[str, Any]) -> None:
        self._term = int(values["appraisal.term_years"])
        referred = expected.families.mean(axis=0)
        with_service = referred[referred > 0.0]  # without a service nobody is referred to it
        self.in_a_term = float(with_service.mean()) if with_service.size else 0.0
        self.services = float(values["decision.services"])
        self.years = float(values["decision.years_of_use"])
        self._schedule = schedules_in(values)[str(values["appraisal.schedule"])]
        self.per_year = self.services * self.in_a_term / self._term

    def families(self, after_months: float = 0.0) -> float:
        """Families still to come, discounted."""
        return population(self.per_year, self.years, self._schedule, after_months)

    def of(self, value: float, after_months: float = 0.0) -> float:
        """A term's value for all of them."""
        return value / self.in_a_term * self.families(after_months) if self.in_a_term else 0.0

    def told(self) -> dict[str, float]:
        """What it is made of."""
        return {
            "services": self.services,
            "years_of_use": self.years,
            "families_referred_in_a_term": self.in_a_term,
            "families_a_year": self.per_year,
            "families_discounted": self.families(),
        }


def _perfect(expected: Expected, scale: Scale) -> dict[str, Any]:
    found = perfect(expected.raw, expected.smoothed, expected.twice)
    return {
        **_estimate(found.smoothed, scale),
        "raw": _check(found.raw),
        "crossed": _check(found.crossed),
        "split": None if found.split is None else _check(found.split),
    }


def _estimate(found: Estimate, scale: Scale) -> dict[str, float]:
    return {
        "value": found.value,
        "se": found.se,
        "per_family": found.value / scale.in_a_term if scale.in_a_term else 0.0,
        "population": scale.of(found.value),
        "population_se": scale.of(found.se),
    }


def _check(found: Estimate) -> dict[str, float]:
    return {"value": found.value, "se": found.se}


def _partial(expected: Expected, parts: Parts, scale: Scale) -> list[dict[str, Any]]:
    """Every number by itself, the most valuable first."""
    rows: list[dict[str, Any]] = []
    bins = max(LEAST_BINS, min(30, len(expected.x) // DRAWS_A_BIN))
    for place, (name, found) in enumerate(zip(expected.names, parts.singles(), strict=True)):
        row = {"parameter": name, **_part(found, scale)}
        if len(expected.x) >= bins:
            row["binned"] = binned(expected.smoothed, expected.x[:, place], bins)
        rows.append(row)
    return sorted(rows, key=lambda row: (-row["value"], row["parameter"]))


def _groups(expected: Expected, parts: Parts, scale: Scale) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for group, starts in GROUPS.items():
        places = [k for k, name in enumerate(expected.names) if name.startswith(starts)]
        if places:
            told = _part(parts.of(places), scale)
            rows.append({"group": group, "parameters": len(places), **told})
    everything = _part(parts.of(range(len(expected.names))), scale)
    rows.sort(key=lambda row: -row["value"])
    rows.append({"group": "all of them", "parameters": len(expected.names), **everything})
    return rows


def _part(found: Part, scale: Scale) -> dict[str, float]:
    return {
        **_estimate(Estimate(found.value, found.se), scale),
        "uncorrected": found.uncorrected,
        "explained": found.explained,
    }


def _study(
    study: Study, title: str, uniforms: Floats, expected: Expected, parts: Parts, scale: Scale
) -> dict[str, Any]:
    """A study at every size: what it would show is worth, what it costs, and the best size."""
    about = {"study": title, "informs": study.informs, "cost_fixed": study.cost_fixed,
             "months_until_report": study.months_until_report}  # fmt: skip
    if study.informs not in expected.names:
        return {**about, "reason": f"{study.informs} is not drawn here, so nothing can be learnt"}
    place = expected.names.index(study.informs)
    known, ratio = parts.fit([place]), expected.x[:, place]
    terms = scale.of(1.0, study.months_until_report)  # terms still to come when it reports
    sizes = sorted({*map(float, SIZES), study.families_per_arm})
    found = by_size(study, sizes, known, parts.raw_gain, ratio, uniforms, terms)
    asked = next(one for one in found if one.study.families_per_arm == study.families_per_arm)
    return {
        **about,
        "evppi": parts.of([place]).value,
        "families_to_come": scale.families(study.months_until_report),
        "asked": _sized(asked, scale),
        "best": _sized(best(found), scale),
        "sizes": [_sized(one, scale) for one in found],
    }


def _sized(one: Sized, scale: Scale) -> dict[str, Any]:
    needed = one.break_even * scale.in_a_term if np.isfinite(one.break_even) else None
    return {
        "families_per_arm": one.study.families_per_arm,
        "evsi": one.evsi.value,
        "se": one.evsi.se,
        "cost": one.cost,
        "net_benefit": one.net_benefit,
        "net_benefit_se": one.se,
        "families_needed": needed,
    }
