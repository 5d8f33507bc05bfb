"""The sentences both documents share: what would pay, what comes after, what it all rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from familyflow.reports.answer import FEWEST, OPTIMISM
from familyflow.reports.documents.clean import clean
from familyflow.reports.documents.evidence import OWN
from familyflow.reports.documents.kept import Kept, Row
from familyflow.reports.documents.lines import Interval, between
from familyflow.reports.documents.moves import Mover
from familyflow.reports.rows import NOTHING, is_loss, ratio
from familyflow.reports.signs import lowered
from familyflow.reports.whose_money import RULES
from familyflow.reports.words import count, middle, pounds, share, window

Results = Mapping[str, Any]
TIMING: Final = {"start": "start", "mid": "middle", "end": "end"}
MOST_NAMED: Final = 3  # assumptions in one sentence


def break_even(results: Results) -> str:
    """How good the service would have to be to pay for itself in public money."""
    times = results["money"]["break_even_effect"]["mean"]
    placements = results["money"]["break_even_placements"]["mean"]
    if times is None:
        return f"Break-even: {middle(results['money']['break_even_effect'], count)}."
    told = (
        f"Break-even: to pay for itself in public money it would have to avoid {multiple(times)} "
        "times as much public spending as it does here."
    )
    if times <= 1.0:
        told = (
            f"Break-even: it would still pay for itself in public money if it avoided only "
            f"{share(times)} of what it does here."
        )
    if placements is None:
        return told
    told = (
        f"{told} If placements in care were all it saved, it would have to avoid "
        f"{count(placements)} of them"
    )
    if results["window"] != "follow_up":  # what is avoided is always counted in the follow-up
        return f"{told}."
    avoided = results["flow"]["children_looked_after_avoided"]["mean"]
    return f"{told}; on average it avoids {count(avoided)} here."


def worth_needed(results: Results) -> str:
    """What an improved family would have to be worth for public value to equal cost, or nothing."""
    for row in results["values_needed"]:
        if row["quantity"] == "families_improved" and row["value_needed"] is not None:
            return (
                "Counting studied lines only, public value would equal cost if each family with "
                f"fewer risks at the end were worth {pounds(row['value_needed'])} more."
            )
    return ""


def after_the_grant(results: Results, interval: Interval) -> str:
    """What falls after the grant's end, and for whose budgets; nothing of no service."""
    if not results["money"]["cost"]["mean"]:
        return ""
    after = results["money"]["saving_after_budget_window"]
    if after["mean"] is None:
        return f"What falls after the grant's end: {middle(after, pounds)}."
    told = f"The funding term ends with year {results['term_years']}."
    if results["window"] == "budget":
        told = f"{told} Public spending avoided after it is left out here."
    else:
        told = (
            f"{told} Of the public spending avoided, {pounds(after['mean'])} "
            f"({_how_sure(results, after, interval)}) falls after that."
        )
    for row in results["nets"]:
        if row["budgets"] == "council":
            return f"{told} {_council(results, row)}"
    return told


def multiple(times: float) -> str:
    """How many times, with as many digits as tell it from one.

    >>> multiple(1.82), multiple(1.013)
    ('1.8', '1.01')
    """
    return f"{times:.1f}" if abs(times - 1.0) >= 0.05 else f"{times:.3g}"


def _how_sure(results: Results, figure: Results, interval: Interval) -> str:
    told = between(results, figure, pounds, interval)
    return told if results["draws"] < FEWEST else f"{interval.words} {told}"


def _council(results: Results, row: Results) -> str:
    within, after = row["within_the_term"]["mean"], row["after_the_term"]["mean"]
    return (
        f"The council's own savings {window(results)}, less what it pays and not discounted, are "
        f"{pounds(within)} within the term and {pounds(after)} after it."
    )


def one_service(results: Results) -> str:
    """What the accounts of one such service could show, luck included; nothing of no service."""
    one = results["one_service"]
    if not results["money"]["cost"]["mean"]:
        return ""
    if results["draws"] < FEWEST or results["common_luck"]:
        return ""  # too few to tell, or all draws share one stretch of luck
    if one["net_saving_low"] is None:
        return f"What one such service could show is not told: {one['reason']}."
    low, high = pounds(one["net_saving_low"]), pounds(one["net_saving_high"])
    return (
        f"The accounts of one such service, luck included, could show a net saving of {low} to "
        f"{high} (95% interval)."
    )


def rests_on(kept: Kept) -> list[str]:
    """Price base, window, comparator, discounting, chance, optimism and scope, each a sentence."""
    results = kept.results
    scope = results["costs_scope"].replace("_", " ")
    return [
        f"Prices: {results['price_year']}, without general inflation.",
        f"Window: what falls {window(results)}.",
        f"Compared with {results['comparator']}; so what would have happened anyway is taken off.",
        f"Discounting: {discounting(kept)}.",
        f"Optimism bias: {OPTIMISM[results['optimism_bias']]}. Unit costs: {scope}.",
        _chance(results),
        *changed(kept),
    ]


def changed(kept: Kept) -> list[str]:
    """What somebody changed by hand or by a file of numbers, and that a run was priced again."""
    results, told = kept.results, []
    called = {row["key"]: row for row in kept.tables["assumptions"]}
    by_hand = "; ".join(
        f"{_label(key, called)} {_amount(value, key, called)}"
        for key, value in results["set_by_hand"].items()
    )
    if by_hand:
        told.append(f"Changed by hand: {clean(by_hand)}.")
    for file, keys in results["changed_by_files"].items():
        labels = "; ".join(_label(key, called) for key in keys)
        told.append(f"Changed by {clean(str(file))}: {clean(labels)}.")
    if results["repriced_from"]:
        told.append(f"Priced again from {results['repriced_from']}: nothing was simulated anew.")
    return told


def _label(key: str, called: Mapping[str, Row]) -> str:
    """What a number is called; its key where the run keeps no such row."""
    return lowered(str(called[key]["label"])) if key in called else key


def _amount(value: object, key: str, called: Mapping[str, Row]) -> str:
    """A value in its unit, as '3 years', where the unit is what is counted."""
    unit = str(called[key]["unit"]) if key in called else ""
    is_counted = str(value).replace(".", "", 1).isdigit() and unit.isalpha() and unit.endswith("s")
    return f"{value} {unit}" if is_counted else str(value)


def _chance(results: Results) -> str:
    draws = f"{results['draws']:,} draw{'' if results['draws'] == 1 else 's'}"
    if results["common_luck"]:
        return (
            f"Chance: {draws} of the uncertain numbers, all with the same stretch of luck; what "
            "another stretch would give is not in the intervals."
        )
    return (
        f"Chance: {draws} of the uncertain numbers. Intervals are about the expected value, with "
        "luck taken out."
    )


def other_rules(results: Results) -> str:
    """The lowest and highest return when one rule of appraisal is changed, or nothing."""
    returns = [
        (row["money"]["fiscal_return"]["mean"], RULES.get((row["kind"], row["name"]), row["name"]))
        for row in results["alternatives"][1:]
        if row["money"]["fiscal_return"]["mean"] is not None
    ]
    if not returns:
        return ""
    (low, low_rule), (high, high_rule) = min(returns), max(returns)
    least, most = (low, f"({lowered(low_rule)})"), (high, f"({lowered(high_rule)})")
    return f"Under other rules of appraisal, one changed at a time, each £1 {_from(least, most)}."


def _from(least: tuple[float, str], most: tuple[float, str]) -> str:
    """What £1 does under two rules; public services that lose by it are said to spend more."""
    (low, low_rule), (high, high_rule) = least, most
    if is_loss(high):
        return (
            f"costs public services from {ratio(-high)} {high_rule} to {ratio(-low)} {low_rule} "
            "more"
        )
    if is_loss(low):
        return (
            f"does anything from costing {ratio(-low)} more {low_rule} to saving {ratio(high)} "
            f"{high_rule}"
        )
    if high < NOTHING:
        return "saves nothing either"
    return f"saves from {ratio(low)} {low_rule} to {ratio(high)} {high_rule}"


def biggest(kept: Kept, found: list[Mover]) -> str:
    """The few assumptions that the answer moves with most, as far as the draws can tell."""
    draws = kept.results["draws"]
    if not found:
        return f"In {draws:,} draws no single number stands out from luck as moving the answer."
    named = "; then ".join(
        f"{lowered(one.label)} (here {one.value}; {_standing(one)})" for one in found[:MOST_NAMED]
    )
    return f"Biggest assumptions: in {draws:,} draws the answer moves most with {named}."


def _standing(one: Mover) -> str:
    standing = one.evidence.standing
    return standing if standing == OWN else f"grade {standing}"


def not_verified(results: Results, never: Sequence[str] | None = None) -> list[str]:
    """What nobody has checked, and what has no number at all.

    never: what is told of families who never start, where it is not of these results alone.
    """
    listed = results["unverified_inputs"]
    assumed = sum(1 for row in listed if row["status"] == "assumed")
    told = [
        f"{assumed} numbers are assumed, and {len(listed) - assumed} are recalled and were not "
        "checked in their source. Every one is listed in tables/assumptions.csv.",
        f"Harm to children while at home: {results['harm_while_at_home']['reason']}.",
    ]
    if results["not_monetised"]:
        names = ", ".join(results["not_monetised"])
        told.append(f"Not counted in pounds, because there is no number: {names}.")
    told += _never_start(results) if never is None else never
    if results["unproven"]:
        told.append(f"No evidence says that outcomes change with {results['unproven']}.")
    return told


def _never_start(results: Results) -> list[str]:
    never = results["checks"]["never_start"]
    if never["model"] is None:
        return []
    return [
        f"{share(never['model'])} of suitable families never start in this simulation; published "
        f"for such services is {share(never['published'])}."
    ]


def discounting(kept: Kept) -> str:
    """What the schedule of discounting is called, with its first rate."""
    name = str(kept.results["discounting"])
    key = f"economy.discounting.{name}"
    labels = [row["label"] for row in kept.tables["assumptions"] if row["key"] == key]
    rates = kept.parameters.get(key, {}).get("table", ())
    first = f"{100 * float(rates[0]['rate']):g}% a year at first" if rates else ""
    # a schedule that was changed is no longer what its label says
    is_own = any(str(one).startswith(key) for one in kept.results["set_by_hand"])
    is_own |= any(key in keys for keys in kept.results["changed_by_files"].values())
    label = labels[0] if labels else name.replace("_", " ")
    timing = f"money at the {TIMING[str(kept.results['timing'])]} of its year"
    return ", ".join(one for one in ("changed here" if is_own else label, first, timing) if one)
