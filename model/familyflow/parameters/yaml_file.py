"""Reads a YAML file strictly: nothing guessed, nothing silently lost, every mistake with its place.

Only plain sections, lists and values are read. Aliases, merge keys, tags, tabs, repeated names and
names that YAML would take for something else (`on`, `no`, `~`) are refused. Values stay as they
were written; what they mean (a number, a text) is decided where the unit is known.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from familyflow.parameters.yaml_text import UNSEEN, bad_characters, read_text, shown_path
from familyflow.parameters.yaml_tree import Items, Node, Place, Scalar, Section
from familyflow.parameters.yaml_words import DEEPEST, TOO_DEEP, plain_words
from familyflow.problems import InputError, Problem, Problems

MOST_VALUES = 50_000
EXAMPLE = (
    "The smallest useful file: 'service.key_work.attendance: {value: 0.7, because: Registers.}'"
)

# The C loader, where there is one, is five times as fast. Only its events are used: nothing is
# ever constructed from a file.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOT_TEXT = re.compile(
    r"(~|null|true|false|yes|no|on|off|[-+]?[0-9][0-9_]*\.[0-9]*([eE][-+]?[0-9]+)?"
    r"|[-+]?\.(inf|nan)|\.nan|\d{4}-\d\d?-\d\d?.*)?",
    re.IGNORECASE,
)


class _Stop(Exception):
    """Reading cannot go on; the problem has been noted."""


def read_yaml(path: Path | str, problems: Problems) -> Section | Items | None:
    """The top of a file, or None when it cannot be used (its problems are then noted).

    Raises MachineError when the machine refuses to give the file up.
    """
    text = read_text(path, problems)
    if text is None:
        return None
    shown = shown_path(path)
    node = parse_yaml(text, shown, problems)
    if isinstance(node, Scalar):
        problems.add(
            shown, *node.place[1:], "expected named sections, found a single value", EXAMPLE
        )
        return None
    return node


def parse_yaml(text: str, file: str, problems: Problems) -> Node | None:
    """The top of a YAML text; `file` is what messages call it. None when it cannot be used.

    A text that was read before is not read again: options share nearly all of their files. What is
    read is never changed.
    """
    node, found = _read_before(text, file)
    problems.found += [problem for problem in found.found if problem not in problems.found]
    problems.unread |= found.unread
    return node


@lru_cache(maxsize=512)
def _read_before(text: str, file: str) -> tuple[Node | None, Problems]:
    problems = Problems()
    return _parsed(text, file, problems), problems


def _parsed(text: str, file: str, problems: Problems) -> Node | None:
    if bad_characters(text, file, problems):
        return None
    loader = _LOADER(text)
    reader = _Reader(loader, file, problems)
    try:
        return reader.document()
    except _Stop:
        return None
    except yaml.YAMLError as error:
        line, column, what, to_do = plain_words(error, text)
        problems.add(file, line, column, what, to_do)
        return None
    finally:
        loader.dispose()


def parse_value(text: str, file: str) -> Node:
    """A value typed on the command line, with the same rules. Raises InputError."""
    problems = Problems()
    if not text.strip():
        return Scalar("", True, Place(file, 0, 0))
    node = parse_yaml(text, file, problems)
    if problems.found or node is None:
        raise InputError([Problem(file, 0, 0, p.what, p.to_do) for p in problems.found])
    return _placeless(node, Place(file, 0, 0))


def _placeless(node: Node, place: Place) -> Node:
    if isinstance(node, Scalar):
        return Scalar(node.text, node.plain, place)
    if isinstance(node, Items):
        return Items(tuple(_placeless(item, place) for item in node.items), place)
    entries = {name: _placeless(child, place) for name, child in node.entries.items()}
    return Section(entries, dict.fromkeys(entries, place), place)


class _Reader:
    """Builds the tree from parser events, so that depth and size are known before memory is."""

    def __init__(self, loader: Any, file: str, problems: Problems) -> None:
        self.loader, self.file, self.problems = loader, file, problems
        self.values = 0

    def document(self) -> Node | None:
        """The top node of the file; none, with the mistake noted, if it is empty."""
        self._next()  # the stream
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            self.problems.add(self.file, 1, 1, "the file is empty", EXAMPLE)
            return None
        first = self._next()
        node = self._node(first, 1)
        self._next()  # the end of the document
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            self._note(self._place(after), "a second document begins here", "Keep one per file.")
            return None
        if isinstance(node, Scalar) and node.blank:
            self._note(node.place, "the file is empty", EXAMPLE)
            return None
        return node

    def _node(self, event: Any, depth: int) -> Node:
        place = self._place(event)
        self._refuse_references(event, place)
        if depth > DEEPEST:
            self._note(place, *TOO_DEEP)
            raise _Stop
        if isinstance(event, yaml.ScalarEvent):
            self._count(place)
            if unseen := UNSEEN.search(event.value):
                what = f"a character that cannot be shown (U+{ord(unseen.group()):04X})"
                self._note(place, what, "Take it away.")
            return Scalar(event.value, event.style in (None, ""), place)
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(tuple(self._items(depth)), place)
        if isinstance(event, yaml.MappingStartEvent):
            return self._section(place, depth)
        return Scalar("", True, place)  # an alias, already refused

    def _items(self, depth: int) -> list[Node]:
        items = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return items

    def _section(self, place: Place, depth: int) -> Section:
        entries: dict[str, Node] = {}
        names: dict[str, Place] = {}
        folded: dict[str, str] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            name = self._name(key)
            event = self._next()
            if _is_merge(key) and isinstance(event, yaml.AliasEvent):
                continue  # refused already, by its name
            value = self._node(event, depth + 1)
            if name is None:
                continue
            same = unicodedata.normalize("NFC", name).casefold()
            if same in folded:
                self._repeated(name, key.place, folded[same], names[folded[same]])
                continue
            folded[same] = name
            entries[name], names[name] = value, key.place
        return Section(entries, names, place)

    def _name(self, key: Node) -> str | None:
        if not isinstance(key, Scalar):
            self._note(key.place, "a name must be text, not a list or a section", "")
            return None
        if _is_merge(key):
            what = "merge keys ('<<') are not supported"
            self._note(key.place, what, "Write the values out; a scenario can use 'extends'.")
            return None
        if key.plain and _NOT_TEXT.fullmatch(key.text):
            shown = f"'{key.text}'" if key.text else "(blank)"
            what = f"the name {shown} is not text to YAML"
            self._note(key.place, what, f'If it is meant, put it in quotes: "{key.text}".')
            return None
        return key.text

    def _repeated(self, name: str, place: Place, first: str, before: Place) -> None:
        if name == first:
            what = f"'{name}' stands twice: in line {before.line} and in line {place.line}"
        else:
            what = (
                f"'{name}' in line {place.line} and '{first}' in line {before.line} "
                "differ only by case or by how an accent is stored"
            )
        self._note(place, what, "Keep one of them.")

    def _refuse_references(self, event: Any, place: Place) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            mark = "*" if isinstance(event, yaml.AliasEvent) else "&"
            what = f"aliases are not supported ('{mark}{event.anchor}')"
            to_do = "Write the value out, or put the text in quotes."
            self.problems.add_unread(*place, what, to_do)
        if getattr(event, "tag", None) is not None:
            what = f"tags are not supported ('{event.tag}')"
            to_do = "Take the tag away, or put the text in quotes."
            self.problems.add_unread(*place, what, to_do)

    def _count(self, place: Place) -> None:
        self.values += 1
        if self.values > MOST_VALUES:
            self._note(place, f"more than {MOST_VALUES:,} values", "Split the file.")
            raise _Stop

    def _next(self) -> Any:
        return self.loader.get_event()

    def _place(self, event: Any) -> Place:
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _note(self, place: Place, what: str, to_do: str) -> None:
        self.problems.add(*place, what, to_do)


def _is_merge(key: Node) -> bool:
    return isinstance(key, Scalar) and key.plain and key.text == "<<"
