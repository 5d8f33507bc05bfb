"""Numbers typed into the yellow cells of a workbook, and the same as choices for `--reprice`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from familyflow.experiments.reprice import reprice
from familyflow.planning.funding_checks import FUNDERS
from familyflow.reports.workbook.input_rows import offer_key, rate_key, steps_of
from familyflow.reports.workbook.kept import PAY_GROWTH, PRICE_GROWTH, Kept

_RATE, _CASH = "economy.discounting.", ".cashable.share"
_INSURANCE = "unit_costs.staff.national_insurance"


@dataclass(frozen=True)
class Change:
    """One number typed in, and the same as a choice for a run priced again.

    sets: as of `--set`; file: of a parameter file, where no single number says it.
    """

    key: str
    number: float
    sets: tuple[str, ...] = ()
    file: str = ""


def changes(kept: Kept) -> list[Change]:
    """Every yellow cell of the inputs once, each moved by a tenth."""
    found = [_of_factor(kept, one.key, one.mean, one.allowed.most) for one in kept.factors]
    found += [
        changed(kept, {rate_key(name, first): 1.1 * rate})
        for name, steps in steps_of(kept).items()
        for first, rate in steps.items()
    ]
    growth = {PAY_GROWTH: kept.pay_growth, PRICE_GROWTH: kept.inputs.later_price_growth}
    found += [changed(kept, {key: 1.1 * rate}) for key, rate in growth.items()]
    return found + [
        # less, and not more: where enough is offered, more of it would change no sum
        changed(kept, {offer_key(one.name, year): 0.9 * one.by_year.get(year, 0.0)})
        for one in kept.inputs.funders
        for year in range(kept.inputs.term_years)
    ]


def changed(kept: Kept, own: Mapping[str, float]) -> Change:
    """Numbers typed in together, in the words of `--set`, which gives a table as a whole."""
    keys = list(own)
    rates = dict.fromkeys(key.rpartition(".from_year_")[0] for key in keys if _is_rate(key))
    sets = [_plain(kept, key, own[key]) for key in keys if not (_is_rate(key) or _is_offer(key))]
    sets += [_rates(kept, name.removeprefix(_RATE), own) for name in rates]
    sets += [_offers(kept, own)] if any(map(_is_offer, keys)) else []
    return Change(" and ".join(keys), own[keys[0]], tuple(sets))


def together(kept: Kept, parts: Sequence[Change]) -> Change:
    """Several changes at once."""
    listed = {one.key: one.number for one in parts if not one.file}
    first = changed(kept, listed) if listed else parts[0]
    return replace(first, file="".join(one.file for one in parts))


def _is_rate(key: str) -> bool:
    return key.startswith(_RATE)


def _is_offer(key: str) -> bool:
    return key.startswith(FUNDERS)


def _of_factor(kept: Kept, key: str, mean: float, most: float) -> Change:
    number = 1.1 * mean if mean else 0.5
    number = 0.9 * mean if number > most else number
    if not key.endswith(_CASH):
        return changed(kept, {key: number})
    name = key.removesuffix(_CASH)
    rule = next(line.cashable for line in kept.inputs.benefit_lines if line.name == name)
    units = rule.units_per_year
    step = None if units is None else {"units_per_year": units, "release": "whole"}
    cash = {"share": number, "lag_years": rule.lag_years, "step": step}
    return Change(key, number, file=yaml.safe_dump({name: {"cashable": cash, "because": "Ours."}}))


def _plain(kept: Kept, key: str, number: float) -> str:
    if key == _INSURANCE:
        return f"{key}={{rate: {number!r}, threshold: {kept.insurance_threshold!r}}}"
    return f"{key}={number!r}"


def _rates(kept: Kept, name: str, own: Mapping[str, float]) -> str:
    """A schedule with rates of one's own."""
    steps = [
        {"from_year": year, "rate": own.get(rate_key(name, year), held)}
        for year, held in kept.inputs.schedules[name].steps
    ]
    return f"{_RATE}{name}={json.dumps(steps)}"


def _offers(kept: Kept, own: Mapping[str, float]) -> str:
    """The funders with offers of one's own."""
    table = []
    for row in kept.case.parameters[FUNDERS]["table"]:
        years = range(kept.inputs.term_years)
        ours = {year: own.get(offer_key(row["funder"], year)) for year in years}
        typed = {str(year): pounds for year, pounds in ours.items() if pounds is not None}
        table.append({**row, "by_year": {**row["by_year"], **typed}})
    return f"{FUNDERS}={json.dumps(table)}"


def priced(folder: Path, change: Change, out: Path) -> Path:
    """The run priced again with the change; returns its folder."""
    files = []
    if change.file:
        files = [out / "ours.yaml"]
        files[0].write_text(change.file, encoding="utf-8")
    return reprice(folder, sets=change.sets, parameter_files=files, out=out).folder
