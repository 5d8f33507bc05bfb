"""What must hold between entries: every key named exists, agencies are known, years are covered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from familyflow.luck import parameter_word
from familyflow.parameters.dirichlet import Dirichlet
from familyflow.parameters.nearest import did_you_mean, listed
from familyflow.parameters.parameter import SAVINGS, Parameter
from familyflow.parameters.schedules import SCHEDULES, check_schedules
from familyflow.parameters.units import unit_named
from familyflow.parameters.yaml_tree import Place, Section, at
from familyflow.problems import Problems

AGENCIES = "economy.agencies.list"
DEFLATOR = "economy.prices.gdp_deflator"
SCOPE = "costs.scope"

# What cost lines price that is no single sum: a share of pay, and posts each with its own salary.
NO_SINGLE_SUMS = ("unit_costs.staff.overhead_share", "service.team.central_posts")
SHARES_OF_A_CHAIN = ("prevalence", "engagement", "retained", "impact", "deadweight",
                     "rate_without", "attribution")  # fmt: skip


def check_references(
    parameters: Mapping[str, Parameter],
    sections: Mapping[str, Section],
    places: Mapping[str, Place],
    problems: Problems,
    warnings: list[str],
) -> None:
    """Note every reference that leads nowhere. `sections` hold all entries, also those in error."""
    checker = _Checker(parameters, sections, places, problems)
    for parameter in parameters.values():
        checker.check(parameter)
    check_schedules(parameters, sections, problems)
    check_hashes(parameters, places, problems)


class _Checker:
    def __init__(
        self,
        parameters: Mapping[str, Parameter],
        sections: Mapping[str, Section],
        places: Mapping[str, Place],
        problems: Problems,
    ) -> None:
        self.parameters, self.sections, self.places = parameters, sections, places
        self.problems = problems
        self.agencies = agencies(parameters)
        self.schedules = [k.removeprefix(SCHEDULES) for k in sections if k.startswith(SCHEDULES)]
        deflator = parameters.get(DEFLATOR)
        self.years = list(deflator.table) if deflator and isinstance(deflator.table, dict) else []

    def check(self, parameter: Parameter) -> None:
        """Note every name in this entry that leads nowhere, and a price year without a deflator."""
        if parameter.varies is not None:
            for setting, key in parameter.varies.settings.items():
                if isinstance(key, str):
                    self._number(parameter, key, ("varies", parameter.varies.shape, setting))
        if parameter.price_year and self.years and parameter.price_year not in self.years:
            covered = f"Covered are {self.years[0]} to {self.years[-1]}."
            self._note(
                parameter,
                ("price_year",),
                f".price_year = {parameter.price_year}: no deflator",
                covered,
            )
        self._unit_cost(parameter)
        if (
            parameter.name == "appraisal.price_year"
            and self.years
            and parameter.value not in self.years
        ):
            covered = f"Covered are {self.years[0]} to {self.years[-1]}."
            self._note(
                parameter, ("value",), f" = {parameter.value}: no deflator for this year", covered
            )
        for agency in parameter.falls_on or ():
            if self.agencies and agency not in self.agencies:
                known = f"Known are {listed(self.agencies)}."
                to_do = did_you_mean(agency, self.agencies, otherwise=known)
                self._note(
                    parameter,
                    ("falls_on", agency),
                    f".falls_on: there is no agency '{agency}'",
                    to_do,
                )
        if parameter.is_line:
            self._line(parameter)

    def _unit_cost(self, parameter: Parameter) -> None:
        for place, key in enumerate(parameter.composed_of):
            self._known(parameter, key, ("composed_of", place))
            named = self.parameters.get(key)
            if key == parameter.name:
                self._note(parameter, ("composed_of", place), f".composed_of: '{key}' is itself")
            elif circle := self._circle(parameter.name, key):
                if parameter.name == min(circle):  # one of them says it for all
                    what = f".composed_of: a circle: {' -> '.join([*circle, circle[0]])}"
                    to_do = "A part cannot hold its own whole: take one of them away."
                    self._note(parameter, ("composed_of", place), what, to_do)
            elif named is not None and not named.is_single_sum:
                what = f".composed_of: '{key}' is not one sum of money"
                self._note(parameter, ("composed_of", place), what, "Name unit costs.")
        for year in parameter.dated or ():
            if self.years and year not in self.years:
                covered = f"Covered are {self.years[0]} to {self.years[-1]}."
                self._note(parameter, ("dated", year), f".dated: no deflator for {year}", covered)

    def _circle(self, name: str, part: str) -> list[str]:
        """The way from an entry through this part of it back to the entry, where there is one."""
        ways = [[name, part]]
        seen = {part}
        while ways:
            way = ways.pop(0)
            named = self.parameters.get(way[-1])
            for key in named.composed_of if named is not None else ():
                if key == name:
                    return way
                if key not in seen:
                    seen.add(key)
                    ways.append([*way, key])
        return []

    def _line(self, line: Parameter) -> None:
        is_saving = line.name.startswith(SAVINGS) or line.counterfactual is not None
        for path, key in self._costs_of(line):
            self._known(line, key, path)
            unit_cost = self.parameters.get(key)
            if unit_cost is None or (key in NO_SINGLE_SUMS and not is_saving):
                continue
            if not unit_cost.is_single_sum:
                what = f".unit_cost: '{key}' is not a unit cost: not one sum of money"
                self._note(line, path, what, "Name an entry with a value in pounds.")
                continue
            if line.type == "in_kind" and unit_cost.falls_on is None:
                what = f".unit_cost: '{key}' has no falls_on, so nobody gives the time"
                self._note(line, path, what, f"Add 'falls_on:' to '{key}': who gives it.")
            for field in ("falls_on", "kind") if is_saving else ():
                if not getattr(unit_cost, field):
                    what = f".unit_cost: '{key}' has no {field}, so the saving belongs to nobody"
                    self._note(line, path, what, f"Add '{field}:' to '{key}'.")
        if isinstance(line.share, Mapping):
            self._share(line, line.share["rest_of"], ("share", "rest_of"))
        else:
            self._share(line, line.share, ("share",))
        self._share(line, (line.cashable or {}).get("share"), ("cashable", "share"))
        for link in SHARES_OF_A_CHAIN:
            self._share(line, (line.chain or {}).get(link), ("chain", link))
        if line.discount and self.schedules and line.discount not in self.schedules:
            known = f"Known are {listed(self.schedules)}."
            to_do = did_you_mean(line.discount, self.schedules, otherwise=known)
            self._note(
                line, ("discount",), f".discount: there is no schedule '{line.discount}'", to_do
            )

    def _costs_of(self, line: Parameter) -> Iterator[tuple[tuple[str, ...], str]]:
        """Each unit cost that a line names, with where; every scope must have one."""
        if not isinstance(line.unit_cost, Mapping):
            yield ("unit_cost",), str(line.unit_cost)
            return
        scope = self.parameters.get(SCOPE)
        scopes = scope.options if scope is not None else ()
        lacking = [name for name in scopes if name not in line.unit_cost]
        if lacking or not line.unit_cost:
            what = f".unit_cost: there is none for {listed(lacking) or 'any scope'}"
            to_do = f"Name one key, or one for each of {listed(scopes)}." if scopes else ""
            self._note(line, ("unit_cost",), what, to_do)
        for name, key in line.unit_cost.items():
            if scopes and name not in scopes:
                to_do = did_you_mean(name, scopes, otherwise=f"Scopes are {listed(scopes)}.")
                what = f".unit_cost: there is no scope '{name}'"
                self._note(line, ("unit_cost", name), what, to_do)
            else:
                yield ("unit_cost", name), key

    def _share(self, line: Parameter, given: Any, path: tuple[str, ...]) -> None:
        """Where a share is named by its key, the entry must be one: all its draws lie in 0 to 1."""
        if not isinstance(given, str):
            return
        self._number(line, given, path)
        named = self.parameters.get(given)
        if named is None or not isinstance(named.value, (int, float)):
            return
        if unit_named(named.unit).kind != "share":
            what = f".{'.'.join(path)}: '{given}' is no share; its unit is '{named.unit}'"
            self._note(line, path, what, "Name an entry with 'unit: share', or give a share.")

    def _number(self, parameter: Parameter, key: str, path: tuple[str, ...]) -> None:
        self._known(parameter, key, path)
        named = self.parameters.get(key)
        if named is not None and not isinstance(named.value, (int, float)):
            self._note(parameter, path, f".{'.'.join(path)}: '{key}' is not a single number")

    def _known(self, parameter: Parameter, key: str, path: tuple[str | int, ...]) -> None:
        if key not in self.sections:
            to_do = did_you_mean(key, self.sections, otherwise="Give the full name of an entry.")
            field = ".".join(step for step in path if isinstance(step, str))
            self._note(parameter, path, f".{field}: there is no '{key}'", to_do)

    def _note(
        self, parameter: Parameter, path: tuple[str | int, ...], what: str, to_do: str = ""
    ) -> None:
        place = at(self.sections[parameter.name], path)
        place = place if place.line else self.places[parameter.name]
        self.problems.add(*place, f"{parameter.name}{what}", to_do)


def agencies(parameters: Mapping[str, Parameter]) -> list[str]:
    """The agencies costs may fall on: names, rows with `agency` or `name`, or keys of a table."""
    entry = parameters.get(AGENCIES)
    if entry is None or entry.table is None:
        return []
    if isinstance(entry.table, dict):
        return list(entry.table)
    return [str(_agency(row)) for row in entry.table]


def _agency(row: Any) -> Any:
    return row.get("agency", row.get("name")) if isinstance(row, dict) else row


def names_drawn(parameter: Parameter) -> Iterator[str]:
    """The names whose luck a parameter uses: its own, or one for each share of a table."""
    if isinstance(parameter.distribution, Dirichlet):
        elements = list(parameter.table)
        for place in parameter.distribution.drawn:
            yield f"{parameter.name}[{elements[place]}]"
    elif parameter.distribution is not None:
        yield parameter.name


def check_hashes(
    parameters: Mapping[str, Parameter], places: Mapping[str, Place], problems: Problems
) -> None:
    """Two names with the same luck would move together: refuse the second."""
    words: dict[int, str] = {}
    for parameter in parameters.values():
        for name in names_drawn(parameter):
            word = parameter_word(name)
            if word in words:
                what = f"'{name}' and '{words[word]}' share their luck (the same 29-bit hash)"
                problems.add(*places[parameter.name], what, "Rename one of them.")
            words[word] = name
