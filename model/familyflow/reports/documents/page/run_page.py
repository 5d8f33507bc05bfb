"""The page of one run: the answer first, then who pays and saves, whom it reaches, its grounds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from familyflow.reports.answer import headline
from familyflow.reports.documents import sentences
from familyflow.reports.documents.kept import SERVED, Kept
from familyflow.reports.documents.lines import (
    WIDE,
    Line,
    economic,
    fiscal,
    reach,
    unit_costs,
)
from familyflow.reports.documents.moves import movers
from familyflow.reports.documents.page.columns import ONE_RUN
from familyflow.reports.documents.page.local import local_block
from familyflow.reports.documents.page.parts import (
    WITHIN,
    Block,
    Cell,
    Page,
    Row,
    Table,
    Words,
    reasons,
    told,
)
from familyflow.reports.documents.page.who import who_block
from familyflow.reports.documents.page.years import council_blocks
from familyflow.reports.documents.reached import widest
from familyflow.reports.words import count, in_years, pounds

Results = Mapping[str, Any]
MOST_WARNINGS: Final = 1
# for want of room; they stand in the answer and the workbook
LEFT_OUT: Final = frozenset(("money.saving_within_term", "money.cost_per_contact_hour"))
INTERVAL: Final = WIDE.words


def run_page(kept: Kept) -> Page:
    """Everything that the page of a run tells."""
    results = kept.results
    return Page(
        title=str(results["title"]),
        about="Does it pay?",
        question=str(results["question"]),
        answer=headline(results),
        beside=_filled(_plain_price(results), sentences.one_service(results)),
        basis=(*sentences.rests_on(kept), sentences.biggest(kept, movers(kept))),
        top=(),
        left=(
            who_block(results, ONE_RUN),
            _public_money(results),
            *council_blocks(results, ONE_RUN, _filled(sentences.after_the_grant(results, WIDE))),
        ),
        right=(_families(kept), _value(results), local_block(kept), _unverified(results)),
        bottom=(_turning(results),),
        foot=f"Run {results['run_id']}, seed {results['seed']}.",
    )


def _plain_price(results: Results) -> str:
    """What it costs as a budget shows it, in a year and in all."""
    cost, term = results["money"]["cost_undiscounted"]["mean"], results["term_years"]
    if not cost:
        return ""
    return (
        f"It costs {pounds(cost)} over {in_years(term)}, about {pounds(cost / term)} a year "
        f"({results['price_year']} prices, not discounted)."
    )


def _public_money(results: Results) -> Block:
    base = f"present value, {results['price_year']} prices"
    rows = [row for row in fiscal(results, WIDE) if row.path not in LEFT_OUT]
    table = _figures(f"Money of public bodies, {base}", "Money", rows, is_said=True)
    return Block("money", f"Money of public bodies: {base}", (table,))


def _families(kept: Kept) -> Block:
    results = kept.results
    base = f"over the term of {in_years(results['term_years'])}"
    flow = {name: figure["mean"] for name, figure in results["flow"].items()}
    told = ("families_started", "families_gave_up_waiting", "families_turned_away")
    others = flow["families_referred"] - sum(flow[name] for name in told)
    note = (
        "Moved: moved away. Still waiting: when the list closed. The other "
        f"{count(others)} decline a place, or are passed up to social care. Fewer risks: a change "
        "during support, not an effect of it."
    )
    apart = widest(results, kept.tables.get(SERVED, ()))
    table = _figures(f"Families and waits, {base}", "Families", reach(results, WIDE), is_said=True)
    return Block("families", f"Families and waits: {base}", (table, Words(_filled(note, apart))))


def _value(results: Results) -> Block:
    worth = _figures("Public value, studied lines", "Value", economic(results, WIDE))
    each = [row for row in unit_costs(results, WIDE) if row.path not in LEFT_OUT]
    costs = _figures("Cost for each (present value, gifts in kind included)", "Cost", each)
    return Block("value", "Value to everybody, and cost for each", (worth, costs))


def _unverified(results: Results) -> Block:
    warnings = [str(one) for one in results["warnings"]]
    more = len(warnings) - MOST_WARNINGS
    rest = [f"Further warnings stand in results.json of the run: {more}."] if more > 0 else []
    points = (*sentences.not_verified(results), *warnings[:MOST_WARNINGS], *rest)
    return Block("unverified", "What is not verified", (Words((" ".join(map(_ended, points)),)),))


def _turning(results: Results) -> Block:
    lines = _filled(sentences.break_even(results), sentences.other_rules(results))
    return Block("turning", "What would have to be true", (Words(lines),))


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "…")) else f"{sentence}."


def _figures(caption: str, first: str, lines: list[Line], *, is_said: bool = False) -> Table:
    rows = tuple(Row(one.label, told(one), one.label.startswith(WITHIN)) for one in lines)
    empty = (Row("None.", (Cell(""), Cell(""))),)
    return Table(caption, (first, "Mean", INTERVAL), rows or empty, reasons(lines), is_said=is_said)


def _filled(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)
