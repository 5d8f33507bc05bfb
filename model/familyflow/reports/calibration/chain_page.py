"""The page of the calibrated chain: what it meets, what the targets tell, and what they do not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from familyflow.experiments.chain_fit.fit import Fit
from familyflow.experiments.chain_fit.written import NO_EFFECT, ChainMade
from familyflow.parameters.parameter import Parameter
from familyflow.records.areas.chain import shown
from familyflow.records.parameter_file import significant
from familyflow.reports.calibration.area_page import Shown
from familyflow.reports.calibration.page import NAME, PACKAGE
from familyflow.reports.documents.one_page import template

TEMPLATE: Final = "chain.html.j2"
FAR: Final = 2.0  # standard deviations of both together: not to be reconciled
_FIT: Final = ("what", "published", "before", "calibrated", "apart (sd)", "use")
_NUMBERS: Final = ("number", "before", "calibrated", "of its spread is left", "")
_DIGITS: Final = 3


def chain_pages(made: ChainMade) -> dict[str, str]:
    """The page by the name of its file."""
    return {NAME: chain_page(made)}


def chain_page(made: ChainMade) -> str:
    """The page as HTML that needs nothing else."""
    return template(PACKAGE, TEMPLATE).render(
        area=shown(made.area),
        never=NO_EFFECT,
        sentences=[*sentences(made)],
        tables=[
            Shown("Published totals, and what the chain gives", _FIT, tuple(_fits(made)),
                  "Mean (standard deviation). Only what is fitted weighs draws; a check stands "
                  "beside. fit.csv says why."),
            Shown("Numbers of the chain", _NUMBERS, tuple(_numbers(made)),
                  "Mean (standard deviation). Where all of the spread is left, the published "
                  "totals tell nothing of the number."),
        ],
    )  # fmt: skip


def sentences(made: ChainMade) -> Iterator[str]:
    """What a reader must know, in plain sentences."""
    fit, named = made.fit, made.parameters
    yield (
        f"{fit.draws:,} draws of the uncertain numbers were weighed by how near the chain comes to "
        f"what is published; they are worth {fit.worth:,.0f} equal ones."
    )
    yield (
        f"Of {len(fit.beliefs)} directions in which the uncertain numbers can move together, the "
        f"published totals tell more about {fit.informed} than was believed before."
    )
    learnt = [_label(named[one.key]) for one in fit.learnt]
    if learnt:
        yield f"They tell something about: {'; '.join(learnt)}."
    rest = [_label(named[one.key]) for one in fit.beliefs if not one.is_learnt]
    yield f"Of these they tell nothing, and the spread stays what it was: {'; '.join(rest)}."
    far = [one for one in fit.fits if abs(one.apart) > FAR]
    for one in far:
        yield (
            f"{one.target.label}: the chain gives {one.after:.3g} where {one.target.value:.3g} is "
            "published, further apart than either is unsure. They cannot be reconciled."
        )
    if not far:
        yield "No published total lies further from the chain than both are unsure."


def _label(parameter: Parameter) -> str:
    return parameter.label[:1].lower() + parameter.label[1:]


def _fits(made: ChainMade) -> Iterator[tuple[str, ...]]:
    for one in made.fit.fits:
        yield (one.target.label, _with_sd(one.target.value, one.target.sd),
               _with_sd(one.before, one.sd_before), _with_sd(one.after, one.sd_after),
               _apart(one), one.target.told.use)  # fmt: skip


def _apart(one: Fit) -> str:
    return "held" if one.target.sd == 0.0 else f"{one.apart:+.1f}"


def _numbers(made: ChainMade) -> Iterator[tuple[str, ...]]:
    for one in made.fit.beliefs:
        yield (made.parameters[one.key].label, _with_sd(one.before, one.sd_before),
               _with_sd(one.after, one.sd_after), f"{min(100 * one.kept, 100):.0f}%",
               "learnt" if one.is_learnt else "")  # fmt: skip


def _with_sd(mean: float, sd: float) -> str:
    sure = f" ({significant(sd, 2):g})" if sd > abs(mean) * 1e-9 else ""
    return f"{significant(mean, _DIGITS):g}{sure}"


def chain_text(made: ChainMade) -> str:
    """The same as lines for a terminal."""
    lines = [f"The level-of-need chain, calibrated to published totals of {shown(made.area)}:", ""]
    width = max(len(one.target.label) for one in made.fit.fits)
    for label, published, before, after, apart, use in _fits(made):
        lines.append(f"  {label:{width}}  {published:>16}   chain {after} (before {before}); "
                     f"{apart} sd, {use}")  # fmt: skip
    lines.append("")
    for name, before, after, left, learnt in _numbers(made):
        if learnt:
            lines.append(f"  {name}: {after}, before {before}; {left} of its spread is left")
    return "\n".join([*lines, "", *sentences(made), NO_EFFECT])
