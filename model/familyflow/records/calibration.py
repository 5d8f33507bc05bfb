"""A file of case records turned into a folder of what was learnt; nothing of a row stands in it."""

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

from familyflow.parameters.draws import base_values
from familyflow.parameters.parameter import Parameter
from familyflow.problems import Problems
from familyflow.records.cases import Records
from familyflow.records.estimate import NO_EFFECT, Estimate, Estimates
from familyflow.records.estimates import estimates_of
from familyflow.records.keyed import key_of, keyed
from familyflow.records.parameter_file import parameter_file, significant
from familyflow.records.read import read_records
from familyflow.records.suppress import in_words
from familyflow.records.words import words_of
from familyflow.store.atomic import make_folder, write_files

NAME: Final = "calibration"
PARAMETERS, TABLE, ABOUT = "local.yaml", "estimates.csv", "calibration.json"
_HEADS: Final = (
    "parameter", "row", "label", "unit", "cases", "seen", "records_alone", "records_alone_low",
    "records_alone_high", "shipped", "both", "both_low", "both_high", "prior", "note",
)  # fmt: skip
_DIGITS: Final = 4
Pages = Callable[[Records, Estimates], Mapping[str, str]]


@dataclass(frozen=True)
class Calibration:
    """What was learnt of a file of records, and the folder that holds it."""

    folder: Path
    records: Records
    estimates: Estimates


def calibrate(
    path: Path,
    parameters: Mapping[str, Parameter],
    *,
    out: Path,
    today: date,
    as_of: date | None = None,
    prior_weight: float = 1.0,
    pages: Pages = lambda records, found: {},
) -> Calibration:
    """Learn from a file of case records and keep what was learnt under `out`, in one step.

    pages: makes further files by name, of what was learnt. The same file, settings and shipped
    numbers give the same folder, as long as the key in `out` is the same. Raises InputError with
    every mistake, before anything is written.
    """
    problems = Problems()
    words = words_of(base_values(parameters))
    records = read_records(path, words, problems, as_of=as_of, today=today)
    problems.raise_if_any()
    assert records is not None  # else a problem was told
    found = estimates_of(records, parameters, prior_weight)
    about = _about(records, prior_weight)
    make_folder(out)
    known = keyed(key_of(out), path.read_bytes())
    learnt = parameter_file(found, records.first, records.as_of)  # by the priors too
    name = keyed(key_of(out), json.dumps([known, about, learnt], sort_keys=True).encode())[:10]
    folder = out / f"{NAME}_{name}"
    about |= {"file": {"hmac_sha256": known, "columns": list(records.columns)}}
    files = {
        PARAMETERS: learnt,
        TABLE: table_of(found),
        ABOUT: json.dumps(about, indent=2) + "\n",
        **pages(records, found),
    }
    write_files({folder / name: text.encode("utf-8") for name, text in files.items()})
    return Calibration(folder, records, found)


def table_of(found: Estimates) -> str:
    """Every estimate by row as CSV: what records say alone, what is shipped, and both together."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(_HEADS)
    for one in found.known:
        for row in one.posterior:
            writer.writerow(_cells(one, row))
    for missing in found.not_known:
        writer.writerow([missing.key, *[""] * (len(_HEADS) - 2), missing.reason])
    return made.getvalue()


def _cells(one: Estimate, row: str) -> list[object]:
    alone, both = one.alone.get(row), one.posterior[row]
    figures = [
        *((alone.value, alone.low, alone.high) if alone else ("", "", "")),
        one.prior[row], both.value, both.low, both.high,
    ]  # fmt: skip
    told = [number if isinstance(number, str) else significant(number, _DIGITS)
            for number in figures]  # fmt: skip
    cases = in_words(one.n)
    return [
        one.key,
        row,
        one.label,
        one.unit,
        cases,
        one.seen,
        *told,
        one.prior_words,
        one.sentence,
    ]


def _about(records: Records, prior_weight: float) -> dict[str, Any]:
    return {
        "kind": NAME,
        "version": metadata.version("familyflow"),
        "first": records.first.isoformat(),
        "as_of": records.as_of.isoformat(),
        "prior_weight": prior_weight,
        "cases": in_words(len(records.cases)),
        "told": list(records.told),
        "never": NO_EFFECT,
    }
