"""How sure a choice is: along the axes that matter, under other structures, and of what draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from familyflow.reports.answer import FEWEST
from familyflow.reports.comparison_tables import LABEL
from familyflow.reports.whose_money import RULES, WINDOWS
from familyflow.reports.words import pounds, share

Results = Mapping[str, Any]
ROUGHEST = 0.25  # standard error of a share, above which it says nothing
WINDOW: Final = "window"  # the axis whose points are rules of what is counted
_VALUE = "net public value"
_PARTS: Final = (
    ("parameters", "what is not known"),
    ("families", "who comes"),
    ("chance", "what happens to them"),
)


def how_sure(results: Results) -> Iterator[Iterator[str]]:
    """The parts of the page on how sure the choice is."""
    if len(results["competing"]) < 2 or not results["what_differs"]:
        return
    yield _along_axes(results)
    yield _structures(results)
    yield _spread(results)
    yield _stated(results)


def _along_axes(results: Results) -> Iterator[str]:
    if results["draws"] < FEWEST:
        return
    yield "Which is best on the mean (studied lines), and the chance that it is best"
    for axis in results["frontier"]:
        for number, stretch in enumerate(stretches(axis["points"])):
            name = "" if number else axis["axis"][0].upper() + axis["axis"][1:]
            first, last = stretch[0], stretch[-1]
            at, chances = at_point(first["at"], axis["unit"]), share(first["frontier"])
            if first is not last:
                at += f" to {at_point(last['at'], axis['unit'])}"
                chances += f" to {share(last['frontier'])}"
            yield f"  {name:{LABEL - 8}} {at:26} {first['best_on_the_mean']} ({chances})"
    yield (
        "  (with no cashable saving, or a small budget, the cheapest comes first whatever it does)"
    )


def stretches(points: Sequence[Results]) -> list[list[Results]]:
    """Neighbouring points with the same best option together."""
    found: list[list[Results]] = []
    for point in points:
        if found and found[-1][-1]["best_on_the_mean"] == point["best_on_the_mean"]:
            found[-1].append(point)
        else:
            found.append([point])
    return found


def at_point(value: float | str, unit: str) -> str:
    """Where a point of an axis is: pounds, a share, or the name of a rule."""
    if isinstance(value, str):
        return WINDOWS.get(value, value.replace("_", " "))
    return pounds(value) if unit == "GBP" else f"{100 * value:g}%"


def _structures(results: Results) -> Iterator[str]:
    yield "Under other structures, none of which the evidence rules out (public value less cost)"
    for row in results["structures"]:
        values = ", ".join(f"{name} {pounds(v)}" for name, v in row["net_present_value"].items())
        yield f"  {_structure(row):{LABEL}} {values}"


def _structure(row: Results) -> str:
    draws = f" ({row['draws']} draws)" if "draws" in row else ""
    if row["kind"] == "headline":
        return f"As chosen{draws}"
    told = RULES.get((row["kind"], row["name"]), str(row["name"]))
    return f"{told[0].upper()}{told[1:]}{draws}"


def _spread(results: Results) -> Iterator[str]:
    """What makes draws differ, and whether they are enough for the choice."""
    if results["draws"] < FEWEST:
        return
    rows = [row for row in results["split"] if row["total_sd"] and row["figure"] == _VALUE]
    told = [(row["of"], _shares(row)) for row in rows]
    yield "What makes draws differ in public value less cost, and whether they are enough"
    for name, shares in told:
        if shares:
            yield f"  {name:{LABEL}} {shares}"
    if not any(shares for _, shares in told):
        yield "  (too few draws to tell what is not known from chance)"
    for row in results["enough"]:
        yield f"  {row['reason']}"


def _shares(row: Results) -> str:
    if max(row[part]["standard_error"] for part, _ in _PARTS) > ROUGHEST:
        return ""
    return ", ".join(
        f"{label} {share(row[part]['share'])} (± {share(2 * row[part]['standard_error'])})"
        for part, label in _PARTS
    )


def _stated(results: Results) -> Iterator[str]:
    yield (
        "Every number at its stated value, beside the mean of draws (public value less cost): the "
        "choice is made on the mean"
    )
    for row in results["stated_values"]:
        stated, mean = row["net_present_value"], row["net_present_value_mean_of_draws"]
        yield f"  {row['option']:{LABEL}} {pounds(stated):>14}   mean {pounds(mean)}"
