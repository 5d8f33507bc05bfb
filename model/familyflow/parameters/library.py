"""The parameters of a folder: every entry of every file, under a name made of its path.

`parameters/service/key_work.yaml` with the entry `attendance` gives `service.key_work.attendance`.
A single file given beside the folder (with `--parameters`) may lie anywhere; its entries carry the
full name and may give only what changes:

    service.key_work.attendance: {value: 0.7, because: Last year's registers.}

A change that gives only a value fixes the number: its distribution is dropped. A .csv file is an
edition of a unit cost database, read by its codes (see edition).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeGuard

from familyflow.parameters.correlations import Correlation, read_correlations
from familyflow.parameters.edition import add_edition
from familyflow.parameters.entry import read_entry
from familyflow.parameters.far import far_from, is_far
from familyflow.parameters.nearest import did_you_mean
from familyflow.parameters.numerals import number_in
from familyflow.parameters.overlay import fields_of, overlaid
from familyflow.parameters.overridden import Change, Overridden, no_effect, that_count
from familyflow.parameters.parameter import Parameter
from familyflow.parameters.references import check_references
from familyflow.parameters.yaml_file import read_yaml
from familyflow.parameters.yaml_text import shown_path
from familyflow.parameters.yaml_tree import Items, Node, Place, Scalar, Section, at, kind_of
from familyflow.problems import Problems
from familyflow.shipped import parameters_folder

CORRELATIONS = "correlations"
EDITION = ".csv"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_FULL_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


@dataclass
class Entries:
    """Entries as they stand in the files, by name, with the place of each name."""

    sections: dict[str, Section] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    correlations: list[tuple[str, Section, Place]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    changes: dict[str, Change] = field(default_factory=dict)  # what files laid over others give
    overridden: list[Overridden] = field(default_factory=list)

    def override(self, name: str, given: frozenset[str], by: str) -> None:
        """Say what of a file's change to this entry has no effect, because `by` gives it too."""
        change = self.changes.get(name)
        if change is None:
            return
        lost, self.changes[name] = change.under(given)
        if lost:
            self.warnings.append(no_effect(name, change, lost, by))
            self.overridden.append(Overridden(name, change.section, change.place))

    def copy(self) -> Entries:
        """The same entries, to lay choices over."""
        return Entries(
            dict(self.sections),
            dict(self.places),
            self.correlations,
            [*self.warnings],
            dict(self.changes),
            [*self.overridden],
        )

    def place_of(self, key: str, path: tuple[str | int, ...] = ()) -> Place:
        """Where a field of an entry stands, or else the entry itself."""
        place = at(self.sections[key], path)
        return place if path and place.line else self.places[key]


class Library(Mapping[str, Parameter]):
    """Parameters by name, in file order, with warnings and the correlations between them."""

    def __init__(
        self,
        parameters: Mapping[str, Parameter],
        entries: Entries,
        correlations: Iterable[Correlation] = (),
        warnings: Iterable[str] = (),
    ) -> None:
        self.parameters, self.entries = dict(parameters), entries
        self.correlations, self.warnings = tuple(correlations), tuple(warnings)
        self.choices: Mapping[str, Any] = {}  # a resolved scenario has some

    def __getitem__(self, key: str) -> Parameter:
        return self.parameters[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.parameters)

    def __len__(self) -> int:
        return len(self.parameters)

    def place(self, key: str) -> str:
        """Where the entry stands: file:line:column."""
        return str(self.entries.places[key])


def load_library(paths: Path | str | Iterable[Path | str] | None = None) -> Library:
    """The parameters of these folders and files, later ones over earlier ones.

    Without paths, the shipped ones. Raises InputError with every mistake of every file.
    """
    problems = Problems()
    library = read_library(paths, problems)
    problems.raise_if_any()
    return library


def read_library(paths: Path | str | Iterable[Path | str] | None, problems: Problems) -> Library:
    """As load_library, noting mistakes instead of raising; entries in error are left out."""
    if paths is None:
        paths = parameters_folder()
    entries = Entries()
    for path in [paths] if isinstance(paths, (str, Path)) else paths:
        if Path(path).is_dir():
            _add_folder(Path(path), entries, problems)
        elif Path(path).suffix.lower() == EDITION:
            _lay_edition(Path(path), entries, problems)
        else:
            add_file(Path(path), entries, problems)
    library = library_of(entries, problems, _sound.get("last"))
    if not problems.found:
        _sound["last"] = library
    return library


# The library read last without a mistake: its entries are taken from there while their text stays.
_sound: dict[str, Library] = {}


def _lay_edition(path: Path, entries: Entries, problems: Problems) -> None:
    """Lay an edition of unit costs over the entries, and remember what it gives."""
    before = dict(entries.sections)
    add_edition(path, entries, problems)
    given = frozenset({"value", "price_year"})
    for name, section in entries.sections.items():
        if section is not before[name]:
            entries.override(name, given, shown_path(path))
            entries.changes[name] = Change(given, section, entries.places[name])


def library_of(entries: Entries, problems: Problems, before: Library | None = None) -> Library:
    """The library made of these entries, checked one by one and then against each other.

    Entries that are the same as in the library `before` are taken from there.
    """
    parameters = {}
    for name, section in entries.sections.items():
        if before is not None and section is before.entries.sections.get(name):
            if name in before:
                parameters[name] = before[name]
            continue
        parameter = read_entry(name, section, entries.places[name], problems)
        if parameter is not None:
            parameters[name] = parameter
    correlations = read_correlations(entries.correlations, parameters, entries.sections, problems)
    warnings = list(entries.warnings)
    check_references(parameters, entries.sections, entries.places, problems, warnings)
    for name, section, place in entries.overridden:
        read_entry(name, section, place, problems)  # what has no effect has its mistakes told too
    return Library(parameters, entries, correlations, warnings)


def add_file(path: Path, entries: Entries, problems: Problems) -> None:
    """Lay a single file, whose entries carry full names, over the entries so far."""
    top = read_yaml(path, problems)
    if top is None or not _is_named(top, problems):
        return
    for name, node in top.entries.items():
        place = top.names[name]
        if name == CORRELATIONS and isinstance(node, (Section, Items)):
            # a new list: the one so far may be another library's too
            entries.correlations = [*entries.correlations]
            _add_correlations(node, entries, problems)
        elif not _FULL_NAME.fullmatch(name):
            to_do = (
                did_you_mean(name, entries.sections) or "For example service.key_work.attendance."
            )
            problems.add(*place, f"'{name}' is not the full name of an entry", to_do)
        elif not isinstance(node, Section) and name not in entries.sections:
            problems.add(*place, f"{name}: an entry is a section, not {kind_of(node)}")
        elif name in entries.sections:
            _ask_for_a_reason(name, entries.sections[name], node, place, problems)
            before = entries.sections[name]
            entries.sections[name] = overlaid(name, before, node, place, problems)
            entries.places[name] = place
            _note_change(name, before, node, entries)
        else:
            near = did_you_mean(name, entries.sections)
            entries.warnings.append(
                f"{place}: '{name}' is a new entry, unknown to the model. {near}".strip()
            )
            _add(name, node, place, entries, problems)
            if isinstance(node, Section):
                entries.changes[name] = Change(that_count(node), node, place)


def _note_change(name: str, before: Section, node: Node, entries: Entries) -> None:
    """Remember what this file gives, and say what an earlier file gave in vain, or far from it."""
    section, place = entries.sections[name], entries.places[name]
    given = that_count(fields_of(node, before))
    entries.override(name, given, place.file)
    entries.changes[name] = Change(given, section, place)
    old, new = (number_in(one, "value") for one in (before, section))
    if old is not None and new is not None and is_far(name, old, new):
        unit = section.entries.get("unit")
        said = far_from(name, old, new, "", unit.text if isinstance(unit, Scalar) else "")
        entries.warnings.append(f"{place}: {said}")


def _ask_for_a_reason(
    name: str, entry: Section, change: Node, place: Place, problems: Problems
) -> None:
    role = entry.entries.get("role")
    chosen = "quantity" in entry.entries or (isinstance(role, Scalar) and role.text == "decision")
    reasons = {"source", "because", "note"}
    if not chosen and not (isinstance(change, Section) and reasons & set(change.entries)):
        to_do = "Write {value: ..., because: ...}, or give its 'source:'."
        problems.add(*place, f"{name} is changed without a source or a reason", to_do)


def _add_folder(folder: Path, entries: Entries, problems: Problems) -> None:
    files = sorted(path for ending in ("*.yaml", "*.yml") for path in folder.rglob(ending))
    if not files:
        problems.add(shown_path(folder), 0, 0, "there is no parameter file (*.yaml) in this folder")
    for path in files:
        relative = path.relative_to(folder).with_suffix("")
        top = read_yaml(path, problems)
        if top is None:
            continue
        if relative.as_posix() == CORRELATIONS:
            _add_correlations(top, entries, problems)
            continue
        if not _is_named(top, problems):
            continue
        for name, node in top.entries.items():
            _add_short(".".join(relative.parts), name, node, top.names[name], entries, problems)


def _add_short(
    prefix: str, name: str, node: object, place: Place, entries: Entries, problems: Problems
) -> None:
    full = f"{prefix}.{name}"
    if not _NAME.fullmatch(name):
        to_do = "Names are small letters, digits and _, and begin with a letter."
        problems.add(*place, f"'{name}' cannot be the name of an entry", to_do)
    elif full in entries.sections:
        problems.add(
            *place, f"'{full}' stands twice: here and in {entries.places[full]}", "Keep one."
        )
    else:
        _add(full, node, place, entries, problems)


def _add(name: str, node: object, place: Place, entries: Entries, problems: Problems) -> None:
    if isinstance(node, Section):
        entries.sections[name], entries.places[name] = node, place
        return
    what = kind_of(node) if isinstance(node, (Scalar, Items)) else "nothing"
    problems.add(*place, f"{name}: an entry is a section with label, unit and value, not {what}")


def _add_correlations(top: Section | Items, entries: Entries, problems: Problems) -> None:
    named = (
        top.entries.items()
        if isinstance(top, Section)
        else ((str(i), n) for i, n in enumerate(top.items))
    )
    for name, node in named:
        if isinstance(node, Section):
            entries.correlations.append((name, node, node.place))
        else:
            to_do = "{of: [key, key], rank: 0.5, source: {title: ..., where: ..., year: ...}}"
            problems.add(*node.place, f"correlation {name}: a section is due here", to_do)


def _is_named(top: Section | Items, problems: Problems) -> TypeGuard[Section]:
    if isinstance(top, Section):
        return True
    problems.add(*top.place, "expected named sections, found a list", "Give each entry a name.")
    return False
