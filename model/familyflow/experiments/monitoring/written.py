"""What was found of a service's first months, as a folder; nothing of a row stands in it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from familyflow.experiments.monitoring.monitor import LABELS, Monitored, shown, verdict
from familyflow.records.calibration import table_of
from familyflow.records.estimate import NO_EFFECT
from familyflow.records.keyed import key_of, keyed
from familyflow.records.suppress import rounded
from familyflow.store.atomic import make_folder, write_files

NAME: Final = "monitoring"
ABOUT, PARAMETERS, TABLE, LEARNT = (
    "monitoring.json", "local.yaml", "expected_observed.csv", "estimates.csv",
)  # fmt: skip
_HEADS: Final = ("about", "what", "unit", "expected", "p2_5", "p10", "p90", "p97_5", "observed",
                 "chance", "look_into")  # fmt: skip
Pages = Callable[[Monitored], Mapping[str, str]]


def keep(found: Monitored, path: Path, *, out: Path, pages: Pages = lambda found: {}) -> Path:
    """Keep what was found under `out`, in one step; the folder. path: the file of records."""
    make_folder(out)
    known = keyed(key_of(out), path.read_bytes())
    about = _about(found)
    text = json.dumps([known, about, found.learnt], sort_keys=True)
    folder = out / f"{NAME}_{keyed(key_of(out), text.encode())[:10]}"
    files = {
        ABOUT: json.dumps(about | {"file": {"hmac_sha256": known}}, indent=2) + "\n",
        PARAMETERS: found.learnt,
        TABLE: lines_as_csv(found),
        LEARNT: table_of(found.estimates),
        **pages(found),
    }
    write_files({folder / name: held.encode("utf-8") for name, held in files.items()})
    return folder


def observed_shown(value: float | None, unit: str) -> str:
    """What was observed, as it may be told: counts to the nearest five, few not at all."""
    if value is None:
        return "too few to tell"
    return f"{rounded(value):,}" if unit == "families" else shown(value, unit)


def lines_as_csv(found: Monitored) -> str:
    """Every line as CSV, as it is shown."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(_HEADS)
    for line in found.lines:
        unit = line.statistic.unit
        writer.writerow([
            line.statistic.about, line.statistic.label, unit,
            *(shown(end, unit) for end in (line.mean, line.p2_5, line.p10, line.p90, line.p97_5)),
            observed_shown(line.observed, unit),
            "" if line.chance is None else f"{line.chance:.2g}",
            "yes" if line.worry else "",
        ])  # fmt: skip
    return made.getvalue()


def _about(found: Monitored) -> dict[str, Any]:
    study = found.study
    return {
        "kind": NAME,
        "version": metadata.version("familyflow"),
        "scenario": found.scenario,
        "opened": found.period.opened.isoformat(),
        "first": found.period.first.isoformat(),
        "last": found.period.last.isoformat(),
        "verdict": verdict(found),
        "look_into": [line.statistic.name for line in found.worries],
        "answer": {
            name: {"label": LABELS[name], "before": _ends(before), "after": _ends(after)}
            for name, before, after in found.changes
        },
        "spent": {
            "expected": round(found.spent.mean), "low": round(found.spent.low),
            "high": round(found.spent.high), "from_accounts": found.spent.from_accounts,
        },
        "study_of_the_effect": None if study is None else {
            "families": study.families_to_begin_with,
            "years": round(study.years(found.starts_per_year), 1),
        },
        "never": NO_EFFECT,
    }  # fmt: skip


def _ends(figure: Mapping[str, Any]) -> list[float | None]:
    return [figure["low"], figure["mean"], figure["high"]]
