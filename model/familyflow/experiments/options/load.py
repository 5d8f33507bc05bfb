"""The options of a comparison, made comparable or refused: one price year, one term, one window."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, Final

from familyflow.experiments.inputs import load_inputs
from familyflow.experiments.tables import short
from familyflow.parameters.draws import base_values
from familyflow.problems import InputError, Problems, Unlike, UnlikeError, bad_input
from familyflow.scenarios.canonical import canonical
from familyflow.scenarios.resolve import Resolved

NO_SERVICE: Final = "no_service"
MOST_OPTIONS: Final = 20
PRICE_YEAR: Final = "appraisal.price_year"
# What sums must have in common before one is taken from the other, and how people call it.
ALIKE: Final = {
    PRICE_YEAR: "price year",
    "appraisal.term_years": "term in years",
    "appraisal.follow_up_years": "follow-up in years",
    "appraisal.watched_years": "years watched",
    "appraisal.window": "window",
    "appraisal.schedule": "discount schedule",
    "appraisal.timing": "timing",
    "appraisal.optimism_bias": "optimism bias",
    "costs.scope": "scope of unit costs",
}
_OF_CHOICE: Final = "decision."  # what a comparison reads, and no simulation and no price
_FUNDING: Final = "funding."
_YEAR: Final = re.compile(r"[0-9]{4}/[0-9]{2}", re.ASCII)
_RUNS: Final = "service.team.runs"


@dataclass(frozen=True)
class Option:
    """One option: the name it has in this comparison, and its scenario."""

    name: str
    resolved: Resolved

    @property
    def has_service(self) -> bool:
        """Whether it runs a service; an option that does not is a reference, no competitor."""
        return bool(self.resolved.parameters[_RUNS].value)

    def told(self, key: str) -> str:
        """The stated value of one of its parameters in words, with its unit; tables whole."""
        parameter = self.resolved.parameters.get(key)
        if parameter is None:
            return ""
        if parameter.varies is not None:
            settings = ", ".join(
                f"{name} {value}" for name, value in parameter.varies.settings.items()
            )
            return f"{parameter.varies.shape.replace('_', ' ')}: {settings} ({parameter.unit})"
        value = self.stated(key)
        if isinstance(value, (list, dict)):
            return json.dumps(value, ensure_ascii=False)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, (int, float)):
            year = f", {parameter.price_year} prices" if parameter.price_year else ""
            return f"{value:,.10g} ({parameter.unit}{year})"
        return str(value)

    def stated(self, key: str) -> Any:
        """The stated value of one of its parameters."""
        choice = self.resolved.choices.get(key)
        return choice.value if choice is not None else _base(self.resolved)[key]


def load_options(
    scenarios: Sequence[str],
    sets: Sequence[str] = (),
    parameter_files: Sequence[Path] = (),
    price_year: str | None = None,
) -> list[Option]:
    """Every option with the choices that hold for all of them, in the order given.

    price_year: prices every option in this one year, whatever its own. Raises InputError with the
    mistakes of every option, RefusedError where sums of different kinds would be mixed.
    """
    _must_be_several(scenarios)
    options = load_each(scenarios, sets, parameter_files, price_year)
    _must_be_alike(options)
    return options


def load_each(
    scenarios: Sequence[str],
    sets: Sequence[str] = (),
    parameter_files: Sequence[Path] = (),
    price_year: str | None = None,
) -> list[Option]:
    """Every option by itself, the mistakes of all of them at once."""
    typed = [*sets, *_priced_in(price_year)]
    problems = Problems()
    found = []
    for scenario in scenarios:
        try:
            found.append(load_inputs(scenario, typed, parameter_files))
        except InputError as error:
            for problem in error.problems:
                problems.add(*astuple(problem))
    problems.raise_if_any()
    return [Option(name, one) for name, one in zip(_names(found), found, strict=True)]


def replacing(sets: Sequence[str], *keys_and_values: str) -> list[str]:
    """These `--set`s with those of the same keys put in the place of what was typed."""
    keys = {one.partition("=")[0].strip() for one in keys_and_values}
    return [one for one in sets if one.partition("=")[0].strip() not in keys] + [*keys_and_values]


def _priced_in(price_year: str | None) -> list[str]:
    if price_year is None:
        return []
    if not _YEAR.fullmatch(price_year):
        raise bad_input(
            f"{price_year!r} is no price year", "Write it as in 2024/25.", where="--price-year"
        )
    return [f"{PRICE_YEAR}={price_year}"]


def what_differs(options: Sequence[Option]) -> list[dict[str, Any]]:
    """Each key whose value is not the same in all options: kind (set or assume) and values."""
    found = []
    for key in dict.fromkeys(key for option in options for key in option.resolved.parameters):
        told = [option.resolved.parameters.get(key) for option in options]
        forms = [None if one is None else canonical(one) for one in told]
        if key.startswith(_OF_CHOICE) or all(form == forms[0] for form in forms):
            continue
        values = {option.name: option.told(key) for option in options}
        found.append({"key": key, "kind": _kind(options, key), "values": values})
    return found


def alike(options: Sequence[Option]) -> list[int]:
    """For each option the place of the first that is the same service at the same cost.

    What funders give is compared with cost and changes neither.
    """
    forms = [
        {
            key: canonical(parameter)
            for key, parameter in option.resolved.parameters.items()
            if not key.startswith((_OF_CHOICE, _FUNDING))
        }
        for option in options
    ]
    return [forms.index(form) for form in forms]


def what_if(option: Option, first: Option) -> bool:
    """Whether an option differs from the first in beliefs alone: a "what if", which nobody chooses.

    What funders give is compared with cost and changes nothing, so it is no decision here.
    """
    kinds = {
        row["kind"] for row in what_differs([first, option]) if not row["key"].startswith(_FUNDING)
    }
    return kinds == {"assume"}


def _kind(options: Sequence[Option], key: str) -> str:
    choices = [option.resolved.choices.get(key) for option in options]
    kinds = {choice.kind for choice in choices if choice is not None}
    return "assume" if "assume" in kinds else "set"


def _base(resolved: Resolved) -> dict[str, Any]:
    return dict(base_values(resolved.parameters))


def _names(options: Sequence[Resolved]) -> list[str]:
    """The scenarios' names; one that stands twice gets a number."""
    names: list[str] = []
    for option in options:
        name, number = option.name, 2
        while name in names:
            name, number = f"{option.name} ({number})", number + 1
        names.append(name)
    return names


def _must_be_several(scenarios: Sequence[str]) -> None:
    if len(scenarios) < 2:
        raise bad_input(
            "a comparison needs two options or more",
            "Name them, e.g. 'familyflow compare core_offer grant_cut_20'.",
        )
    if len(scenarios) > MOST_OPTIONS:
        raise bad_input(
            f"{len(scenarios)} options are more than the {MOST_OPTIONS} that are compared at once",
            "Leave out those that are clearly worse.",
        )


def _must_be_alike(options: Sequence[Option]) -> None:
    said, unlike = [], []
    of_choice = [key for key in options[0].resolved.parameters if key.startswith(_OF_CHOICE)]
    for key, words in [*ALIKE.items(), *((key, key) for key in of_choice)]:
        values = {option.name: short(option.stated(key)) for option in options}
        if len(set(values.values())) > 1:
            told = ", ".join(f"{value} in {name}" for name, value in values.items())
            to_do = _to_do(key, next(iter(values.values())))
            unlike.append(Unlike(key, words, tuple(values.values())))
            said.append(f"  {words}: {told}.\n    {to_do}")
    if said:
        names = ", ".join(option.name for option in options)
        start = f"{names} cannot be set side by side as they are:\n"
        raise UnlikeError(start + "\n".join(said), unlike)


def _to_do(key: str, value: str) -> str:
    if key.startswith(_OF_CHOICE):
        return f"It is asked once, of all options together: --set {key}=..., or leave it out."
    if key == PRICE_YEAR:
        return f"Price all of them in one year: --price-year {value}."
    return f"Give all of them the same: --set {key}={value}."
