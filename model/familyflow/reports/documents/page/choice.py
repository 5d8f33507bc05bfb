"""Which option, how sure, and at what: the first sentences of the page of a comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from familyflow.reports.answer import FEWEST
from familyflow.reports.comparison import is_fiscal
from familyflow.reports.documents.page.saving import council_lines, no_saving
from familyflow.reports.pictures.labels import said
from familyflow.reports.words import (
    as_shown,
    count,
    in_years,
    likelihood,
    out_of_ten,
    pounds,
    window,
)

Results = Mapping[str, Any]
STUDIED: Final = "probability_best"
WEAKER: Final = "with_weaker_evidence"


def first_of(results: Results) -> str:
    """The option whose numbers stand for all: the best on the mean, or the first with a service."""
    if results["competing"]:
        return str(results[STUDIED]["best_on_the_mean"])
    return str(results["options"][0]["option"])


def answer(results: Results) -> str:
    """Which option comes first, how surely and at what cost; never by what it saves alone."""
    if not results["competing"]:
        reason = str(results[STUDIED]["reason"])
        return f"{reason[:1].upper()}{reason[1:]}."
    if not results["what_differs"]:
        return "The options are the same in every number, so they differ in nothing."
    if len(results["competing"]) == 1:
        return _alone(results)
    best, weaker = (results[way]["best_on_the_mean"] for way in (STUDIED, WEAKER))
    if best == weaker:
        return _same(results, best)
    return (
        "Which option comes first turns on what counts as evidence. On studied evidence alone "
        f"{_worth(results, STUDIED)}. With weaker, partly assumed evidence too "
        f"{_worth(results, WEAKER)}.{_rough(results)}"
    )


def beside(results: Results) -> tuple[str, ...]:
    """Who would go without, whether any option saves, and what each does to the council."""
    return (*_beside(results), *no_saving(results), *council_lines(results))


def _beside(results: Results) -> Iterator[str]:
    titles = said(results)
    told = []
    if results["competing"] and results["what_differs"]:
        told.append(_reach(results))
        if is_fiscal(results):
            told.append(_priced(results))
    for name in results["without_service"]:
        told.append(f"{titles[name]} is the reference and no competitor: it serves nobody.")
    for name in results["what_ifs"]:
        told.append(f"{titles[name]} is a different belief and no decision, so it is not ranked.")
    if told:
        yield " ".join(told)


def _priced(results: Results) -> str:
    """What the studied evidence leaves out, and whether it therefore puts the cheapest first."""
    start = "All that the studied evidence prices is public spending avoided"
    best, names = results[STUDIED]["best_on_the_mean"], results["competing"]
    costs = {row["option"]: row["money"]["cost"]["mean"] for row in results["options"]}
    means = {row["option"]: row["means"]["families_started"] for row in results["given_up"]}
    is_cheapest = all(costs[best] <= costs[name] for name in names)
    if is_cheapest and any(means[best] < means[name] for name in names):
        return f"{start}: by itself it ranks the cheapest service first, whomever it leaves out."
    return f"{start}; what else a family gains by support is not in it."


def _alone(results: Results) -> str:
    name = results["competing"][0]
    value = pounds(results[STUDIED]["mean"][name])
    weaker = pounds(results[WEAKER]["mean"][name])
    return (
        f"{said(results)[name]} is the only option to choose. It costs {_cost(results, name)}. Its "
        f"public value less cost {window(results)} is {value} on studied evidence, and {weaker} "
        "with weaker, partly assumed evidence counted too."
    )


def _same(results: Results, best: str) -> str:
    first, second = results[STUDIED]["mean"][best], results[WEAKER]["mean"][best]
    start = f"{said(results)[best]} comes first, at a cost of {_cost(results, best)}: "
    start += "on studied evidence alone "
    start += "it loses least, and " if first < 0 else "it is worth most: "
    return (
        f"{start}{_value(results, STUDIED, best)}{_sure(results, STUDIED)}. With weaker, partly "
        f"assumed evidence too it still comes first: {pounds(second)}{_sure(results, WEAKER)}."
        f"{_rough(results)}"
    )


def _worth(results: Results, way: str) -> str:
    """'A is worth most: it costs £2 million ..., and public value less cost is £1 million ...'."""
    best = results[way]["best_on_the_mean"]
    verb = "loses least" if results[way]["mean"][best] < 0 else "is worth most"
    return (
        f"{said(results)[best]} {verb}: it costs {_cost(results, best)}, and "
        f"{_value(results, way, best)}{_sure(results, way)}"
    )


def _value(results: Results, way: str, name: str) -> str:
    return f"public value less cost is {pounds(results[way]['mean'][name])}"


def _sure(results: Results, way: str) -> str:
    """How likely it is that the same option would be first with every number known."""
    if results["draws"] < FEWEST:
        return ""
    chance = results[way]["frontier"]
    return f" ({likelihood(chance)} to be first, {out_of_ten(chance)})"


def _rough(results: Results) -> str:
    if results["draws"] >= FEWEST:
        return ""
    return f" With {results['draws']} draws it cannot be told how surely."


def _cost(results: Results, name: str) -> str:
    row = next(row for row in results["options"] if row["option"] == name)
    return f"{pounds(row['money']['cost']['mean'])} over {in_years(results['term_years'])}"


def _reach(results: Results) -> str:
    """Who would go without: what a ranking in pounds does not show."""
    titles, names = said(results), results["competing"]
    means = {row["option"]: row["means"] for row in results["given_up"]}
    started = {name: means[name]["families_started"] for name in names}
    most, fewest = max(names, key=started.__getitem__), min(names, key=started.__getitem__)
    referred = count(means[most]["families_referred"])
    told = f"Of {referred} families referred {titles[most]} starts work with {count(started[most])}"
    fewer = as_shown(started[most], count) - as_shown(started[fewest], count)
    if fewer <= 0:
        return f"{told}."
    return f"{told}; {titles[fewest]} with {count(fewer)} fewer, who would go without."
