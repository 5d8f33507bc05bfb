"""Which outputs a sweep is about: any figure of the answer, by its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from familyflow.economics import targets as money
from familyflow.experiments.per_draw import PerDraw
from familyflow.experiments.readings import CARE_WEEKS, FIGURES_OF_FLOW, KINDS, MONEY, SUMS_OF_FLOW
from familyflow.experiments.sweeps.chance import half_widths
from familyflow.parameters.nearest import did_you_mean
from familyflow.problems import Problems

DEFAULT: Final = ("money.net_saving",)
# Kept of every point whatever is asked for, so that another target simulates nothing.
ALWAYS: Final = (
    *(f"money.{name}" for name in MONEY),
    *(f"flow.{name}" for name, *_ in (*SUMS_OF_FLOW, *FIGURES_OF_FLOW)),
    f"flow.{CARE_WEEKS}",
)
# Figures that say something else above 0 than below it; ratios do so at 1.
_TURNING: Final = re.compile(
    r"money\..*(net_|saving|public_value).*|net\..*|fewer\..*|agency\..*\.(net|.*saving)"
    r"|flow\.(care_weeks_avoided|children_looked_after_avoided)|year\..*\.fiscal_saving"
)
_OF_NO_POINT: Final = {
    "money.probability_net_saving": "a share of draws, and a point is one of them",
    "money.payback_years": "a number of years or 'never'",
}


@dataclass(frozen=True)
class Target:
    """One output: its name, what a reader calls it, its unit, and its value as stated.

    half_width: of the 95 % interval that chance leaves about the value as stated; NaN for a
    single stretch of luck.
    """

    name: str
    label: str
    unit: str
    stated: float
    half_width: float

    @property
    def turns_at(self) -> float | None:
        """Where it says something else: a ratio at 1, a difference at 0; others nowhere."""
        return turn_of(self.name, self.unit)


def turn_of(name: str, unit: str) -> float | None:
    """Where an output says something else: a ratio at 1, a difference at 0; others nowhere."""
    if unit == "ratio":
        return 1.0
    return 0.0 if _TURNING.fullmatch(name) else None


def check_turning(names: Sequence[str]) -> None:
    """Refuse outputs that have no value at which they say something else. Raises InputError."""
    problems = Problems()
    for name in names:
        kind, _, last = name.partition(".")
        if turn_of(name, money.unit(last) if kind == "money" else "") is None:
            what = f"{name} says the same on both sides of any value, so it turns nowhere"
            to_do = "Ask about money.net_saving, or a ratio such as money.fiscal_return."
            problems.add("--target", 0, 0, what, to_do)
    problems.raise_if_any()


def names_of(asked: Sequence[str]) -> list[str]:
    """The whole names of the outputs asked for, each once; by default net saving.

    A figure of money or flow may be named by what stands behind its first dot. Raises InputError
    with every name that cannot be one. Which agencies, funders and years there are is settled by
    the scenario: those are looked at by `targets_of`.
    """
    problems = Problems()
    found: dict[str, None] = {}
    for one in asked or DEFAULT:
        name = _whole(one)
        if name in ALWAYS or name.partition(".")[0] in set(KINDS) - {"money", "flow"}:
            found[name] = None
        else:
            problems.add("--target", 0, 0, *_not_there(one, name, ALWAYS))
    problems.raise_if_any()
    return list(found)


def targets_of(names: Sequence[str], known: Mapping[str, PerDraw]) -> list[Target]:
    """These outputs of a scenario. known: every figure of it, as stated. Raises InputError."""
    problems = Problems()
    for name in names:
        if name not in known:
            problems.add("--target", 0, 0, *_not_there(name, name, known))
    problems.raise_if_any()
    figures = {name: known[name] for name in names}
    return [
        Target(name, label_of(name), figure.unit, float(figure.by_draw()[0]), _half_width(figure))
        for name, figure in figures.items()
    ]


def _half_width(figure: PerDraw) -> float:
    return float(half_widths(figure.by_replication())[0])


def reason_undefined(name: str) -> str:
    """Why an output may not be defined at a point."""
    kind, _, last = name.partition(".")
    return money.reason(last) if kind == "money" else "it never happens there"


def label_of(name: str) -> str:
    """What a reader calls an output.

    >>> label_of("money.net_saving")
    'Net saving'
    """
    kind, _, rest = name.partition(".")
    words = rest if kind in ("money", "flow") else name
    return words.replace("_", " ").replace(".", ": ").capitalize()


def _whole(one: str) -> str:
    whole = (f"{kind}.{one}" for kind in ("money", "flow"))
    return next((name for name in whole if name in (*ALWAYS, *_OF_NO_POINT)), one)


def _not_there(one: str, name: str, known: Iterable[str]) -> tuple[str, str]:
    if name in _OF_NO_POINT:
        return (
            f"{name} is {_OF_NO_POINT[name]}, so no sweep can be about it",
            "Ask about money.net_saving: where it is above 0 the service pays back.",
        )
    return f"there is no output {one!r}", did_you_mean(
        one, known, otherwise="They are the figures of 'familyflow run SCENARIO --json'."
    )
