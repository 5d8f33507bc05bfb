"""Who pays and who saves, one after the other, down to what is left: a waterfall by agency."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from matplotlib.ticker import MaxNLocator

from familyflow.reports.pictures.chart import Results, Tables
from familyflow.reports.style import HATCH, PALETTE, headings, new_figure, source_of
from familyflow.reports.words import interval, payer, pounds, window

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_PAID, _SAVED, _NET = PALETTE[2], PALETTE[1], PALETTE[0]
_THICK: Final = 0.62  # of a row
_NAME: Final = 31  # characters in a line of a row's name


class Step(NamedTuple):
    """A row: pounds added to what the rows above it come to. cash: its cashable part, if told."""

    name: str
    pounds: float
    colour: str
    cash: float | None = None


def draw(results: Results, tables: Tables) -> Axes:
    """From nothing down by what each funder pays, up by what each agency saves, to the net."""
    steps = steps_of(results)
    _, axes = new_figure((9.0, 2.9 + 0.47 * (len(steps) + 1)))
    at = 0.0
    for place, step in enumerate(steps):
        _draw_step(axes, place, at, step, is_told(results))
        at += step.pounds
        axes.plot([at, at], [place, place + 1], color=PALETTE[4], lw=0.8, zorder=1)
    _draw_net(axes, len(steps), results)
    names = [*(step.name for step in steps), _net_name(results)]
    axes.set_yticks(range(len(names)), [fill(name, _NAME) for name in names])
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.grid(False, axis="y")
    axes.tick_params(axis="y", length=0)
    axes.axvline(0, color=PALETTE[4], lw=1.2)
    axes.set_xlim(*_limits(results, steps))
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(lambda value, _: pounds(value) if value else "£0")
    headings(axes, finding(results), _about(results), source_of(results, "by_funder", "by_agency"))
    return axes


def finding(results: Results) -> str:
    """What the service costs and saves, and who saves most."""
    cost, saving = (results["money"][name]["mean"] for name in ("cost", "fiscal_saving"))
    would = "saves" if saving >= 0.0 else "costs"
    told = f"The service costs {pounds(cost)} and {would} public services {pounds(abs(saving))}"
    most = next((step for step in _saved(results) if step.pounds > 0.0), None)
    return told if most is None or saving <= 0.0 else f"{told}; most falls to {most.name[:-6]}"


def words(results: Results, tables: Tables) -> str:
    """Every payer and every saver with the cashable part, and what is left."""
    told = [f"{step.name} {pounds(abs(step.pounds))}" for step in _paid(results)]
    told += [
        f"{step.name} {pounds(abs(step.pounds))}"
        f"{'' if step.cash is None else f', of which {pounds(step.cash)} cashable'}"
        for step in _saved(results)
    ]
    net = results["money"]["net_saving"]
    left = f"{_net_name(results)} {pounds(abs(net['mean']))}"
    return (
        f"Waterfall chart. {finding(results)}. {'; '.join(told)}; {left} "
        f"(net saving, 19 in 20: {interval(net, pounds)}). {_about(results)}"
    )


def steps_of(results: Results) -> list[Step]:
    """Who pays, as the funders stand; then who saves, most first. Their sum is the net saving."""
    return [*_paid(results), *_saved(results)]


def is_told(results: Results) -> bool:
    """Whether the cashable part of every saving is known."""
    return all(step.cash is not None for step in _saved(results))


def _paid(results: Results) -> list[Step]:
    return [
        Step(f"{payer(str(row['funder']))}{_pays(row['funder'])}", -row["paid"]["mean"], _PAID)
        for row in results["by_funder"]
    ]


def _pays(funder: object) -> str:
    """A funder pays; what is given in kind, and what has no funder, is nobody's to pay."""
    return "" if funder in ("in kind", "unfunded") else " pays"


def _saved(results: Results) -> list[Step]:
    rows = [row for row in results["by_agency"] if abs(row["fiscal_saving"]["mean"]) >= 1.0]
    rows.sort(key=lambda row: -row["fiscal_saving"]["mean"])
    found = []
    for row in rows:
        saved = row["fiscal_saving"]["mean"]
        does = "saves" if saved > 0.0 else "spends more:"
        cash = row["cashable_saving"]["mean"]
        found.append(Step(f"{row['title']} {does}", saved, _SAVED if saved > 0.0 else _PAID, cash))
    return found


def _net_name(results: Results) -> str:
    return "Net saving" if results["money"]["net_saving"]["mean"] >= 0.0 else "Net cost"


def _draw_step(axes: Axes, place: int, at: float, step: Step, told: bool) -> None:
    """Solid what is paid or cashable; hatched what is saved and not cashable."""
    solid = step.pounds
    if step.colour == _SAVED and told and step.cash is not None:
        solid = min(max(step.cash, 0.0), step.pounds)
    axes.barh(place, solid, _THICK, left=at, color=step.colour, zorder=2)
    axes.barh(
        place, step.pounds - solid, _THICK, left=at + solid, color="white", zorder=2,
        edgecolor=step.colour, hatch=HATCH,
    )  # fmt: skip
    _write(axes, place, at + step.pounds, step.pounds)


def _draw_net(axes: Axes, place: int, results: Results) -> None:
    """What is left, from nothing, with the line that holds it in 19 cases of 20."""
    net = results["money"]["net_saving"]
    axes.barh(place, net["mean"], _THICK, color=_NET, zorder=2)
    ends = [[net["mean"] - net["low"]], [net["high"] - net["mean"]]]
    for colour, wide in (("white", 4.0), (PALETTE[4], 2.0)):  # seen on the bar and beside it
        axes.errorbar(
            net["mean"], place, xerr=ends, color=colour, capsize=5, lw=wide, capthick=wide, zorder=3
        )
    furthest = min(net["low"], 0.0) if net["mean"] < 0.0 else max(net["high"], 0.0)
    _write(axes, place, furthest, net["mean"])


def _write(axes: Axes, place: int, end: float, value: float) -> None:
    """The pounds of a row beyond its end: what they are, paid or saved, its name says."""
    left = value < 0.0
    axes.annotate(
        pounds(abs(value)), (end, place), xytext=(-6 if left else 6, 0), textcoords="offset points",
        ha="right" if left else "left", va="center", color=PALETTE[4],
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6}, zorder=4,
    )  # fmt: skip


def _limits(results: Results, steps: Sequence[Step]) -> tuple[float, float]:
    """Room for every bar, the interval and the pounds beside them."""
    net = results["money"]["net_saving"]
    ends = [0.0, net["low"], net["high"]]
    for step in steps:
        ends.append(ends[-1] + step.pounds if len(ends) > 3 else step.pounds)
    low, high = min(ends), max(ends)
    span = (high - low) or 1.0
    return low - 0.26 * span, high + 0.16 * span


def _about(results: Results) -> str:
    about: dict[bool, Any] = {
        True: "Green: saved, solid if cashable, hatched if not.",
        False: "Green: saved (how much of it is cashable is not told).",
    }
    return (
        f"Present value, {results['price_year']} prices; savings {window(results)}. Purple: paid. "
        f"{about[is_told(results)]} Blue: what is left, with its line for 19 in 20."
    )
