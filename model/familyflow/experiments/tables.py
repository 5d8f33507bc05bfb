"""The tables beside the answer, each a data frame that becomes a CSV file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from familyflow.economics import statements
from familyflow.economics.appraisal import Ledger
from familyflow.experiments.blocks import Counts
from familyflow.experiments.quantities import WITH, WITHIN, WITHOUT
from familyflow.experiments.statistics import Floats
from familyflow.parameters.drawn_values import DrawnValues
from familyflow.parameters.parameter import Parameter
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR

Results = Mapping[str, Any]

REFERRED, ACCEPTED, ALLOCATED = "referred", "accepted at screening", "allocated a key worker"
JOURNEY = (  # those who start are among the allocated, of whom every one has an ending
    (REFERRED, "on the way", "", "families_referred"),
    (ACCEPTED, "on the way", REFERRED, "families_accepted"),
    (ALLOCATED, "on the way", ACCEPTED, "families_allocated"),
    ("started", "on the way", ALLOCATED, "families_started"),
    ("planned ending", "on the way", ALLOCATED, "families_completed"),
    ("signposted elsewhere", "left", REFERRED, "families_signposted"),
    ("passed up to social care", "left", REFERRED, "families_passed_up"),
    ("declined the offer", "left", ACCEPTED, "families_declined"),
    ("gave up waiting", "left", ACCEPTED, "families_gave_up_waiting"),
    ("moved away or list closed", "left", ACCEPTED, "families_left_list"),
    ("disengaged", "left", ALLOCATED, "families_disengaged"),
    ("disengaged on change of worker", "left", ALLOCATED, "families_disengaged_on_change"),
    ("ended early by the service", "left", ALLOCATED, "families_ended_by_service"),
    ("moved away during support", "left", ALLOCATED, "families_moved_away"),
    ("closed when referred up", "left", ALLOCATED, "families_closed_referred_up"),
    ("open when the term ended", "left", ALLOCATED, "families_closed_term_ended"),
)


def figures_table(results: Results) -> pd.DataFrame:
    """Every figure of flow and money, one a row: what summary.csv holds."""
    rows = [
        {"part": part, "figure": name, **_plain(figure)}
        for part in ("flow", "money")
        for name, figure in results[part].items()
    ]
    return pd.DataFrame(rows)


def expanded(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows whose figures become columns: cost_mean, cost_low, cost_high ..."""
    flat = []
    for row in rows:
        cells: dict[str, Any] = {}
        for key, value in row.items():
            if isinstance(value, Mapping):
                cells |= {f"{key}_{part}": value[part] for part in ("mean", "low", "high")}
            else:
                cells[key] = value
        flat.append(cells)
    return pd.DataFrame(flat)


def journey_table(ledger: Ledger) -> pd.DataFrame:
    """Families over the term at each point of the journey, mean of draws."""
    total = ledger.inputs.quantities.with_service
    return pd.DataFrame(
        [
            {"point": point, "kind": kind, "from": source, "families": float(total(name).mean())}
            for point, kind, source, name in JOURNEY
        ]
    )


def quantities_table(ledger: Ledger) -> pd.DataFrame:
    """Every quantity, mean of draws, with and without the service, in and after the follow-up."""
    quantities = ledger.inputs.quantities
    mean = quantities.amounts.mean(axis=(0, 1)).sum(axis=1)  # arm, window, quantity
    return pd.DataFrame(
        {
            "quantity": quantities.names,
            "unit": quantities.units,
            "without": mean[WITHOUT, WITHIN],
            "with": mean[WITH, WITHIN],
            "without_after_window": mean[WITHOUT, 1 - WITHIN],
            "with_after_window": mean[WITH, 1 - WITHIN],
        }
    )


def weekly_table(waiting: Counts, caseload: Counts) -> pd.DataFrame:
    """Waiting list and caseload by week of the term: mean and the 5th and 95th percentiles.

    waiting and caseload: (simulation, week).
    """
    columns: dict[str, Any] = {"week": np.arange(waiting.shape[1])}
    for name, counts in (("waiting", waiting), ("caseload", caseload)):
        columns[f"{name}_mean"] = counts.mean(axis=0)
        for percent in (5, 95):  # week by week: all at once would take four times their memory
            columns[f"{name}_p{percent}"] = [np.percentile(week, percent) for week in counts.T]
    return pd.DataFrame(columns)


def with_places(weekly: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """The weekly table with how many families the posts filled and present could hold.

    The mean of the year and of the draws, the same in all weeks of a year.
    """
    quantities = ledger.inputs.quantities
    place = quantities.position("place_weeks_available", "weekly")
    by_year = quantities.amounts[:, :, WITH, :, :, place].mean(axis=(0, 1)).sum(axis=-1)
    year = weekly["week"].to_numpy() * DAYS_IN_WEEK // DAYS_IN_YEAR
    return weekly.assign(places_mean=by_year[year] * DAYS_IN_WEEK / DAYS_IN_YEAR)


def costs_table(ledger: Ledger) -> pd.DataFrame:
    """Each cost line by year of the term, undiscounted mean of draws."""
    rows = []
    for row, cost in statements.budget(ledger):
        by_year = cost.mean(axis=0)[: ledger.inputs.term_years]
        years = {f"year_{year + 1}": float(pounds) for year, pounds in enumerate(by_year)}
        total = float(by_year.sum())
        about = {"heading": row.heading, "line": row.label, "type": row.type, "rises": row.behaves}
        rows.append({**about, **years, "total": total})
    return pd.DataFrame(rows)


def savings_table(ledger: Ledger) -> pd.DataFrame:
    """Each benefit line: units and present value saved in the headline's window, mean of draws."""
    present = ledger.present_by_line()
    quantities = ledger.inputs.quantities
    rows = []
    for column, line in enumerate(ledger.inputs.benefit_lines):
        place = quantities.position(line.quantity, line.name)
        both = ledger.happened([line.quantity])[..., 0].mean(axis=(0, 1)).sum(axis=1)
        rows.append(
            {
                "line": line.label,
                "kind": line.unit_cost.kind,
                "evidence": line.evidence,
                "quantity": line.quantity,
                "unit": quantities.units[place],
                "without": float(both[WITHOUT]),
                "with": float(both[WITH]),
                "saved": float(present[..., column].mean()),
            }
        )
    return pd.DataFrame(rows)


def assumptions_table(
    parameters: Mapping[str, Parameter], base: Mapping[str, Any], chosen: Mapping[str, Any]
) -> pd.DataFrame:
    """Every parameter with its value, source, grade, status and who chose it."""
    rows = []
    for key, parameter in parameters.items():
        choice = chosen.get(key)
        source = parameter.source
        rows.append(
            {
                "key": key,
                "label": parameter.label,
                "value": short(base.get(key)),
                "unit": parameter.unit,
                "price_year": parameter.price_year or "",
                "uncertain": parameter.distribution is not None,
                "grade": parameter.grade or "",
                "status": parameter.status or "",
                "source": f"{source.title}; {source.where}; {source.year}" if source else "",
                "chosen_by": choice.where.rsplit("/", 1)[-1] if choice is not None else "",
                "because": (choice.because or "") if choice is not None else "",
                "note": parameter.note or "",
            }
        )
    return pd.DataFrame(rows)


def draws_table(
    values: DrawnValues, uncertain: Sequence[str], targets: Mapping[str, Floats]
) -> pd.DataFrame:
    """A row a draw: every uncertain number and every target."""
    drawn = {name: values.columns[name] for name in uncertain}
    return pd.DataFrame({"draw": np.arange(len(values)), **drawn, **targets})


def _plain(figure: Mapping[str, Any]) -> dict[str, Any]:
    keys = ("mean", "low", "p10", "p90", "high", "unit", "share_of_chance", "reason")
    return {key: figure.get(key) for key in keys}


def short(value: Any) -> str:
    """A value as text, long tables cut."""
    text = str(value)
    return text if len(text) <= 200 else text[:197] + "..."
