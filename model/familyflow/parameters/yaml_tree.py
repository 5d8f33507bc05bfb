"""What stands in a YAML file, exactly as written, with the place of every name and value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """A place in a file: line and column from 1; 0 where there is none (the command line)."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])


NOWHERE = Place("", 0, 0)


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as written. `plain` means without quotes; an empty plain text is a blank."""

    text: str
    plain: bool
    place: Place

    @property
    def blank(self) -> bool:
        """Whether nothing was given (empty, `null` or `~`)."""
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Section:
    """Names and what stands under them, in file order, with the place of each name."""

    entries: dict[str, Node]
    names: dict[str, Place]
    place: Place


Node = Scalar | Items | Section


class Wrong(ValueError):
    """A value that cannot be used: what is wrong, and what to do about it."""

    def __init__(self, what: str, to_do: str = "") -> None:
        super().__init__(what)
        self.what, self.to_do = what, to_do


def written(node: Node) -> str:
    """The value as a reader of the file would recognise it, cut to a readable length."""
    if isinstance(node, Scalar):
        if node.blank:
            return "(blank)"
        text = node.text if node.plain else f"'{node.text}'"
        text = "".join(c if c.isprintable() else "?" for c in text)
        return text if len(text) <= 60 else text[:57] + "..."
    return "a list" if isinstance(node, Items) else "a section of names"


def kind_of(node: Node) -> str:
    """What sort of thing stands here, in words."""
    if isinstance(node, Items):
        return "a list"
    return "a section of names" if isinstance(node, Section) else "a single value"


def at(root: Node, path: tuple[int | str, ...]) -> Place:
    """The place of what stands at this path of names and list positions: as near as there is."""
    node = root
    for step in path:
        if isinstance(node, Section) and step in node.entries:
            node = node.entries[str(step)]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            break
    return node.place
