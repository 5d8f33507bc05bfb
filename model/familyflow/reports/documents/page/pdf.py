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


def page_as_pdf(page: Page) -> bytes:
    """The page on A4, in the largest type with which it takes one sheet.

    A page that takes more even in the smallest type runs on. The fonts are those that Typst
    brings, so that the bytes do not depend on the machine, and no date stands in the file.
    Raises InputError where Typst is not installed.
    """
    compiler_of = _typst().Compiler
    text = json.dumps(page.as_data())
    with as_file(files(__package__).joinpath(TEMPLATE)) as template:
        for size in SIZES:
            inputs = {"page": text, "size": str(size)}
            compiler = compiler_of(str(template), ignore_system_fonts=True, sys_inputs=inputs)
            if json.loads(compiler.query("<sheets>", field="value", one=True)) == 1:
                break
        return bytes(compiler.compile(format="pdf", pdf_standards=[STANDARD]))


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
