"""The page as a PDF that is tagged for screen readers: the same bytes from the same run."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from importlib.resources import as_file, files
from typing import Any, Final

from familyflow.problems import bad_input
from familyflow.reports.documents.page.brief import brief
from familyflow.reports.documents.page.parts import Page

TEMPLATE: Final = "page.typ"
STANDARD: Final = "ua-1"  # refuses a picture without words
# points of the type, the largest that leaves the page on one sheet; never under what can be read
SIZES: Final = (10.0, 9.5, 9.0, 8.5, 8.0)
SIZES_OF_BRIEF: Final = (9.0, 8.5, 8.0)
DOTS: Final = 110.0  # to the inch, of the page as a picture
NO_SIGN: Final = "\N{WHITE SQUARE}"  # stands where the fonts have no sign for a letter
# how Typst names a text that it cannot show; it writes some letters as \u{200d}
_NOT_SHOWN: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
_CODE: Final = re.compile(r"\\u\{([0-9a-f]+)\}")


def page_as_pdf(page: Page, say: Callable[[str], object] | None = None) -> bytes:
    """The page on A4, in the largest type with which it takes one sheet.

    A page that takes more even in the smallest type leaves to the screen what work it gives to
    readers, and each year of several options; what takes more even then runs on.
    The fonts are those that Typst brings, so that the bytes do not depend on the machine, and no
    date stands in the file. What they have no sign for is shown as a square, and `say` is told
    which letters those are.
    Raises InputError where Typst is not installed.
    """
    typst_error = _typst().TypstError
    texts, lost = _texts_of(page), ""
    while True:
        try:
            made = _made(texts, format="pdf", pdf_standards=[STANDARD])
        except typst_error as error:
            text = texts[0]
            named = not_shown(str(error.diagnostic)) & set(text)
            if not named:  # it is about something else, so that another try would not end
                raise
            lost += "".join(sorted(named, key=text.index))
            signs = dict.fromkeys(map(ord, named), NO_SIGN)
            texts = [one.translate(signs) for one in texts]
        else:
            if lost and say is not None:
                say(f"The fonts of the PDF have no sign for {lost}: a {NO_SIGN} stands for each.")
            return made


def not_shown(diagnostic: str) -> set[str]:
    """The letters that Typst could not show, as its words name them; never one of ASCII."""
    told = _CODE.sub(lambda code: chr(int(code[1], 16)), "".join(_NOT_SHOWN.findall(diagnostic)))
    return {letter for letter in told if not letter.isascii() and letter != NO_SIGN}


def page_as_picture(page: Page) -> bytes:
    """The same, if it takes one sheet, as a PNG to be shown where a PDF is not."""
    return _made(_texts_of(page), format="png", ppi=DOTS)


def _texts_of(page: Page) -> list[str]:
    """What the template reads, its letters as they are: the whole page, and the brief one."""
    return [json.dumps(one.as_data(), ensure_ascii=False) for one in (page, brief(page))]


def _made(texts: Sequence[str], **form: Any) -> bytes:
    compiler_of = _typst().Compiler
    whole, less = texts
    tried = [*((size, whole) for size in SIZES), *((size, less) for size in SIZES_OF_BRIEF)]
    with as_file(files(__package__).joinpath(TEMPLATE)) as template:
        for size, text in tried:
            inputs = {"page": text, "size": str(size), "brief": "yes" if text is less else "no"}
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
