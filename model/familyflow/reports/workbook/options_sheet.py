"""The sheet of options side by side: what each does, costs and saves, and its difference.

Quantities, what each funder pays and each agency saves are values; sums, nets, ratios, unit costs
and differences from the first option are formulas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from familyflow.reports.documents.lines import WIDE, reach
from familyflow.reports.words import payer
from familyflow.reports.workbook.cells import Book, Cell, Sheet, reference
from familyflow.reports.workbook.options_kept import Compared

NAME: Final = "Options"
HEAD: Final = 5
FIRST: Final = 2  # column of the first option
NOT_DEFINED: Final = "not defined"
_NOTES = (
    "Values: families, waits and care, what each funder pays, what each agency saves, chances. "
    "Live: sums, nets, ratios, unit costs, and the differences from the first option.",
    "Present value, means of all draws under the same luck, so that a difference is not chance "
    "between families. A number that you change here changes what is worked out from it.",
)
_UNIT_COSTS: Final = {  # figure of flow -> what a unit of it is
    "families_started": "Cost for each family who starts",
    "families_completed": "Cost for each family who ends as planned",
    "families_improved": "Cost for each family with fewer risks at the end",
    "children_supported": "Cost for each child supported",
    "contact_hours": "Cost for each hour worked with or for families",
    "care_weeks_avoided": "Cost for each week in care avoided",
}
_IN_RUN: Final = {  # the same figures as the run has them
    "families_started": "cost_per_family_started",
    "families_completed": "cost_per_family_completed",
    "families_improved": "cost_per_family_improved",
    "children_supported": "cost_per_child",
    "contact_hours": "cost_per_contact_hour",
    "care_weeks_avoided": "cost_per_care_week_avoided",
}


@dataclass
class Told:
    """Live figures beside what the comparison found: label, cell, value, and what it found.

    cells, values: by name, a row's cells and numbers by option (a word where there is none).
    """

    pairs: list[tuple[str, Cell, float, float]] = field(default_factory=list)
    cells: dict[str, list[Cell]] = field(default_factory=dict)
    values: dict[str, list[float | str]] = field(default_factory=dict)


def write_options(book: Book, compared: Compared) -> Told:
    """Write the sheet; returns what is checked."""
    count = len(compared.options)
    sheet = book.sheet(NAME, "Options side by side", (60, 18))
    sheet.worksheet.set_column(FIRST, FIRST + count - 1, 18)
    sheet.worksheet.set_column(FIRST + count, FIRST + count, 2)
    sheet.worksheet.set_column(FIRST + count + 1, FIRST + 2 * count, 18)
    sheet.notes(1, f"{compared.results['price_year']} prices; {compared.results['draws']} draws.")
    sheet.notes(2, *_NOTES)
    titles = list(compared.titles.values())
    sheet.heads(HEAD, ("Figure", "Unit", *titles), numbers=2, lines=3)
    less = [f"{title}, less the first" for title in titles[1:]]
    sheet.heads(HEAD, less, column=FIRST + count + 1, numbers=0, lines=3)
    made = _Maker(sheet, compared)
    made.flow()
    made.money()
    made.results()
    made.chances()
    sheet.freeze(HEAD)
    return made.told


@dataclass
class _Maker:
    """Writes the rows of the sheet one below the other; row: the last that is written."""

    sheet: Sheet
    compared: Compared
    told: Told = field(default_factory=Told)
    row: int = HEAD

    @property
    def _options(self) -> Sequence[Mapping[str, Any]]:
        return self.compared.options

    def flow(self) -> None:
        """Families, waits and children."""
        self._section("Families, waits and care over the term (values)")
        told = {one.path.removeprefix("flow."): one.label for one in reach(self._options[0], WIDE)}
        names = list(dict.fromkeys((*told, *self._options[0]["flow"])))
        for name in names:
            figures = [option["flow"][name] for option in self._options]
            means = [figure["mean"] for figure in figures]
            label = told.get(name, name.replace("_", " ").capitalize())
            self._values(name, label, figures[0]["unit"], means, "amount", "flow")

    def money(self) -> None:
        """What each funder pays, each agency saves, and what is cash of it."""
        funders = self.compared.parts("by_funder", "funder")
        public = {row["funder"] for option in self._options for row in option["by_funder"]
                  if row["public"]}  # fmt: skip
        rows = [(payer(name), "public" if name in public else "other",
                 self.compared.amounts("by_funder", "funder", name, "paid"))
                for name in funders]  # fmt: skip
        self._parts("cost", "Cost by funder, GBP (values)", "Cost, whoever pays", rows)
        titles = {row["agency"]: row["title"] for option in self._options
                  for row in option["by_agency"]}  # fmt: skip
        for name, section, total in (
            ("fiscal_saving", "Fiscal saving by agency, GBP (values)", "Fiscal saving"),
            ("cashable_saving", "Cashable saving by agency, GBP (values)", "Cashable saving"),
        ):
            if any(option["money"][name]["mean"] is None for option in self._options):
                continue  # whole units of cash cannot be counted where the follow-up is expected
            rows = [
                (title, "GBP", self.compared.amounts("by_agency", "agency", agency, name))
                for agency, title in titles.items()
            ]
            rows = [row for row in rows if any(row[2])]
            self._parts(name, section, total, rows)

    def results(self) -> None:
        """Nets, ratios and unit costs, live."""
        self._section("Value to everybody, GBP (values)")
        for name, label in (("public_value", "Public value, studied lines"),
                            ("net_present_value_with_weaker_evidence",
                             "Public value less cost, with weaker evidence")):  # fmt: skip
            means = [option["money"][name]["mean"] for option in self._options]
            self._values(name, label, "GBP", means, "money", "money")
        self._section("Nets and ratios (live)")
        self._difference("net_saving", "Net saving: fiscal saving less cost", "fiscal_saving",
                         "cost")  # fmt: skip
        self._difference("net_present_budget_impact",
                         "Net budget impact: cost to public funders less fiscal saving",
                         "public_cost", "fiscal_saving")  # fmt: skip
        self._difference("net_present_value", "Net present value: public value less cost",
                         "public_value", "cost")  # fmt: skip
        self._ratio("fiscal_return", "Fiscal saving for each £1", "fiscal_saving", "cost")
        if "cashable_saving" in self.told.cells:
            self._ratio("cashable_fiscal_return", "Cashable saving for each £1",
                        "cashable_saving", "cost")  # fmt: skip
        self._ratio("benefit_cost_ratio", "Public value for each £1", "public_value", "cost")
        self._section("Unit costs, GBP (live)")
        for name, label in _UNIT_COSTS.items():
            self._ratio(_IN_RUN[name], label, "cost", name, "price")

    def chances(self) -> None:
        """How sure, and what is given up; the simulation settles them draw by draw."""
        self._section("How sure (values)")
        found = [option["money"]["probability_net_saving"]["mean"] for option in self._options]
        self._values("", "Chance of a net saving", "chance", found, "share")
        for key, label in (("probability_best", "Chance of being best, by public value less cost"),
                           ("with_weaker_evidence", "The same, with weaker evidence")):  # fmt: skip
            chances = self.compared.results[key].get("probability_best", {})
            shown = [chances.get(option["option"]) for option in self._options]
            self._values("", label, "chance", shown, "share")
        self._section("Given up (values)")
        given = {row["option"]: row["means"] for row in self.compared.results["given_up"]}
        for name in next(iter(given.values()), {}):
            if name not in self.told.cells:
                means = [given[option["option"]][name] for option in self._options]
                label = name.replace("_", " ").capitalize()
                unit = "GBP" if name.startswith("cost") else "families"
                self._values("", label, unit, means, "amount")

    def _section(self, title: str) -> None:
        self.row += 2
        self.sheet.text(self.row, 0, title, "head")

    def _values(
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

    def _parts(
        self, name: str, section: str, total: str, rows: Sequence[tuple[str, str, list[float]]]
    ) -> None:
        """Parts and their sum; of the cost also the part of public funders."""
        self._section(section)
        first = self.row + 1
        for label, unit, amounts in rows:
            self._values("", label, unit, amounts, "money")
        last = self.row
        columns = range(FIRST, FIRST + len(self._options))
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

    def _difference(self, name: str, label: str, of: str, less: str) -> None:
        pairs = zip(self.told.cells[of], self.told.cells[less], strict=True)
        numbers = zip(self.told.values[of], self.told.values[less], strict=True)
        values: list[float | str] = [float(a) - float(b) for a, b in numbers]
        self._formulas(name, label, "GBP", [f"{a}-{b}" for a, b in pairs], values, "money")

    def _ratio(self, name: str, label: str, of: str, by: str, form: str = "ratio") -> None:
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
            found = self._options[place]["money"].get(name, {}).get("mean")
            if found is not None and not isinstance(value, str):
                title = self._options[place]["option"]
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
        option = self._options[place]["option"]
        for row in self.compared.results["differences"]:
            figure = row[part].get(name)
            if row["option"] == option and figure and figure["mean"] is not None:
                label = f"{name.replace('_', ' ')}, {option} less {row['less']}"
                self.told.pairs.append((label, cell, gap, float(figure["mean"])))
