"""The teams that were tried, as the page shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from familyflow.parameters.numerals import neat
from familyflow.reports.answer import FEWEST
from familyflow.reports.staffing import for_grant, for_wait, rests_on, where_posts_pay
from familyflow.reports.words import MINUS, count

Results = Mapping[str, Any]
Form = Callable[[float], str]


def _weeks(weeks: float) -> str:
    return f"{weeks:.1f}"


def thousands(value: float) -> str:
    """Pounds to the nearest £1,000, so that the sums of a row can be taken from each other."""
    whole = round(value, -3)
    return f"{MINUS if whole < 0 else ''}£{abs(whole):,.0f}"


def _pounds(value: float) -> str:
    whole = round(value)
    return f"{MINUS if whole < 0 else ''}£{abs(whole):,.0f}"


VALUE: Final = "present value"
COLUMNS: Final[tuple[tuple[str, str, Form], ...]] = (
    ("Families who start", "families_started", count),
    ("Give up waiting", "families_gave_up_waiting", count),
    ("Mean wait, weeks", "mean_wait_weeks", _weeks),
    ("Cost of the term, as a budget has it", "cost_undiscounted", thousands),
    (f"Cost, {VALUE}", "cost", thousands),
    (f"Public spending avoided, {VALUE}", "fiscal_saving", thousands),
    (f"Avoided less cost, {VALUE}", "net_saving", thousands),
)
STEPS: Final[tuple[tuple[str, str, Form], ...]] = (
    ("Further starts", "starts", count),
    (f"Further cost, {VALUE}", "cost", thousands),
    (f"Further public spending avoided, {VALUE}", "fiscal_saving", thousands),
    (f"Avoided less cost, {VALUE}", "net_saving", thousands),
    (f"Cost of each further start, {VALUE}", "cost_of_a_further_start", _pounds),
    (
        f"What each would need to be worth, beyond what is priced, to pay, {VALUE}",
        "worth_needed_of_a_further_start",
        _pounds,
    ),
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


def sentences(results: Results, *, wait_is_asked: bool) -> list[str]:
    """The choice, in the words that are printed, each sentence to stand by itself.

    What was asked is answered first: the grant, where one was named and no wait.
    """
    aims = [for_wait(results), for_grant(results)]
    if not wait_is_asked:
        aims.reverse()
    return [_capital(one.strip()) for aim in (*aims, where_posts_pay(results)) for one in aim]


def draws_words(results: Results) -> str:
    """With how many draws the teams were tried, and why a comparison may give other figures."""
    draws = f"These teams were tried with {int(results['draws']):,} draws."
    if not is_sure(results):
        return f"{draws} So few tell no interval: a comparison with more may differ much."
    return (
        f"{draws} A comparison of the same teams with more draws gives slightly other means: they "
        "differ by chance, within the intervals that stand here."
    )


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
            tuple(_cell(head, row[name], form, told) for head, name, form in STEPS),
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
