"""Whether the value of information comes out right from under chance, on toys whose truth is known.

python -m benchmarks.information [SEEDS]

For each figure: its mean over so many seeds as a share of the truth, how far it varies between
seeds and what standard error it tells of itself (GBP), and in how many seeds the truth lies within
1.96 of those. Chance has about four times the variance of what is expected, and a draw is simulated
once, a fifth of them twice. With as many useless parameters as the model has uncertain ones there
are a fifth as many seeds. No clock is read.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks import information_toys as toys
from benchmarks.information_toys import Floats, Sample
from benchmarks.measure import Row, show, told
from familyflow.economics.decisions import evpi, value_of_sample_normal
from familyflow.experiments.information.basis import fit_basis, strength
from familyflow.experiments.information.partial import Part, Parts
from familyflow.experiments.information.perfect import Estimate, Perfect, perfect
from familyflow.experiments.information.sample import evsi
from familyflow.experiments.information.smoothing import LIGHT, RIDGES, Smoother

SEEDS = 200
FEW = 3
MANY = 126  # useless parameters: about as many as the model has uncertain ones
OBSERVATION_SD = 6_000.0
Told = Estimate | Part | float | None


@dataclass(frozen=True)
class Appraised:
    """Net benefit (draw, option) of a toy: as simulated, smoothed, and of draws simulated twice."""

    x: Floats
    raw: Floats
    smoothed: Floats
    twice: Floats

    def perfect(self) -> Perfect:
        """EVPI in all its ways."""
        return perfect(self.raw, self.smoothed, self.twice)

    def parts(self) -> Parts:
        """For EVPPI."""
        return Parts(self.smoothed, self.x, self.raw)


def collected(sample: Sample, *, in_pounds: bool = False) -> Smoother:
    """What smoothing needs of the quantities; or, wrongly, of the pounds, by what adds up only."""
    shown = sample.net_benefit(sample.quantities[0]) if in_pounds else sample.quantities[0]
    basis = fit_basis(sample.x, strength(sample.x, shown), crossed=0 if in_pounds else 5)
    smoother = Smoother(basis)
    smoother.feed(sample.x, shown)
    return smoother


def appraised(
    sample: Sample, ridges: Sequence[float] = LIGHT, *, in_pounds: bool = False
) -> Appraised:
    """Smooth the quantities and price them; or, wrongly, smooth the pounds."""
    return smoothed(sample, collected(sample, in_pounds=in_pounds), ridges, in_pounds=in_pounds)


def smoothed(
    sample: Sample, smoother: Smoother, ridges: Sequence[float], *, in_pounds: bool = False
) -> Appraised:
    """The same from what is collected."""
    raw, *_ = both = [sample.net_benefit(each) for each in sample.quantities]
    expected = smoother.fit(ridges).predict(sample.x)
    nb = expected if in_pounds else sample.net_benefit(expected)
    return Appraised(sample.x, raw, nb, np.stack(both)[:, : len(raw) // 5])


def of_sums(sample: Sample, seed: int) -> dict[str, Told]:
    """Every figure of the toy that adds up."""
    smoother, draws = collected(sample), len(sample.x)
    found = smoothed(sample, smoother, LIGHT)
    parts = found.parts()
    luck = toys.normals(["study"], draws, seed)[:, 0]
    data = sample.x[:, 0] + OBSERVATION_SD / np.sqrt(100) * luck
    return {
        **_ways(found, sample, smoother),
        "EVPPI of a": parts.of([0]),
        "EVPPI of b": parts.of([1]),
        "EVPPI of a and b": parts.of([0, 1]),
        "EVPPI of one that is useless": parts.of([2]),
        "EVSI of 100 observations of a": evsi(parts.fit([0]), parts.raw_gain, data),
    }


def of_products(sample: Sample, _: int) -> dict[str, Told]:
    """Every figure of the toy that multiplies."""
    smoother = collected(sample)
    found = smoothed(sample, smoother, LIGHT)
    parts = found.parts()
    return {
        **_ways(found, sample, smoother),
        "EVPI, pounds smoothed": appraised(sample, in_pounds=True).perfect().smoothed,
        "EVPPI of the price": parts.of([0]),
        "EVPPI of t1": parts.of([2]),
        "EVPPI of t0 and t1": parts.of([1, 2]),
        "EVPPI of price and t0": parts.of([0, 1]),
    }


def _ways(found: Appraised, sample: Sample, smoother: Smoother) -> dict[str, Told]:
    by_all = found.perfect()
    return {
        "EVPI, smoothed": by_all.smoothed,
        "EVPI, raw": by_all.raw,
        "EVPI, crossed": by_all.crossed,
        "EVPI, split": by_all.split,
        "EVPI, smoothed by the best penalty": evpi(smoothed(sample, smoother, RIDGES).smoothed),
    }


def truths() -> dict[str, Mapping[str, float]]:
    """What is true of each toy, by figure; EVPI whichever way it is come by."""
    product = toys.product_truths()
    return {
        "sum": {
            "EVPI": toys.SUM_TRUTH,
            "EVPPI of a": toys.A_TRUTH,
            "EVPPI of b": toys.B_TRUTH,
            "EVPPI of a and b": toys.SUM_TRUTH,
            "EVPPI of one that is useless": 0.0,
            "EVSI of 100 observations of a": value_of_sample_normal(
                toys.MEAN, toys.A_SD, OBSERVATION_SD, 100
            ),
        },
        "product": {
            "EVPI": product["all"],
            "EVPPI of the price": product["price"],
            **{f"EVPPI of {each}": product[each] for each in ("t1", "t0 and t1", "price and t0")},
        },
    }


def row(name: str, found: Sequence[Told], truth: float) -> Row:
    """The line of one figure."""
    values = np.array([each if isinstance(each, float) else _told(each)[0] for each in found])
    note = f"truth {told(truth)}, varies by {told(float(values.std(ddof=1)))}"
    errors = np.array([_told(each)[1] for each in found if not isinstance(each, float)])
    if errors.size:
        within = float(np.mean(np.abs(values - truth) <= 1.96 * errors))
        note += f", tells {told(float(errors.mean()))}; truth within 1.96 of it in {within:.0%}"
    if truth == 0:
        return Row(name, float(values.mean()), "GBP", note=note)
    return Row(name, float(values.mean() / truth), "of the truth", note=note)


def _told(found: Estimate | Part | float | None) -> tuple[float, float]:
    assert found is not None
    assert not isinstance(found, float)
    return found.value, found.se


def measured(
    toy: str, draws: int, useless: int, seeds: int, make: Callable[..., Sample]
) -> list[Row]:
    """The lines of one toy with so many draws and useless parameters."""
    figures = of_sums if toy == "sum" else of_products
    found = [figures(make(draws, seed, useless=useless), seed) for seed in range(1, seeds + 1)]
    truth = truths()[toy]
    return [
        row(
            f"{toy}, {draws:,} draws, {useless} useless: {name}",
            [each[name] for each in found],
            truth[name.partition(",")[0]],
        )
        for name in found[0]
    ]


def measure(
    seeds: int = SEEDS, draws: Sequence[int] = (1_000, 4_000), many: int = MANY
) -> list[Row]:
    """Both toys at each number of draws; with many useless parameters, a fifth of the seeds."""
    makes = {"sum": toys.sums, "product": toys.products}
    return [
        line
        for toy, make in makes.items()
        for useless, so_many in ((FEW, seeds), (many, max(2, seeds // 5)))
        for count in draws
        for line in measured(toy, count, useless, so_many, make)
    ]


if __name__ == "__main__":
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS))
