"""The prose of the budget: what is asked of whom, how it grows, and what posts cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from familyflow.reports.documents.kept import Kept, table_of
from familyflow.reports.documents.limits import ASKS_NOTHING, asked_of, total_row
from familyflow.reports.documents.lines import whole_pounds
from familyflow.reports.units import figure
from familyflow.reports.words import count, in_years, one_or_more, pounds, share

OVERHEADS: Final = "Overheads"
OVERHEAD_SHARE: Final = "unit_costs.staff.overhead_share"


def in_short(kept: Kept) -> str:
    """What is asked of whom, for what, in a paragraph that opens a bid."""
    total, flow = total_row(kept), kept.results["flow"]
    asks = (
        f"The bid asks {whole_pounds(total['asked'])} of {asked_of(kept)}"
        if float(total["asked"]) >= 1.0
        else ASKS_NOTHING
    )
    families = one_or_more(count(flow["families_started"]["mean"]), "family", "families")
    children = one_or_more(count(flow["children_supported"]["mean"]), "child", "children")
    who = f"about {families} with {children}" if flow["families_started"]["mean"] else "no family"
    return (
        f"{asks}, over {in_years(kept.results['term_years'])}, towards a whole cost of "
        f"{whole_pounds(total['total'])} in pounds as they are paid. For it {who} would start with "
        "a key worker of their own."
    )


def full_cost(kept: Kept) -> list[str]:
    """What is asked of whom, how the budget grows, and where the overheads stand."""
    total = total_row(kept)
    told = [
        f"The whole cost over {in_years(kept.results['term_years'])}, in pounds as they are paid, "
        f"is {whole_pounds(total['total'])}. {_who_pays(kept)}, and {_unfunded(total)}. Gifts in "
        f"kind are left out.{_each(kept)}",
        *_if_it_costs_more(kept),
    ]
    held = _overheads(kept)
    if held:
        told.append(
            f"Full cost recovery: {held}, shown as a heading of their own.{_no_contingency(kept)}"
        )
    growth = kept.parameters.get("economy.growth.pay_per_year", {})
    if "value" in growth:
        told.append(
            f"Pay grows by {figure(growth['value'], 'share')} a year from the year of its scale "
            f"(assumed where no award is known), and prices by {_price_growth(kept)}. The figures "
            f"of value for money are in {kept.results['price_year']} prices, without that growth. "
            "Each sum is rounded by itself, so totals may differ by a pound or two."
        )
    return told


def posts_note(results: Mapping[str, Any]) -> str:
    """Why the budget's salaries are no multiple of the table's sum."""
    yearly = sum(float(row["cost"]) for row in results["posts"])
    return (
        f"All posts filled for a whole year would cost {whole_pounds(yearly)}. The salaries of the "
        "budget grow with pay, and leave out the weeks in which a post stands empty."
    )


def _who_pays(kept: Kept) -> str:
    """What is asked of whom, and what comes from others."""
    total = total_row(kept)
    others = f"{whole_pounds(total['other'])} comes from other funders"
    if float(total["asked"]) < 1.0:
        return f"{ASKS_NOTHING}, {others}"
    return f"Of it {whole_pounds(total['asked'])} is asked of {asked_of(kept)}, {others}"


def _unfunded(total: Mapping[str, Any]) -> str:
    missing = float(total["unfunded"])
    return f"{whole_pounds(missing)} has no funder yet" if missing >= 1.0 else "no year lacks any"


def _each(kept: Kept) -> str:
    """What the budget comes to for each family, as whoever reads it will work out."""
    started = kept.results["flow"]["families_started"]["mean"]
    if not started:
        return ""
    each = float(total_row(kept)["total"]) / started
    return f" That is {pounds(each)} of the budget for each family who starts."


def _if_it_costs_more(kept: Kept) -> list[str]:
    """What the mean does not show of a gap: in dearer draws funders offer less than it costs.

    What is offered beyond the mean is not told: it is known in real pounds, and a budget is not.
    """
    gap, base = kept.results["funding_gap"], kept.results["price_year"]
    lacking = gap.get("either_way", 0.0)  # a run kept before it was told tells none
    if lacking < 1.0:
        return []
    more = "a further " if gap["not_funded"] - lacking >= 1.0 else ""
    return [
        f"This is the mean. Where it turns out dearer, {more}{pounds(lacking)} of cost on average "
        f"has no funder over the term ({base} prices)."
    ]


def _overheads(kept: Kept) -> str:
    """What overheads are and the share of the whole cost that they take; nothing without any."""
    for row in kept.tables["budget"]:
        if row["heading"] == OVERHEADS and float(total_row(kept)["total"]) > 0:
            part = float(row["total"]) / float(total_row(kept)["total"])
            told = kept.parameters.get(OVERHEAD_SHARE, {})
            rate = f" ({figure(told['value'], 'share')} as stated)" if "value" in told else ""
            more = [
                str(line["line"])
                for line in kept.tables["costs"]
                if line["heading"] == OVERHEADS and line["line"] != OVERHEADS
            ]
            beside = f", with {', '.join(one[0].lower() + one[1:] for one in more)}" if more else ""
            return (
                f"overheads of {whole_pounds(row['total'])}, {share(part)} of the whole, are a "
                f"share of direct pay{rate}{beside}"
            )
    return ""


def _no_contingency(kept: Kept) -> str:
    """That no heading is for contingency, where that is so: a scenario may have its own."""
    headings = " ".join(str(row["heading"]) for row in kept.tables["budget"])
    return "" if "contingency" in headings.lower() else " There is no line for contingency."


def _price_growth(kept: Kept) -> str:
    """The growth of prices in the term: the official forecast, and what holds after its end."""
    index = table_of(kept, "economy.prices.gdp_deflator")
    first = str(kept.parameters.get("appraisal.first_year", {}).get("value", ""))
    years = list(index)
    start = years.index(first) if first in years else len(years)
    ends = min(start + int(kept.results["term_years"]), len(years))
    grown = [index[years[at]] / index[years[at - 1]] - 1.0 for at in range(start + 1, ends)]
    if not grown:
        return "the official forecast"
    low, high = figure(min(grown), "share", 2), figure(max(grown), "share", 2)
    return f"{low if low == high else f'{low} to {high}'} a year, the official forecast"
