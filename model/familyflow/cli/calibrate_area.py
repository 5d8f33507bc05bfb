"""``familyflow calibrate --area``: published figures of an authority to a file of parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from familyflow.cli.output import say, say_json

if TYPE_CHECKING:
    from familyflow.parameters.parameter import Parameter
    from familyflow.records.areas.chain import Chain
    from familyflow.records.areas.written import AreaMade

USUAL = "core_offer"
_DIGITS = 3


def learn_of_area(
    area: str, areas: Path | None, files: Sequence[Path], out: Path, *, as_json: bool
) -> None:
    """Make the chain of an area and say what came of it. Raises InputError for bad input."""
    from familyflow.experiments.inputs import load_inputs
    from familyflow.records.areas.written import PARAMETERS, area_made
    from familyflow.reports.calibration.area_page import area_pages
    from familyflow.shipped import figures_of_areas

    parameters = load_inputs(USUAL, parameter_files=files).parameters
    made = area_made(
        area, figures_of_areas(), parameters, out=out, also=areas, pages=area_pages
    )  # fmt: skip
    if as_json:
        numbers = {one.key: dict(one.by_row) for one in made.chain.numbers}
        say_json({
            "folder": str(made.folder), "parameters": str(made.folder / PARAMETERS),
            "numbers": numbers, "as_shipped": dict(made.chain.as_shipped),
        })  # fmt: skip
        return
    say("\n".join(_text(made, parameters)))


def _text(made: AreaMade, parameters: Mapping[str, Parameter]) -> Iterator[str]:
    from familyflow.records.areas.chain import shown
    from familyflow.records.areas.written import NO_EFFECT, PARAMETERS

    chain = made.chain
    yield f"The level-of-need chain of {shown(chain.area)}, beside the shipped numbers:"
    yield ""
    yield from _numbers(chain, parameters)
    yield ""
    yield f"As shipped: {len(chain.as_shipped)} numbers. Why: see report.html."
    yield NO_EFFECT
    yield ""
    yield f"Kept in {made.folder}: report.html has every figure and sum."
    yield f"Use it: familyflow run core_offer --parameters {made.folder / PARAMETERS}"


def _numbers(chain: Chain, parameters: Mapping[str, Parameter]) -> Iterator[str]:
    from familyflow.records.areas.written import whose
    from familyflow.records.parameter_file import significant

    for one in chain.numbers:
        shipped = parameters[one.key]
        yield f"  {shipped.label} ({shipped.unit}), figures of {whose(one)}"
        for row, value in one.by_row.items():
            before = shipped.table[row] if one.is_table else shipped.value
            name = f"{row}: " if row else ""
            yield f"    {name}{significant(value, _DIGITS):g}; shipped {before:g}"
