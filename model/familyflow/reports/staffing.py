"""The printed staffing frontier: each team, what one more post brings, and which to have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from familyflow.reports.answer import FEWEST
from familyflow.reports.words import count, pounds, share

Results = Mapping[str, Any]
_TEAM, _COLUMN = 28, 13
MARGINS: Final = (
    ("starts", "further starts", count),
    ("cost", "further cost", pounds),
    ("cost_of_a_further_start", "cost of each further start", pounds),
    (
        "worth_needed_of_a_further_start",
        "what each would need to be worth, beyond what is priced, to pay",
        pounds,
    ),
)
_COLUMNS: Final = (
    ("start", "families_started", count),
    ("give up", "families_gave_up_waiting", count),
    ("wait, wk", "mean_wait_weeks", lambda weeks: f"{weeks:.1f}"),
    ("cost of term", "cost_undiscounted", pounds),
    ("per start", "cost_per_family_started_undiscounted", pounds),
    ("avoided", "fiscal_saving", pounds),
    ("value - cost", "net_present_value", pounds),
    ("with weaker", "net_present_value_with_weaker_evidence", pounds),
)
# of the columns above: a table whose heads say it themselves need not
BASE_OF_SUMS: Final = (
    "Sums are present values, but the cost of the term and per start, which are as a budget has "
    "them."
)


def staffing_text(results: Results) -> str:
    """One page: the choice first, then every team and every further post."""
    parts = [
        [f"Teams for {results['scenario']}: {results['title']}{_months(results)}"],
        list(choice(results)),
        list(_teams(results)),
        list(_posts(results)),
        [BASE_OF_SUMS, *rests_on(results)],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _months(results: Results) -> str:
    """The months to recruit, where they are the same for all teams and named."""
    months = {row["months_to_recruit"] for row in results["teams"]}
    named = next(iter(months)) if len(months) == 1 else None
    return "" if named is None else f"; a vacancy is filled after {named:g} months"


def choice(results: Results) -> Iterator[str]:
    """Which team to have, a sentence each: for the wait, for the grant, and where a post pays."""
    yield from for_wait(results)
    yield from for_grant(results)
    yield from where_posts_pay(results)


def for_wait(results: Results) -> Iterator[str]:
    """The cheapest team that keeps the wait to what is aimed at."""
    wait = results["wait_target"]
    weeks = f"{wait['weeks']:g} week{'' if wait['weeks'] == 1 else 's'}"
    target = (
        f"a mean wait of {weeks}, of families who get a place, with "
        f"{100 * wait['confidence']:g}% confidence"
    )
    if wait["team"] is None:
        yield f"For {target}: {wait['reason']}."
        return
    chance = wait["chance"]
    yield (
        f"For {target}: {wait['team']} is the cheapest ({pounds(wait['cost_undiscounted'])} "
        f"over the term; confidence {share(chance['mean'])}, and with so many draws from "
        f"{share(chance['low'])} to {share(chance['high'])}). "
        f"{count(wait['families_gave_up_waiting'])} families still give up waiting then."
    )


def where_posts_pay(results: Results) -> Iterator[str]:
    """At which steps a larger team still pays."""
    paying = results["where_a_post_stops_paying"]
    yield f"On fiscal savings: {_lower(paying['fiscal'])}"
    yield f"On public value, studied lines: {_lower(paying['public_value'])}"
    yield f"  with weaker, partly assumed evidence: {_lower(paying['with_weaker_evidence'])}"


def for_grant(results: Results) -> Iterator[str]:
    """The best use of a yearly grant, by families and by value, and the next dearer team."""
    grant = results["grant"]
    if grant is None:
        return
    a_year = f"{pounds(grant['grant_a_year'])} a year"
    if grant["most_families"] is None:
        yield f"For a grant of {a_year}: {grant['reason']}.{_dearer(grant, is_named=True)}"
        return
    yield f"The best use of {a_year} is {_best(grant)}{_dearer(grant)}"


def _best(grant: Results) -> str:
    """The team, or the two teams: that of the most families, and that of the most value."""
    most, worth = grant["most_families"], grant["highest_value"]
    starts = (
        f"{count(grant['families_started'])} over the term, {pounds(grant['left_of_grant'])} a "
        "year left over"
    )
    leads = f"which leads in {share(grant['leads_in'])} of draws"
    if most == worth:
        return (
            f"{most}: of the teams that it pays for, these start the most families ({starts}), "
            "and public value less cost is highest with them as well, on the mean "
            f"({leads.removeprefix('which ')})."
        )
    return (
        f"{most} for the most families ({starts}), and {worth} for the most value: public value "
        f"less cost is highest on the mean with {worth}, {leads}."
    )


def _dearer(grant: Results, *, is_named: bool = False) -> str:
    """How far the cheapest team that the grant does not pay for is above it."""
    above = {
        team: cost for team, cost in grant["cost_a_year"].items() if cost > grant["grant_a_year"]
    }
    if not above:
        return " No team tried costs more than the grant; a larger one may be within it as well."
    team = min(above, key=lambda one: float(above[one]))
    over = pounds(above[team] - grant["grant_a_year"])
    if is_named:
        return f" That is {team}, {over} a year above the grant."
    return f" The next larger team, {team}, costs {pounds(above[team])} a year: {over} above it."


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _teams(results: Results) -> Iterator[str]:
    yield (
        f"Each team over the term (means; {results['price_year']} prices; avoided: public "
        "spending; value - cost: public value less cost; with weaker: the same with weaker "
        "evidence; more in tables/teams.csv)"
    )
    heads = "".join(f" {head:>{_COLUMN}}" for head, *_ in _COLUMNS)
    yield f"  {'team (full-time equivalents)':{_TEAM}}{heads}"
    for row in results["teams"]:
        cells = "".join(f" {_cell(row[name], form):>{_COLUMN}}" for _, name, form in _COLUMNS)
        name = f"{row['team']} ({row['fte']:.1f})"
        yield f"  {name:{_TEAM}}{cells}"


def _cell(figure: Results, form: Any) -> str:
    return "-" if figure["mean"] is None else str(form(figure["mean"]))


def _posts(results: Results) -> Iterator[str]:
    if not results["margins"]:
        return
    known = ", in brackets how well these draws know it" if results["draws"] >= FEWEST else ""
    yield f"What a larger team brings (mean{known})"
    for row in results["margins"]:
        yield f"  {row['from']} to {row['to']}"
        for name, label, form in MARGINS:
            yield f"    {label:64} {_with_ends(row[name], form, results['draws'] >= FEWEST)}"


def _with_ends(figure: Results, form: Any, is_sure: bool) -> str:
    if figure["mean"] is None:
        return f"not defined: {figure['reason']}"
    if not is_sure:
        return f"{form(figure['mean']):>12}"
    return f"{form(figure['mean']):>12}   [{form(figure['low'])} to {form(figure['high'])}]"


def rests_on(results: Results) -> Iterator[str]:
    """What the teams have in common, how many draws there are, and what is not counted."""
    yield (
        f"{results['draws']} draws; every team meets the same families with the same luck, and "
        "what is said of a larger team is said of the same draws with both."
    )
    if results["draws"] < 5 * FEWEST:
        yield "Few draws, so all of this is rough."
    yield from (f"Warning: {warning}" for warning in results["warnings"])
