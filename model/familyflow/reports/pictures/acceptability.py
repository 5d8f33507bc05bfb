"""How likely each option is to be best, as an avoided year in care is valued more and more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from familyflow.reports.answer import FEWEST
from familyflow.reports.comparison_sure import stretches
from familyflow.reports.pictures.chart import Results, Tables
from familyflow.reports.pictures.labels import Name, called, look, names_beside, said
from familyflow.reports.style import PALETTE, headings, new_figure
from familyflow.reports.words import pounds, share

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FRONTIER: Final = "frontier"  # the label of its lines


def draw(results: Results, tables: Tables) -> Axes | None:
    """Chances of being best along the value of a care year; the frontier as a thick dark line."""
    points = _points(results)
    if len(results["competing"]) < 2 or results["draws"] < FEWEST or not points:
        return None
    _, axes = new_figure()
    titles, names = called(results), []
    at = [point["at"] for point in points]
    for stretch in stretches(points):
        axes.plot(
            [point["at"] for point in stretch],
            [point[FRONTIER] for point in stretch],
            color=PALETTE[4], lw=7, marker="o", ms=11, label=FRONTIER, zorder=3,
        )  # fmt: skip
    for number, option in enumerate(results["competing"]):
        style, chances = look(number), [point["probability_best"][option] for point in points]
        axes.plot(at, chances, color=style.colour, ls=style.line, lw=2, label=option)
        axes.plot(  # marks lie upon the frontier, which hides the line of the best
            at, chances, color=style.colour, marker=style.marker, lw=0, ms=9,
            markeredgecolor="white", zorder=4,
        )  # fmt: skip
        names.append(Name(titles[option], (at[-1], chances[-1]), style))
    axes.set_ylim(-0.03, 1.03)
    axes.margins(x=0.03)
    axes.yaxis.set_major_formatter(lambda value, _: share(value))
    axes.xaxis.set_major_formatter(lambda value, _: pounds(value) if value else "£0")
    axes.set_xlabel("What an avoided year in care is worth in itself, beyond what is priced")
    axes.set_ylabel("Chance of being best")
    names_beside(axes, names)
    headings(axes, finding(results), _about(results))
    return axes


def finding(results: Results) -> str:
    """Which option is best on the mean from one end to the other, and how surely."""
    titles, parts_of_axis = said(results), stretches(_points(results))
    if len(parts_of_axis) == 1:
        first, last = parts_of_axis[0][0], parts_of_axis[0][-1]
        ends = f"{share(first[FRONTIER])} where a year in care avoided is worth {_pounds(first)}"
        if last is not first:
            ends += f", {share(last[FRONTIER])} at {_pounds(last)}"
        return (
            f"{titles[first['best_on_the_mean']]} is best on the mean; the chance of it is {ends}"
        )
    parts = [
        f"{titles[stretch[0]['best_on_the_mean']]} from {_pounds(stretch[0])} "
        f"({share(stretch[0][FRONTIER])})"
        for stretch in parts_of_axis
    ]
    return f"Best on the mean as a year in care avoided is worth more: {', then '.join(parts)}"


def words(results: Results, tables: Tables) -> str:
    """The finding, and the chances of every option at both ends and in the middle."""
    titles, points = called(results), _points(results)
    told = [
        f"at {_pounds(points[k])}: "
        + ", ".join(f"{titles[name]} {share(p)}" for name, p in _chances(points[k]).items())
        for k in sorted({0, len(points) // 2, len(points) - 1})
    ]
    return f"Line chart of chances of being best. {finding(results)}. {'; '.join(told)}."


def _about(results: Results) -> str:
    return (
        f"Best of the options with a service in net public value ({results['price_year']} prices): "
        f"share of {results['draws']} draws, chance taken out. Thick dark line: the frontier, the "
        "chance of the one that is best on the mean."
        f"{' Options that are the same count as one.' if results.get('same') else ''}"
    )


def _points(results: Results) -> list[Results]:
    axis = next((axis for axis in results["frontier"] if axis["unit"] == "GBP"), None)
    return [] if axis is None else list(axis["points"])


def _chances(point: Results) -> dict[str, float]:
    return dict(point["probability_best"])


def _pounds(point: Results) -> str:
    return pounds(point["at"]) if point["at"] else "£0"
