"""The three numbers of its own that an area should put in first, by a stated rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from familyflow.experiments.movers import CHANCE, FEWEST_DRAWS, key_of
from familyflow.experiments.sensitivity.ranks import ranked
from familyflow.reports.documents.kept import Kept, Row
from familyflow.reports.documents.moves import movers, value_of
from familyflow.reports.documents.page.parts import Block, Cell, Table, Words
from familyflow.reports.documents.page.parts import Row as Told

MOST: Final = 3
COST: Final = "money.cost"
# What records of an area hold: where a number's name begins -> whose records. Effects are not
# among them, since only a study shows what would have happened otherwise.
RECORDS: Final = {
    "unit_costs.staff": "payroll, accounts",
    "unit_costs.service": "accounts",
    "unit_costs.children_social_care": "social care finance",
    "families.referrals": "referral list",
    "outcomes.escalation": "case records",
    "outcomes.usual_support": "case records",
}
PRICES: Final = "unit_costs."
PRICES_OF_THE_SERVICE: Final = ("unit_costs.staff.", "unit_costs.service.")
HEADING: Final = "Three local numbers to put in first"
RULE: Final = (
    "The rule: numbers not verified that local records hold (pay, prices, referrals, rates); first "
    "what moves the net saving more than luck would, then what moves the cost."
)


def local_numbers(kept: Kept) -> list[Row]:
    """Rows of the assumptions that an area should replace first, at most three.

    Not verified, uncertain, and of a kind that local records hold (RECORDS). Those that move the
    net saving beyond luck, strongest first; then those that move the cost of the service so.
    """
    rows = {str(row["key"]): row for row in kept.tables.get("assumptions", ())}
    by_label = {str(row["label"]): key for key, row in rows.items()}
    moving = [by_label[one.label] for one in movers(kept) if one.label in by_label]
    keys = dict.fromkeys((*moving, *_moves_cost(kept, rows)))
    return [rows[key] for key in keys if _is_local(rows[key])][:MOST]


def whose(key: str) -> str:
    """In whose records a number is found, or nothing."""
    return next((told for start, told in RECORDS.items() if key.startswith(f"{start}.")), "")


def local_block(kept: Kept) -> Block:
    """The numbers as a table, with the rule by which they were chosen."""
    found, draws = local_numbers(kept), f"{kept.results['draws']:,} draws"
    if not found:
        return Block(
            "local", HEADING, (Words((f"In {draws} no number of this kind stands out. {RULE}",)),)
        )
    rows = tuple(
        Told(str(row["label"]), (Cell(value_of(row), note=str(row["status"])), Cell(_where(row))))
        for row in found
    )
    fewer = "" if len(found) == MOST else f"In {draws} no more of them stand out from luck. "
    table = Table(HEADING, ("Number", "Here", "Look in"), rows, (fewer + RULE,), is_said=True)
    return Block("local", HEADING, (table,))


def _where(row: Row) -> str:
    return whose(str(row["key"]))


def _is_local(row: Row) -> bool:
    return str(row["status"]) != "verified" and bool(whose(str(row["key"])))


def _moves_cost(kept: Kept, rows: dict[str, Row]) -> Iterator[str]:
    """Names of numbers that move the cost more than luck would, strongest first."""
    draws = kept.draws
    if COST not in draws or len(draws) < FEWEST_DRAWS:
        return
    names = [str(name) for name in draws if key_of(name) in rows and _may_cost(key_of(name))]
    found = ranked(draws[names], draws[COST])
    beyond = [one for one in found if one.by_luck * len(found) < CHANCE]
    yield from (key_of(one.name) for one in sorted(beyond, key=lambda one: -abs(one.correlation)))


def _may_cost(key: str) -> bool:
    """Whether a number can touch the cost of the service: prices of what is avoided cannot."""
    return not key.startswith(PRICES) or key.startswith(PRICES_OF_THE_SERVICE)
