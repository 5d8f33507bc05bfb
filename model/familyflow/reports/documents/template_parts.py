"""What a charity's template may not hold beside its tags: targets elsewhere, programs, types.

Word may fetch a target as soon as it opens the document, on whatever machine that is, and run what
stands in the document itself.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from docx.oxml.ns import qn
from lxml import etree  # type: ignore[import-untyped]  # it has no types of its own

from familyflow.problems import Problems, bad_input
from familyflow.reports.documents.clean import clean

MOST_TEXT: Final = 10_000_000  # bytes of all parts that are no pictures, once unpacked
MOST_MARKS: Final = (
    600_000  # signs that begin or end an element, or give an attribute, of all those
)
MOST_GIVEN: Final = 1_000  # attributes of one element: each takes longer to add than the last
MOST_OF_A_TARGET: Final = 100  # characters in a message
_DECLARED: Final = tuple("<!DOCTYPE".encode(way) for way in ("utf-8", "utf-16-le", "utf-16-be"))
_ENDINGS: Final = (".xml", ".rels")
_BEFORE_MARKS: Final = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"  # what may stand before a part's first "<"
_NEVER_FETCHED: Final = "hyperlink"  # until a reader follows it
# Word notes in most documents which template they were begun from; nothing is lost without it.
_BEGUN_FROM: Final = "attachedTemplate"
_PICTURE: Final = "image"
# Parts that are programs, or documents of other programs, by the last word of the relationship or
# by a word of the part's own type.
_RUNS: Final = {
    "vbaproject": ("macros (VBA)", "Save it as a Word document without macros (.docx)."),
    "oleobject": ("an embedded object (OLE)", "Put it in as text or as a picture."),
    "package": ("an embedded file", "Put it in as text or as a picture."),
    "control": ("an ActiveX control", "Take it out (in Word: Developer, Design Mode)."),
    "activex": ("an ActiveX control", "Take it out (in Word: Developer, Design Mode)."),
    "afchunk": ("another document within it (altChunk)",
                "Open it in Word, and save it again: its text then becomes the document's own."),
    "webextension": ("an add-in", "Take it out (in Word: Insert, My Add-ins)."),
    "webextensiontaskpanes": ("an add-in", "Take it out (in Word: Insert, My Add-ins)."),
}  # fmt: skip
_ONLY_OF_RELATIONSHIPS: Final = {"package", "control"}  # as types they are said of harmless parts
_CHART: Final = "drawingml.chart+xml"  # whose figures stand in a workbook of its own


def check_texts(file: Path, parts: zipfile.ZipFile) -> None:
    """Refuse parts of text too large to be read, or that declare a type. Raises InputError.

    Far less of text than of pictures: it takes many times its size once it is read.
    """
    size = marks = 0
    for name in parts.namelist():
        data = parts.read(name)
        if not (name.lower().endswith(_ENDINGS) or data.lstrip(_BEFORE_MARKS)[:1] == b"<"):
            continue
        size, marks = size + len(data), marks + data.count(b"<") + data.count(b"=")
        if size > MOST_TEXT or marks > MOST_MARKS or _most_given(data) > MOST_GIVEN:
            raise bad_input(
                f"its text is too large, with its layout ({clean(name)})",
                "Take text out of it, or save it again in Word or LibreOffice, which tidy it.",
                where=str(file),
            )
        if any(declared in data for declared in _DECLARED):
            raise bad_input(
                f"its part {clean(name)} declares a document type (DOCTYPE), which no Word "
                "document does",
                "Open it in Word or LibreOffice, and save it again as a Word document (.docx).",
                where=str(file),
            )


def _most_given(data: bytes) -> int:
    return max(element.count(b"=") for element in data.split(b"<"))


def check_targets(file: Path, package: Any) -> None:
    """Take out which template the document was begun from; refuse other targets outside of it.

    package: the opened document, which is changed. Hyperlinks stay. Raises InputError that names
    every target, and every part that is a program or holds one.
    """
    problems = Problems()
    for holder in (package, *package.iter_parts()):
        for part, what, to_do in _running(holder):
            problems.add(str(file), 0, 0, f"it holds {what}: {clean(part)}", to_do)
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
        if (one.is_external and _kind(one) != _NEVER_FETCHED) or _kind(one) == _BEGUN_FROM:
            yield key, one


def _running(holder: Any) -> Iterator[tuple[str, str, str]]:
    """The parts that a holder names and Word may run, with what they are and what to do."""
    for one in holder.rels.values():
        if one.is_external:
            continue
        part = one.target_part
        kind = _kind(one).lower()
        if kind == "package" and str(getattr(holder, "content_type", "")).endswith(_CHART):
            continue
        said = set(re.split(r"[./+-]", str(part.content_type).lower())) - _ONLY_OF_RELATIONSHIPS
        known = next((what for name, what in _RUNS.items() if name in {kind, *said}), None)
        if known:
            yield str(part.partname), *known


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
