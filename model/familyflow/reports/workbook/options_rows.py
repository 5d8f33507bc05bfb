"""Rows of the sheet of options: values, and formulas over them, each less the first option."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from familyflow.reports.workbook.cells import Cell, Sheet, reference
from familyflow.reports.workbook.options_kept import Compared
from familyflow.reports.workbook.too_few import IN_ITS_PLACE, is_too_few

NAME: Final = "Options"
HEAD: Final = 5
FIRST: Final = 2  # column of the first option
NOT_DEFINED: Final = "not defined"


@dataclass
class Told:
    """Live figures beside what the comparison found: label, cell, value, and what it found.

    cells, values: by name, a row's cells and numbers by option (a word where there is none).
    """

    pairs: list[tuple[str, Cell, float, float]] = field(default_factory=list)
    cells: dict[str, list[Cell]] = field(default_factory=dict)
    values: dict[str, list[float | str]] = field(default_factory=dict)


@dataclass
class Rows:
    """Writes the rows of the sheet one below the other; row: the last that is written."""

    sheet: Sheet
    compared: Compared
    told: Told = field(default_factory=Told)
    row: int = HEAD

    @property
    def options(self) -> Sequence[Mapping[str, Any]]:
        """Each option as the results of a run have it."""
        return self.compared.options

    def section(self, title: str) -> None:
        """A heading over the rows that follow."""
        self.row += 2
        self.sheet.text(self.row, 0, title, "head")

    def values(
        self, name: str, label: str, unit: str, means: Sequence[float | None], form: str,
        part: str = "",
    ) -> None:  # fmt: skip
        """A row of values; an empty cell where there is none."""
        self.row += 1
        self.sheet.texts(self.row, (label, unit))
        for place, mean in enumerate(means):
            if mean is not None:
                self.sheet.number(self.row, FIRST + place, mean, form)
        self._keep(name, [0.0 if mean is None else float(mean) for mean in means])
        self._less(form, means, part, name)

    def chances(self, label: str, found: Sequence[float | None]) -> None:
        """A row of chances; words where the draws are too few to tell them."""
        if not is_too_few(self.compared.results):
            self.values("", label, "chance", found, "share")
            return
        self.row += 1
        self.sheet.texts(self.row, (label, "chance"))
        self.sheet.texts(self.row, [IN_ITS_PLACE] * len(found), "right", column=FIRST)

    def parts(
        self, name: str, section: str, total: str, rows: Sequence[tuple[str, str, list[float]]]
    ) -> None:
        """Parts and their sum; of the cost also the part of public funders."""
        self.section(section)
        first = self.row + 1
        for label, unit, amounts in rows:
            self.values("", label, unit, amounts, "money")
        last = self.row
        columns = range(FIRST, FIRST + len(self.options))
        sums = [sum(amounts[place] for *_, amounts in rows) for place in range(len(columns))]
        blocks = [reference(NAME, (first, column), (last, column)) for column in columns]
        whole = [f"SUM({block})" if rows else "0" for block in blocks]
        self._formulas(name, total, "GBP", whole, list(sums), "total")
        if name == "cost":
            marks = reference(NAME, (first, 1), (last, 1))
            public = [sum(amounts[place] for _, mark, amounts in rows if mark == "public")
                      for place in range(len(columns))]  # fmt: skip
            formulas = [f'SUMIF({marks},"public",{block})' if rows else "0" for block in blocks]
            self._formulas("public_cost", "of which public funders", "GBP", formulas, list(public),
                           "money")  # fmt: skip

    def difference(self, name: str, label: str, of: str, less: str) -> None:
        """A row less another, by their names."""
        pairs = zip(self.told.cells[of], self.told.cells[less], strict=True)
        numbers = zip(self.told.values[of], self.told.values[less], strict=True)
        values: list[float | str] = [float(a) - float(b) for a, b in numbers]
        self._formulas(name, label, "GBP", [f"{a}-{b}" for a, b in pairs], values, "money")

    def ratio(self, name: str, label: str, of: str, by: str, form: str = "ratio") -> None:
        """A row over another, by their names; words where that one is not above 0."""
        pairs = zip(self.told.cells[of], self.told.cells[by], strict=True)
        numbers = zip(self.told.values[of], self.told.values[by], strict=True)
        formulas = [f'IF({b}>0,{a}/{b},"{NOT_DEFINED}")' for a, b in pairs]
        values = [float(a) / float(b) if float(b) > 0 else NOT_DEFINED for a, b in numbers]
        self._formulas(name, label, "GBP" if form == "price" else "ratio", formulas, values, form)

    def _formulas(
        self, name: str, label: str, unit: str, formulas: Sequence[str],
        values: Sequence[float | str], form: str,
    ) -> None:  # fmt: skip
        """A row of formulas, beside what the comparison found where it has the figure."""
        self.row += 1
        self.sheet.text(self.row, 0, label, "head" if form == "total" else "text")
        self.sheet.text(self.row, 1, unit)
        for place, (formula, value) in enumerate(zip(formulas, values, strict=True)):
            cell = self.sheet.formula(self.row, FIRST + place, formula, value, form)
            found = self.options[place]["money"].get(name, {}).get("mean")
            if found is not None and not isinstance(value, str):
                title = self.options[place]["option"]
                self.told.pairs.append((f"{label}, {title}", cell, value, float(found)))
        self._keep(name, list(values))
        self._less(form, values, "money", name)

    def _keep(self, name: str, values: list[float | str] | list[float]) -> None:
        if name:
            columns = range(FIRST, FIRST + len(values))
            self.told.cells[name] = [Cell(NAME, self.row, column) for column in columns]
            self.told.values[name] = list(values)

    def _less(self, form: str, values: Sequence[float | str | None], part: str, name: str) -> None:
        """Each option less the first; nothing where either has no number."""
        first, count = values[0], len(values)
        start = Cell(NAME, self.row, FIRST)
        for place, value in enumerate(values[1:], start=1):
            cell, column = Cell(NAME, self.row, FIRST + place), FIRST + count + place
            known = isinstance(value, float | int) and isinstance(first, float | int)
            formula = f'IF(AND(ISNUMBER({cell}),ISNUMBER({start})),{cell}-{start},"")'
            gap: float | str = float(value) - float(first) if known else ""  # type: ignore[arg-type]
            shown = self.sheet.formula(self.row, column, formula, gap, form)
            self._check(part, name, place, shown, gap)

    def _check(self, part: str, name: str, place: int, cell: Cell, gap: float | str) -> None:
        """A difference beside the paired one of the comparison, where that is one of means."""
        if not part or not name or isinstance(gap, str):
            return
        option = self.options[place]["option"]
        for row in self.compared.results["differences"]:
            figure = row[part].get(name)
            if row["option"] == option and figure and figure["mean"] is not None:
                label = f"{name.replace('_', ' ')}, {option} less {row['less']}"
                self.told.pairs.append((label, cell, gap, float(figure["mean"])))
