"""The teams that were tried, as the page shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from familyflow.parameters.numerals import neat
from familyflow.reports.answer import FEWEST
from familyflow.reports.staffing import MARGINS, choice, rests_on
from familyflow.reports.words import count, pounds

Results = Mapping[str, Any]
Form = Callable[[float], str]


def _weeks(weeks: float) -> str:
    return f"{weeks:.1f}"


COLUMNS: Final[tuple[tuple[str, str, Form], ...]] = (
    ("Families who start", "families_started", count),
    ("Give up waiting", "families_gave_up_waiting", count),
    ("Mean wait, weeks", "mean_wait_weeks", _weeks),
    ("Cost of the term", "cost_undiscounted", pounds),
    ("Public spending avoided", "fiscal_saving", pounds),
    ("Avoided less cost", "net_saving", pounds),
)


@dataclass(frozen=True)
class Cell:
    """A figure. exact: as results.json has it; between: its interval, where draws can tell it."""

    head: str
    text: str
    exact: float | None
    between: str = ""


@dataclass(frozen=True)
class TeamRow:
    """A team. marks: what it is best at; use: how a draft's options are told to have it."""

    name: str
    fte: str
    marks: tuple[str, ...]
    cells: tuple[Cell, ...]
    use: str


@dataclass(frozen=True)
class Step:
    """What a larger team brings."""

    name: str
    cells: tuple[Cell, ...]


def sentences(results: Results) -> list[str]:
    """The choice, as it is printed, each sentence to stand by itself."""
    return [_capital(one.strip()) for one in choice(results)]


def basis(results: Results) -> list[str]:
    """What the figures rest on."""
    return list(rests_on(results))


def is_sure(results: Results) -> bool:
    """Whether there are draws enough to tell intervals."""
    return int(results["draws"]) >= FEWEST


def teams(results: Results) -> list[TeamRow]:
    """Every team with its figures and intervals."""
    told = is_sure(results)
    return [
        TeamRow(
            name=row["team"],
            fte=f"{row['fte']:.1f}",
            marks=tuple(_marks(results, row["team"])),
            cells=tuple(_cell(head, row[name], form, told) for head, name, form in COLUMNS),
            use=f"{row['posts']}:{neat(row['caseload_cap'])}",
        )
        for row in results["teams"]
    ]


def steps(results: Results) -> list[Step]:
    """Every step from a team to a larger one."""
    told = is_sure(results)
    return [
        Step(
            f"{row['from']} to {row['to']}",
            tuple(_cell(_capital(label), row[name], form, told) for name, label, form in MARGINS),
        )
        for row in results["margins"]
    ]


def _marks(results: Results, team: str) -> Iterator[str]:
    if results["wait_target"]["team"] == team:
        yield "cheapest for the wait"
    grant = results["grant"] or {}
    if grant.get("most_families") == team:
        yield "most families for the grant"
    if grant.get("highest_value") == team:
        yield "highest value for the grant"


def _cell(head: str, figure: Results, form: Form, is_told: bool) -> Cell:
    if figure["mean"] is None:
        return Cell(head, str(figure.get("reason") or "not told"), None)
    between = f"{form(figure['low'])} to {form(figure['high'])}" if is_told else ""
    return Cell(head, form(figure["mean"]), float(figure["mean"]), between)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
