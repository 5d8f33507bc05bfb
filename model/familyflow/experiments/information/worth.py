"""Which size of study is worth its cost: expected net benefit of sampling, and break-even."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from familyflow.economics.population import break_even_population
from familyflow.experiments.information.basis import Floats
from familyflow.experiments.information.partial import Fit, Part
from familyflow.experiments.information.sample import evsi, shown
from familyflow.experiments.information.study import Study


@dataclass(frozen=True)
class Sized:
    """A study of one size. GBP; evsi in the unit of net benefit, e.g. for each family.

    net_benefit: population x EVSI - cost, se its standard error. break_even: the population at
    which the study repays its cost; infinite if it is worth nothing.
    """

    study: Study
    evsi: Part
    cost: float
    net_benefit: float
    se: float
    break_even: float


def by_size(
    study: Study,
    sizes: Sequence[float],
    known: Fit,
    raw_gain: Floats,
    ratio: Floats,
    uniforms: Floats,
    population: float,
) -> list[Sized]:
    """The study with each number of families per arm, in the order given.

    population: how many of the unit of net benefit are still to come when it reports, discounted
    (`economics.population`, with the study's months until it reports). Others as in `sample`.
    """
    found = []
    for families in sizes:
        sized = replace(study, families_per_arm=families)
        value, cost = evsi(known, raw_gain, shown(sized, ratio, uniforms)), sized.cost()
        found.append(
            Sized(
                sized,
                value,
                cost,
                population * value.value - cost,
                population * value.se,
                break_even_population(cost, value.value),
            )
        )
    return found


def best(sizes: Sequence[Sized]) -> Sized:
    """The size with the highest expected net benefit of sampling; the first of equals."""
    return max(sizes, key=lambda sized: sized.net_benefit)
