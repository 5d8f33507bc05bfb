"""Reads `distribution:`: what we do not know about one number, or about the shares of a table."""

from __future__ import annotations

from typing import Any, Protocol

from familyflow.parameters import numerals
from familyflow.parameters.dirichlet import Dirichlet
from familyflow.parameters.distributions import Distribution
from familyflow.parameters.nearest import did_you_mean
from familyflow.parameters.settings import At, in_unit, numbers_of, shape_and_settings
from familyflow.parameters.shapes import (
    SETTINGS,
    default_distribution,
    make,
    make_dirichlet,
)
from familyflow.parameters.units import TOLERANCE, Unit
from familyflow.parameters.validation import Report
from familyflow.parameters.yaml_tree import Node, Scalar, Section, Wrong, written

BY_GRADE = "by_grade"


class HasValue(Protocol):
    """What a distribution must agree with: the entry's own value, or the shares of its table."""

    value: Any
    table: Any

    @property
    def shares(self) -> tuple[float, ...]:
        """The shares of a table that sums to 1."""


def read_distribution(
    node: Node, section: Section, unit: Unit, own: HasValue, report: Report
) -> Distribution | Dirichlet | None:
    """The distribution of one number (or of a table's shares), or None with the mistake noted."""
    try:
        if isinstance(node, Scalar):
            made: Distribution | Dirichlet = _by_grade(node, section, unit, own)
        else:
            shape, settings = shape_and_settings(node, SETTINGS, "distribution")
            given = numbers_of(settings)
            is_table = shape == "dirichlet"
            made = make_dirichlet(given, own.shares) if is_table else make(shape, given)
        _check_against(made, unit, own)
        return made
    except At as wrong:
        report.value(wrong.node, wrong, f"distribution.{wrong.field}")
    except Wrong as wrong:
        shown = f".{next(iter(node.entries), '')}" if isinstance(node, Section) else ""
        report.at(node.place, f".distribution{shown}: {wrong.what}", wrong.to_do)
    return None


def _by_grade(node: Scalar, section: Section, unit: Unit, own: HasValue) -> Distribution:
    if node.text != BY_GRADE:
        raise Wrong(
            f"{written(node)} is not a distribution",
            did_you_mean(node.text, [BY_GRADE])
            or "Write for example {uniform: {low: 8, high: 14}}, or by_grade.",
        )
    grade = section.entries.get("grade")
    if not isinstance(grade, Scalar) or grade.text not in ("A", "B", "C", "D", "E"):
        raise Wrong("by_grade needs a grade", "Add 'grade:', A to E.")
    if own.value is None:
        raise Wrong("by_grade is for one number", "Give a table 'dirichlet: {concentration: ...}'.")
    return default_distribution(grade.text, float(own.value), is_share=unit.is_share)


def _check_against(made: Distribution | Dirichlet, unit: Unit, own: HasValue) -> None:
    """The values it can give must suit the unit, and the entry's own value must be among them."""
    if isinstance(made, Dirichlet):
        return
    if own.value is None:
        raise Wrong(
            f"{made.shape} is for one number, not for a table", "A table of shares takes dirichlet."
        )
    for end in made.extent:
        in_unit(unit, end, made.shape)
    if own.value in [made.settings.get(name) for name in ("mode", "mean", "median")]:
        return  # the centre of the belief, wherever the ends are
    low, high = made.interval(0.999)
    slack = TOLERANCE * max(1.0, abs(own.value))
    if not low - slack <= own.value <= high + slack:
        raise Wrong(
            f"the value {numerals.neat(own.value)} lies outside its own distribution, whose "
            f"99.9 % range is {low:.6g} to {high:.6g}",
            "Correct the value or the distribution.",
        )
