"""The commissioner's one page of a run or a comparison: HTML that needs nothing else, or PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from familyflow.reports.documents.kept import COMPARISON, Kept, kind_of, read_comparison, read_kept
from familyflow.reports.documents.page.comparison_page import comparison_page
from familyflow.reports.documents.page.parts import Page
from familyflow.reports.documents.page.pdf import page_as_pdf, page_as_picture
from familyflow.reports.documents.page.run_page import run_page
from familyflow.reports.documents.svg import inline
from familyflow.store import read_manifest

PACKAGE: Final = "familyflow.reports.documents.page"
TEMPLATE: Final = "page.html.j2"
DRAWN_BY_THE_PAGE: Final = frozenset(("cost_and_savings",))  # its bars say the same


def one_page(folder: Path) -> str:
    """The page of a finished run or comparison, as HTML that is to be kept in UTF-8.

    Raises InputError where the folder holds neither, or a damaged one.
    """
    return page_of(kept_in(folder))


def one_page_pdf(folder: Path, say: Callable[[str], object] | None = None) -> bytes:
    """The same page as a PDF. Raises InputError, also where Typst is not installed.

    say: told what the PDF cannot show as it is written.
    """
    return page_as_pdf(built(kept_in(folder)), say)


def one_page_picture(folder: Path) -> bytes:
    """The same page as a picture (PNG), for a README. Raises InputError."""
    return page_as_picture(built(kept_in(folder)))


def kept_in(folder: Path) -> Kept:
    """What the run or the comparison in the folder keeps. Raises InputError."""
    is_comparison = kind_of(read_manifest(folder)) == COMPARISON
    return read_comparison(folder) if is_comparison else read_kept(folder)


def built(kept: Kept) -> Page:
    """The page as plain parts, which the HTML and the PDF are both written from."""
    return comparison_page(kept) if "options" in kept.results else run_page(kept)


def page_of(kept: Kept) -> str:
    """The page of what a run or a comparison keeps, as HTML."""
    shown = [one for one in kept.pictures if one.name not in DRAWN_BY_THE_PAGE]
    pictures = [(one, _drawn(one.svg, one.name, one.alt_text)) for one in shown]
    return template(PACKAGE, TEMPLATE).render(page=built(kept), pictures=pictures)


def _drawn(svg: str, name: str, alt_text: str) -> Markup:
    # safe as it stands: only shapes are left of it, and the words are escaped as attributes
    return Markup(inline(svg, name, alt_text))


def template(package: str, name: str) -> Template:
    """A template that stands in a package: it escapes all that it is given, and misses nothing."""
    environment = Environment(
        loader=PackageLoader(package, "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
