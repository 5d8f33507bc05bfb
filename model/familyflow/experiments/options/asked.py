"""What a comparison asks for beside scenarios, checked before anything is simulated.

The tables under `decision.`: points on axes, other structures, and studies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from familyflow.experiments.options.load import Option, load_each, replacing
from familyflow.problems import InputError, Problem, Problems, bad_input

AXES: Final = {"decision.care_year_values": 1e9, "decision.discount_rates": 1.0,
               "decision.cashable_shares": 1.0}  # fmt: skip
STRUCTURES, STUDIES = "decision.structures", "decision.studies"
_SEE = "See parameters/decision.yaml."
STUDY_TEXTS: Final = ("name", "informs", "base_risk")
STUDY_NUMBERS: Final = ("families_per_arm", "share_followed_up", "intra_family_correlation",
                        "cost_fixed", "cost_per_family", "months_until_report")  # fmt: skip


def check_axes(option: Option) -> None:
    """Raise InputError with every point on an axis that is no number in reason."""
    problems = Problems()
    for key, most in AXES.items():
        values = option.stated(key)
        for place, value in enumerate(values if isinstance(values, list) else [values], start=1):
            if not _is_number(value) or not 0.0 <= value <= most:
                problems.add(
                    *option.resolved.spot(key),
                    f"{key}: point {place} is {value!r}",
                    f"Give numbers from 0 to {most:,.0f}.",
                )
    problems.raise_if_any()


def load_structures(
    option: Option,
    scenarios: Sequence[str],
    names: Sequence[str],
    sets: Sequence[str],
    files: Sequence[Path],
    price_year: str | None,
) -> list[tuple[str, list[Option]]]:
    """Every option under each other structure, by the structure's name.

    A structure takes the place of a choice of the same key. Raises InputError, with the place of
    the table, for one that cannot be.
    """
    found = []
    for place, row in enumerate(option.stated(STRUCTURES), start=1):
        if not isinstance(row, Mapping) or not {"name", "key", "value"} <= set(row):
            raise _wrong(option, STRUCTURES, f"structure {place} lacks name, key or value")
        typed = replacing(sets, f"{row['key']}={row['value']}")
        try:
            made = load_each(scenarios, typed, files, price_year)
        except InputError as error:
            raise _at(option, STRUCTURES, f"'{row['name']}'", error) from error
        named = [Option(name, one.resolved) for name, one in zip(names, made, strict=True)]
        found.append((str(row["name"]), named))
    return found


def check_studies(option: Option) -> None:
    """Raise InputError with every study that lacks something or names what is not there."""
    problems, spot = Problems(), option.resolved.spot(STUDIES)
    for place, row in enumerate(option.stated(STUDIES), start=1):
        for what in _wrong_of_study(option, row if isinstance(row, Mapping) else {}):
            problems.add(
                *spot, f"{STUDIES}: study {place}: {what}", "See parameters/decision.yaml."
            )
    problems.raise_if_any()


def _wrong_of_study(option: Option, row: Mapping[str, Any]) -> list[str]:
    wrong = [f"{name} is missing" for name in (*STUDY_TEXTS, *STUDY_NUMBERS) if name not in row]
    for name in STUDY_NUMBERS:
        if name in row and (not _is_number(row[name]) or not 0.0 <= row[name] < 1e12):
            wrong.append(f"{name} is {row[name]!r}; it is a number of 0 or more")
    for name in ("share_followed_up", "intra_family_correlation"):
        if _is_number(row.get(name)) and row[name] > 1.0:
            wrong.append(f"{name} is {row[name]!r}; it is a share, at most 1")
    if row.get("share_followed_up") == 0:
        wrong.append("share_followed_up is 0; somebody must be followed")
    for name in ("informs", "base_risk"):
        key = str(row.get(name, ""))
        if name in row and not _is_a_number_of(option, key):
            wrong.append(f"{name} is {key!r}, which is no single number among the parameters")
    risk = str(row.get("base_risk", ""))
    if _is_a_number_of(option, risk) and not 0.0 < float(option.stated(risk)) < 1.0:
        wrong.append(f"base_risk is {risk!r}, which is no chance between 0 and 1")
    return wrong


def _is_a_number_of(option: Option, key: str) -> bool:
    parameter = option.resolved.parameters.get(key)
    return parameter is not None and _is_number(parameter.value)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _wrong(option: Option, key: str, what: str) -> InputError:
    spot = option.resolved.spot(key)
    return bad_input(f"{key}: {what}", _SEE, where=str(spot))


def _at(option: Option, key: str, name: str, error: InputError) -> InputError:
    spot = option.resolved.spot(key)
    return InputError(
        Problem(*spot, f"{key}: {name} cannot be: {one.what}", one.to_do) for one in error.problems
    )
