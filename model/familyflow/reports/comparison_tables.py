"""Options in columns: what each does, who saves, who is served, what differs, and the order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from familyflow.reports.answer import FEWEST
from familyflow.reports.rows import ratio
from familyflow.reports.words import NOT_PLACED, count, payer, pounds, share

Results = Mapping[str, Any]
Form = Callable[[float], str]
LABEL, COLUMN, SIDE_BY_SIDE = 40, 23, 4
UNSURE = 0.25  # of the variance: chance that was measured and could not be taken out

# part, figure, label, form, whether it is told of an option without a service
DOES: Final[tuple[tuple[str, str, str, Form, bool], ...]] = (
    ("flow", "families_started", "Families who start", count, True),
    ("flow", "families_started_minority_ethnic", "  of a minority ethnic group", count, False),
    ("flow", "families_started_with_interpreter", "  who need an interpreter", count, False),
    ("flow", "families_gave_up_waiting", "Families who gave up waiting", count, False),
    ("flow", "families_turned_away", NOT_PLACED, count, False),
    ("flow", "mean_wait_weeks", "Weeks waited by those with a place", count, False),
    ("flow", "children_supported", "Children supported", count, True),
    ("flow", "care_weeks_avoided", "Weeks in care avoided", count, True),
    ("money", "cost_undiscounted", "Cost over the term, as a budget", pounds, True),
    (
        "money", "cost_per_family_started_undiscounted", "  for each family who starts", pounds,
        False,
    ),
    ("money", "cost", "Cost, present value, gifts included", pounds, True),
    ("money", "cost_per_care_week_avoided", "  for each care week avoided", pounds, False),
    ("money", "fiscal_saving", "Public spending avoided, present value", pounds, True),
    ("money", "fiscal_return", "  for each £1 of cost", ratio, False),
    ("money", "net_present_value", "Public value less cost (studied lines)", pounds, True),
    (
        "money", "net_present_value_with_weaker_evidence", "  with weaker, partly assumed evidence",
        pounds, True,
    ),
)  # fmt: skip
SAVES: Final[tuple[tuple[str, str, Form], ...]] = (
    ("cashable_saving", "Of the spending avoided, cashable", pounds),
    ("saving_within_term", "  avoided within the term", pounds),
    ("saving_after_budget_window", "  avoided after it", pounds),
    ("council_net_saving", "Council: saved less paid", pounds),
    ("public_net_saving", "All public bodies: saved less paid", pounds),
)
IN_DIFFERENCES: Final = tuple(row for row in DOES if row[1] != "fiscal_return")
# What a label says beneath another is said in full where it stands alone.
ALONE: Final = {
    "families_started_minority_ethnic": "Started, of a minority ethnic group",
    "families_started_with_interpreter": "Started, who need an interpreter",
    "cost_per_family_started_undiscounted": "Cost for each family who starts",
    "cost_per_care_week_avoided": "Cost for each care week avoided",
    "net_present_value_with_weaker_evidence": "Public value less cost, weaker evidence",
}
STANDING: Final = {
    "dominated": "costs more and avoids no more than another",
    "extended dominated": "a mix of two others avoids as much for less",
}


def does(results: Results) -> Iterator[str]:
    """What each option does: means, in columns."""
    yield f"What each does (means; {results['price_year']} prices)"
    referred = {row["option"]: row["means"] for row in results["given_up"]}
    for options in _blocks(results["options"]):
        yield _heads([row["option"] for row in options])
        yield _row(
            "Families referred",
            [count(referred[o["option"]]["families_referred"]) for o in options],
        )
        yield _row(
            "  who go without", [count(referred[o["option"]]["families_without"]) for o in options]
        )
        for part, name, label, form, of_all in DOES:
            cells = [
                _mean(row[part][name], form)
                if of_all or row["option"] not in results["without_service"]
                else "-"
                for row in options
            ]
            yield _row(label, cells)


def saves(results: Results) -> Iterator[str]:
    """Who saves, when, and how much of it is cash."""
    options = [row for row in results["options"] if row["option"] not in results["without_service"]]
    if not options:
        return
    yield "Who saves (means, present value)"
    for block in _blocks(options):
        yield _heads([row["option"] for row in block])
        for name, label, form in SAVES:
            yield _row(label, [_mean(row["money"][name], form) for row in block])
        yield "  Public spending avoided, by agency"
        for agency, title in _agencies(block):
            yield _row(f"  {title}"[:LABEL], [pounds(_avoided(row, agency)) for row in block])


def served(results: Results) -> Iterator[str]:
    """Who is served: of each group referred, how many in a hundred start."""
    names = results["competing"]
    if not names:
        return
    yield (
        f"Who is served: of families referred, the share who start "
        f"({results['who_is_served_draws']} draws; more in tables/who_is_served.csv, equity.csv)"
    )
    for block in _blocks(names):
        yield _heads(block)
        for row in results["served"]:
            shares = [row["share_starting"][name] for name in block]
            yield _row(row["group"], ["-" if one is None else share(one) for one in shares])


def beside(results: Results) -> Iterator[Iterator[str]]:
    """Each option less the first, with both intervals."""
    for row in results["differences"]:
        if row["option"] not in results["without_service"] and results["what_differs"]:
            yield _beside(results, row)


def order(results: Results) -> Iterator[str]:
    """The options ranked, and what a further care week costs from the cheapest on."""
    if len(results["competing"]) < 2 or not results["what_differs"]:
        return
    budget = "equally dear" if results["equal_budget"] else "not equally dear"
    yield f"In order (the options are {budget}; none is ranked by what it saves alone)"
    for way in results["rankings"]:
        ranked = [
            f"{row['option']} {_amount(row)}" if row["rank"] else f"{row['option']} not defined"
            for row in way["order"]
        ]
        yield f"  by {way['by']}: " + ", then ".join(ranked)
    yield "From the cheapest on: what a further care week avoided costs (means)"
    for row in results["extra_costs"]:
        more = row["cost_of_a_further_week"]
        told = STANDING.get(row["standing"], "")
        if not told:
            told = "the cheapest" if more is None else f"{pounds(more)} for each further week"
        weeks = f"{count(row['care_weeks_avoided'])} weeks"
        yield f"  {row['option']:{LABEL}} {pounds(row['cost']):>14}   {weeks:>10}   {told}"


def signed(value: float, form: Form) -> str:
    """The number with its sign, unless it is nothing."""
    return form(value) if value <= 0 else f"+{form(value)}"


def _beside(results: Results, row: Results) -> Iterator[str]:
    is_sure = results["draws"] >= FEWEST
    between = (
        " (mean; 95% interval of what is not known; in brackets how well these draws know the mean)"
        if is_sure
        else f": with {results['draws']} draws only means are told"
    )
    yield f"{row['option']} less {row['less']}{between}"
    marked = False
    for part, name, label, form, _ in IN_DIFFERENCES:
        figure = row[part][name]
        unsure = is_sure and _is_unsure(figure)
        marked |= unsure
        told = _difference_row(ALONE.get(name, label.strip()), figure, form, is_sure)
        yield f"{told} *" if unsure else told
    if marked:
        yield "  * chance could not be told apart with so many draws: this interval is too wide"


def _is_unsure(figure: Results) -> bool:
    """Whether much of the spread was measured to be chance and could not be taken out."""
    if figure["mean"] is None:
        return False
    return bool(figure["share_of_chance_measured"] - figure["share_of_chance"] > UNSURE)


def _difference_row(label: str, figure: Results, form: Form, is_sure: bool) -> str:
    if figure["mean"] is None:
        return f"  {label:{LABEL}} not defined: {figure['reason']}"
    told = f"  {label:{LABEL}} {signed(figure['mean'], form):>14}"
    if not is_sure:
        return told
    if figure.get("draws_undefined"):
        return f"{told}   no interval: not defined in {figure['draws_undefined']} draws"
    between = f"{signed(figure['low'], form)} to {signed(figure['high'], form)}"
    if figure["monte_carlo_low"] is None:
        return f"{told}   {between}"
    ends = figure["monte_carlo_low"], figure["monte_carlo_high"]
    return f"{told}   {between}   [{signed(ends[0], form)} to {signed(ends[1], form)}]"


def _agencies(options: Sequence[Results]) -> list[tuple[str, str]]:
    """Every agency that saves in one of these, the one that saves most first."""
    found: dict[str, tuple[float, str]] = {}
    for option in options:
        for row in option["by_agency"]:
            size = abs(row["fiscal_saving"]["mean"])
            if size >= 1.0:
                before = found.get(row["agency"], (0.0, ""))[0]
                found[row["agency"]] = max(before, size), payer(str(row["title"]))
    ordered = sorted(found, key=lambda agency: -found[agency][0])
    return [(agency, found[agency][1]) for agency in ordered]


def _avoided(option: Results, agency: str) -> float:
    rows = [row for row in option["by_agency"] if row["agency"] == agency]
    return sum((float(row["fiscal_saving"]["mean"]) for row in rows), start=0.0)


def _amount(row: Results) -> str:
    form = pounds if str(row["unit"]).startswith("GBP") else count
    return f"({form(row['mean'])})"


def _blocks(things: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for first in range(0, len(things), SIDE_BY_SIDE):
        yield things[first : first + SIDE_BY_SIDE]


def _heads(names: Sequence[str]) -> str:
    return _row("", [name if len(name) <= COLUMN else name[: COLUMN - 1] + "…" for name in names])


def _row(label: str, cells: Sequence[str]) -> str:
    return f"  {label:{LABEL}}" + "".join(f" {cell:>{COLUMN}}" for cell in cells)


def _mean(figure: Results, form: Form) -> str:
    return "not defined" if figure["mean"] is None else form(figure["mean"])
