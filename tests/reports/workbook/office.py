"""LibreOffice as the referee of formulas: recalculates a workbook in a profile of its own."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice is not here, so nothing can recalculate the workbook"
)
# without this LibreOffice shows the numbers that came with the file and recalculates nothing
RECALCULATE = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def recalculated(content: bytes, folder: Path):
    """The workbook as LibreOffice works it out, read for its numbers."""
    assert OFFICE is not None
    profile, out = folder / "profile", folder / "out"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
    book = folder / "book.xlsx"
    book.write_bytes(content)
    done = subprocess.run(
        [OFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
         "--convert-to", "xlsx", "--outdir", str(out), str(book)],
        capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    made = out / "book.xlsx"
    assert made.exists(), done.stdout + done.stderr
    return load_workbook(made, data_only=True)


def with_own_numbers(content: bytes, own: dict[str, float]) -> bytes:
    """The workbook with numbers typed into yellow cells, by key; its cached numbers are gone."""
    book = load_workbook(BytesIO(content))
    inputs = book["Inputs"]
    rows = {inputs.cell(row, 2).value: row for row in range(1, inputs.max_row + 1)}
    for key, number in own.items():
        inputs.cell(rows[key], 7).value = number
    written = BytesIO()
    book.save(written)
    return written.getvalue()
