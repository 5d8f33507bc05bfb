"""A charity's own Word template, its tags filled with what the cost case tells.

A template comes from elsewhere, so its tags run in a sandbox: they reach only the bid's texts.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import Environment, TemplateError, TemplateRuntimeError, meta
from lxml import etree  # type: ignore[import-untyped]  # it has no types of its own

from familyflow.parameters.nearest import did_you_mean
from familyflow.problems import Problems, bad_input
from familyflow.reports.documents.bid import Bid
from familyflow.reports.documents.bid_names import EVERY, PICTURES
from familyflow.reports.documents.template_fields import check_fields
from familyflow.reports.documents.template_filters import MOST_IN_TEXT
from familyflow.reports.documents.template_parts import check_targets, check_texts
from familyflow.reports.documents.template_sandbox import MOST_TAGS, Sandbox
from familyflow.reports.documents.template_torn import check_not_torn
from familyflow.reports.documents.template_values import values_of
from familyflow.reports.documents.template_words import (
    SAMPLE,
    by_paragraph,
    near_name,
    wrong_tag,
)
from familyflow.reports.documents.word_parts import as_bytes, as_made_at, heed_widths_of_cells

MOST_BYTES: Final = 100_000_000  # of everything in the file once unpacked
_NOT_WORD: Final = (
    PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError,
)  # fmt: skip
# What the library raises where tags have torn what it works on; the tags' own errors are ours.
_NOT_FILLED: Final = (
    TemplateError, ValueError, TypeError, ArithmeticError, RecursionError, AttributeError,
    LookupError,
)  # fmt: skip


class _Template(DocxTemplate):  # type: ignore[misc]  # the library has no types
    """The library's template, strict where it would mend what tags have torn."""

    source = ""  # of the part that is being filled, a paragraph a line

    def patch_xml(self, src_xml: str) -> str:
        """The library's, which takes ever longer the more tags there are, refused before it is."""
        if src_xml.count("{") > 2 * MOST_TAGS:
            raise TemplateRuntimeError(f"there are more than {MOST_TAGS:,} tags in it")
        if any(len(text) > MOST_IN_TEXT for text in re.findall("[^<]+", src_xml)):
            raise TemplateRuntimeError("a text or a tag in it is too long")
        return str(super().patch_xml(src_xml))

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        self.source = by_paragraph(src_xml)
        made: str = super().render_xml_part(src_xml, part, context, jinja_env)
        self.source = ""
        check_not_torn(made)
        return made

    def resolve_listing(self, xml: str) -> str:
        """The library's, which looks through all that follows for the end of what has none."""
        ended = re.sub(r"<w:([prt])( [^<>]*)/>", r"<w:\1\2></w:\1>", xml)
        return str(super().resolve_listing(ended))

    def map_tree(self, tree: Any) -> None:
        """The library's; emptied first, for what is moved out whole takes ever longer to move."""
        self.docx.element.body.clear()
        super().map_tree(tree)


def filled(file: Path, bid: Bid) -> bytes:
    """The template with its tags filled, as a .docx file: the same bytes for the same two.

    Raises InputError where the file is not there, is no Word document, or has a tag that cannot be
    filled.
    """
    template, environment = _opened(file), Sandbox()
    _check_names(file, template, environment)
    values = values_of(bid, template)
    try:
        template.render(values, environment)
    except _NOT_FILLED as error:
        raise wrong_tag(file, error, template.source) from error
    check_fields(file, template.docx.part.package)  # again: tags may have made one
    _describe_pictures(template, bid)
    heed_widths_of_cells(template.docx)
    as_made_at(template.docx, bid.finished)
    return as_bytes(template.docx)


def _opened(file: Path) -> Any:
    """The template, read once: what is no Word document is told apart from what is not there."""
    try:
        data = file.read_bytes()
    except OSError as error:
        what = "there is no such file" if not file.exists() else "the file cannot be read"
        raise bad_input(what, f"Give a Word template (.docx). {SAMPLE}", where=str(file)) from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_BYTES:
                what = "the file is too large"
                raise bad_input(what, "Take pictures out of it.", where=str(file))
            check_texts(file, parts)
        template = _Template(io.BytesIO(data))
        template.init_docx()
    except _NOT_WORD as error:
        if hasattr(error, "problems"):
            raise
        raise bad_input(
            "that is no Word document",
            f"Save the template as a Word document (.docx). {SAMPLE}",
            where=str(file),
        ) from error
    check_targets(file, template.docx.part.package)
    check_fields(file, template.docx.part.package)
    return template


def _check_names(file: Path, template: Any, environment: Environment) -> None:
    """Every name that is not known, at once. Raises InputError."""
    problems = Problems()
    try:
        sources = list(_sources(template))
    except TemplateError as error:
        raise wrong_tag(file, error) from error
    for source in sources:
        try:
            parsed = environment.parse(source)
            names = meta.find_undeclared_variables(parsed) - set(EVERY)
        except _NOT_FILLED as error:
            raise wrong_tag(file, error, source) from error
        for name in sorted(names):
            to_do = did_you_mean(name, EVERY, otherwise=SAMPLE)
            what = f"there is no '{name}'{near_name(source, name)}"
            problems.add(str(file), 0, 0, what, to_do)
    problems.raise_if_any()


def _sources(template: Any) -> Iterator[str]:
    """The parts that may hold tags, as the library reads them, a paragraph a line."""
    yield by_paragraph(template.patch_xml(template.get_xml()))
    for kind in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(kind):
            yield by_paragraph(template.patch_xml(template.get_part_xml(part)))
    about = template.docx.core_properties
    yield "\n".join((about.title, about.subject, about.author, about.comments))


def _describe_pictures(template: Any, bid: Bid) -> None:
    """Give the pictures that were filled in what they show in words: the library does not."""
    words = {bid.pictures[name].png: bid.pictures[name].alt_text for name in PICTURES
             if name in bid.pictures}  # fmt: skip
    part = template.docx.part
    for drawn in template.docx.element.body.iter(qn("wp:inline")):
        for blip in drawn.iter(qn("a:blip")):
            image = part.related_parts.get(blip.get(qn("r:embed")))
            if image is not None and image.blob in words:
                drawn.docPr.set("descr", words[image.blob])
