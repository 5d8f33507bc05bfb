"""What can be checked on a run as it stands: sums, figures of other services, totals aimed at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from familyflow.economics.checks import Check
from familyflow.reports.documents.kept import Row
from familyflow.reports.units import amount, is_share
from familyflow.reports.words import count, pounds, share

Results = Mapping[str, Any]
Form = Callable[[float], str]

_SHARES: Final = {
    "never_start": "Suitable families who never start",
    "planned_endings": "Planned endings, of episodes closed",
    "referred_up": "Closed because referred up, of episodes closed",
}
_ROUGH_SUMS: Final[Mapping[str, tuple[str, Form]]] = {
    "families_a_year_that_would_take_up_an_offer": (
        "Families a year who would take up an offer", count
    ),
    "families_the_team_can_hold": ("Families the team can hold at once", count),
    "mean_elapsed_weeks": ("Weeks from allocation to closing, mean", count),
    "families_a_year_the_team_could_start": ("Families a year the team could start", count),
}  # fmt: skip
_MET: Final = 0.001  # of the published figure: what is solved for comes as near as this
_FIGURES: Final = 4


@dataclass(frozen=True)
class Beside:
    """A figure of the model beside one from elsewhere. met: as people say it."""

    label: str
    model: str
    published: str
    status: str
    met: str


def sums(results: Results) -> list[Check]:
    """Parts of the answer that must add up to a whole of it, added from results.json."""
    money = results["money"]
    agencies, funders, years = (results[name] for name in ("by_agency", "by_funder", "by_year"))
    checks = [
        Check("cost of all agencies is the cost", _total(agencies, "cost"), _mean(money["cost"])),
        Check("payments of all funders are the cost", _total(funders, "paid"),
              _mean(money["cost"])),
        Check("savings of all agencies are the fiscal saving", _total(agencies, "fiscal_saving"),
              _mean(money["fiscal_saving"])),
        Check("cost of all years is the cost", _total(years, "cost"), _mean(money["cost"])),
        Check("fiscal saving less cost is the net saving",
              _mean(money["fiscal_saving"]) - _mean(money["cost"]), _mean(money["net_saving"])),
    ]  # fmt: skip
    if money["cashable_saving"]["mean"] is not None:
        checks.append(
            Check("cashable savings of all agencies are the cashable saving",
                  _total(agencies, "cashable_saving"), _mean(money["cashable_saving"]))
        )  # fmt: skip
    if results["window"] == "follow_up":
        checks.append(
            Check("savings within and after the term are the fiscal saving",
                  _mean(money["saving_within_term"]) + _mean(money["saving_after_budget_window"]),
                  _mean(money["fiscal_saving"]))
        )  # fmt: skip
    return checks


def beside_others(results: Results) -> list[Beside]:
    """Figures of other services beside the model's own; none of them goes into the sums."""
    found, rows = results["checks"], []
    band = found.get("cost_per_family_started")
    if band is not None and band["model"] is not None:
        low, high, own = band["published_low"], band["published_high"], band["model"]
        met = "within the band" if low <= own <= high else "outside the band"
        year = band["price_year"]
        label = f"Cost of each family who starts, undiscounted, {year} prices"
        rows.append(Beside(label, pounds(own), f"{pounds(low)} to {pounds(high)}", "rounded band of"
                           " comparable services", met))  # fmt: skip
    for name, label in _SHARES.items():
        own = found.get(name, {}).get("model")
        if own is not None:
            other = found[name]["published"]
            rows.append(
                Beside(label, share(own), share(other), found[name]["status"], _points(own, other))
            )
    return rows


def rough_sums(results: Results) -> list[tuple[str, str]]:
    """Sums by hand that referrals, team and length of support must meet, before any simulation."""
    held = results["checks"].get("triangulation", {})
    return [
        (label, form(held[name])) for name, (label, form) in _ROUGH_SUMS.items() if name in held
    ]


def aimed_at(row: Row) -> Beside:
    """A published total beside what the model gives: solved for (calibrated), or only a check.

    Where nothing was published, or the model gives nothing, the cell says so.
    """
    unit, own, other = str(row["unit"]), _number(row["model"]), _number(row["published"])
    return Beside(
        label=str(row["quantity"]),
        model="not told" if own is None else amount(own, unit, _FIGURES),
        published="none" if other is None else amount(other, unit, _FIGURES),
        status=str(row["role"]),
        met="not comparable" if own is None or other is None else _near(own, other, unit),
    )


def _number(cell: object) -> float | None:
    """A cell of a table as a number; None where it is blank."""
    return float(str(cell)) if str(cell).strip() else None


def _near(own: float, other: float, unit: str) -> str:
    """How far the model is from a published figure: points of a share, else a part of it."""
    if is_share(unit):
        return _points(own, other)
    if abs(own - other) <= _MET * abs(other):
        return "met"
    if other == 0.0:
        return "not comparable: the published figure is 0"
    apart = own / other - 1.0
    return f"{100 * abs(apart):.1f}% {'above' if apart > 0 else 'below'}"


def _points(own: float, other: float) -> str:
    """How far a share is from another, in percentage points."""
    if abs(own - other) <= _MET * abs(other):
        return "met"
    points = 100 * (own - other)
    return f"{abs(points):.1f} percentage points {'above' if points > 0 else 'below'}"


def _total(rows: list[Mapping[str, Any]], name: str) -> float:
    return sum(_mean(row[name]) for row in rows)


def _mean(figure: Mapping[str, Any]) -> float:
    return float(figure["mean"])
