"""What needs whole events, and is therefore not told of a run with an expected follow-up.

Where each family's follow-up is a mean over several, nothing in a draw is what one service could
show, and whole units of cash cannot be counted: of 16 follow-ups, one might release a whole place
and the mean a sixteenth of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from familyflow.economics.savings import BenefitLine
from familyflow.experiments.statistics import undefined

Results = Mapping[str, Any]
_INSTEAD = "run it without --follow-up expected"
OF_ONE_SERVICE: Final = (
    "with an expected follow-up, how families fare is a mean over several follow-ups, not what the "
    f"accounts of one service could show; {_INSTEAD}"
)
OF_WHOLE_UNITS: Final = (
    "cash is released in whole units, such as a place for a year, and with an expected follow-up "
    f"how families fare is a mean, in which no unit is whole; {_INSTEAD}"
)
OF_CASH: Final = ("cashable_saving", "cashable_fiscal_return")


def without_whole_events(
    results: Results, lines: Sequence[BenefitLine], titles: Mapping[str, str]
) -> dict[str, Any]:
    """The results with null and a reason wherever a figure needs whole events.

    titles: what people call each agency. Cash is told of agencies that release no whole units.
    """
    told = {**results, "one_service": _nothing_of(results["one_service"])}
    agencies = _who_releases_whole_units(lines)
    if agencies:
        named = {titles.get(agency, agency) for agency in agencies}
        told["money"] = _money(results["money"])
        told["by_agency"] = [_agency(row, agencies) for row in results["by_agency"]]
        told["who_pays"] = [_party(row, named) for row in results["who_pays"]]
        told["alternatives"] = [
            {
                **row,
                "money": _money(row["money"]),
                "by_agency": [_agency(one, agencies) for one in row["by_agency"]],
            }
            for row in results["alternatives"]
        ]
    return told


def needs_whole_events(figure: str, lines: Sequence[BenefitLine]) -> bool:
    """Whether a money figure by this name rests on whole units of cash."""
    return figure in OF_CASH and bool(_who_releases_whole_units(lines))


def _who_releases_whole_units(lines: Sequence[BenefitLine]) -> set[str]:
    whole = [line for line in lines if line.cashable.units_per_year is not None]
    return {agency for line in whole for agency in line.unit_cost.falls_on}


def _nothing_of(one_service: Results) -> dict[str, Any]:
    return {**dict.fromkeys(one_service), "reason": OF_ONE_SERVICE}


def _money(money: Results) -> dict[str, Any]:
    return {
        name: undefined(figure["unit"], OF_WHOLE_UNITS) if name in OF_CASH else figure
        for name, figure in money.items()
    }


def _agency(row: Results, agencies: set[str]) -> dict[str, Any]:
    if row["agency"] not in agencies:
        return dict(row)
    cash = row["cashable_saving"]  # with its interval, or a mean alone
    nothing = undefined(cash["unit"], OF_WHOLE_UNITS) if isinstance(cash, Mapping) else None
    return {**row, "cashable_saving": nothing}


def _party(row: Results, named: set[str]) -> dict[str, Any]:
    if row["role"] != "saves" or row["party"] not in named:
        return dict(row)
    nothing = dict.fromkeys(("cash", "cash_by_year", "first_cash_year"))
    return {**row, **nothing, "reason": OF_WHOLE_UNITS}
