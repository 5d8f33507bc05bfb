"""The page as a PDF that is tagged for screen readers: the same bytes from the same run."""

from __future__ import annotations

import json
from importlib.resources import as_file, files
from typing import Any, Final

from familyflow.problems import bad_input
from familyflow.reports.documents.page.parts import Page

TEMPLATE: Final = "page.typ"
STANDARD: Final = "ua-1"  # refuses a picture without words
# points of the type, the largest that leaves the page on one sheet; never under what can be read
SIZES: Final = (10.0, 9.5, 9.0, 8.5, 8.0)
DOTS: Final = 110.0  # to the inch, of the page as a picture


def page_as_pdf(page: Page) -> bytes:
    """The page on A4, in the largest type with which it takes one sheet.

    A page that takes more even in the smallest type runs on. The fonts are those that Typst
    brings, so that the bytes do not depend on the machine, and no date stands in the file.
    Raises InputError where Typst is not installed.
    """
    return _made(page, format="pdf", pdf_standards=[STANDARD])


def page_as_picture(page: Page) -> bytes:
    """The same, if it takes one sheet, as a PNG to be shown where a PDF is not."""
    return _made(page, format="png", ppi=DOTS)


def _made(page: Page, **form: Any) -> bytes:
    compiler_of = _typst().Compiler
    text = json.dumps(page.as_data())
    with as_file(files(__package__).joinpath(TEMPLATE)) as template:
        for size in SIZES:
            inputs = {"page": text, "size": str(size)}
            compiler = compiler_of(str(template), ignore_system_fonts=True, sys_inputs=inputs)
            if json.loads(compiler.query("<sheets>", field="value", one=True)) == 1:
                break
        return bytes(compiler.compile(**form))


def _typst() -> Any:
    try:
        import typst
    except ImportError:
        raise bad_input(
            "a PDF needs Typst, which is not installed",
            "Install it by pip install 'familyflow[pdf]', or print the page of --to html.",
            where="--to",
        ) from None
    return typst
