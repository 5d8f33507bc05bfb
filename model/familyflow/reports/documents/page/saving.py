"""Whether any option saves public money, and what each costs and saves the council in the term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from familyflow.experiments.pricing import COUNCIL
from familyflow.reports.answer import FEWEST
from familyflow.reports.pictures.labels import said
from familyflow.reports.words import pounds, share

Results = Mapping[str, Any]
EVEN: Final = 0.5  # as likely as not


def no_saving(results: Results) -> tuple[str, ...]:
    """That no option is likely to save public money, with the chances; nothing where one is."""
    chances = {
        row["option"]: row["money"]["probability_net_saving"]["mean"]
        for row in results["options"]
        if row["option"] in results["competing"]
    }
    if results["draws"] < FEWEST or not chances or None in chances.values():
        return ()
    if max(chances.values()) >= EVEN:
        return ()
    titles = said(results)
    told = ", ".join(f"{share(chance)} with {titles[name]}" for name, chance in chances.items())
    which = "None of these options is" if len(chances) > 1 else "The only option to choose is not"
    return (
        f"{which} likely to save public money: the chance that public spending avoided is more "
        f"than the cost is {told}.",
    )


def council_lines(results: Results) -> tuple[str, ...]:
    """A sentence for each option to choose: what the council pays and saves within the term."""
    return tuple(
        told
        for row in results["options"]
        if row["option"] in results["competing"]
        for told in _council(results, row)
    )


def _council(results: Results, row: Results) -> Iterator[str]:
    """What one option does to the council's budget; nothing where there is no such budget."""
    net = next((one for one in row["nets"] if one["budgets"] == "council"), None)
    if net is None or net["within_the_term"]["mean"] is None:
        return
    years = int(results["term_years"])
    of_council = {one["funder"] for one in row["by_funder"] if one["council"]}
    titles = {one["title"] for one in row["by_agency"] if one["agency"] in COUNCIL}
    paid = -_within(row, "pays", of_council, "by_year", years)
    saved = net["within_the_term"]["mean"] + paid  # a net is what is saved less what is paid
    cash = _within(row, "saves", titles, "cash_by_year", years)
    if not paid and not saved:
        return
    costs = f"costs the council {pounds(paid)}" if paid else "costs the council nothing"
    loses = f"adds {pounds(-saved)} to its spending"
    saves = f"saves it {pounds(saved)} (cashable {pounds(cash)})" if saved >= 0 else loses
    yield (
        f"{said(results)[row['option']]} {costs} in the term of {years} years and {saves}, not "
        "discounted."
    )


def _within(row: Results, role: str, names: set[str], flow: str, years: int) -> float:
    """Pounds of some payers or savers in the first years, summed."""
    return sum(
        sum(one[flow][:years])
        for one in row["who_pays"]
        if one["role"] == role and one["party"] in names
    )
