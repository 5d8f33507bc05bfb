"""What a figure of the model stands beside, and how it compares."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final, Literal

from familyflow.experiments.published.form import FigureModel

# agrees, misprint and differs: exact figures. The others fail nothing.
Verdict = Literal[
    "agrees", "misprint", "differs", "beside", "inside", "outside", "warning", "no warning"
]
_SMALL: Final = 10.0
NOISE: Final = 1e-9  # of a number's size: what is lost when it is written in the decimal way


def due_of(
    figure: FigureModel, given: Mapping[str, float], base: Mapping[str, Any]
) -> float | None:
    """The one number that the model's stands beside; None for a range."""
    if figure.same_as is not None:
        return given[figure.same_as]
    if figure.warn_above is not None:
        return float(base[figure.warn_above])
    return figure.published


def beside_of(figure: FigureModel, due: float | None) -> str:
    """What it is compared with, as people read it."""
    if figure.low is not None and figure.high is not None:
        return f"between {shown(figure.low)} and {shown(figure.high)}"
    what = "at most" if figure.warn_above else figure.same_as or "published"
    if figure.published is not None:
        return f"{what} {figure.published:,.12g}"  # to its last printed place
    return f"{what} {shown(due)}"


def shown(value: float | None) -> str:
    """Four decimals below ten, two above: what stands here is compared by eye.

    >>> shown(1513.98621), shown(1.51398621), shown(None)
    ('1,513.99', '1.514', 'not defined')
    """
    if value is None or not math.isfinite(value):
        return "not defined"
    return f"{round(value, 4 if abs(value) < _SMALL else 2):,.12g}"


def verdict_on(figure: FigureModel, model: float, due: float | None) -> Verdict:
    """How the model's figure compares with the one due, or with its range."""
    if figure.warn_above is not None and due is not None:
        return "warning" if model > due else "no warning"
    if figure.low is not None and figure.high is not None:
        return "inside" if figure.low <= model <= figure.high else "outside"
    if figure.within is None or due is None:
        return "beside"
    if figure.misprint_of is not None:
        return "misprint" if _agree(model, figure.misprint_of, figure.within) else "differs"
    return "agrees" if _agree(model, due, figure.within) else "differs"


def _agree(model: float, due: float, within: float) -> bool:
    """Within so much, counting ends; what is not a number agrees with nothing."""
    return abs(model - due) <= within + NOISE * max(abs(model), abs(due), 1.0)
