"""Targets of the chain: what is published, for an area, and how near the chain must come."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator

from familyflow.experiments.inputs import core_parameters
from familyflow.parameters import numerals
from familyflow.parameters.models import Model, Number, Source, Text, Texts
from familyflow.parameters.validation import Report, validated
from familyflow.parameters.yaml_file import read_yaml
from familyflow.parameters.yaml_tree import Section
from familyflow.problems import Problems
from familyflow.records.areas.chain import in_need_share, survival
from familyflow.records.areas.measured import Measured

FILE: Final = Path(__file__).resolve().parent / "targets.yaml"
_LENGTHS: Final = ("plan_length_share", "episode_length_share")
_FEWEST_YEARS: Final = 3


class TargetModel(Model):
    """A target as it stands in the file."""

    label: Text
    unit: Text
    output: Text
    measure: Text | None = None
    parameter: Text | None = None
    times: Annotated[Literal["in_need"], BeforeValidator(numerals.text)] | None = None
    low: Number | None = None
    high: Number | None = None
    use: Annotated[Literal["fit", "check"], BeforeValidator(numerals.text)]
    doubt: Number
    read_off: Texts
    source: Source | None = None
    grade: Text
    status: Text
    note: Text


@dataclass(frozen=True)
class Target:
    """One number that the chain should give. sd: how far its output may lie from it.

    row: of a table of lengths, the months; empty otherwise. of, year: whose figure, and when.
    """

    name: str
    row: str
    value: float
    sd: float
    of: str
    year: int
    told: TargetModel

    @property
    def is_fit(self) -> bool:
        """Whether draws are weighed by it."""
        return self.told.use == "fit"

    @property
    def label(self) -> str:
        """What it is, with its row."""
        return f"{self.told.label}: {self.row}" if self.row else self.told.label


def read_targets() -> dict[str, TargetModel]:
    """The shipped targets by name. Raises InputError where the file is wrong."""
    problems = Problems()
    top = read_yaml(FILE, problems)
    assert isinstance(top, Section)  # it is ours
    found = {
        name: validated(TargetModel, node, Report(problems, name))
        for name, node in top.entries.items() if isinstance(node, Section)
    }  # fmt: skip
    problems.raise_if_any()
    return {name: one for name, one in found.items() if one is not None}


def targets_of(found: Measured) -> tuple[Target, ...]:
    """Every target for an area, in the order of the file."""
    return tuple(
        target for name, told in read_targets().items() for target in _of(name, told, found)
    )


def _of(name: str, told: TargetModel, found: Measured) -> list[Target]:
    if told.low is not None and told.high is not None:
        middle, spread = (told.low + told.high) / 2.0, (told.high - told.low) / math.sqrt(12.0)
        return [Target(name, "", middle, math.hypot(spread, told.doubt * middle), "England",
                       _year_of(told), told)]  # fmt: skip
    if told.parameter is not None:
        held = core_parameters()[told.parameter]
        assert isinstance(held.value, float)
        assert held.source is not None
        year = int(held.source.year)
        return [Target(name, "", held.value, 0.0, "a comparison group", year, told)]
    assert told.measure is not None  # one of the three is given
    if told.measure in _LENGTHS:
        rows = found.rows(told.measure)
        lasting = survival({row: one.value for row, one in rows.items()})
        first = next(iter(rows.values()))
        return [Target(name, row, value, told.doubt * value, first.area, first.year, told)
                for row, value in lasting.items()]  # fmt: skip
    figure = found.one(told.measure)
    share = in_need_share(found)[0] if told.times == "in_need" else 1.0
    value = figure.value * share
    relative = math.hypot(told.doubt, _between_years(found, told.measure))
    return [Target(name, "", value, relative * value, figure.area, figure.year, told)]


def _year_of(told: TargetModel) -> int:
    assert told.source is not None  # what has no figure of areas says where it was read
    return int(told.source.year)


def _between_years(found: Measured, measure: str) -> float:
    """Relative spread of a figure between years, of the nearest area with three years of it."""
    for area in found.areas:
        values = [one.value for one in found.figures if (one.area, one.measure) == (area, measure)]
        if len(values) >= _FEWEST_YEARS:
            return statistics.stdev(values) / statistics.fmean(values)
    return found.spread_between_years()


def read_off(targets: Mapping[str, TargetModel]) -> list[str]:
    """Numbers whose stated centre was read off a figure that is fitted."""
    return sorted({key for one in targets.values() if one.use == "fit" for key in one.read_off})
