"""``familyflow calibrate``: a service's own records to a file of parameters."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from familyflow.cli import options
from familyflow.cli.output import note, say, say_json
from familyflow.problems import bad_input

if TYPE_CHECKING:
    from familyflow.records.calibration import Calibration
    from familyflow.records.estimate import Estimate

USUAL = "core_offer"


def calibrate(
    cases: Annotated[
        Path | None,
        typer.Argument(metavar="CASES.csv", help="Case records in the form of --template."),
    ] = None,
    template: Annotated[
        bool, typer.Option("--template", help="Print the header of the file, and stop.")
    ] = False,
    example: Annotated[
        bool, typer.Option("--example", help="Print the synthetic example, and stop.")
    ] = False,
    as_of: Annotated[
        str,
        typer.Option("--as-of", metavar="DATE", help="The last day that the records tell of."),
    ] = "",
    prior_weight: Annotated[
        float,
        typer.Option(
            "--prior-weight", metavar="W", help="How much shipped numbers count: 0 not at all."
        ),
    ] = 1.0,
    area: Annotated[
        str,
        typer.Option("--area", metavar="NAME", help="Instead of records: an authority's figures."),
    ] = "",
    areas: Annotated[
        Path | None,
        typer.Option("--areas", metavar="FILE.csv", help="Figures of further areas."),
    ] = None,
    chain: Annotated[
        bool,
        typer.Option(
            "--chain", help="Instead: fit the level-of-need chain to published totals of --area."
        ),
    ] = False,
    care: Annotated[
        Path | None,
        typer.Option("--care", metavar="EPISODES.csv", help="Instead: a council's care histories."),
    ] = None,
    since: Annotated[
        str,
        typer.Option(
            "--since", metavar="DATE", help="First day of which --care holds all who left care."
        ),
    ] = "",
    parameters: options.ParameterFiles = None,
    out: options.Out = options.OUTPUTS,
    as_json: options.AsJson = False,
) -> None:
    """Learn from a service's own case records, a council's care histories or published figures.

    Leaves a parameter file with local numbers, their intervals, and what cannot be known from
    them. Nothing of a row is kept. No effect is ever learnt: a service sees only its own arm.
    """
    if template or example:
        say(_printed(template=template))
        return
    _must_be_one(cases, area or ("england" if chain else ""), areas, care, since)
    if chain:
        from familyflow.cli.calibrate_chain import learn_the_chain

        learn_the_chain(area, areas, parameters or [], out, as_json=as_json)
        return
    if area:
        from familyflow.cli.calibrate_area import learn_of_area

        learn_of_area(area, areas, parameters or [], out, as_json=as_json)
        return
    if care is not None:
        from familyflow.cli.calibrate_care import learn_of_care

        days = _day(since, "--since"), _day(as_of)
        learn_of_care(care, days, out, as_json=as_json)
        return
    assert cases is not None  # or it would have been refused
    from familyflow.experiments.inputs import load_inputs
    from familyflow.records.calibration import calibrate as learn
    from familyflow.reports.calibration.page import pages_of

    made = learn(
        cases,
        load_inputs(USUAL, parameter_files=parameters or []).parameters,
        out=out,
        today=date.today(),
        as_of=_day(as_of),
        prior_weight=prior_weight,
        pages=pages_of,
    )
    if as_json:
        say_json(_as_data(made))
        return
    for told in (*made.records.told, *made.records.counted):
        note(told)
    say(_text(made))


def _printed(*, template: bool) -> str:
    from familyflow.records.template import header
    from familyflow.shipped import example_cases

    if template:
        return header().rstrip("\n")
    return example_cases().read_text(encoding="utf-8").rstrip("\n")


def _must_be_one(
    cases: Path | None, area: str, areas: Path | None, care: Path | None, since: str
) -> None:
    """One thing is learnt from at a time: each leaves a file of its own."""
    given = [name for name, is_given in (("CASES.csv", cases is not None), ("--area", bool(area)),
                                         ("--care", care is not None)) if is_given]  # fmt: skip
    if not given:
        to_do = "Give CASES.csv (--template shows its header), --area NAME or --care EPISODES.csv."
        raise bad_input("there is nothing to learn from", to_do)
    if len(given) > 1:
        to_do = "Give one at a time; a run takes several files by --parameters."
        raise bad_input(f"{' and '.join(given)} together", to_do)
    if areas is not None and not area:
        raise bad_input("--areas without --area", "Say which area: --area NAME.", where="--areas")
    if since and care is None:
        raise bad_input("--since without --care", "It is of care histories alone.", where="--since")


def _day(text: str, option: str = "--as-of") -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise bad_input("this is not a day", "Write it as 2026-04-30.", where=option) from None


def _text(made: Calibration) -> str:
    from familyflow.records.calibration import PARAMETERS, TABLE
    from familyflow.records.estimate import NO_EFFECT
    from familyflow.records.suppress import in_words

    found, records = made.estimates, made.records
    lines = [
        f"{in_words(len(records.cases))} referrals of {records.first} to {records.as_of}; "
        f"{in_words(sum(case.ended is None for case in records.cases))} still open.",
        "",
        "Records alone (95 % interval), the shipped number, and both together:",
        *(line for one in found.known for line in _told(one)),
        "",
        f"Not learnt: {len(found.not_known)} numbers or groups of numbers. Why: see {TABLE}.",
        NO_EFFECT,
        "",
        f"Kept in {made.folder}: report.html says how well it fits.",
        f"Use it: familyflow run core_offer --parameters {made.folder / PARAMETERS}",
    ]
    return "\n".join(lines)


def _told(one: Estimate) -> list[str]:
    from familyflow.records.suppress import about

    lines = [f"  {one.label} ({one.unit}): {one.seen}"]
    for row, both in one.posterior.items():
        alone = one.alone.get(row)
        seen = (
            f"{about(alone.value)} ({about(alone.low)} to {about(alone.high)})"
            if alone
            else "hidden"
        )
        name = f"{row}: " if row else ""
        told = f"{about(both.value)} ({about(both.low)} to {about(both.high)})"
        lines.append(f"    {name}{seen}; shipped {about(one.prior[row])}; both {told}")
    if one.sentence:
        lines.append(f"    {one.sentence}")
    return lines


def _as_data(made: Calibration) -> dict[str, Any]:
    from familyflow.records.calibration import PARAMETERS
    from familyflow.records.estimate import NO_EFFECT

    found = made.estimates
    return {
        "folder": str(made.folder),
        "parameters": str(made.folder / PARAMETERS),
        "first": made.records.first.isoformat(),
        "as_of": made.records.as_of.isoformat(),
        "known": {
            one.key: {"unit": one.unit, "both": {row: [figure.low, figure.value, figure.high]
                                                 for row, figure in one.posterior.items()}}
            for one in found.known
        },
        "not_known": {one.key: one.reason for one in found.not_known},
        "never": NO_EFFECT,
    }  # fmt: skip
