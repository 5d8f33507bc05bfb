"""What a careful reader would ask of the answer, asked here first: warnings and checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from familyflow.economics.appraisal import Ledger
from familyflow.economics.funding import UNFUNDED
from familyflow.economics.prices import Deflators
from familyflow.experiments.consistency import triangulate
from familyflow.parameters.parameter import Parameter
from familyflow.planning.advice import CHECK_THE_COST, LOOK_FOR_HOPE

Results = Mapping[str, Any]
Parameters = Mapping[str, Parameter]
CHECKS = "economy.checks."
UNFUNDED_WORTH_SAYING = 0.005  # of the cost


def warnings_after(
    results: Results, values: Mapping[str, Any], parameters: Parameters, ledger: Ledger
) -> list[str]:
    """Warnings about the answer itself: too good, too cheap, too dear, or nothing avoided."""
    return [
        *_too_good(results, values),
        *_cost_per_family(results, parameters, ledger.inputs.deflators),
        *_nothing_avoided(results),
        *without_a_funder(results),
    ]


CLOSED = (
    "families_completed", "families_disengaged", "families_disengaged_on_change",
    "families_ended_by_service", "families_moved_away", "families_closed_referred_up",
)  # fmt: skip


def checks_of(
    results: Results, values: Mapping[str, Any], parameters: Parameters, ledger: Ledger
) -> dict[str, Any]:
    """Figures of other services beside the model's own, on the same base: none is an input.

    Endings are shares of episodes that closed, without those cut off by the end of the term.
    """
    flow = results["flow"]
    started = flow["families_started"]["mean"]
    suitable = flow["families_accepted"]["mean"]
    closed = sum(_mean_of(ledger, name) for name in CLOSED)
    sums = triangulate(values) if values["service.team.runs"] else None
    low, high = _band(parameters, ledger.inputs.deflators, results["price_year"], "cost_per_family")
    checks = {
        "never_start": _beside(
            1.0 - started / suitable if suitable else None, parameters, "no_start_share"
        ),
        "planned_endings": _beside(
            _mean_of(ledger, "families_completed") / closed if closed else None,
            parameters,
            "planned_ending_share",
        ),
        "referred_up": _beside(
            _mean_of(ledger, "families_closed_referred_up") / closed if closed else None,
            parameters,
            "referred_up_share",
        ),
        "cost_per_family_started": {
            "model": results["money"]["cost_per_family_started_undiscounted"]["mean"],
            "basis": "undiscounted, without what is given in kind",
            "published_low": low,
            "published_high": high,
            "price_year": results["price_year"],
        },
    }
    if sums is not None:
        checks["triangulation"] = {
            "families_a_year_that_would_take_up_an_offer": sums.wanted,
            "families_the_team_can_hold": sums.places,
            "mean_elapsed_weeks": sums.elapsed_weeks,
            "families_a_year_the_team_could_start": sums.could_start,
        }
    return checks


def unverified_inputs(parameters: Parameters) -> list[dict[str, str]]:
    """Recalled and assumed numbers, which every report lists."""
    return [
        {
            "key": key,
            "label": parameter.label,
            "status": str(parameter.status),
            "grade": str(parameter.grade),
            "note": parameter.note or "",
        }
        for key, parameter in parameters.items()
        if parameter.status in ("recalled", "assumed")
    ]


def _beside(model: float | None, parameters: Parameters, name: str) -> dict[str, Any]:
    """The model's figure and that of others, with what the latter is: verified, assumed ..."""
    other = parameters[CHECKS + name]
    return {"model": model, "published": float(str(other.value)), "status": str(other.status)}


def _mean_of(ledger: Ledger, name: str) -> float:
    return float(ledger.inputs.quantities.with_service(name).mean())


def _too_good(results: Results, values: Mapping[str, Any]) -> list[str]:
    found = []
    money = results["money"]
    most = float(values[CHECKS + "highest_fiscal_return"])
    returned = money["fiscal_return"]["mean"]
    if returned is not None and returned > most:
        found.append(
            f"The fiscal return is {returned:.2f}. Evaluations of neighbours found 1 to {most:g}"
            f"{LOOK_FOR_HOPE}"
        )
    most = float(values[CHECKS + "highest_chance_of_saving"])
    chance = money["probability_net_saving"]["mean"]
    if chance is not None and chance > most:
        found.append(
            f"The chance of a net saving is {chance:.0%}, above {most:.0%}. Evidence of this kind "
            "cannot carry such certainty."
        )
    return found


def _cost_per_family(results: Results, parameters: Parameters, deflators: Deflators) -> list[str]:
    cost = results["money"]["cost_per_family_started_undiscounted"]["mean"]
    if cost is None:
        return []
    low, high = _band(parameters, deflators, results["price_year"], "cost_per_family_warn")
    if low <= cost <= high:
        return []
    return [
        f"A family started costs £{cost:,.0f}, outside £{low:,.0f} to £{high:,.0f}, the widest "
        f"band of published services in {results['price_year']} prices. "
        f"{CHECK_THE_COST}"
    ]


def _nothing_avoided(results: Results) -> list[str]:
    started = results["flow"]["families_started"]["mean"]
    what, figure = "entry to care", "children_looked_after_avoided"
    if results["window"] != "follow_up":  # entries are counted in the follow-up window alone
        what, figure = "week in care", "care_weeks_avoided"
    avoided = results["flow"][figure]["mean"]
    if not started or (avoided is not None and avoided > 0):
        return []
    return [
        f"No {what} is avoided within the window: there is no saving from placements, "
        "and the answer rests on other lines alone."
    ]


def without_a_funder(results: Results) -> list[str]:
    """Cost that no funder covers is nobody's, so it is in no public budget: it must be said."""
    cost = results["money"]["cost"]["mean"]
    unfunded = sum(row["paid"]["mean"] for row in results["by_funder"] if row["funder"] == UNFUNDED)
    if not cost or unfunded <= UNFUNDED_WORTH_SAYING * cost:
        return []
    return [
        f"£{round(unfunded, -2):,.0f} of the cost (present value, mean of draws, each year by "
        "itself) has no funder yet, so it is not in the net cost to public budgets."
    ]


def _band(
    parameters: Parameters, deflators: Deflators, price_year: str, name: str
) -> tuple[float, float]:
    low, high = (parameters[f"{CHECKS}{name}_{end}"] for end in ("low", "high"))
    return _moved(low, deflators, price_year), _moved(high, deflators, price_year)


def _moved(parameter: Parameter, deflators: Deflators, price_year: str) -> float:
    factor = deflators.factor(str(parameter.price_year), price_year)
    return float(str(parameter.value)) * factor
