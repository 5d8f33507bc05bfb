"""Reads the shape under `distribution:` or `varies:` and its settings, each with its own place."""

from __future__ import annotations

from typing import Any

from familyflow.parameters import numerals
from familyflow.parameters.nearest import did_you_mean, listed
from familyflow.parameters.shapes import SETTINGS, settings_in_words
from familyflow.parameters.units import TOLERANCE, Unit
from familyflow.parameters.yaml_tree import Items, Node, Scalar, Section, Wrong


class At(Wrong):
    """A wrong setting, with its own place."""

    def __init__(self, node: Node, field: str, wrong: Wrong) -> None:
        super().__init__(wrong.what, wrong.to_do)
        self.node, self.field = node, field


def shape_and_settings(
    node: Node, known: dict[str, tuple[tuple[str, ...], ...]], what: str
) -> tuple[str, Section]:
    """The one shape and its settings, with a known name. Raises Wrong."""
    if not isinstance(node, Section) or len(node.entries) != 1:
        raise Wrong(
            f"exactly one shape is due under {what}",
            "For example {uniform: {low: 8, high: 14}}. Shapes are " + listed(known) + ".",
        )
    shape, settings = next(iter(node.entries.items()))
    if shape not in known:
        others = f"Shapes are {listed(known)}."
        raise Wrong(f"there is no shape '{shape}'", did_you_mean(shape, known, otherwise=others))
    if not isinstance(settings, Section):
        needs = settings_in_words(shape) if shape in SETTINGS else " and ".join(known[shape][0])
        raise Wrong(f"{shape} has no settings", f"It needs {needs}.")
    return shape, settings


def numbers_of(section: Section, *, keys_too: bool = False) -> dict[str, Any]:
    """The settings as numbers, or lists of them; keys of parameters stay where they may stand."""
    settings: dict[str, Any] = {}
    for name, node in section.entries.items():
        if isinstance(node, Items):
            settings[name] = [_number(item, name) for item in node.items]
        elif keys_too and isinstance(node, Scalar) and _is_key(node):
            settings[name] = node.text
        else:
            settings[name] = _number(node, name)
    return settings


def _number(node: Node, name: str) -> float:
    try:
        return float(numerals.number(node))
    except Wrong as wrong:
        raise At(node, name, wrong) from wrong


def _is_key(node: Scalar) -> bool:
    return node.plain and "." in node.text and node.text[0].isalpha()


def in_unit(unit: Unit, value: float, what: str) -> None:
    """Refuse a value the unit cannot have. Raises Wrong."""
    lowest, highest = (0.0, 1.0) if unit.is_share else (unit.lowest, unit.highest)
    if not lowest - TOLERANCE <= value <= highest + TOLERANCE:
        shown = "beta or pert" if unit.is_share else "gamma, lognormal or pert"
        raise Wrong(
            f"{what} gives values such as {value:.4g}, and '{unit.name}' runs from "
            f"{numerals.neat(lowest)} to {numerals.neat(highest)}",
            f"Use {shown}, or narrow it." if what == "normal" else "",
        )
