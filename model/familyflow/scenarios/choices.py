"""Lays the choices of scenarios over the parameters: decisions by `set`, beliefs by `assume`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from familyflow.parameters.change_checks import says_something
from familyflow.parameters.entry import read_entry
from familyflow.parameters.far import far_from, is_far
from familyflow.parameters.library import Entries, Library
from familyflow.parameters.nearest import did_you_mean
from familyflow.parameters.overlay import fields_of, overlaid
from familyflow.parameters.overridden import that_count
from familyflow.parameters.parameter import Parameter
from familyflow.parameters.yaml_tree import Items, Node, Scalar, Section
from familyflow.problems import Problems
from familyflow.scenarios.scenario import Given, Scenario


def choose(
    base: Library, found: Sequence[Scenario], sets: Sequence[Given], problems: Problems
) -> tuple[Entries, dict[str, Given]]:
    """The entries with every choice laid over them, and the choice that won for each key."""
    entries = base.entries
    chosen = entries.copy()
    choices: dict[str, Given] = {}
    for given in [*(g for one in reversed(found) for g in one.choices), *sets]:
        entry = entries.sections.get(given.key)
        if entry is None:
            to_do = did_you_mean(
                given.key, entries.sections, otherwise="Keys are paths: service.team.posts."
            )
            problems.add(*given.place, f"there is no '{given.key}'", to_do)
            continue
        typed = not given.place.line  # by --set: a decision or a belief, and no reason is asked
        if not typed and not _may_choose(given, entry, problems):
            continue
        node = _with_reason(given.node) if typed and not _is_decision(entry) else given.node
        section = overlaid(given.key, entry, node, given.place, problems)
        chosen.override(given.key, that_count(fields_of(node, entry)), given.place.file)
        # Every choice is checked, also one that a later choice replaces.
        made = read_entry(given.key, section, given.place, problems)
        _check_columns(given, made, base.get(given.key), chosen.warnings, problems)
        same = made is not None and given.key in base and _is_same(made, base[given.key])
        chosen.sections[given.key] = entry if same and given.kind == "set" else section
        chosen.places[given.key] = given.place
        choices[given.key] = replace(given, kind="set" if _is_decision(entry) else "assume")
    return chosen, choices


def _may_choose(given: Given, entry: Section, problems: Problems) -> bool:
    because = given.node.entries.get("because") if isinstance(given.node, Section) else None
    if given.kind == "set" and not _is_decision(entry):
        what = f"{given.key} is a belief, not a decision"
        to_do = "Put it under 'assume:', as {value: ..., because: ...}."
        problems.add(*given.place, what, to_do)
        return False
    if given.kind == "assume" and _is_decision(entry):
        problems.add(
            *given.place, f"{given.key} is a decision, not a belief", "Put it under 'set:'."
        )
        return False
    if given.kind == "assume" and not says_something(because):
        what = f"{given.key} is assumed without a reason"
        problems.add(*given.place, what, "Write {value: ..., because: ...}.")
        return False
    return True


def _with_reason(node: Node) -> Node:
    """A belief typed on the command line is an assumption, whatever the file says of its source."""
    if isinstance(node, Section) and "because" in node.entries:
        return node
    reason = Scalar("Typed on the command line.", False, node.place)
    if isinstance(node, Section) and set(node.entries) & {
        "value",
        "table",
        "varies",
        "distribution",
    }:
        return Section({**node.entries, "because": reason}, node.names, node.place)
    form = "value" if isinstance(node, Scalar) else "table"
    return Section({form: node, "because": reason}, {form: node.place}, node.place)


def _check_columns(
    given: Given,
    made: Parameter | None,
    before: Parameter | None,
    warnings: list[str],
    problems: Problems,
) -> None:
    """A misspelt column of a row would be lost without a word: refuse it, warn of a new one."""
    if made is None or before is None or not isinstance(made.table, list):
        return
    known = {column for row in before.table if isinstance(row, dict) for column in row}
    node = given.node.entries.get("table") if isinstance(given.node, Section) else given.node
    if not known or before.columns or not isinstance(node, Items):
        return
    for row in (row for row in node.items if isinstance(row, Section)):
        for column in sorted(set(row.entries) - known):
            place = row.names[column] if row.names[column].line else given.place
            near = did_you_mean(column, sorted(known))
            if near:
                problems.add(*place, f"{given.key}: there is no column '{column}'", near)
            else:
                warnings.append(f"{place}: {given.key}: no row has had a column '{column}' before")


def _is_same(made: Parameter, before: Parameter) -> bool:
    parts = ("value", "table", "varies", "distribution", "unit_cost", "share", "cashable")
    return all(getattr(made, part) == getattr(before, part) for part in parts)


def _is_decision(entry: Section) -> bool:
    role = entry.entries.get("role")
    return isinstance(role, Scalar) and role.text == "decision"


def far_off(base: Library, made: Library, choices: Mapping[str, Given]) -> list[str]:
    """A warning for each choice many times the number before, or a small part of it."""
    warnings = []
    for key, given in choices.items():
        if key not in base or key not in made:
            continue
        before, after = base[key].value, made[key].value
        if any(isinstance(v, (bool, str)) or v is None for v in (before, after)):
            continue
        old, new = float(before or 0), float(after or 0)
        if is_far(key, old, new):
            said = far_from(key, old, new, base.place(key), made[key].unit)
            warnings.append(f"{given.place}: {said}")
    return warnings
