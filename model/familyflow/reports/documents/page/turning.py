"""What each option gives up beside the first, and what would put another option first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from familyflow.reports.comparison_sure import WINDOW, at_point, stretches
from familyflow.reports.pictures.labels import said
from familyflow.reports.signs import lowered
from familyflow.reports.whose_money import IF_RULES
from familyflow.reports.words import MINUS, as_shown, count, pounds

Results = Mapping[str, Any]
MOST_TOLD: Final = 4  # ways in which another option comes first
LEAST: Final = 0.05  # of a family, a week: below it nothing is told
BUDGET: Final = "budget for the term"  # a small one leaves but the cheapest: no finding
# counts whose own numbers stand in the table of options: the difference is of those
_COUNTED: Final = ("families_started", "families_gave_up_waiting", "care_weeks_avoided")
_HEADLINE: Final = "headline"


def given_up(results: Results) -> tuple[str, ...]:
    """A sentence for each option beside the first: what it costs more and does less, or more."""
    titles = said(results)
    first, *others = results["given_up"]
    told = [_beside(row, first, titles) for row in others if row["option"] in results["competing"]]
    return (*told, *_unproven(results))


def turns(results: Results) -> str:
    """What puts another option first, and what does not, as a paragraph."""
    return " ".join(turning_points(results))


def turning_points(results: Results) -> tuple[str, ...]:
    """A sentence for each thing that puts another option first, or does not."""
    if len(results["competing"]) < 2 or not results["what_differs"]:
        return ("There is no other option that could come first.",)
    return (*_structures(results), *_axes(results), *_further_weeks(results))


def _unproven(results: Results) -> Iterator[str]:
    """Which options change something without evidence that outcomes change with it."""
    titles = said(results)
    told = [
        f"{row['unproven']} ({titles[row['option']]})"
        for row in results["options"]
        if row["unproven"] and row["option"] in results["competing"]
    ]
    if told:
        yield (
            f"No evidence says that outcomes change with {' or with '.join(told)}: there only the "
            "cost is counted."
        )


def _beside(row: Results, first: Results, titles: Mapping[str, str]) -> str:
    less = {key: figure["mean"] for key, figure in row["less_than_first"].items()}
    for key in _COUNTED:
        ends = row["means"][key], first["means"][key]
        if None not in ends:
            less[key] = as_shown(ends[0], count) - as_shown(ends[1], count)
    parts = (
        _more(less["cost_undiscounted"], "costs {} more (not discounted)",
              "costs {} less (not discounted)", pounds, 1.0),
        _more(less["families_started"], "{} more families start", "{} fewer families start"),
        _more(less["families_gave_up_waiting"], "{} more give up waiting",
              "{} fewer give up waiting"),
        _more(less["mean_wait_weeks"], "{} weeks' longer mean wait",
              "{} weeks' shorter mean wait"),
        _more(less["care_weeks_avoided"], "{} more weeks in care avoided",
              "{} fewer weeks in care avoided"),
    )  # fmt: skip
    told = "; ".join(part for part in parts if part)
    names = f"{titles[row['option']]} beside {titles[first['option']]}"
    return f"{names}: {told or 'nothing differs'}."


def _more(
    value: float | None, more: str, less: str, form: Any = count, least: float = LEAST
) -> str:
    if value is None or abs(value) < least:
        return ""
    return (more if value > 0 else less).format(form(abs(value)).removeprefix(MINUS))


def _structures(results: Results) -> Iterator[str]:
    """Other rules and structures under which another option is best on the mean."""
    titles = said(results)
    best = results["probability_best"]["best_on_the_mean"]
    others = [row for row in results["structures"] if row["kind"] != _HEADLINE]
    turning = [row for row in others if row["best_on_the_mean"] != best]
    for row in turning[:MOST_TOLD]:
        yield f"{_rule(row)}, {titles[row['best_on_the_mean']]} comes first."
    same = len(others) - len(turning)
    if same:
        ways = f"{'the other ' if turning else ''}{same} ways of counting and modelling tried"
        yield f"Under {ways}, {titles[best]} stays first."


def _rule(row: Results) -> str:
    if row["kind"] == "evidence":
        return "With weaker evidence too"
    told = IF_RULES.get((row["kind"], row["name"]), f"if {lowered(str(row['name']))}")
    return f"{told[:1].upper()}{told[1:]}"


def _axes(results: Results) -> Iterator[str]:
    """Numbers along which the option that is best on the mean changes."""
    titles, steady = said(results), []
    for axis in results["frontier"]:
        if axis["axis"] in (BUDGET, WINDOW):  # other windows are among the structures
            continue
        parts = stretches(axis["points"])
        if len(parts) == 1:
            steady.append(f"the {axis['axis']}")
            continue
        told = ", then ".join(
            f"{titles[part[0]['best_on_the_mean']]} from {at_point(part[0]['at'], axis['unit'])}"
            for part in parts
        )
        yield f"As the {axis['axis']} rises, first comes {told}."
    if steady:
        yield f"None of these changes it in the range tried: {', '.join(steady)}."


def _further_weeks(results: Results) -> Iterator[str]:
    titles = said(results)
    told = [
        f"{pounds(row['cost_of_a_further_week'])} with {titles[row['option']]}"
        for row in results["extra_costs"]
        if row["cost_of_a_further_week"] is not None
    ]
    if told:
        yield (
            "Beyond the next cheaper option worth having, a further week in care avoided costs "
            f"{', '.join(told)}."
        )
