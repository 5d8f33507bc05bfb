"""A file of care histories turned into a folder of what was learnt; no row stands in it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from familyflow.problems import Problems
from familyflow.records.care import CareRecords
from familyflow.records.care_columns import READ
from familyflow.records.care_estimates import CareEstimate, CareEstimates, care_estimates
from familyflow.records.care_read import read_care
from familyflow.records.keyed import key_of, keyed
from familyflow.records.parameter_file import significant
from familyflow.scenarios.written import quoted
from familyflow.store.atomic import make_folder, write_files

NAME: Final = "care"
PARAMETERS, TABLE, ABOUT = "care.yaml", "estimates.csv", "care.json"
NO_EFFECT: Final = (
    "A council's care histories know no families that were helped from families that were not, so "
    "no effect and no comparison is ever learnt from them."
)
_HEADS: Final = ("name", "label", "unit", "parameter", "value", "low", "high", "note")
_DIGITS, _DIGITS_OF_SD = 3, 2
Pages = Callable[[CareRecords, CareEstimates], Mapping[str, str]]


@dataclass(frozen=True)
class CareMade:
    """What was learnt of care histories, and the folder that holds it."""

    folder: Path
    records: CareRecords
    estimates: CareEstimates


def care_made(
    path: Path,
    *,
    out: Path,
    today: date,
    since: date | None = None,
    as_of: date | None = None,
    pages: Pages = lambda records, found: {},
) -> CareMade:
    """Learn from an episodes file and keep what was learnt under `out`, in one step.

    since, as_of: see `read_care`. pages: makes further files by name, of what was learnt. Raises
    InputError with every mistake, before anything is written.
    """
    problems = Problems()
    records = read_care(path, problems, as_of, today, since=since)
    problems.raise_if_any()
    assert records is not None  # else a problem was told
    found = care_estimates(records)
    text = parameter_text(records, found)
    make_folder(out)
    known = keyed(key_of(out), path.read_bytes())
    about = _about(records, found)
    name = keyed(key_of(out), json.dumps([known, about, text], sort_keys=True).encode())[:10]
    # of columns only those that are read: what others are called may itself be a person's data
    about |= {"file": {"hmac_sha256": known, "columns": [c for c in READ if c in records.columns]}}
    files = {
        PARAMETERS: text,
        TABLE: table_of(found),
        ABOUT: json.dumps(about, indent=2) + "\n",
        **pages(records, found),
    }
    folder = out / f"{NAME}_{name}"
    write_files({folder / file: held.encode("utf-8") for file, held in files.items()})
    return CareMade(folder, records, found)


def parameter_text(records: CareRecords, found: CareEstimates) -> str:
    """The text of a file for `--parameters`; rounded, so that no count stands in it."""
    lines = [
        f"# Care histories of {records.since} to {records.as_of}, made by familyflow calibrate "
        "--care.",
        f"# {NO_EFFECT}",
        "",
    ]
    for one in found.parameters:
        lines += _entry(one, records)
    lines += ["", "# Not learnt, and why:"]
    lines += [f"# {key}: {why}" for key, why in found.not_learnt.items()]
    return "\n".join(lines) + "\n"


def _entry(one: CareEstimate, records: CareRecords) -> list[str]:
    mean, sd = _mean_and_sd(one)
    shape = next(iter(one.distribution))
    where = f"episodes of {records.since} to {records.as_of}"
    return [
        f"{one.parameter}:",
        f"  value: {significant(mean, _DIGITS)!r}",
        f"  distribution: {{{shape}: {{mean: {significant(mean, _DIGITS)!r}, "
        f"sd: {significant(sd, _DIGITS_OF_SD)!r}}}}}",
        f"  source: {{title: {quoted('Own care histories (SSDA903)')}, where: {quoted(where)}, "
        f"year: {records.as_of.year}}}",
        "  grade: C",
        "  status: derived",
        f"  note: {quoted(f'Learnt from own care histories, {where}; no prior but Jeffreys.')}",
    ]


def _mean_and_sd(one: CareEstimate) -> tuple[float, float]:
    settings = next(iter(one.distribution.values()))
    if "alpha" in settings:
        a, b = settings["alpha"], settings["beta"]
        return a / (a + b), (a * b / (a + b + 1.0)) ** 0.5 / (a + b)
    return settings["mean"], settings["sd"]


def figures_of(one: CareEstimate) -> tuple[float, float, float]:
    """Mean and 95 % interval of a belief, rounded as they are shown."""
    low, high = one.belief.interval()
    return (
        significant(one.belief.mean, _DIGITS),
        significant(low, _DIGITS),
        significant(high, _DIGITS),
    )


def table_of(found: CareEstimates) -> str:
    """Every estimate as CSV, and every number of the model that is not learnt, with its reason."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(_HEADS)
    for one in (*found.parameters, *found.readings):
        writer.writerow([one.name, one.label, one.unit, one.parameter or "", *figures_of(one), ""])
    for point in found.survival:
        figures = (significant(number, _DIGITS) for number in (point.share, point.low, point.high))
        name = f"longer_than_{point.months}"
        label = f"Share of periods of care longer than {point.months} months"
        writer.writerow([name, label, "share", "", *figures, ""])
    for key, why in found.not_learnt.items():
        writer.writerow([key.split(".")[-1], "", "", key, "", "", "", why])
    return made.getvalue()


def _about(records: CareRecords, found: CareEstimates) -> dict[str, Any]:
    return {
        "kind": NAME,
        "version": metadata.version("familyflow"),
        "since": records.since.isoformat(),
        "as_of": records.as_of.isoformat(),
        "told": list(found.told),
        "never": NO_EFFECT,
    }
