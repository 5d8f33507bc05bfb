"""What a change to an entry must have: a value, a usable reason, a spread only where one can be."""

from __future__ import annotations

from familyflow.parameters.yaml_tree import Node, Place, Scalar, Section, kind_of
from familyflow.problems import Problems

# One of these changes what is computed; one of the others what is said of it.
_SUBSTANCE = frozenset({"value", "table", "varies", "distribution", "falls_on"})
_DOCUMENTS = frozenset({"source", "grade", "status", "code", "sunset"})


def check_substance(name: str, fields: Section, place: Place, problems: Problems) -> None:
    """Refuse a change that gives no value: a reason or a price year alone would be lost."""
    given = set(fields.entries)
    if given & _SUBSTANCE or (given & _DOCUMENTS and "price_year" not in given):
        return
    problems.add(*place, f"{name}: the value is missing", "Write {value: ...}, or take it away.")


def check_reason(name: str, fields: Section, problems: Problems) -> None:
    """Refuse a reason that says nothing."""
    reason = fields.entries.get("because")
    if reason is None or says_something(reason):
        return
    what = "is blank" if isinstance(reason, Scalar) else f"is {kind_of(reason)}, not a text"
    to_do = "Say why in a few words, or take it away."
    problems.add(*reason.place, f"{name}: 'because' {what}", to_do)


def says_something(reason: Node | None) -> bool:
    """Whether this is a text that is not blank."""
    return isinstance(reason, Scalar) and not reason.blank and bool(reason.text.strip())


def check_varies(
    name: str, entry: Section, fields: Section, place: Place, problems: Problems
) -> None:
    """Only a number that differs between families or posts as shipped can do so in a change."""
    varies = fields.entries.get("varies")
    if varies is None:
        return
    where = fields.names.get("varies", place)
    had = entry.entries.get("varies")
    if had is None:
        to_do = "Give a value; what is not known about it goes under 'distribution:'."
        problems.add(*where, f"{name}: this number is the same for all and cannot vary", to_do)
        return
    due, given = _by(had), _by(varies)
    if due and given and due != given:
        what = f"{name}: it varies by {due}, not by {given}"
        place = varies.entries["by"].place if isinstance(varies, Section) else where
        problems.add(*place, what, f"Write 'by: {due}'.")


def _by(varies: Node) -> str:
    by = varies.entries.get("by") if isinstance(varies, Section) else None
    return by.text if isinstance(by, Scalar) else ""
