"""Reads the value, table, spread and doubt of one entry, as its unit asks."""

from __future__ import annotations

import math
from typing import Any

from familyflow.parameters import numerals
from familyflow.parameters.columns import check_columns, in_order
from familyflow.parameters.conversions import plain
from familyflow.parameters.dirichlet import Dirichlet
from familyflow.parameters.distributions import Distribution
from familyflow.parameters.doubt import read_distribution
from familyflow.parameters.nearest import did_you_mean, listed
from familyflow.parameters.spreads import read_varies
from familyflow.parameters.units import TOLERANCE, Unit
from familyflow.parameters.validation import Report
from familyflow.parameters.yaml_tree import Items, Node, Place, Scalar, Section, Wrong, kind_of


class Amounts:
    """The value, table, spread and doubt of one entry, read once its unit is known."""

    def __init__(self, section: Section, unit: Unit, report: Report) -> None:
        self.section, self.unit, self.report = section, unit, report
        self.value: Any = None
        self.table: Any = None
        self.varies: Any = None
        self.distribution: Distribution | Dirichlet | None = None

    def read(self, place: Place) -> None:
        """Read them all, noting every mistake."""
        given = [part for part in ("value", "table", "varies") if part in self.section.entries]
        if len(given) != 1:
            found = "it has " + " and ".join(given) if given else "it has none"
            self.report.at(place, f": exactly one of value, table and varies is due; {found}")
            return
        part, node = given[0], self.section.entries[given[0]]
        before = self.report.count
        try:
            self._read_part(part, node)
        except Wrong as wrong:
            self.report.value(node, wrong, "" if part == "value" else part)
        if self.report.count == before:
            self._read_doubt()

    def _read_part(self, part: str, node: Node) -> None:
        if part == "varies":
            self.varies = read_varies(node, self.unit, self.report)
        elif part == "table":
            self.table = self._read_table(node)
        else:
            if self.unit.is_table:
                raise Wrong(f"the unit is '{self.unit.name}', so a table is due", "Write 'table:'.")
            self.value = self._read_value(node)

    def _read_value(self, node: Node) -> int | float | str | bool:
        if not isinstance(node, Scalar):
            due = {"text": "a text", "flag": "yes or no"}.get(self.unit.kind, "a number")
            raise Wrong(f"{due} is due here, not {kind_of(node)}")
        if self.unit.kind == "text":
            return self._text(node)
        if self.unit.kind == "flag":
            return numerals.yes_or_no(node)
        return self._in_own_range(self.unit.check(numerals.number(node)))

    def _text(self, node: Scalar) -> str:
        text = numerals.text(node)
        allowed = self.section.entries.get("options")
        if isinstance(allowed, Items):
            options = [item.text for item in allowed.items if isinstance(item, Scalar)]
            if text not in options:
                others = f"Allowed are {listed(options)}."
                raise Wrong(
                    "is not one of the options", did_you_mean(text, options, otherwise=others)
                )
        return text

    def _in_own_range(self, value: int | float) -> int | float:
        for field, sign in (("lowest", 1.0), ("highest", -1.0)):
            node = self.section.entries.get(field)
            if isinstance(node, Scalar):
                limit = float(numerals.number(node))
                if sign * value < sign * limit - TOLERANCE:
                    words = "or more" if field == "lowest" else "or less"
                    why = f"'familyflow explain {self.report.name}' says why."
                    raise Wrong(f"must be {numerals.neat(limit)} {words}", why)
        return value

    def _read_table(self, node: Node) -> Any:
        if isinstance(node, Scalar):
            raise Wrong("a table is due here: rows, or names with their numbers")
        before = self.report.count
        check_columns(self.section, node, self.report)
        if self.report.count > before:
            return None
        table = self._cells(node, ())
        if "sums_to" in self.section.entries and self.report.count == before:
            self._check_sum(table, float(numerals.number(self.section.entries["sums_to"])))
        return in_order(self.section, table)

    def _cells(self, node: Node, path: tuple[str, ...]) -> Any:
        if isinstance(node, Section):
            return {name: self._cells(child, (*path, name)) for name, child in node.entries.items()}
        if isinstance(node, Items):
            return [self._cells(child, (*path, str(i + 1))) for i, child in enumerate(node.items)]
        try:
            checked = self.unit.kind not in ("anything", "money") and not self._in_rows(path)
            return self.unit.check(numerals.number(node)) if checked else plain(node)
        except Wrong as wrong:
            self.report.value(node, wrong, f"table[{', '.join(path)}]")
            return 0.0

    def _in_rows(self, path: tuple[str, ...]) -> bool:
        """Whether the cell stands in a list of rows with named columns, which may hold text."""
        return isinstance(self.section.entries["table"], Items) and len(path) > 1

    def _check_sum(self, table: Any, due: float) -> None:
        numbers = table.values() if isinstance(table, dict) else table
        if not all(isinstance(number, (int, float)) for number in numbers):
            raise Wrong("only a table of names with numbers can have sums_to")
        total = math.fsum(numbers)
        if abs(total - due) > TOLERANCE:
            what = f"the numbers sum to {numerals.neat(total)}, not {numerals.neat(due)}"
            raise Wrong(what, numerals.short_or_beyond(total, due))

    def _read_doubt(self) -> None:
        node = self.section.entries.get("distribution")
        if node is None:
            return
        if not self.unit.is_number or self.varies is not None:
            reason = (
                "what differs between families has no distribution of its own"
                if self.varies is not None
                else f"a {self.unit.name} cannot have a distribution"
            )
            to_do = "Name a parameter with a distribution in its settings." if self.varies else ""
            self.report.at(node.place, f".distribution: {reason}", to_do)
            return
        made = read_distribution(node, self.section, self.unit, self, self.report)
        if isinstance(made, Distribution):
            self._check_doubt(made, node)
        self.distribution = made

    def _check_doubt(self, made: Distribution, node: Node) -> None:
        try:
            for end in made.extent:
                self._in_own_range(end)
            return
        except Wrong:
            pass  # an end that is never drawn may lie outside: beta runs from 0 to 1
        try:
            for end in made.interval(0.999):
                self._in_own_range(end)
        except Wrong as wrong:
            self.report.at(node.place, f".distribution: its values {wrong.what}", wrong.to_do)

    @property
    def shares(self) -> tuple[float, ...]:
        """The shares of a table that sums to 1, for dirichlet; nothing for other tables."""
        sums = self.section.entries.get("sums_to")
        if isinstance(self.table, dict) and sums is not None and numerals.number(sums) == 1:
            return tuple(float(share) for share in self.table.values())
        return ()
