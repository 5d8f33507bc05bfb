"""Reads `varies:`: how a number differs between families, posts and so on."""

from __future__ import annotations

from typing import Any

from familyflow.parameters import numerals
from familyflow.parameters.nearest import did_you_mean, listed
from familyflow.parameters.parameter import Varies
from familyflow.parameters.settings import At, in_unit, numbers_of, shape_and_settings
from familyflow.parameters.shapes import SETTINGS, make
from familyflow.parameters.units import Unit
from familyflow.parameters.validation import Report
from familyflow.parameters.yaml_tree import Node, Section, Wrong

_SPREADS: dict[str, tuple[tuple[str, ...], ...]] = {
    "constant": (("value",),),
    "uniform": (("low", "high"),),
    "whole_numbers": (("low", "high"),),
    "triangular": (("low", "mode", "high"),),
    "pert": (("low", "mode", "high"),),
    "exponential": (("mean",),),
    "gamma": (("mean", "sd"),),
    "lognormal": (("median", "p2_5", "p97_5"), ("mean", "sd")),
    "beta": (("mean", "sd"),),
    "normal": (("mean", "sd"),),
}
_AMONG = (
    "family",
    "child",
    "post",
    "group",
    "source",
    "session",
    "meeting",
    "episode",
    "worker",
    "year",
)


def read_varies(node: Node, unit: Unit, report: Report) -> Varies | None:
    """How a number differs between families, posts and so on; None with the mistake noted."""
    try:
        return _varies(node, unit)
    except At as wrong:
        report.value(wrong.node, wrong, f"varies.{wrong.field}")
    except Wrong as wrong:
        report.at(node.place, f".varies: {wrong.what}", wrong.to_do)
    return None


def _varies(node: Node, unit: Unit) -> Varies:
    if not isinstance(node, Section):
        raise Wrong("'by' and a shape are due here", "{by: family, uniform: {low: 8, high: 14}}")
    if "by" not in node.entries:
        raise Wrong("it does not say between whom", "Add 'by: family' (or child, post, group).")
    by = numerals.text(node.entries["by"])
    if by not in _AMONG:
        known = f"Known are {listed(_AMONG)}."
        raise At(
            node.entries["by"],
            "by",
            Wrong("is not known", did_you_mean(by, _AMONG, otherwise=known)),
        )
    rest = {name: child for name, child in node.entries.items() if name != "by"}
    shape, section = shape_and_settings(Section(rest, node.names, node.place), _SPREADS, "spread")
    settings = numbers_of(section, keys_too=True)
    if "central" in settings:
        settings["mode"] = settings.pop("central")
    if not any(set(names) == set(settings) for names in _SPREADS[shape]):
        needs = ", or ".join(" and ".join(names) for names in _SPREADS[shape])
        raise Wrong(
            f"{shape} cannot be made of {', '.join(settings) or 'nothing'}", f"It needs {needs}."
        )
    _check_spread(shape, settings, unit)
    return Varies(by, shape, settings)


def _check_spread(shape: str, settings: dict[str, Any], unit: Unit) -> None:
    numbers = {name: value for name, value in settings.items() if not isinstance(value, str)}
    for name, value in numbers.items():
        if name != "sd":
            in_unit(unit, float(value), f"{shape}.{name}")
    if shape in SETTINGS and numbers.keys() == settings.keys():
        for end in make(shape, dict(settings)).extent:
            in_unit(unit, end, shape)
    elif shape == "whole_numbers":
        if any(float(value) != int(value) for value in numbers.values()):
            raise Wrong("whole_numbers takes whole numbers", "Use uniform for others.")
        if len(numbers) == 2 and numbers["low"] > numbers["high"]:
            make("uniform", numbers)
