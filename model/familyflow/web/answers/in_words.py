"""What a number is and how far it may be off, in the words of people who read no model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from familyflow.parameters.distributions import Distribution
from familyflow.parameters.parameter import Parameter
from familyflow.reports.review.log import value_in_words
from familyflow.reports.units import figure, unit_after

FIGURES: Final = 6  # significant ones: a number is told as its source has it
ROUGH: Final = 3  # of the ends of an interval, which no source states
_MIDDLES: Final = {"mode": "most likely", "mean": "on average", "median": "half lie below"}
_OWN_UNITS: Final = " and "  # between the units of a table whose entries have a unit each
_OF_A_TABLE: Final = "table of "
_ALIASES: Final = {"rate": "share"}  # a rate alone is told as a percentage


def value_told(one: Parameter) -> str:
    """The value with its unit; entries of a table with a unit each have each its own.

    Names that a machine joined are written apart.
    """
    units = one.unit.removeprefix(_OF_A_TABLE).split(_OWN_UNITS)
    table = one.table
    if isinstance(table, Mapping) and len(units) == len(table) > 1:
        return "; ".join(
            f"{_apart(str(name))}: {_amount(float(held), _ALIASES.get(unit, unit))}"
            for (name, held), unit in zip(table.items(), units, strict=True)
        )
    if one.varies is not None:
        return f"differs by {one.varies.by}: {_varies(one.varies.settings, one.unit)}"
    told = value_in_words(one)
    return told if one.table is None else _apart(told)


def doubt_told(one: Parameter) -> str:
    """In what range the number lies and where in it, in its unit.

    'most likely £34,434; between £29,540 and £40,777 (95% between £30,500 and £39,400)'
    """
    drawn = one.distribution
    if drawn is None:
        return "none stated: the same in every draw"
    if not isinstance(drawn, Distribution):
        return "the shares differ together from draw to draw"
    unit, settings = one.unit, drawn.settings
    low, high = (figure(end, unit, ROUGH) for end in drawn.interval())
    parts = list(_middle(settings, unit))
    inner = f"95% between {low} and {high}"
    if "low" in settings and "high" in settings:
        alike = "" if parts else ", each as likely"
        return "; ".join((*parts, f"{_between(settings, unit)}{alike} ({inner})"))
    return "; ".join((*parts, inner))


def line_told(one: Parameter, labels: Mapping[str, str]) -> str:
    """What a line of the account counts, times which unit cost, and what part of it counts.

    labels: what numbers are called, by their keys.
    """
    return ". ".join(_line(one.line(), labels)) + "."


def _varies(settings: Mapping[str, Any], unit: str) -> str:
    """Between which ends families, posts or the like differ; an average may be another number."""
    named = settings.get("mean")
    if isinstance(named, str):
        return f"on average as {named} says"
    parts = list(_middle(settings, unit))
    if "low" in settings and "high" in settings:
        parts.append(_between(settings, unit))
    return f"{'; '.join(parts)}{unit_after(unit)}"


def _between(settings: Mapping[str, Any], unit: str) -> str:
    low, high = (figure(float(settings[end]), unit, FIGURES) for end in ("low", "high"))
    return f"between {low} and {high}"


def _middle(settings: Mapping[str, Any], unit: str) -> Iterator[str]:
    for name, words in _MIDDLES.items():
        if name in settings:
            held = figure(float(settings[name]), unit, FIGURES)
            yield f"{words} {held}"


def _line(held: Mapping[str, Any], labels: Mapping[str, str]) -> Iterator[str]:
    what, _, kind = str(held["quantity"]).partition(".")
    counted = f"{_apart(what)} ({_apart(kind)})" if kind else _apart(what)
    yield f"Counts {counted}, times {_cost(held.get('unit_cost'), labels)}"
    if held.get("share", 1.0) != 1.0:
        yield f"Of these counts {_share(held['share'], labels)}"
    if "cashable" in held:
        yield _cashable(held["cashable"])
    if "behaves" in held:
        yield f"In the budget as {_apart(str(held.get('heading', 'cost'))).lower()}, " + _apart(
            str(held["behaves"])
        )
    if held.get("type") == "in_kind":
        yield "A gift in kind"
    if held.get("evidence") == "weaker":
        yield "Rests on weaker evidence, so it stands apart from what is studied"


def _cost(cost: Any, labels: Mapping[str, str]) -> str:
    """Which unit cost: one, or one for each scope of costs."""
    if isinstance(cost, Mapping):
        return ", or ".join(
            f"{_label(str(key), labels)} ({_apart(str(scope))})" for scope, key in cost.items()
        )
    return "nothing" if cost is None else _label(str(cost), labels)


def _share(share: Any, labels: Mapping[str, str]) -> str:
    if isinstance(share, Mapping):
        return "the rest beside " + _label(str(share["rest_of"]), labels)
    if isinstance(share, str):
        return _label(share, labels)
    return figure(float(share), "share")


def _cashable(held: Mapping[str, Any]) -> str:
    share = float(held["share"])
    if not share:
        return "None of it can be taken out of a budget"
    lag = int(held["lag_years"])
    told = f"{figure(share, 'share')} of it can be taken out of a budget"
    if lag:
        told += f", {lag} {'year' if lag == 1 else 'years'} later"
    return f"{told}, in whole steps alone" if "step" in held else told


def _label(key: str, labels: Mapping[str, str]) -> str:
    return f"“{labels.get(key, key)}”"


def _amount(value: float, unit: str) -> str:
    return figure(value, unit, FIGURES) + unit_after(unit)


def _apart(text: str) -> str:
    return text.replace("_", " ")
