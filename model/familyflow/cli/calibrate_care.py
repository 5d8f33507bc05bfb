"""``familyflow calibrate --care``: a council's care histories to a file of parameters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from familyflow.cli.output import note, say, say_json

if TYPE_CHECKING:
    from familyflow.records.care_estimates import CareEstimate
    from familyflow.records.care_written import CareMade


def learn_of_care(path: Path, days: Sequence[date | None], out: Path, *, as_json: bool) -> None:
    """Learn from an episodes file and say what. days: since, as of. Raises InputError."""
    from familyflow.records.care_written import PARAMETERS, care_made, figures_of
    from familyflow.reports.calibration.care_page import care_pages

    since, as_of = days
    made = care_made(path, out=out, today=date.today(), since=since, as_of=as_of, pages=care_pages)
    found = made.estimates
    if as_json:
        say_json({
            "folder": str(made.folder), "parameters": str(made.folder / PARAMETERS),
            "known": {one.name: figures_of(one) for one in (*found.parameters, *found.readings)},
            "not_known": dict(found.not_learnt),
        })  # fmt: skip
        return
    for told in found.told:
        note(told)
    say("\n".join(_text(made)))


def _text(made: CareMade) -> Iterator[str]:
    from familyflow.records.care_written import NO_EFFECT, PARAMETERS

    found, records = made.estimates, made.records
    yield f"Care histories of {records.since} to {records.as_of}."
    yield ""
    if found.parameters:
        yield "Numbers of the model (95 % interval):"
        yield from map(_told, found.parameters)
    else:
        yield "No number of the model can be learnt from so few children."
    if found.readings:
        yield "To read only:"
        yield from map(_told, found.readings)
    yield ""
    yield f"Not learnt: {len(found.not_learnt)} numbers. Why: see report.html."
    yield NO_EFFECT
    yield ""
    yield f"Kept in {made.folder}."
    if found.parameters:
        yield f"Use it: familyflow run core_offer --parameters {made.folder / PARAMETERS}"


def _told(one: CareEstimate) -> str:
    from familyflow.records.care_written import figures_of

    mean, low, high = figures_of(one)
    return f"  {one.label} ({one.unit}): {mean:g} ({low:g} to {high:g})"
