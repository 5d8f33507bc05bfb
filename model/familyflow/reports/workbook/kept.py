"""Reads a finished run back as what its workbook holds: mean quantities and the numbers on them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from familyflow.economics import price
from familyflow.economics.amounts import Floats
from familyflow.economics.inputs import LedgerInputs, uncorrected
from familyflow.economics.quantities import ARMS
from familyflow.economics.savings import avoided, cashable_by_year, longest_lag
from familyflow.economics.windows import within
from familyflow.experiments.inputs import Drawn, draw_numbers
from familyflow.experiments.keep import QUANTITIES
from familyflow.experiments.kept_run import choices_of, refuse_other_inputs, sound_manifest
from familyflow.experiments.pricing import ledger_inputs, quantities_in_order
from familyflow.experiments.quantity_names import Quantity, quantities_in
from familyflow.experiments.read_back import read_blocks
from familyflow.experiments.reprice import what_settles
from familyflow.experiments.summed import Summed
from familyflow.parameters.drawn_values import DrawnValues
from familyflow.parameters.schedules import SCHEDULES
from familyflow.parameters.units import unit_named
from familyflow.problems import bad_input
from familyflow.reports.documents.kept import Kept as Case
from familyflow.reports.documents.kept import Row, rows_of, served_rows
from familyflow.reports.workbook.by_draw import ByDraw, Gathering
from familyflow.reports.workbook.costs import cost_terms, no_quantities
from familyflow.reports.workbook.factors import Factor, Factors
from familyflow.reports.workbook.savings import cash_terms, saving_terms
from familyflow.reports.workbook.terms import MeanQuantities, Term
from familyflow.reports.workbook.typed import Range, range_of
from familyflow.store import Manifest

CARE_YEAR_VALUES = "decision.care_year_values"
PAY_GROWTH, PRICE_GROWTH = "economy.growth.pay_per_year", "economy.growth.prices_per_year"


@dataclass(frozen=True)
class Happened:
    """A quantity of the run in the headline's window: means by year in one arm."""

    name: str
    unit: str
    arm: str
    by_year: Floats


@dataclass(frozen=True)
class Kept:
    """Everything that the workbook of a run shows.

    terms with their mean quantities (choice, year), year 0 first; `years` is how many there are:
    term and follow-up, and as many more as anything happens in, cash that comes later included.
    planned: the same of the terms of cost, which stand first, with no correction for optimism, as a
    budget counts them. factors: what a reader may replace. pay_growth: as it is stated.
    worth: what a year in care avoided may be worth.
    """

    folder: Path
    manifest: Manifest
    results: Mapping[str, Any]
    inputs: LedgerInputs
    factors: tuple[Factor, ...]
    insurance_threshold: float
    terms: tuple[Term, ...]
    quantities: tuple[Floats, ...]
    planned: tuple[Floats, ...]
    pay_growth: float
    happened: tuple[Happened, ...]
    by_draw: ByDraw
    titles: Mapping[str, str]
    years: int
    care_year_values: tuple[float, ...]
    worth: Range

    @cached_property
    def case(self) -> Case:
        """The run as the documents read it: its budget, with the funder who is asked."""
        return Case(
            results=self.results,
            parameters=self.manifest.inputs["parameters"],
            finished=self.manifest.finished,
            tables={name: self.table(name) for name in ("budget", "assumptions")},
        )

    def table(self, name: str) -> list[Row]:
        """The rows of a table of the run."""
        return rows_of(self.folder / "tables" / f"{name}.csv")

    @property
    def served(self) -> list[Row]:
        """Who is served, group by group; no rows where the run does not tell."""
        return served_rows(self.folder, self.manifest)

    def title_of_rates(self, schedule: str) -> str:
        """What a schedule of discounting is called."""
        return self.labels.get(SCHEDULES + schedule, schedule.replace("_", " "))

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What the parameters of the run are called, by key."""
        return {str(row["key"]): str(row["label"]) for row in self.table("assumptions")}

    def label_of(self, key: str) -> str:
        """What a parameter is called."""
        return self.labels.get(key, key)

    @property
    def has_cash(self) -> bool:
        """Whether the run says how much of the saving is cash."""
        return _has_cash(self.results)


def read_kept(folder: Path) -> Kept:
    """Read a run's folder. Raises InputError (damaged, no run), RefusedError (another version)."""
    manifest = sound_manifest(folder)
    if QUANTITIES not in manifest.files:
        raise bad_input(
            "that is no run of one scenario, so there is no workbook of it",
            "Run the scenario by itself.",
            where=str(folder),
        )
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    chosen = choices_of(manifest.asked)
    resolved = chosen.resolve()
    refuse_other_inputs(manifest, what_settles(resolved, chosen, manifest.inputs.get("repriced")))
    drawn = draw_numbers(resolved, chosen.settings)
    inputs, factors = _inputs_without_quantities(drawn), Factors(drawn)
    terms = (
        *cost_terms(drawn, inputs, factors),
        *saving_terms(drawn, inputs, factors),
        # whole units of cash cannot be counted where the follow-up is expected
        *(cash_terms(drawn, inputs, factors) if _has_cash(results) else ()),
    )
    years = int(drawn.base["appraisal.term_years"]) + int(drawn.base["appraisal.watched_years"])
    years += longest_lag(inputs.benefit_lines)
    corrected = inputs.optimism_bias.mode != "none"
    plan = tuple(cost_terms(drawn, uncorrected(inputs), factors)) if corrected else ()
    found, happened, by_draw = _gathered(folder, drawn, (*terms, *plan), years)
    quantities = found[: len(terms)]
    planned = found[len(terms) :] or quantities[: sum(term.side == "cost" for term in terms)]
    least = int(drawn.base["appraisal.term_years"]) + int(drawn.base["appraisal.follow_up_years"])
    years = max(min(years, least), _last_year(quantities, happened))
    return Kept(
        folder,
        manifest,
        results,
        inputs,
        tuple(factors),
        factors.insurance_threshold,
        terms,
        tuple(amounts[:, :years] for amounts in quantities),
        tuple(amounts[:, :years] for amounts in planned),
        float(drawn.base[PAY_GROWTH]),
        happened,
        by_draw,
        {row["agency"]: row["title"] for row in drawn.base["economy.agencies.list"]},
        years,
        tuple(float(value) for value in drawn.base[CARE_YEAR_VALUES]),
        range_of(unit_named(resolved.parameters[CARE_YEAR_VALUES].unit)),
    )


def _has_cash(results: Mapping[str, Any]) -> bool:
    return results["money"]["cashable_saving"]["mean"] is not None


def _inputs_without_quantities(drawn: Drawn) -> LedgerInputs:
    """What prices all draws; quantities are named and are nothing."""
    names = quantities_in(drawn.base)
    one = quantities_in_order(names, np.zeros((1, 1, 2, 1, 2, len(names))))
    nothing = no_quantities(one, len(drawn.values))
    return ledger_inputs(drawn.resolved.parameters, drawn.values, nothing, names)


def _last_year(quantities: Sequence[Floats], happened: Sequence[Happened]) -> int:
    """Years up to the last in which anything happens: those after it would hold nothing but 0."""
    used = [amounts.any(axis=0) for amounts in quantities]
    used += [what.by_year != 0 for what in happened]
    return max(int(np.flatnonzero(years).max(initial=-1)) + 1 for years in used)


def _gathered(
    folder: Path, drawn: Drawn, terms: tuple[Term, ...], years: int
) -> tuple[tuple[Floats, ...], tuple[Happened, ...], ByDraw]:
    """Mean quantities of the terms and in the two arms, and each draw's own, block by block."""
    names, gathered, draws = (
        quantities_in(drawn.base),
        MeanQuantities(terms),
        Gathering(len(drawn.values)),
    )
    arms: Floats | float = 0.0
    for first, block, again in read_blocks(folder, drawn):
        values = drawn.values[first : first + len(block.quantities)]
        inputs = _priced_inputs(drawn, values, block, names)
        more = None
        if again is not None:
            twice = values[: len(again.quantities)]
            more = price(_priced_inputs(drawn, twice, again, names))
        draws.add(price(inputs), more)
        gathered.add(first, _by_side(inputs, years))
        amounts = inputs.quantities.amounts
        shown = within(amounts, inputs.window, inputs.window, inputs.term_years)
        arms = arms + shown.mean(axis=1).sum(axis=0) / len(drawn.values)
    used = {line.quantity for line in inputs.cost_lines}
    used |= {line.quantity for line in inputs.benefit_lines}
    happened = tuple(
        Happened(name.name, name.unit, arm, np.asarray(arms)[side, :, place])
        for place, name in enumerate(names)
        if name.name in used
        for side, arm in enumerate(ARMS)
    )
    return tuple(gathered.means()), happened, draws.whole()


def _priced_inputs(
    drawn: Drawn, values: DrawnValues, block: Summed, names: Sequence[Quantity]
) -> LedgerInputs:
    """What prices a block at the numbers of its draws."""
    quantities = quantities_in_order(names, block.quantities)
    return ledger_inputs(drawn.resolved.parameters, values, quantities, names)


def _by_side(inputs: LedgerInputs, years: int) -> dict[str, Floats]:
    """What each line counts by year (draw, year, line), the mean over replications."""
    lines, quantities = inputs.benefit_lines, inputs.quantities
    bought = [quantities.position(line.quantity, line.name) for line in inputs.cost_lines]
    cost = quantities.used[..., bought].copy()
    fewer = within(
        avoided(lines, quantities, inputs.follow_up_years, inputs.watched_years),
        inputs.window,
        inputs.window,
        inputs.term_years,
    )
    # units that release cash, each a year's lag later: a share and a price of 1 leave the units
    whole = [replace(line, cashable=replace(line.cashable, share=1.0)) for line in lines]
    cash = cashable_by_year(whole, fewer, np.ones((quantities.draws, len(lines))))
    if inputs.window == "budget":
        cost[:, :, inputs.term_years :] = 0.0
        cash[:, :, inputs.term_years :] = 0.0
    sides = {"cost": cost, "saving": fewer, "cash": cash}
    return {name: _over(amounts.mean(axis=1), years) for name, amounts in sides.items()}


def _over(amounts: Floats, years: int) -> Floats:
    """The same (draw, year, line), with nothing in years after its end."""
    shown = np.zeros((len(amounts), years, amounts.shape[2]))
    shown[:, : amounts.shape[1]] = amounts
    return shown
