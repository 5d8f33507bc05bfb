"""The options side by side: whom each reaches, what it costs and saves, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from familyflow.experiments.options.same import count_as_one
from familyflow.reports.answer import FEWEST
from familyflow.reports.comparison import is_fiscal
from familyflow.reports.documents.lines import WIDE, Form, line, weeks
from familyflow.reports.documents.page.choice import STUDIED, WEAKER
from familyflow.reports.documents.page.columns import Column
from familyflow.reports.documents.page.parts import WITHIN, Block, Cell, Row, Table, cell_of
from familyflow.reports.documents.page.who import NOTHING
from familyflow.reports.pictures.labels import said
from familyflow.reports.rows import years
from familyflow.reports.words import NOT_PLACED, count, likelihood, pounds, share, window

Results = Mapping[str, Any]
REFERENCE: Final = "reference"
_NET: Final = "money.net_saving"  # where public value holds nothing else, the row beneath is equal


class _Figure(NamedTuple):
    """A row of the table. is_wide: its interval is shown. of_all: also told of no service."""

    label: str
    path: str
    form: Form
    is_wide: bool = False
    of_all: bool = True


_FIGURES: Final = (
    _Figure("Families who start", "flow.families_started", count),
    _Figure("Mean wait for a place", "flow.mean_wait_weeks", weeks, of_all=False),
    _Figure("Families who gave up waiting", "flow.families_gave_up_waiting", count, of_all=False),
    _Figure(NOT_PLACED, "flow.families_turned_away", count, of_all=False),
    _Figure("Weeks in care avoided", "flow.care_weeks_avoided", count),
    _Figure("Cost, gifts in kind included", "money.cost", pounds),
    _Figure(
        "Cost for each family started", "money.cost_per_family_started", pounds, of_all=False
    ),
    _Figure("Public spending avoided", "money.fiscal_saving", pounds, is_wide=True),
    _Figure("of which cashable", "money.cashable_saving", pounds),
    _Figure("Public spending avoided, less cost", _NET, pounds),
    _Figure(
        "Public value less cost, studied", "money.net_present_value", pounds, is_wide=True
    ),
    _Figure(
        "with weaker evidence too", "money.net_present_value_with_weaker_evidence", pounds,
        is_wide=True,
    ),
)  # fmt: skip


def options_block(results: Results, columns: Sequence[Column]) -> Block:
    """The table under a heading that says the price base and the window."""
    base = f"present value {window(results)}, {results['price_year']} prices"
    table = options_table(results, columns)
    return Block("options", f"The options side by side: {base} ({WIDE.words})", (table,))


def options_table(results: Results, columns: Sequence[Column]) -> Table:
    """A column an option; an option without a service is marked as the reference."""
    shown = [one for one in _FIGURES if not (one.path == _NET and is_fiscal(results))]
    rows = [
        Row(
            one.label,
            tuple(_cell(results, column, one) for column in columns),
            one.label.startswith(WITHIN),
        )
        for one in shown
    ]
    saving = tuple(_chance(results, column) for column in columns)
    payback = tuple(_payback(results, column) for column in columns)
    best = tuple(_best(results, column, STUDIED) for column in columns)
    weaker = tuple(_best(results, column, WEAKER) for column in columns)
    sure = (
        Row("Chance of a net saving", saving),
        Row("Pays back after", payback),
        Row("Chance of being best", best),
        Row("with weaker evidence too", weaker, is_within=True),
    )
    return Table(
        f"The options side by side: means, with {WIDE.words}s in brackets; money is present value "
        f"{window(results)}, {results['price_year']} prices",
        ("", *(column.title for column in columns)),
        (*rows, *sure),
        notes=_same(results),
        is_options=True,
        is_said=True,
    )


def _same(results: Results) -> tuple[str, ...]:
    """Which options are the same, since that is seen in no number."""
    titles = said(results)
    groups = results.get("same", ())
    return tuple(count_as_one([titles[name] for name in group]) for group in groups)


def _option(results: Results, column: Column) -> Results:
    place = int(column.where.rpartition(".")[2])
    row: Results = results["options"][place]
    return row


def _is_reference(results: Results, column: Column) -> bool:
    return _option(results, column)["option"] in results["without_service"]


def _cell(results: Results, column: Column, one: _Figure) -> Cell:
    is_reference = _is_reference(results, column)
    if is_reference and not one.of_all:
        return NOTHING
    told = line(results, "", column.path(one.path), one.form)
    return cell_of(told, is_brief=is_reference or not one.is_wide)


def _chance(results: Results, column: Column) -> Cell:
    """The chance that public spending avoided exceeds cost, in words and as a number."""
    if _is_reference(results, column):
        return NOTHING
    if results["draws"] < FEWEST:
        return Cell("too few draws")
    told = line(results, "", column.path("money.probability_net_saving"), share)
    return Cell(told.value, told.exact, told.path, _said(told.exact))


def _best(results: Results, column: Column, way: str) -> Cell:
    name = _option(results, column)["option"]
    chances = results[way].get("probability_best", {})
    if name not in chances:
        return Cell(REFERENCE if name in results["without_service"] else "not ranked")
    if results["draws"] < FEWEST:
        return Cell("too few draws")
    chance = float(chances[name])
    return Cell(share(chance), chance, f"{way}.probability_best.{name}", is_year=True)


def _payback(results: Results, column: Column) -> Cell:
    if _is_reference(results, column):
        return NOTHING
    told = line(results, "", column.path("money.payback_years"), years)
    return cell_of(told, is_brief=True) if told.exact is not None else Cell(told.between)


def _said(chance: float | None) -> str:
    return "" if chance is None else likelihood(chance)
