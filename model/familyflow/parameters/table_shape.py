"""A changed table has the shape of the one it replaces: rows for rows, names for names.

What stands in a table is known where it is used; that a list is no section, and a year no name,
can be said of every table at once.
"""

from __future__ import annotations

import re

from familyflow.parameters.yaml_tree import (
    Items,
    Node,
    Place,
    Scalar,
    Section,
    kind_of,
    written,
)
from familyflow.problems import Problems

# What the names of a table may all be, besides words.
_KINDS = (
    ("a financial year", re.compile(r"[0-9]{4}/[0-9]{2}")),
    ("a whole number", re.compile(r"0|[1-9][0-9]*")),
)
_SHOWN = 2  # names or rows in an example


def check_shape(name: str, before: Node, after: Node, place: Place, problems: Problems) -> None:
    """Note where the table `after` is not made as the table `before` it was."""

    def note(node: Node, what: str) -> None:
        where = node.place if node.place.line else place
        to_do = f"Write it as {_example(before)}" if _children(before) else ""
        problems.add(*where, f"{name}: {what}", to_do)

    if isinstance(before, Items) != isinstance(after, Items):
        due = "a list" if isinstance(before, Items) else "a section of names"
        note(after, f"{due} is due here, not {kind_of(after)}")
        return
    kinds = {type(child) for child in _children(before)}
    if len(kinds) != 1:
        return  # empty as shipped, or of several kinds: checked where it is used
    (kind,) = kinds
    if kind is Scalar and isinstance(after, Section) and not after.entries:
        note(after, "the table is empty")
    for said, child in zip(_said(after), _children(after), strict=True):
        if type(child) is not kind:
            shown = f"{said} = {written(child)}" if isinstance(child, Scalar) else said
            note(child, f"{shown}: {_in_words(kind)} is due here, not {kind_of(child)}")
    _check_names(name, before, after, place, problems)


def _check_names(name: str, before: Node, after: Node, place: Place, problems: Problems) -> None:
    if not isinstance(before, Section) or not isinstance(after, Section):
        return
    for what, pattern in _KINDS:
        if not all(pattern.fullmatch(known) for known in before.entries):
            continue
        for given in after.entries:
            if not pattern.fullmatch(given):
                where = after.names[given] if after.names[given].line else place
                to_do = f"Write it as {_example(before)}"
                problems.add(*where, f"{name}: '{given}' is not {what}", to_do)
        return


def _children(table: Node) -> list[Node]:
    if isinstance(table, Section):
        return list(table.entries.values())
    return list(table.items) if isinstance(table, Items) else []


def _said(table: Node) -> list[str]:
    if isinstance(table, Section):
        return list(table.entries)
    return [f"row {number}" for number in range(1, len(_children(table)) + 1)]


def _in_words(kind: type[Node]) -> str:
    if kind is Scalar:
        return "a single value"
    return "a list" if kind is Items else "a section of names"


def _example(node: Node) -> str:
    """The beginning of a table, as it would be typed."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        shown = [_example(item) for item in node.items[:_SHOWN]]
        more = ["..."] if len(node.items) > _SHOWN else []
        return f"[{', '.join([*shown, *more])}]"
    pairs = [f"{name}: {_example(child)}" for name, child in node.entries.items()]
    few = pairs if len(pairs) <= _SHOWN + 2 else [*pairs[:_SHOWN], "..."]
    return "{" + ", ".join(few) + "}"
