"""LibreOffice as the referee of formulas: recalculates workbooks in a profile of its own.

Many workbooks go through one start of the program: starting takes longer than recalculating.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
SECONDS_A_BOOK = 60
# without this LibreOffice shows the numbers that came with the file and recalculates nothing
RECALCULATE = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def recalculated(contents: Mapping[str, bytes], *, lazily: bool = False) -> dict[str, Workbook]:
    """Each workbook by its name as LibreOffice works it out, read for its numbers.

    lazily: a sheet is read when it is asked for, once, row by row.
    """
    assert OFFICE is not None, "LibreOffice is not here"
    with tempfile.TemporaryDirectory() as at:
        folder = Path(at)
        profile, out = folder / "profile", folder / "out"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
        books = {name: folder / f"book_{place}.xlsx" for place, name in enumerate(contents)}
        for name, book in books.items():
            book.write_bytes(contents[name])
        done = subprocess.run(
            [OFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
             "--convert-to", "xlsx", "--outdir", str(out), *map(str, books.values())],
            capture_output=True, text=True, timeout=60 + SECONDS_A_BOOK * len(books), check=False,
        )  # fmt: skip
        missing = [name for name, book in books.items() if not (out / book.name).exists()]
        assert not missing, f"not recalculated: {missing}\n{done.stdout}{done.stderr}"
        return {
            name: read((out / book.name).read_bytes(), lazily=lazily)
            for name, book in books.items()
        }


def read(content: bytes, *, lazily: bool = False) -> Workbook:
    """A workbook read for its numbers."""
    return load_workbook(BytesIO(content), data_only=True, read_only=lazily)


def with_own_numbers(
    content: bytes, own: Mapping[str, object], sheet: str = "Inputs", key: int = 2, cell: int = 7
) -> bytes:
    """The workbook with numbers typed into yellow cells, by key; all else stays, byte for byte.

    key and cell: the columns (from 1) in which keys stand and in which numbers are typed.
    """
    part, rows = _keys(content, sheet, key)
    typed = {f"{get_column_letter(cell)}{rows[name]}": value for name, value in own.items()}
    made = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            held = old.read(name)
            if name == part:
                for at, value in typed.items():
                    held = _typed(held.decode("utf-8"), at, value).encode("utf-8")
            new.writestr(name, held)
    return made.getvalue()


@lru_cache
def _keys(content: bytes, sheet: str, key: int) -> tuple[str, dict[str, int]]:
    """The part of the file that holds a sheet, and the row of each key."""
    book = load_workbook(BytesIO(content), read_only=True)
    column = enumerate(book[sheet].iter_rows(min_col=key, max_col=key, values_only=True), start=1)
    part = f"xl/worksheets/sheet{1 + book.sheetnames.index(sheet)}.xml"
    return part, {str(cells[0]): row for row, cells in column if cells}


def _typed(xml: str, at: str, value: object) -> str:
    """The sheet with a value in its cell, which is empty or holds a number."""
    if isinstance(value, str):
        held = f' t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    else:
        held = f"><v>{value!r}</v></c>"
    found = rf'<c r="{at}"( s="\d+")(?:/>|><v>[^<]*</v></c>)'
    made, times = re.subn(found, lambda match: f'<c r="{at}"{match[1]}{held}', xml)
    assert times == 1, at
    return made
