"""The staffing frontier: what further posts bring in families started, and in shorter waits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from matplotlib.ticker import FixedLocator, MaxNLocator

from familyflow.reports.pictures.chart import Results, Tables
from familyflow.reports.pictures.labels import look
from familyflow.reports.style import PALETTE, headings
from familyflow.reports.words import count, in_years, pounds, share

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_SAID: Final = 6  # costs of a further start written in one panel
_PLATE: Final = {"facecolor": "white", "alpha": 0.85, "edgecolor": "none", "pad": 1.0}


def draw(results: Results, tables: Tables) -> Axes | None:
    """Two panels against posts: families started, with the cost of a further start, and waits."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    series, posts = _series(results), sorted(team["posts"] for team in results["teams"])
    if not any(_has(team, "families_started") for team in results["teams"]):
        return None
    figure = Figure(figsize=(9.0, 5.2))
    FigureCanvasAgg(figure)
    starts, waits = figure.subplots(1, 2, sharex=True)
    for number, (name, teams) in enumerate(series.items()):
        for axes, figure_name in ((starts, "families_started"), (waits, "mean_wait_weeks")):
            _line(axes, teams, figure_name, number)
            if len(series) > 1:
                _name(axes, teams, figure_name, name, number, len(series))
    for axes in (starts, waits):
        axes.set_ylim(bottom=0)
        axes.set_xlim(posts[0] - 0.6, posts[-1] + 0.6)
        few = FixedLocator(posts) if len(set(posts)) < 8 else MaxNLocator(7, integer=True)
        axes.xaxis.set_major_locator(few)
        axes.set_xlabel("Key worker posts")
    if len(series) == 1:
        _costs(starts, results)
    _target(waits, results)
    if not any(_has(team, "mean_wait_weeks") for team in results["teams"]):
        waits.text(0.5, 0.4, "no wait to tell", transform=waits.transAxes, ha="center")
    starts.set_title("Families started", fontsize=12, loc="left")
    waits.set_title("Mean wait, weeks", fontsize=12, loc="left")
    headings(starts, finding(results), _about(results))
    first: Axes = starts
    return first


def finding(results: Results) -> str:
    """Which team is the cheapest for the wait, or what the posts tried bring."""
    wait, teams = results["wait_target"], _started(results)
    few, many = teams[0], teams[-1]
    if wait["team"] is not None:
        return (
            f"With {wait['team']} the mean wait keeps to {wait['weeks']:g} weeks "
            f"({share(wait['chance']['mean'])} sure) at the least cost of the teams tried"
        )
    if few is many:
        return f"With {few['team']} {count(few['families_started']['mean'])} families start work"
    return (
        f"No team tried is {share(wait['confidence'])} sure to keep the mean wait to "
        f"{wait['weeks']:g} weeks; "
        f"{count(many['families_started']['mean'])} families start with {many['team']}, "
        f"{count(few['families_started']['mean'])} with {few['team']}"
    )


def words(results: Results, tables: Tables) -> str:
    """Every team, and what each further start costs."""
    teams = []
    for team in results["teams"]:
        wait = team["mean_wait_weeks"]
        waits = "no wait told" if wait["mean"] is None else f"{count(wait['mean'])} weeks' wait"
        starts = team["families_started"]["mean"]
        teams.append(f"{team['team']} {count(starts or 0.0)} started, {waits}")
    steps = [
        f"from {row['from']} to {row['to']} {pounds(row['cost_of_a_further_start']['mean'])} each"
        for row in results["margins"]
        if row["cost_of_a_further_start"]["mean"] is not None
    ]
    further = f" A further start costs, {'; '.join(steps)}." if steps else ""
    return (
        f"Two line charts against posts. {finding(results)}. {'; '.join(teams)}.{further} "
        f"{_about(results)}"
    )


def _series(results: Results) -> dict[str, list[Results]]:
    """Teams that differ in posts alone, together; each series by its name."""
    found: dict[tuple[Any, Any], list[Results]] = {}
    for team in results["teams"]:
        found.setdefault((team["caseload_cap"], team["months_to_recruit"]), []).append(team)
    caps, months = ({key[k] for key in found} for k in (0, 1))
    named = {}
    for (cap, month), teams in found.items():
        told = [f"cap {cap:g}"] if len(caps) > 1 else []
        told += [f"{month:g} months to recruit"] if len(months) > 1 and month is not None else []
        named[", ".join(told)] = sorted(teams, key=lambda team: int(team["posts"]))
    return named


def _line(axes: Axes, teams: Sequence[Results], name: str, number: int) -> None:
    """The mean of each team with its interval; a team without the figure is left out."""
    told = [team for team in teams if _has(team, name)]
    style, posts = look(number), [team["posts"] for team in told]
    means = [team[name]["mean"] for team in told]
    axes.plot(
        posts, means, color=style.colour, ls=style.line, marker=style.marker, ms=7, lw=2,
        markeredgecolor="white", label=name, zorder=3,
    )  # fmt: skip
    axes.vlines(
        posts, [team[name]["low"] for team in told], [team[name]["high"] for team in told],
        color=style.colour, lw=1.5, alpha=0.8,
    )  # fmt: skip


def _name(
    axes: Axes, teams: Sequence[Results], figure: str, name: str, number: int, many: int
) -> None:
    """Name a line at its own place along it, so that names of lines close by do not meet."""
    told = [team for team in teams if _has(team, figure)]
    if not told:
        return
    team = told[min(len(told) - 1, (number * len(told)) // many)]
    axes.annotate(
        name, (team["posts"], team[figure]["mean"]), xytext=(9, 9), textcoords="offset points",
        color=look(number).colour, fontweight="bold", fontsize=11, bbox=_PLATE, zorder=4,
    )  # fmt: skip


def _costs(axes: Axes, results: Results) -> None:
    """What each further start costs, below the line between two teams."""
    at = {team["team"]: team for team in results["teams"]}
    rows = [row for row in results["margins"] if row["cost_of_a_further_start"]["mean"] is not None]
    every = -(-len(rows) // _MOST_SAID) or 1
    for row in rows[::every]:
        ends = at[row["from"]], at[row["to"]]
        posts = sum(team["posts"] for team in ends) / 2
        starts = sum(team["families_started"]["mean"] for team in ends) / 2
        axes.annotate(
            f"{pounds(row['cost_of_a_further_start']['mean'])}", (posts, starts),
            xytext=(2, -16), textcoords="offset points", ha="center", va="top", fontsize=11,
            color=PALETTE[4], bbox=_PLATE, zorder=4,
        )  # fmt: skip


def _target(axes: Axes, results: Results) -> None:
    """The wait that is aimed at; the cheapest team that keeps it in a ring."""
    wait = results["wait_target"]
    axes.set_ylim(top=max(axes.get_ylim()[1], 1.25 * wait["weeks"]))
    axes.axhline(wait["weeks"], color=PALETTE[2], lw=2, ls="--", label="target")
    axes.annotate(
        f"target: {wait['weeks']:g} weeks", (0, wait["weeks"]),
        xycoords=axes.get_yaxis_transform(), xytext=(4, 4), textcoords="offset points",
        ha="left", va="bottom", color=PALETTE[2], fontweight="bold", fontsize=11, bbox=_PLATE,
        zorder=4,
    )  # fmt: skip
    for team in results["teams"]:
        if team["team"] == wait["team"] and _has(team, "mean_wait_weeks"):
            axes.plot(
                [team["posts"]], [team["mean_wait_weeks"]["mean"]], marker="o", ms=16,
                color="none", markeredgecolor=PALETTE[4], markeredgewidth=2, zorder=5,
            )  # fmt: skip


def _has(team: Results, name: str) -> bool:
    return team[name]["mean"] is not None


def _started(results: Results) -> list[Results]:
    """The teams in the order of families who start with them."""
    teams = [team for team in results["teams"] if _has(team, "families_started")]
    return sorted(teams, key=lambda team: float(team["families_started"]["mean"]))


def _about(results: Results) -> str:
    is_one = len(_series(results)) == 1 and bool(results["margins"])
    costs = "In pounds: what each further start costs. " if is_one else ""
    ring = "Ring: that team." if results["wait_target"]["team"] else ""
    return (
        f"{results['title']}, over {in_years(results['term_years'])}, "
        f"{results['price_year']} prices. "
        f"Vertical lines: 19 in 20 of what is not known. {costs}{ring}"
    ).strip()
