"""Reads what stands in an example so that two makings of it can be compared, file by file.

Numbers may differ in their last places between machines; words, formulas and places may not.
"""

import csv
import json
import math
import re
from html.parser import HTMLParser

import docx
import openpyxl
import pypdf

CLOSE = 1e-9  # relative: what another machine's arithmetic may move
NEAR_NOTHING = 1e-6  # pounds, weeks or families: as good as zero
# what differs between makings: the moment, the hash of the code (in the run's id too), versions
OF_A_MAKING = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00|\b[0-9a-f]{10,64}\b|^\d+(\.\w+)+$")
BY_SIZE = {".svg", ".png"}
TELLS_OF_ITS_MAKING = {"reviewers_pack.html"}  # the machine, its libraries and the model's code
SIZE = 0.25  # by which a picture may be smaller or larger


def differences(kept, made):
    """What differs between two folders, a line each; empty when nothing does."""
    before, after = _files(kept), _files(made)
    told = [f"{name}: no longer made" for name in sorted(before - after)]
    told += [f"{name}: not kept" for name in sorted(after - before)]
    for name in sorted(before & after):
        told += [f"{name}: {what}" for what in _within(kept / name, made / name)]
    return told


def _files(folder):
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def _within(kept, made):
    if kept.read_bytes() == made.read_bytes():
        return []
    if kept.suffix in BY_SIZE or kept.name in TELLS_OF_ITS_MAKING:
        ratio = made.stat().st_size / kept.stat().st_size
        return [] if 1 - SIZE < ratio < 1 + SIZE else [f"{ratio:.2f} times the size"]
    before, after = READERS[kept.suffix](kept), READERS[kept.suffix](made)
    if len(before) != len(after):
        return [f"{len(before)} pieces before, {len(after)} now"]
    return [
        f"{place}: {was!r} is now {is_now!r}"
        for (place, was), (now_at, is_now) in zip(before, after, strict=True)
        if place != now_at or not _same(was, is_now)
    ]


def _same(was, is_now):
    numbers = isinstance(was, float) and isinstance(is_now, float)
    if not numbers:
        return _of_any_making(was) == _of_any_making(is_now)
    return math.isclose(was, is_now, rel_tol=CLOSE, abs_tol=NEAR_NOTHING)


def _of_any_making(value):
    return OF_A_MAKING.sub("(its own)", value) if isinstance(value, str) else value


def _json(file):
    return list(_walked("", json.loads(file.read_text(encoding="utf-8"))))


def _walked(path, value):
    if isinstance(value, dict):
        for key, held in value.items():
            yield from _walked(f"{path}/{key}", held)
    elif isinstance(value, list):
        for place, held in enumerate(value):
            yield from _walked(f"{path}/{place}", held)
    else:
        yield path, _number(value)


def _number(value):
    return float(value) if isinstance(value, int | float) and value is not True else value


def _csv(file):
    with file.open(encoding="utf-8", newline="") as held:
        return [
            (f"row {row}, column {column}", _read(cell))
            for row, cells in enumerate(csv.reader(held), start=1)
            for column, cell in enumerate(cells, start=1)
        ]


def _read(cell):
    try:
        return float(cell)
    except ValueError:
        return cell


class _Words(HTMLParser):
    """The text of a page; pictures, styles and scripts are not read."""

    def __init__(self):
        super().__init__()
        self.pieces, self.inside = [], []

    def handle_starttag(self, tag, attributes):
        if tag in {"svg", "style", "script"}:
            self.inside.append(tag)

    def handle_endtag(self, tag):
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data):
        text = " ".join(data.split())
        if text and not self.inside:
            self.pieces.append(text)


def _html(file):
    page = _Words()
    page.feed(file.read_text(encoding="utf-8"))
    return [(f"text {place}", text) for place, text in enumerate(page.pieces)]


def _docx(file):
    document = docx.Document(str(file))
    paragraphs = [(f"paragraph {at}", one.text) for at, one in enumerate(document.paragraphs)]
    cells = [
        (f"table {at}, row {row}, cell {column}", cell.text)
        for at, table in enumerate(document.tables)
        for row, line in enumerate(table.rows)
        for column, cell in enumerate(line.cells)
    ]
    return paragraphs + cells


def _xlsx(file):
    found = []
    for values in (False, True):  # the formulas, then the numbers that they came to
        book = openpyxl.load_workbook(file, data_only=values)
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is not None:
                        found.append((f"{sheet.title}!{cell.coordinate}", _number(cell.value)))
    return found


def _pdf(file):
    pages = pypdf.PdfReader(file).pages
    return [(f"page {at}", " ".join(page.extract_text().split())) for at, page in enumerate(pages)]


READERS = {
    ".json": _json,
    ".csv": _csv,
    ".html": _html,
    ".docx": _docx,
    ".xlsx": _xlsx,
    ".pdf": _pdf,
}
