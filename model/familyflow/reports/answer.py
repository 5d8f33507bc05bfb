"""The printed answer: the sentence first, then what it costs, does, saves and rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from familyflow.experiments.movers import FEWEST_DRAWS
from familyflow.reports.rows import WIDTH, about, figure_row, is_loss, ratio, years
from familyflow.reports.whose_money import other_rules, who, whose_budget
from familyflow.reports.words import (
    count,
    in_years,
    interval,
    likelihood,
    middle,
    out_of_ten,
    pounds,
    share,
    window,
)

Results = Mapping[str, Any]
OPTIMISM = {
    "none": "none",
    "haircut": "haircut (recalled shares off savings and on costs)",
    "spread": "spread (from none to twice the recalled shares, drawn)",
}
SAID = {"verified": "published", "derived": "worked out from published figures:"}
MOST_KEYS = 5
FEWEST: Final = FEWEST_DRAWS  # below which nothing is said of how sure anything is
ROUGH = 0.1  # an interval of the chance wider than this is worth saying
USUAL = (
    ("assessments", "Children assessed and found in need"),
    ("plans_started", "Child protection plans started"),
    ("care_entries", "Entries to care"),
    ("child_weeks_looked_after.foster", "Weeks in foster or kinship care"),
    ("child_weeks_looked_after.residential", "Weeks in children's homes"),
    ("child_weeks.child_protection", "Weeks on a protection plan"),
    ("child_weeks.child_in_need", "Weeks as a child in need"),
    ("usual_support_episodes", "Families given usual support"),
    ("domestic_abuse_incidents", "Incidents of domestic abuse"),
)


def answer_text(results: Results) -> str:
    """One page that can be read out. Every figure carries its price base, window and comparator."""
    parts = [
        list(_title(results)),
        list(_sentence(results)),
        list(_reach(results)),
        list(_money(results)),
        list(_does(results)),
        list(who(results)),
        list(whose_budget(results)),
        list(other_rules(results)),
        list(_beside_published(results)),
        list(_rests_on(results)),
        list(_warnings(results)),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _title(results: Results) -> Iterator[str]:
    yield str(results["title"])
    changed = ", ".join(f"{key} = {value}" for key, value in results["set_by_hand"].items())
    if changed:
        yield f"Changed by hand: {changed}"
    for file, keys in results["changed_by_files"].items():
        shown, more = ", ".join(keys[:MOST_KEYS]), len(keys) - MOST_KEYS
        yield f"Changed by {file}: {shown}" + (f" and {more} more" if more > 0 else "")
    yield str(results["question"])
    yield from _repriced(results)


def _repriced(results: Results) -> Iterator[str]:
    if results["repriced_from"]:
        yield f"What happened in {results['repriced_from']}, priced again: nothing was simulated."


def headline(results: Results, ends: tuple[str, str] = ("low", "high"), wide: str = "95%") -> str:
    """Whether the service pays for itself in public money, in one sentence.

    ends, wide: which percentiles the interval gives and what it is called.
    """
    money = results["money"]
    returned, chance = money["fiscal_return"], money["probability_net_saving"]["mean"]
    if money["cost"]["mean"] == 0:
        return "There is no service here, so nothing is spent and nothing is saved: the reference."
    if returned["mean"] is None:
        return f"No fiscal return can be given: {returned['reason']}."
    each = f"each £1 spent {_saves(returned['mean'])} {window(results)}"
    between = f"({wide} interval {interval(*_as_told(returned, ends))})"
    start = _whether_it_pays(results)
    if results["draws"] < FEWEST:
        draws = f"{results['draws']} draw{'' if results['draws'] == 1 else 's'}"
        return (
            f"From {draws} it cannot be told whether the service pays for itself in public money, "
            f"nor how surely: {FEWEST} or more are needed. On their mean {each}."
        )
    net = f"A net saving is {likelihood(chance)} ({out_of_ten(chance)})."
    if money["probability_net_saving"]["high"] - money["probability_net_saving"]["low"] > ROUGH:
        net += f" With {results['draws']} draws these are rough: more draws narrow them."
    return f"{start}: {each} {between}. {net}"


def _saves(returned: float) -> str:
    """What £1 does to public services: a loss is told as what they spend more."""
    if is_loss(returned):
        return f"costs public services about {ratio(-returned)} more"
    return f"saves public services {about(returned)}"


def _as_told(
    returned: Mapping[str, Any], ends: tuple[str, str]
) -> tuple[dict[str, Any], Callable[[float], str], tuple[str, str]]:
    """The interval in the direction in which the mean is told: of more spent where it is a loss."""
    if is_loss(returned["mean"]):
        return dict(returned), lambda value: ratio(-value), (ends[1], ends[0])
    return dict(returned), ratio, ends


def _whether_it_pays(results: Results) -> str:
    """The start of the headline. Mean and chance may point different ways: then only the mean."""
    pays = results["money"]["fiscal_return"]["mean"] >= 1.0
    net_saving = results["money"]["probability_net_saving"]["mean"] >= 0.5
    on_average = " on average" if pays != net_saving and results["draws"] >= FEWEST else ""
    if pays:
        return f"On this evidence the service pays for itself in public money{on_average}"
    if results["unproven"]:
        return (
            f"If outcomes stay as they are on the evidence, it costs more than it saves{on_average}"
        )
    return f"On this evidence the service does not pay for itself in public money alone{on_average}"


def _sentence(results: Results) -> Iterator[str]:
    yield headline(results)
    if results["unproven"]:
        yield _cost_only(results)


def _cost_only(results: Results) -> str:
    """Of an option without evidence: not that it does not pay, but what it would have to change."""
    start = (
        f"No evidence says that outcomes change with {results['unproven']}: for that part this is "
        "cost only."
    )
    times = results["money"]["break_even_effect"]["mean"]
    if times is None or times <= 1.0:
        return start
    return (
        f"{start} To pay for itself in public money the option would have to avoid "
        f"{times:.1f} times as much public spending as it does here."
    )


def _reach(results: Results) -> Iterator[str]:
    flow, term = results["flow"], results["term_years"]
    if not flow["families_started"]["mean"]:
        return
    yield f"Whom it reaches, over a term of {in_years(term)} (mean, and 95% interval)"
    yield figure_row("Families referred", flow["families_referred"], count)
    yield figure_row("Families who start", flow["families_started"], count)
    yield figure_row(
        "  of a minority ethnic group", flow["families_started_minority_ethnic"], count
    )
    yield figure_row("  who need an interpreter", flow["families_started_with_interpreter"], count)
    yield figure_row("Children supported", flow["children_supported"], count)
    yield figure_row("Planned endings", flow["families_completed"], count)
    yield figure_row("Gave up waiting", flow["families_gave_up_waiting"], count)
    yield figure_row("Weeks waited by those who get a place", flow["mean_wait_weeks"], count)
    yield figure_row("  the longest tenth of them, above", flow["p90_wait_weeks"], count)
    yield figure_row("Weeks waited by all who are accepted", flow["mean_wait_weeks_of_all"], count)


def _money(results: Results) -> Iterator[str]:
    money = results["money"]
    if money["cost"]["mean"] == 0:
        return
    yield from _budget(results)
    yield ""
    yield f"What it costs and saves (present value, {results['price_year']} prices)"
    yield figure_row("Cost of the service, gifts in kind included", money["cost"], pounds)
    yield figure_row(
        "  one more family, where there is room", money["marginal_cost_per_family"], pounds
    )
    yield figure_row("Public spending avoided", money["fiscal_saving"], pounds)
    yield figure_row("  of which cashable", money["cashable_saving"], pounds)
    for row in results["step_ups"]:
        label = f"  spent on {row['line'][0].lower()}{row['line'][1:]}"
        yield f"  {label:{WIDTH}} {pounds(-row['cost']):>14}"
    yield figure_row("  within the term", money["saving_within_term"], pounds)
    yield figure_row("  after the term", money["saving_after_budget_window"], pounds)
    yield figure_row("Saving less cost, whoever bears it", money["net_saving"], pounds)
    impact = money["net_present_budget_impact"]
    words = (
        "Net cost to public budgets" if impact["mean"] > 0 else "Net saving (-) of public budgets"
    )
    yield figure_row(words, impact, pounds)
    yield figure_row("Public value for each £1 (studied lines)", money["benefit_cost_ratio"], ratio)
    weaker = money["benefit_cost_ratio_with_weaker_evidence"]
    yield figure_row("  with weaker, partly assumed evidence", weaker, ratio)
    yield figure_row("Public value less cost (studied lines)", money["net_present_value"], pounds)
    with_weaker = money["net_present_value_with_weaker_evidence"]
    yield figure_row("  with weaker, partly assumed evidence", with_weaker, pounds)
    payback = money["payback_years"]
    yield f"  {'Pays back after':{WIDTH}} {middle(payback, years)}"
    yield from _worth_needed(results)
    placements = money["break_even_placements"]
    if placements["mean"] is not None:
        need = count(placements["mean"])
        yield (
            f"  If placements in care were all it saved, preventing about {need} of them would pay "
            "for it."
        )


def _worth_needed(results: Results) -> Iterator[str]:
    """What an outcome without a price would have to be worth for public value to equal cost."""
    for row in results["values_needed"]:
        if row["quantity"] == "families_improved" and row["value_needed"] is not None:
            yield (
                "  Public value would equal cost if each family with fewer risks at exit "
                f"were worth {pounds(row['value_needed'])}."
            )


def _budget(results: Results) -> Iterator[str]:
    """Cost as a budget shows it, beside what the funders offer."""
    money, term = results["money"], results["term_years"]
    yield f"What it costs, as a budget shows it (undiscounted, {results['price_year']} prices)"
    yield figure_row(f"Cost over {in_years(term)}", money["cost_undiscounted"], pounds)
    each = money["cost_per_family_started_undiscounted"]
    yield figure_row("  per family who starts", each, pounds)
    offered = sum(row["offered"] for row in results["funding"])
    names = ", ".join(map(_offer, results["funding"]))
    yield f"  {'Offered by funders':{WIDTH}} {pounds(offered):>14}   {names or 'nobody'}"
    for name, words in (("left_over", "Left over"), ("not_funded", "Not funded, in other years")):
        amount = results["funding_gap"][name]
        if amount >= 1.0:
            yield f"  {words:{WIDTH}} {pounds(amount):>14}"


def _offer(row: Mapping[str, Any]) -> str:
    cash = "" if row["cash"] is None else f" ({pounds(row['cash'])} in cash)"
    return f"{row['funder']} {pounds(row['offered'])}{cash}"


def _does(results: Results) -> Iterator[str]:
    flow = results["flow"]
    if not flow["families_started"]["mean"]:
        yield from _usual_support_alone(results)
        return
    rows = {row["quantity"]: row for row in results["outcomes"]}
    yield "What it does, beside usual support, within the same window"
    avoided, delayed = flow["children_looked_after_avoided"], flow["of_which_delayed"]
    yield figure_row("Children who could safely stay at home", avoided, count)
    yield figure_row("  of whom only delayed", delayed, count)
    if results["window"] != "follow_up":
        yield f"  (both {avoided['note']})"
    yield figure_row("Weeks in care avoided", flow["care_weeks_avoided"], count)
    for quantity, label in (
        ("child_weeks.child_in_need", "Weeks as a child in need avoided"),
        ("child_weeks.child_protection", "Weeks on a plan avoided"),
    ):
        if quantity in rows:
            yield figure_row(label, rows[quantity]["fewer"], count)
    yield figure_row(
        "Step-ups brought forward by being noticed", flow["escalations_detected"], count
    )
    yield "  (needs seen sooner: a good for the child, and a cost that is in the sums above)"
    yield figure_row("Families with fewer risks at exit", flow["families_improved"], count)
    yield "  (the last line is change during support, not an effect of it)"
    yield f"  Harm to children while at home: {results['harm_while_at_home']['reason']}."
    if results["not_monetised"]:
        yield f"  Not monetised, because there is no number: {', '.join(results['not_monetised'])}."


def _usual_support_alone(results: Results) -> Iterator[str]:
    """How the same families fare where there is no service: what the others are compared with."""
    yield f"What happens to the families with usual support alone, {window(results)}"
    without = {row["quantity"]: row["without"] for row in results["outcomes"]}
    for quantity, label in USUAL:
        if quantity in without:
            yield f"  {label:{WIDTH}} {count(without[quantity]):>14}"


def _beside_published(results: Results) -> Iterator[str]:
    """Figures of other services beside the model's own; none of them is an input."""
    checks = results["checks"]
    cost = checks["cost_per_family_started"]
    if cost["model"] is None:
        return
    yield "Beside figures of other services (none of them goes into the sums)"
    low, high = pounds(cost["published_low"]), pounds(cost["published_high"])
    mine = pounds(cost["model"])
    yield (
        f"  {'Cost per family who starts, undiscounted':{WIDTH}} {mine:>14}   rounded band of "
        f"comparable services {low} to {high}"
    )
    for name, label in (
        ("never_start", "Suitable families who never start"),
        ("planned_endings", "Planned endings, of episodes closed"),
        ("referred_up", "Closed because referred up, likewise"),
    ):
        check = checks[name]
        if check["model"] is not None:
            mine, theirs = share(check["model"]), share(check["published"])
            said = SAID.get(check["status"], check["status"])
            yield f"  {label:{WIDTH}} {mine:>14}   {said} {theirs}"


def _rests_on(results: Results) -> Iterator[str]:
    one, money = results["one_service"], results["money"]
    optimism, scope = OPTIMISM[results["optimism_bias"]], results["costs_scope"].replace("_", " ")
    yield "What this rests on"
    yield (
        f"  Prices {results['price_year']}; discounting {results['discounting']}; optimism bias "
        f"{optimism}; unit costs {scope}; "
        f"compared with {results['comparator']}."
    )
    if money["cost"]["mean"]:
        yield (
            f"  {results['draws']} draws of the uncertain numbers; intervals are about the "
            "expected value, with the part of the spread that is only chance taken out "
            f"({share(money['fiscal_saving']['share_of_chance'])} of it for the savings). "
            f"{_one_service(one)}"
        )
    listed = results["unverified_inputs"]
    assumed = sum(1 for row in listed if row["status"] == "assumed")
    yield (
        f"  {assumed} numbers are assumed and {len(listed) - assumed} recalled and not verified: "
        "see tables/assumptions.csv."
    )


def _one_service(one: Results) -> str:
    """What the accounts of one service could show, or why that is not told."""
    if one["net_saving_low"] is None:
        return f"What one such service could show is not told: {one['reason']}."
    low, high = pounds(one["net_saving_low"]), pounds(one["net_saving_high"])
    return (
        "The accounts of one such service, chance included, could show a net saving of "
        f"{low} to {high}."
    )


def _warnings(results: Results) -> Iterator[str]:
    if results["warnings"]:
        yield "Warnings"
        yield from (f"  {warning}" for warning in results["warnings"])
