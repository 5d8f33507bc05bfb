"""Lays a change over an entry: what a scenario, a parameter file or `--set` gives replaces it."""

from __future__ import annotations

from familyflow.parameters.change_checks import check_reason, check_substance, check_varies
from familyflow.parameters.models import ChangeModel
from familyflow.parameters.nearest import did_you_mean, listed
from familyflow.parameters.table_shape import check_shape
from familyflow.parameters.yaml_tree import Node, Place, Scalar, Section, kind_of, written
from familyflow.problems import Problems

_FORMS = ("value", "table", "varies")
_REPLACED = (*_FORMS, "distribution")
_CHANGEABLE = tuple(ChangeModel.model_fields)
_FIXED = ("unit", "label", "role", "kind", "transfer", "composed_of", "per_code", "sums_to",
          "options", "columns", "lowest", "highest")  # fmt: skip


def overlaid(name: str, entry: Section, change: Node, place: Place, problems: Problems) -> Section:
    """The entry with the change made. Mistakes are noted, and the entry then comes back unchanged.

    A change is a single value, a list or names for a table, or a section of `value`, `table`,
    `varies`, `distribution`, `because` and the like.
    """
    if "quantity" in entry.entries:
        return _line(name, entry, change, place, problems)
    fields = fields_of(change, entry)
    before = len(problems.found)
    _check(name, entry, fields, place, problems)
    if len(problems.found) > before:
        return entry
    kept = dict(entry.entries)
    if any(part in fields.entries for part in _REPLACED):
        for part in _REPLACED:
            kept.pop(part, None)
    if not any(part in fields.entries for part in _FORMS):
        # Only the doubt changes: the number itself stays.
        kept.update({part: entry.entries[part] for part in _FORMS if part in entry.entries})
    if {"value", "price_year"} & set(fields.entries):
        kept.pop("dated", None)  # the series is of the number that was there before
    if "source" not in fields.entries:
        _unsourced(kept, fields)
    kept.update({n: v for n, v in fields.entries.items() if n != "because"})
    return Section(kept, {**entry.names, **fields.names}, place_of(change, place))


def place_of(node: Node, otherwise: Place) -> Place:
    """The node's place where it has one."""
    return node.place if node.place.line else otherwise


def fields_of(change: Node, entry: Section) -> Section:
    """What a change gives, by the names of fields: a single value is that of `value`, say."""
    if "quantity" in entry.entries and isinstance(change, Section):
        return change
    known = {*_CHANGEABLE, *_FIXED}
    if isinstance(change, Section) and (
        set(change.entries) & known or "table" not in entry.entries
    ):
        fields = change
    else:
        form = "value" if isinstance(change, Scalar) else "table"
        fields = Section({form: change}, {form: change.place}, change.place)
    if "varies" in entry.entries and "value" in fields.entries and "varies" not in fields.entries:
        return _constant(fields, entry.entries["varies"])
    return fields


def _constant(fields: Section, varies: Node) -> Section:
    """One value for everybody, in the place of what differed between them."""
    value = fields.entries["value"]
    by = varies.entries.get("by") if isinstance(varies, Section) else None
    settings = Section({"value": value}, {"value": value.place}, value.place)
    spread = Section(
        {"by": by or Scalar("family", True, value.place), "constant": settings},
        {"by": value.place, "constant": value.place},
        value.place,
    )
    kept = {name: node for name, node in fields.entries.items() if name != "value"}
    return Section(
        {**kept, "varies": spread}, {**fields.names, "varies": value.place}, fields.place
    )


def _check(name: str, entry: Section, fields: Section, place: Place, problems: Problems) -> None:
    before = len(problems.found)
    for field in fields.entries:
        if field in _FIXED:
            if not _same(entry.entries.get(field), fields.entries[field]):
                what = f"{name}: '{field}' belongs to the number and cannot be changed here"
                problems.add(
                    *fields.names[field],
                    what,
                    f"Take it away, and give the value in the unit '{_text(entry, 'unit')}'."
                    if field == "unit"
                    else "Take it away.",
                )
        elif field not in _CHANGEABLE:
            known = f"Known here: {listed(_CHANGEABLE)}."
            to_do = did_you_mean(field, _CHANGEABLE, otherwise=known)
            problems.add(*fields.names[field], f"{name}: there is no '{field}'", to_do)
    check_reason(name, fields, problems)
    check_varies(name, entry, fields, place, problems)
    if len(problems.found) == before:
        check_substance(name, fields, place, problems)
    _check_price_year(name, entry, fields, place, problems)
    given = [part for part in _FORMS if part in fields.entries]
    had = next((part for part in _FORMS if part in entry.entries), "value")
    for part in given:
        if (part == "table") != (had == "table"):
            node = fields.entries[part]
            shown = f" = {written(node)}" if isinstance(node, Scalar) else ""
            what = f"{name}{shown}: a {had} is due here, not {kind_of(node)}"
            example = (
                "Give all rows of the table."
                if had == "table"
                else f"Its unit is '{_text(entry, 'unit')}'."
            )
            problems.add(*place_of(node, place), what, example)
        elif part == "table":
            check_shape(name, entry.entries["table"], fields.entries["table"], place, problems)


def _check_price_year(
    name: str, entry: Section, fields: Section, place: Place, problems: Problems
) -> None:
    """Another sum of money is in the prices of some year, and seldom in those of the old one."""
    is_decision = _text(entry, "role") == "decision"
    is_written = "because" in fields.entries or "source" in fields.entries
    # one typed after --set is read in the prices of the number it replaces
    if not place.line or is_decision or not is_written or "price_year" not in entry.entries:
        return
    if {"value", "table"} & set(fields.entries) and "price_year" not in fields.entries:
        year = _text(entry, "price_year")
        problems.add(
            *place,
            f"{name}: a new sum of money without its price year",
            f"Add price_year; the number it replaces is in {year} prices.",
        )


def _unsourced(kept: dict[str, Node], fields: Section) -> None:
    """What was said of the number before does not hold for the new one."""
    reason = fields.entries.get("because")
    if isinstance(role := kept.get("role"), Scalar) and role.text == "decision":
        for said in ("source", "grade", "status", "note"):
            kept.pop(said, None)
    elif reason is not None:
        kept.pop("source", None)
        kept["status"] = Scalar("assumed", True, reason.place)
        kept["grade"] = Scalar("E", True, reason.place)
    if reason is not None:
        kept["note"] = reason


def _line(name: str, entry: Section, change: Node, place: Place, problems: Problems) -> Section:
    """A line of the account: each field given replaces its own."""
    if not isinstance(change, Section):
        what = f"{name} is a line of the account and has no value of its own"
        problems.add(
            *place, what, "Change its fields, e.g. {unit_cost: ...}, or the unit cost itself."
        )
        return entry
    before = len(problems.found)
    check_reason(name, change, problems)
    given = {n: v for n, v in change.entries.items() if n != "because"}
    if not given:
        problems.add(*place, f"{name}: nothing is changed", "Give the fields that change.")
    if len(problems.found) > before:
        return entry
    return Section({**entry.entries, **given}, {**entry.names, **change.names}, place)


def _same(before: Node | None, after: Node) -> bool:
    return isinstance(before, Scalar) and isinstance(after, Scalar) and before.text == after.text


def _text(entry: Section, field: str) -> str:
    node = entry.entries.get(field)
    return node.text if isinstance(node, Scalar) else ""
