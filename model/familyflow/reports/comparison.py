"""The printed comparison: which option, how surely, who saves, and who would go without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from familyflow.reports.answer import FEWEST
from familyflow.reports.comparison_sure import how_sure
from familyflow.reports.comparison_tables import beside, does, order, saves, served
from familyflow.reports.words import (
    as_shown,
    count,
    in_years,
    likelihood,
    out_of_ten,
    pounds,
    window,
)

Results = Mapping[str, Any]
_IN_TABLE = "tables that differ, whole in tables/what_differs.csv"
_ALL_FISCAL = ", which hold nothing but public spending avoided"
_LONGEST = 60


def comparison_text(results: Results) -> str:
    """One page: the finding, the options in columns, what differs, the order, and how sure."""
    parts = [
        list(_title(results)),
        list(finding(results)),
        list(_differs(results)),
        list(does(results)),
        list(saves(results)),
        list(served(results)),
        *(list(lines) for lines in beside(results)),
        list(order(results)),
        *(list(lines) for lines in how_sure(results)),
        list(_not_told(results)),
        list(_rests_on(results)),
        list(_warnings(results)),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def finding(results: Results) -> Iterator[str]:
    """Which option is best in net public value, how surely, and who would go without it."""
    competing, chosen = results["competing"], results["probability_best"]
    if not competing:
        yield f"{str(chosen['reason']).capitalize()}."
        return
    if not results["what_differs"]:
        yield "The options are the same in every number, so they differ in nothing."
        return
    yield from _value(results)
    yield from _weaker(results)
    yield _reach(results)
    yield from _left_out(results)


def _value(results: Results) -> Iterator[str]:
    competing, chosen = results["competing"], results["probability_best"]
    best = chosen["best_on_the_mean"]
    value = chosen["mean"][best]
    if len(competing) == 1:
        yield (
            f"{best} is the only option to choose: its public value less cost is {pounds(value)} "
            f"{window(results)}."
        )
        return
    what = "studied lines alone" + (_ALL_FISCAL if is_fiscal(results) else "")
    if value < 0:
        yield (
            f"On the {what}, no option is worth its cost {window(results)}; least is lost with "
            f"{best} ({pounds(value)})."
        )
    else:
        yield f"On the {what}, {best} is worth most beyond its cost ({pounds(value)})."
    if results["draws"] < FEWEST:
        yield f"With {results['draws']} draws it cannot be told how surely."
        return
    chance = chosen["frontier"]
    yield (
        f"That {best} would still come first with every number known is {likelihood(chance)} "
        f"({out_of_ten(chance)})."
    )


def is_fiscal(results: Results) -> bool:
    """Whether public value holds nothing but public spending avoided, in every option."""
    money = [row["money"] for row in results["options"]]
    return all(row["public_value"]["mean"] == row["fiscal_saving"]["mean"] for row in money)


def _weaker(results: Results) -> Iterator[str]:
    """What counting weaker evidence too would say, which often turns the order over."""
    weaker, chosen = results["with_weaker_evidence"], results["probability_best"]
    if len(results["competing"]) < 2:
        return
    best = weaker["best_on_the_mean"]
    same = best == chosen["best_on_the_mean"]
    turned = "it still comes first" if same else f"the order turns over: {best} comes first"
    sure = f", {out_of_ten(weaker['frontier'])}" if results["draws"] >= FEWEST else ""
    yield (
        f"With weaker, partly assumed evidence counted too, {turned} "
        f"({pounds(weaker['mean'][best])}{sure})."
    )


def _reach(results: Results) -> str:
    """Who would go without: what a ranking in pounds does not show."""
    means = {row["option"]: row["means"] for row in results["given_up"]}
    names = results["competing"]
    most = max(names, key=lambda name: means[name]["families_started"])
    fewest = min(names, key=lambda name: means[name]["families_started"])
    told = (
        f"Of {count(means[most]['families_referred'])} families referred, {most} starts work with "
        f"{count(means[most]['families_started'])}"
    )
    fewer = as_shown(means[most]["families_started"], count)
    fewer -= as_shown(means[fewest]["families_started"], count)
    if fewer <= 0:
        return f"{told}."
    return f"{told}; {fewest} with {count(fewer)} fewer, who would go without."


def _left_out(results: Results) -> Iterator[str]:
    if results["without_service"]:
        names = ", ".join(results["without_service"])
        yield f"{names}: costs and saves nothing and serves nobody; the reference, so not ranked."
    if results["what_ifs"]:
        names = ", ".join(results["what_ifs"])
        yield f"{names}: a different belief and no decision, so shown beside and not ranked."


def _title(results: Results) -> Iterator[str]:
    yield "Side by side: " + ", ".join(row["option"] for row in results["options"])
    for row in results["options"]:
        yield f"  {row['option']}: {row['title']}"
        if row["unproven"]:
            yield f"    no evidence that outcomes change with {row['unproven']}: cost only there"


def _differs(results: Results) -> Iterator[str]:
    rows = results["what_differs"]
    if not rows:
        return
    yield "What is chosen (set) or believed (assume) differently"
    for row in rows:
        values = row["values"]
        is_table = any(value.startswith(("[", "{")) for value in values.values())
        told = "; ".join(f"{name} {_brief(value)}" for name, value in values.items())
        yield f"  {row['key']} ({row['kind']}): {_IN_TABLE if is_table else told}"


def _brief(value: str) -> str:
    return value if len(value) <= _LONGEST else value[: _LONGEST - 3] + "..."


def _not_told(results: Results) -> Iterator[str]:
    """What has no number here, in any option."""
    first = results["options"][0]
    yield "What no option is given credit or blame for"
    yield f"  Harm to children while at home: {first['harm_while_at_home']['reason']}."
    if first["not_monetised"]:
        yield f"  Not monetised, because there is no number: {', '.join(first['not_monetised'])}."


def _rests_on(results: Results) -> Iterator[str]:
    rough = " Few draws, so all of this is rough." if results["draws"] < 5 * FEWEST else ""
    yield "What this rests on"
    yield (
        f"  {results['draws']} draws; every option meets the same luck, down to the same family."
        f"{rough} Reference: {results['reference']}. Prices {results['price_year']}; discounting "
        f"{results['discounting']}; followed for {in_years(results['follow_up_years'])}; term "
        f"{in_years(results['term_years'])}; unit costs {results['costs_scope'].replace('_', ' ')}."
    )
    assumed = {
        row["option"]: sum(one["status"] == "assumed" for one in row["unverified_inputs"])
        for row in results["options"]
    }
    yield f"  Assumed numbers: {', '.join(f'{n} in {name}' for name, n in assumed.items())}."


def _warnings(results: Results) -> Iterator[str]:
    if results["warnings"]:
        yield "Warnings"
        yield from (f"  {warning}" for warning in results["warnings"])
