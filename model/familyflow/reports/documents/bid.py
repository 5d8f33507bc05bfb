"""All that a bid's cost case tells, under plain names: sentences, tables, figures and pictures.

Our own document and a charity's own template are both made of this, so they say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from familyflow.problems import bad_input
from familyflow.reports.documents import bid_tables, bid_texts, distance
from familyflow.reports.documents.bid_tables import BidTable
from familyflow.reports.documents.bid_value import CANNOT_TELL, can_tell
from familyflow.reports.documents.kept import Kept, Picture, is_paid_for
from familyflow.reports.documents.limits import asked_of, total_row
from familyflow.reports.documents.lines import (
    NARROW,
    Form,
    Line,
    economic,
    fiscal,
    line,
    reach,
    unit_costs,
    whole_pounds,
    whom,
)
from familyflow.reports.documents.moves import movers
from familyflow.reports.words import count, likelihood, out_of_ten, pounds, window

BUDGET: Final = {
    "total": "total",
    "asked": "asked_in_all",
    "other": "other",
    "unfunded": "unfunded",
}


@dataclass(frozen=True)
class Bid:
    """What is told of one run.

    values: single words and sums. figures: a mean with its interval. sentences: one or several
    paragraphs of prose, or the points of a list. pictures: the charts that the run has.
    """

    title: str
    finished: str
    values: Mapping[str, str]
    figures: Mapping[str, Line]
    sentences: Mapping[str, Sequence[str]]
    tables: Mapping[str, BidTable]
    pictures: Mapping[str, Picture]


def bid_of(kept: Kept) -> Bid:
    """What a run's cost case tells. Raises InputError where there is no service to be paid for."""
    if not is_paid_for(kept.results, kept.tables["budget"]):
        raise bad_input(
            "there is no service in that run, so there is no cost case",
            "Give a run of a scenario with a service.",
            where=str(kept.results["run_id"]),
        )
    found, travelled = movers(kept), distance.travelled(kept)
    return Bid(
        title=f"{kept.results['title']}: cost case",
        finished=kept.finished,
        values=_values(kept),
        figures=figures(kept),
        sentences=bid_texts.every_sentence(kept, found, travelled),
        tables=bid_tables.every_table(kept, found, travelled),
        pictures={picture.name: picture for picture in kept.pictures},
    )


def figures(kept: Kept) -> dict[str, Line]:
    """Every single figure with its interval, by its name in results.json."""
    results = kept.results
    more: tuple[tuple[str, Form], ...] = (
        ("flow.families_started_minority_ethnic", count),
        ("flow.children_looked_after_avoided", count),
        ("flow.care_weeks_avoided", count),
        ("flow.contact_hours", count),
        ("money.break_even_placements", count),
        ("money.break_even_effect", count),
        ("money.cost_undiscounted", pounds),
        ("money.cost_per_family_started_undiscounted", pounds),
        ("money.marginal_cost_per_family", pounds),
    )
    told = [form(results, NARROW) for form in (reach, whom, fiscal, economic, unit_costs)]
    lines = [one for several in told for one in several]
    lines += [line(results, "", path, form, NARROW) for path, form in more]
    return {one.path.rpartition(".")[2]: one for one in lines}


def _values(kept: Kept) -> dict[str, str]:
    results, total = kept.results, total_row(kept)
    chance = results["money"]["probability_net_saving"]["mean"]
    is_told = can_tell(results)
    return {
        "title": str(results["title"]),
        "question": str(results["question"]),
        "price_year": str(results["price_year"]),
        "term_years": str(results["term_years"]),
        "window": window(results),
        "comparator": str(results["comparator"]),
        "interval_words": NARROW.words,
        "draws": f"{results['draws']:,}",
        "run_id": str(results["run_id"]),
        "funder_asked": asked_of(kept),
        "chance_in_words": likelihood(chance) if is_told else CANNOT_TELL,
        "chance_in_ten": out_of_ten(chance) if is_told else CANNOT_TELL,
        **{f"budget_{name}": whole_pounds(total[part]) for part, name in BUDGET.items()},
    }
