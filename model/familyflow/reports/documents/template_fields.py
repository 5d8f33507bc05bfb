"""Fields of a template that make Word fetch or run something when the document is opened.

A field's instruction may be cut into many runs, and other fields may stand within it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from lxml import etree  # type: ignore[import-untyped]  # it has no types of its own

from familyflow.problems import Problems
from familyflow.reports.documents.clean import clean

MOST_OF_A_FIELD: Final = 60  # characters in a message
FETCHING: Final = frozenset((
    "DATABASE", "DDE", "DDEAUTO", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK",
    "PRINT", "RD",
))  # fmt: skip
_READ: Final = ("{*}fldChar", "{*}fldSimple", "{*}instrText", "{*}delInstrText", "{*}t")
_TO_DO: Final = (
    "Take it out. In Word, Ctrl+Shift+F9 on it keeps what it shows and takes out the field; "
    "Alt+F9 shows all fields."
)


def check_fields(file: Path, package: Any) -> None:
    """Refuse fields that fetch or run something. Raises InputError that names every one."""
    problems = Problems()
    for part in package.iter_parts():
        for told in dict.fromkeys(_instructions(_root(part))):
            if _fetches(told):
                what = f"a field makes Word fetch or run something: {clean(told, MOST_OF_A_FIELD)}"
                problems.add(str(file), 0, 0, what, _TO_DO)
    problems.raise_if_any()


def _root(part: Any) -> Any:
    """The part's XML, or an element with nothing in it for a picture or a font."""
    if hasattr(part, "element"):
        return part.element
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(part.blob, parser)
    except (etree.XMLSyntaxError, ValueError):
        return etree.Element("none")


def _fetches(told: str) -> bool:
    first = re.match(r"[^\w=]*(\w+)", told)  # after '=' it names a figure
    return first is not None and first.group(1).upper() in FETCHING


def _instructions(root: Any) -> Iterator[str]:
    """What each field is told to do, those within others on their own."""
    begun: list[_Begun] = []
    for one in root.iter(*_READ):
        kind = etree.QName(one).localname
        if kind == "fldSimple":
            yield _named(one, "instr")
        elif kind != "fldChar":
            if begun and begun[-1].is_told:
                begun[-1].told.append(_text(one))
            elif kind != "t":
                yield _text(one)
        elif (turn := _named(one, "fldCharType")) == "begin":
            begun.append(_Begun())
        elif turn == "separate" and begun:
            begun[-1].is_told = False
        elif turn == "end" and begun:
            yield "".join(begun.pop().told)
    yield from ("".join(field.told) for field in begun)


class _Begun:
    """A field that has begun: what it is told, until it shows what came of that."""

    def __init__(self) -> None:
        self.is_told = True
        self.told: list[str] = []


def _text(element: Any) -> str:
    """All its text, whatever comments stand in it."""
    return str(element.xpath("string()")) if len(element) else element.text or ""


def _named(element: Any, name: str) -> str:
    """An attribute in whichever family of the format."""
    return next((told for key, told in element.items() if etree.QName(key).localname == name), "")
