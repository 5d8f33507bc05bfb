"""What a charity's template may not hold beside its tags: targets elsewhere, declared types.

Word may fetch a target as soon as it opens the document, on whatever machine that is.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from docx.oxml.ns import qn
from lxml import etree  # type: ignore[import-untyped]  # it has no types of its own

from familyflow.problems import Problems, bad_input
from familyflow.reports.documents.clean import clean

MOST_OF_A_TARGET: Final = 100  # characters in a message
_DECLARED: Final = tuple("<!DOCTYPE".encode(way) for way in ("utf-8", "utf-16-le", "utf-16-be"))
_ENDINGS: Final = (".xml", ".rels")
_NEVER_FETCHED: Final = "hyperlink"  # until a reader follows it
# Word notes in most documents which template they were begun from; nothing is lost without it.
_BEGUN_FROM: Final = "attachedTemplate"
_PICTURE: Final = "image"


def check_no_type(file: Path, parts: zipfile.ZipFile) -> None:
    """Refuse a part that declares a document type or entities. Raises InputError."""
    for name in parts.namelist():
        if name.lower().endswith(_ENDINGS):
            data = parts.read(name)
            if any(declared in data for declared in _DECLARED):
                raise bad_input(
                    f"its part {clean(name)} declares a document type (DOCTYPE), which no Word "
                    "document does",
                    "Open it in Word or LibreOffice, and save it again as a Word document (.docx).",
                    where=str(file),
                )


def check_targets(file: Path, package: Any) -> None:
    """Take out which template the document was begun from; refuse other targets outside of it.

    package: the opened document, which is changed. Hyperlinks stay. Raises InputError that names
    every target.
    """
    problems = Problems()
    for holder in (package, *package.iter_parts()):
        for key, one in list(_outside(holder)):
            if _kind(one) == _BEGUN_FROM:
                _take_out(holder, key)
                continue
            what = "a picture" if _kind(one) == _PICTURE else f"a part ({clean(_kind(one))})"
            problems.add(
                str(file), 0, 0,
                f"{what} stands elsewhere, and Word may fetch it from there: "
                f"{clean(one.target_ref, MOST_OF_A_TARGET)}",
                "Put it into the document itself (in Word: File, Info, Edit Links to Files, "
                "Break Link), or take it out.",
            )  # fmt: skip
    problems.raise_if_any()


def _outside(holder: Any) -> Iterator[tuple[str, Any]]:
    for key, one in holder.rels.items():
        if one.is_external and _kind(one) != _NEVER_FETCHED:
            yield key, one


def _kind(relationship: Any) -> str:
    """The last word of its type, which is the same in both families of the format."""
    return str(relationship.reltype).rpartition("/")[2]


def _take_out(holder: Any, key: str) -> None:
    """Take out a relationship and what names it, which Word would else call damaged."""
    del holder.rels[key]
    if hasattr(holder, "element"):
        _without(holder.element, key)
    elif getattr(holder, "blob", b""):
        root = etree.fromstring(holder.blob)
        _without(root, key)
        holder._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _without(root: Any, key: str) -> None:
    for one in list(root.iter(qn("w:attachedTemplate"))):
        if one.get(qn("r:id")) == key:
            one.getparent().remove(one)
