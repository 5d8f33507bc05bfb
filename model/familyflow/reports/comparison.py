"""The printed comparison: which option, how surely, and what each gives up, on one page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from familyflow.reports.rows import ratio
from familyflow.reports.whose_money import RULES
from familyflow.reports.words import count, likelihood, out_of_ten, pounds, share, window

Results = Mapping[str, Any]
Form = Callable[[float], str]
LABEL, COLUMN, SIDE_BY_SIDE = 38, 20, 4
_IN_TABLE = "tables that differ, in tables/what_differs.csv"
FEWEST = 20  # draws, below which nothing is said of how sure a difference is

DOES: Final[tuple[tuple[str, str, str, Form], ...]] = (
    ("flow", "families_started", "Families who start", count),
    ("flow", "families_turned_away", "Families turned away or lost to the list", count),
    ("flow", "families_gave_up_waiting", "Families who gave up waiting", count),
    ("flow", "mean_wait_weeks", "Weeks waited by those with a place", count),
    ("flow", "children_supported", "Children supported", count),
    ("flow", "care_weeks_avoided", "Weeks in care avoided", count),
    ("money", "cost_undiscounted", "Cost over the term, as a budget", pounds),
    ("money", "cost_per_family_started", "Cost per family who starts", pounds),
    ("money", "cost_per_care_week_avoided", "Cost per care week avoided", pounds),
    ("money", "fiscal_saving", "Public spending avoided", pounds),
    ("money", "fiscal_return", "  for each £1 of cost", ratio),
    ("money", "net_present_value", "Public value less cost", pounds),
)  # fmt: skip
BESIDE: Final = tuple(row for row in DOES if row[1] not in ("fiscal_return",))


def comparison_text(results: Results) -> str:
    """One page: the finding, the options in columns, what differs, the order, and how sure."""
    parts = [
        list(_title(results)),
        [finding(results)],
        list(_differs(results)),
        *(list(_does(results, block)) for block in _blocks(results["options"])),
        *(
            list(_beside(results, row))
            for row in results["differences"]
            if row["option"] in results["competing"]
        ),
        list(_served(results)),
        list(_order(results)),
        list(_further(results)),
        list(_sure(results)),
        list(_structures(results)),
        list(_spread(results)),
        list(_stated(results)),
        list(_rests_on(results)),
        list(_warnings(results)),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def finding(results: Results) -> str:
    """Which option is best in net public value, how surely, and who would go without it."""
    competing, chosen = results["competing"], results["probability_best"]
    if not competing:
        return f"{str(chosen['reason']).capitalize()}."
    best = chosen["best_on_the_mean"]
    value = chosen["mean"][best]
    if len(competing) == 1:
        return (
            f"{best} is the only option with a service: its public value less cost is "
            f"{pounds(value)} {window(results)}, beside none."
        )
    if value < 0:
        start = (
            f"No option is worth its cost on what has a price here, {window(results)}; least is "
            f"lost with {best} ({pounds(value)}), {_surely(results)}"
        )
    else:
        start = (
            f"Net public value is highest with {best} ({pounds(value)}, {window(results)}), "
            f"{_surely(results)}"
        )
    return f"{start} {_served_first(results, best)}"


def _surely(results: Results) -> str:
    if results["draws"] < FEWEST:
        return f"but with {results['draws']} draws how surely cannot be told."
    chance = results["probability_best"]["frontier"]
    return f"which is {likelihood(chance)} to stay so once more is known ({out_of_ten(chance)})."


def _served_first(results: Results, best: str) -> str:
    started = {
        row["option"]: row["means"]["families_started"]
        for row in results["given_up"]
        if row["option"] in results["competing"]
    }
    most = max(started, key=lambda name: started[name])
    if most == best:
        return f"It also starts work with the most families ({count(started[best])})."
    fewer = started[most] - started[best]
    each = _cheapest(results)
    return (
        f"But it starts work with {count(started[best])} families, {count(fewer)} fewer than "
        f"{most}: they are what is given up. A family costs least with {each}."
    )


def _cheapest(results: Results) -> str:
    way = next(way for way in results["rankings"] if way["by"] == "cost per family started")
    return str(way["order"][0]["option"])


def _title(results: Results) -> Iterator[str]:
    yield "Side by side: " + ", ".join(row["option"] for row in results["options"])
    for row in results["options"]:
        yield f"  {row['option']}: {row['title']}"


def _differs(results: Results) -> Iterator[str]:
    rows = results["what_differs"]
    if not rows:
        yield "The options do not differ in any number."
        return
    yield "What is chosen (set) or believed (assume) differently"
    for row in rows:
        told = "; ".join(f"{name} {_brief(value)}" for name, value in row["values"].items())
        is_table = any(value.startswith(("[", "{")) for value in row["values"].values())
        yield f"  {row['key']} ({row['kind']}): {_IN_TABLE if is_table else told}"


def _brief(value: str, most: int = 40) -> str:
    return value if len(value) <= most else value[: most - 3] + "..."


def _blocks(options: Sequence[Results]) -> Iterator[Sequence[Results]]:
    for first in range(0, len(options), SIDE_BY_SIDE):
        yield options[first : first + SIDE_BY_SIDE]


def _does(results: Results, options: Sequence[Results]) -> Iterator[str]:
    yield f"What each does (mean; present value, {results['price_year']} prices)"
    yield f"  {'':{LABEL}}" + "".join(f" {_short(row['option']):>{COLUMN}}" for row in options)
    for part, name, label, form in DOES:
        cells = [_mean(row[part][name], form) for row in options]
        yield f"  {label:{LABEL}}" + "".join(f" {cell:>{COLUMN}}" for cell in cells)


def _short(name: str) -> str:
    return name if len(name) <= COLUMN else name[: COLUMN - 1] + "…"


def _mean(figure: Results, form: Form) -> str:
    return "not defined" if figure["mean"] is None else form(figure["mean"])


def _beside(results: Results, row: Results) -> Iterator[str]:
    if results["draws"] < FEWEST:
        yield (
            f"{row['option']} less {row['less']}: with {results['draws']} draws only means are told"
        )
    else:
        yield (
            f"{row['option']} less {row['less']} (mean, 95% interval of what is not known; "
            "in brackets how well these draws know the mean)"
        )
    for part, name, label, form in BESIDE:
        yield _difference_row(label.strip(), row[part][name], form, results["draws"] >= FEWEST)


def _difference_row(label: str, figure: Results, form: Form, is_sure: bool) -> str:
    if figure["mean"] is None:
        return f"  {label:{LABEL}}    not defined: {figure['reason']}"
    told = f"  {label:{LABEL}} {signed(figure['mean'], form):>14}"
    if not is_sure:
        return told
    between = f"{signed(figure['low'], form)} to {signed(figure['high'], form)}"
    known = ""
    if figure["monte_carlo_low"] is not None:
        ends = figure["monte_carlo_low"], figure["monte_carlo_high"]
        known = f"   [{signed(ends[0], form)} to {signed(ends[1], form)}]"
    return f"{told}   {between}{known}"


def signed(value: float, form: Form) -> str:
    """The number with its sign, unless it is nothing."""
    return form(value) if value <= 0 else f"+{form(value)}"


def _served(results: Results) -> Iterator[str]:
    """Who is served: of each group referred, how many in a hundred start."""
    names = results["competing"]
    if not names:
        return
    yield (
        f"Who is served: of families referred, the share who start ("
        f"{results['who_is_served_draws']} draws; differences by group in tables/equity.csv)"
    )
    yield f"  {'':{LABEL}}" + "".join(f" {_short(name):>{COLUMN}}" for name in names)
    for row in results["served"]:
        shares = [row["share_starting"][name] for name in names]
        cells = ["-" if one is None else share(one) for one in shares]
        yield f"  {row['group']:{LABEL}}" + "".join(f" {cell:>{COLUMN}}" for cell in cells)


def _order(results: Results) -> Iterator[str]:
    if not results["rankings"]:
        return
    budget = "equally dear" if results["equal_budget"] else "not equally dear"
    yield f"In order (the options are {budget}; nobody is ranked by net fiscal saving alone)"
    for way in results["rankings"]:
        told = [
            f"{row['option']} {_amount(row)}" if row["rank"] else f"{row['option']} not defined"
            for row in way["order"]
        ]
        yield f"  by {way['by']}: " + ", then ".join(told)


def _amount(row: Results) -> str:
    form = pounds if str(row["unit"]).startswith("GBP") else count
    return f"({form(row['mean'])})"


def _further(results: Results) -> Iterator[str]:
    rows = results["extra_costs"]
    if len(rows) < 2:
        return
    yield "From the cheapest on: what a further care week avoided costs (means)"
    for row in rows:
        ratio_told = row["cost_of_a_further_week"]
        told = row["standing"]
        if told == "on the frontier":
            told = "the cheapest" if ratio_told is None else f"{pounds(ratio_told)} a week more"
        yield (
            f"  {row['option']:{LABEL}} cost {pounds(row['cost']):>14}   "
            f"{count(row['care_weeks_avoided'])} weeks   {told}"
        )


def _sure(results: Results) -> Iterator[str]:
    if len(results["competing"]) < 2 or results["draws"] < FEWEST:
        return
    yield "Which is best on the mean, and the chance that it is best (the frontier)"
    for axis in results["frontier"]:
        for number, stretch in enumerate(_stretches(axis["points"])):
            name = "" if number else axis["axis"][0].upper() + axis["axis"][1:]
            first, last = stretch[0], stretch[-1]
            at = _at(first["at"], axis["unit"])
            if first is not last:
                at += f" to {_at(last['at'], axis['unit'])}"
            chances = [share(first["frontier"])]
            if first is not last:
                chances.append(share(last["frontier"]))
            yield (
                f"  {name:{LABEL - 8}} {at:24} {first['best_on_the_mean']} ({' to '.join(chances)})"
            )


def _stretches(points: Sequence[Results]) -> list[list[Results]]:
    """Neighbouring points with the same best option together."""
    found: list[list[Results]] = []
    for point in points:
        if found and found[-1][-1]["best_on_the_mean"] == point["best_on_the_mean"]:
            found[-1].append(point)
        else:
            found.append([point])
    return found


def _at(value: float | str, unit: str) -> str:
    if isinstance(value, str):
        return value.replace("_", " ")
    return pounds(value) if unit == "GBP" else f"{100 * value:g}%"


def _structures(results: Results) -> Iterator[str]:
    rows = results.get("structures", [])
    if not rows:
        return
    yield "Under other structures, none of which the evidence rules out (public value less cost)"
    for row in rows:
        values = ", ".join(f"{name} {pounds(v)}" for name, v in row["net_present_value"].items())
        yield f"  {_structure(row):{LABEL}} {values}"


def _structure(row: Results) -> str:
    if row["kind"] == "headline":
        return "As chosen" + (f" ({row['draws']} draws)" if "draws" in row else "")
    told = RULES.get((row["kind"], row["name"]), str(row["name"]))
    return told[0].upper() + told[1:] + (f" ({row['draws']} draws)" if "draws" in row else "")


def _spread(results: Results) -> Iterator[str]:
    """What makes draws differ, and whether they are enough for the choice."""
    rows = [row for row in results["split"] if row["total_sd"] and row["figure"] == _VALUE]
    if rows and results["draws"] >= FEWEST:
        yield "What makes draws differ in public value less cost (shares of the variance, ± 2 SE)"
        for row in rows:
            yield f"  {row['of']:{LABEL}} {_shares(row)}"
    for row in results["enough"]:
        yield f"  {row['reason']}"
        if "replications_reason" in row:
            yield f"    {row['replications_reason']}"


def _shares(row: Results) -> str:
    if max(row[part]["standard_error"] for part, _ in _PARTS) > ROUGHEST:
        return "these draws are too few to tell"
    return ", ".join(
        f"{label} {share(row[part]['share'])} (± {share(2 * row[part]['standard_error'])})"
        for part, label in _PARTS
    )


ROUGHEST = 0.25  # standard error of a share, above which it says nothing
_VALUE = "net public value"
_PARTS: Final = (
    ("parameters", "what is not known"),
    ("families", "who comes"),
    ("chance", "what happens to them"),
)


def _stated(results: Results) -> Iterator[str]:
    rows = results["stated_values"]
    yield (
        "At the stated values beside the mean of draws (public value less cost): the choice is "
        "made on the mean"
    )
    for row in rows:
        stated, mean = row["net_present_value"], row["net_present_value_mean_of_draws"]
        yield f"  {row['option']:{LABEL}} {pounds(stated):>14}   mean {pounds(mean)}"


def _rests_on(results: Results) -> Iterator[str]:
    yield "What this rests on"
    yield (
        f"  {results['draws']} draws; every option meets the same luck, down to the same family. "
        f"Reference: {results['reference']}. Prices {results['price_year']}; discounting "
        f"{results['discounting']}; followed for {results['follow_up_years']} years; term "
        f"{results['term_years']} years; unit costs {results['costs_scope'].replace('_', ' ')}."
    )


def _warnings(results: Results) -> Iterator[str]:
    if results["warnings"]:
        yield "Warnings"
        yield from (f"  {warning}" for warning in results["warnings"])
