"""The decisions log: what the scenario chose, and how else the model could have been built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from familyflow.parameters.library import read_library
from familyflow.problems import Problems
from familyflow.reports.documents.clean import clean
from familyflow.reports.review.kept import Reviewed, harmless
from familyflow.reports.review.log import MOST_OF_A_VALUE, value_in_words
from familyflow.reports.rows import ratio
from familyflow.reports.whose_money import RULES
from familyflow.reports.words import interval, middle, pounds

_KINDS: Final = {"set": "decided", "assume": "believed"}
_HEADLINE: Final = "The headline, as chosen"


@dataclass(frozen=True)
class Decision:
    """A choice that a file or the command line made. before: the value it took the place of."""

    key: str
    label: str
    kind: str
    value: str
    before: str
    place: str
    because: str


@dataclass(frozen=True)
class Structural:
    """A choice of how to value or build: what was taken, and what else there is."""

    key: str
    label: str
    taken: str
    others: tuple[str, ...]
    place: str
    note: str


@dataclass(frozen=True)
class Under:
    """The answer under one rule of appraisal; every other rule as in the headline."""

    rule: str
    net_saving: str
    interval: str
    returned: str


def decisions(reviewed: Reviewed) -> list[Decision]:
    """Every choice of the scenario and its parents, and every `--set`, in the order made."""
    shipped = read_library(None, Problems())
    made = []
    for key, choice in reviewed.resolved.choices.items():
        parameter = reviewed.parameters[key]
        before = value_in_words(harmless(shipped[key])) if key in shipped else "no value"
        value = clean(value_in_words(parameter), MOST_OF_A_VALUE)
        before = clean(before, MOST_OF_A_VALUE)
        as_shipped = before == value
        shipped_because = (parameter.note or "") if as_shipped else ""
        made.append(
            Decision(
                key,
                parameter.label,
                _KINDS[choice.kind],
                value,
                "the same" if as_shipped else before,
                reviewed.place(key),
                clean(choice.because) or shipped_because,
            )
        )
    return made


def structural(reviewed: Reviewed) -> list[Structural]:
    """Every parameter that chooses between ways of building or valuing, with the other ways."""
    return [
        Structural(
            key,
            one.label,
            str(one.value),
            tuple(other for other in one.options if other != one.value),
            reviewed.place(key),
            one.note or "",
        )
        for key, one in reviewed.parameters.items()
        if one.options
    ]


def under_other_rules(results: Mapping[str, Any]) -> list[Under]:
    """The net saving and the saving for each £1 under each rule, one changed at a time."""
    rows = []
    for row in results["alternatives"]:
        money, kind, name = row["money"], row["kind"], row["name"]
        rule = RULES.get((kind, name), f"{kind}: {name}")
        rows.append(
            Under(
                _HEADLINE if kind == "headline" else rule,
                middle(money["net_saving"], pounds),
                interval(money["net_saving"], pounds),
                middle(money["fiscal_return"], ratio),
            )
        )
    return rows
