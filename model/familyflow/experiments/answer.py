"""From simulations to the answer: priced, with intervals, tables and warnings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from familyflow.experiments import case_tables, tables
from familyflow.experiments import cost_case as case
from familyflow.experiments import results as parts
from familyflow.experiments.alternatives import alternatives_of
from familyflow.experiments.blocks import Counts
from familyflow.experiments.break_even import break_even_curve
from familyflow.experiments.first_draws import draws_seen
from familyflow.experiments.gathering import Priced
from familyflow.experiments.inputs import Drawn, Inputs
from familyflow.experiments.movers import moved, movers_of, movers_table
from familyflow.experiments.outside_headline import outside_headline
from familyflow.experiments.over_years import in_care_by_year, net_flow_by_year
from familyflow.experiments.planned_cost import warnings_of
from familyflow.experiments.quantity_names import Quantity, quantities_in
from familyflow.experiments.served_tables import WHO_IS_SERVED, served_table
from familyflow.experiments.statistics import undefined
from familyflow.experiments.validity import checks_of, unverified_inputs, warnings_after
from familyflow.experiments.who_is_served import Served
from familyflow.experiments.whole_events import needs_whole_events, without_whole_events
from familyflow.outcomes.solve import tables as solved_tables
from familyflow.parameters.draws import uncertain
from familyflow.planning.outcomes import not_monetised
from familyflow.scenarios.resolve import Resolved


@dataclass(frozen=True)
class Answer:
    """What a run found, as the objects that are written."""

    results: dict[str, Any]
    tables: dict[str, pd.DataFrame]
    summary: pd.DataFrame
    draws: pd.DataFrame
    quantities: Sequence[Quantity]


@dataclass(frozen=True)
class Unpriced:
    """What no price touches: tables of weeks and of what was solved, and how it was solved."""

    tables: Mapping[str, pd.DataFrame]
    calibration: Mapping[str, Any]


def unpriced_of(
    inputs: Inputs, waiting: Counts, caseload: Counts, served: Served | None = None
) -> Unpriced:
    """The part of the answer that comes from simulating and solving alone.

    waiting and caseload: (simulation, week). served: who is, where it was looked at.
    """
    solved = pd.DataFrame(solved_tables(inputs.base_solved, inputs.base, inputs.reference))
    return Unpriced(
        {
            "weekly": tables.weekly_table(waiting, caseload),
            "calibration": solved[solved["table"] == "calibration"],
            "solved_effects": solved[solved["table"] == "effects"],
            **({} if served is None else {WHO_IS_SERVED: served_table(served)}),
        },
        {
            "method": inputs.report.method,
            "largest_error": inputs.report.largest_error,
            "draws_not_reached": len(inputs.report.unreached),
            "warning": inputs.report.warning,
        },
    )


def answer_of(
    name: str, drawn: Drawn, priced: Priced, unpriced: Unpriced, repriced_from: str | None = None
) -> Answer:
    """Lay out the answer from what was priced block by block.

    name: the run's id; repriced_from: that of the run whose quantities are priced again.
    """
    draws = _draws(drawn, priced)
    results = _results(name, drawn, priced, unpriced.calibration, repriced_from)
    parameters = drawn.resolved.parameters
    with_answer = moved(draws, parameters, outside_headline(parameters, drawn.values))
    results["movers"] = movers_of(with_answer)
    if WHO_IS_SERVED in unpriced.tables:
        results["who_is_served_draws"] = draws_seen(drawn.settings)
    return Answer(
        results=results,
        tables={**_tables(drawn, unpriced, priced, results), "movers": movers_table(with_answer)},
        summary=tables.figures_table(results),
        draws=draws,
        quantities=quantities_in(drawn.base),
    )


def _results(
    name: str,
    drawn: Drawn,
    priced: Priced,
    calibration: Mapping[str, Any],
    repriced_from: str | None,
) -> dict[str, Any]:
    values, mean, resolved = drawn.base, priced.mean, drawn.resolved
    shared = parts.shared_chance(priced.figures)
    results: dict[str, Any] = {
        **_asked(name, drawn, repriced_from),
        "flow": parts.flow_of(priced),
        "money": parts.money_of(priced, shared),
        "one_service": parts.one_service_of(priced.figures),
        "by_agency": parts.by_agency(priced.figures, shared, _titles(values)),
        "by_funder": parts.by_funder(priced, shared),
        "by_year": parts.by_year(priced, shared),
        "funding": parts.funding_of(mean),
        "funding_gap": parts.funding_gap_of(mean),
        "not_monetised": not_monetised(values),
        "harm_while_at_home": undefined("children", "no study gives a number for it yet"),
        "outcomes": parts.levels_of(priced),
        "alternatives": alternatives_of(priced.figures, mean, priced.others),
        "nets": case.nets_of(priced.figures, mean),
        "who_pays": case.parties_of(mean, _titles(values)),
        "values_needed": case.needed_of(mean),
        "step_ups": case_tables.step_ups(mean),
        "posts": case.posts_of(resolved.parameters, values),
        "calibration": dict(calibration),
    }
    if drawn.settings.follow_up == "expected":
        results = without_whole_events(results, mean.inputs.benefit_lines, _titles(values))
    results["checks"] = checks_of(results, values, resolved.parameters, mean)
    results["warnings"] = [
        *warnings_of(resolved.parameters),
        *warnings_after(results, values, resolved.parameters, mean),
        *([calibration["warning"]] if calibration["warning"] else []),
    ]
    results["unverified_inputs"] = unverified_inputs(resolved.parameters)
    return results


def _asked(name: str, drawn: Drawn, repriced_from: str | None) -> dict[str, Any]:
    """What was asked, and by which rules the answer is given."""
    values, resolved, settings = drawn.base, drawn.resolved, drawn.settings
    return {
        "schema": parts.SCHEMA,
        "run_id": name,
        "repriced_from": repriced_from,
        "scenario": resolved.name,
        "title": resolved.title,
        "question": resolved.question,
        "unproven": resolved.unproven,
        "set_by_hand": set_by_hand(resolved),
        "changed_by_files": resolved.changed_by_files(),
        "seed": settings.seed,
        "draws": settings.draws,
        "replications": settings.replications,
        "common_luck": settings.common_luck,
        "follow_up": settings.follow_up,
        "inner": settings.follow_ups,
        "price_year": values["appraisal.price_year"],
        "discounting": values["appraisal.schedule"],
        "timing": values["appraisal.timing"],
        "term_years": int(values["appraisal.term_years"]),
        "follow_up_years": int(values["appraisal.follow_up_years"]),
        "watched_years": int(values["appraisal.watched_years"]),
        "window": values["appraisal.window"],
        "optimism_bias": values["appraisal.optimism_bias"],
        "costs_scope": values["costs.scope"],
        "comparator": "usual support, simulated for the same families",
    }


def set_by_hand(resolved: Resolved) -> dict[str, str]:
    """What `--set` chose, as text."""
    return {key: tables.short(value) for key, value in resolved.set_by_hand().items()}


def _titles(values: Mapping[str, Any]) -> dict[str, str]:
    return {row["agency"]: row["title"] for row in values["economy.agencies.list"]}


def _tables(
    drawn: Drawn, unpriced: Unpriced, priced: Priced, results: Mapping[str, Any]
) -> dict[str, pd.DataFrame]:
    resolved, mean = drawn.resolved, priced.mean
    return {
        "by_agency": tables.expanded(results["by_agency"]),
        "by_funder": tables.expanded(results["by_funder"]),
        "by_year": tables.expanded(results["by_year"]),
        "outcomes": tables.expanded(results["outcomes"]),
        "journey": tables.journey_table(mean),
        "quantities": tables.quantities_table(mean),
        "costs": tables.costs_table(mean),
        "savings": tables.savings_table(mean),
        **_case_tables(priced, results),
        **_chart_tables(priced, results),
        "assumptions": tables.assumptions_table(resolved.parameters, drawn.base, resolved.choices),
        **unpriced.tables,
        "weekly": tables.with_places(unpriced.tables["weekly"], mean),
    }


def _chart_tables(priced: Priced, results: Mapping[str, Any]) -> dict[str, pd.DataFrame]:
    figures, shared = priced.figures, parts.shared_chance(priced.figures)
    breaks_even = results["money"]["break_even_effect"]["mean"]
    return {
        "net_flow_by_year": net_flow_by_year(figures, shared),
        "in_care_by_year": in_care_by_year(
            figures, results["term_years"] + results["follow_up_years"]
        ),
        "break_even": break_even_curve(figures, shared, breaks_even),
    }


def _case_tables(priced: Priced, results: Mapping[str, Any]) -> dict[str, pd.DataFrame]:
    term = results["term_years"]
    alternatives = results["alternatives"]
    return {
        "financial_case": case_tables.case_table(
            alternatives, (*case_tables.FINANCIAL, case_tables.PAYBACK)
        ),
        "economic_case": case_tables.case_table(alternatives, case_tables.ECONOMIC),
        "agencies_by_rule": case_tables.agencies_table(alternatives),
        "who_pays_and_saves": case_tables.who_pays_table(results["who_pays"], term),
        "net_by_year": case_tables.net_table(results["nets"], term),
        "budget": case_tables.budget_table(priced.budget),
        "posts": pd.DataFrame(results["posts"]),
        "values_needed": pd.DataFrame(results["values_needed"]),
        "step_ups": case_tables.step_ups_table(results["step_ups"]),
        "gmca_chain": case_tables.chain_table(priced.plain),
    }


def _draws(drawn: Drawn, priced: Priced) -> pd.DataFrame:
    figures, lines = priced.figures, priced.mean.inputs.benefit_lines
    names = [
        name for start in ("money.", "flow.") for name in figures.main if name.startswith(start)
    ]
    if drawn.settings.follow_up == "expected":
        names = [
            name for name in names if not needs_whole_events(name.removeprefix("money."), lines)
        ]
    found = {name: figures.main[name].by_draw() for name in names}
    return tables.draws_table(drawn.values, uncertain(drawn.resolved.parameters), found)
