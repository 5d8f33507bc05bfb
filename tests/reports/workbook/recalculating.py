"""What tests of recalculated workbooks ask of them, and how they read what came back."""

import random
import re
import zipfile
from io import BytesIO

import pytest
from benchmarks.office import read
from benchmarks.workbook_changes import changes

from familyflow.reports.workbook.budget_sheet import AS_RUN
from familyflow.reports.workbook.kept import read_kept

CLOSE = 1e-9
SAMPLE, GROUPS, SEED = 12, 2, 5  # inputs typed in, so many workbooks of them, and which
IMPOSSIBLE = {  # as attackers and slips of the keyboard type them
    "unit_costs.staff.key_worker_salary": -30000.0,
    "unit_costs.children_social_care.foster_week": -500.0,
    "unit_costs.staff.overhead_share": 9.0,
    "economy.discounting.gb_standard.from_year_0": -1.0,
    "economy.discounting.gb_health.from_year_0": 3.5,
}


def cached_wrong(content):
    """The same workbook in which the numbers cached for the summary's formulas are 1."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = re.sub(rb"</f><v>[^<]*</v>", b"</f><v>1</v>", part)
            new.writestr(name, part)
    return made.getvalue()


def sampled(folder):
    """A sample of the inputs, in as many groups: every one of a group is typed in at once."""
    asked = changes(read_kept(folder))
    chosen = random.Random(SEED).sample(asked, SAMPLE)
    return [chosen[start::GROUPS] for start in range(GROUPS)]


def keys_of(content):
    """The keys of the numbers on Inputs."""
    return {row[1] for row in read(content)["Inputs"].iter_rows(min_row=7, values_only=True)}


def failed(book):
    """The checks that do not hold."""
    rows = book["Checks"].iter_rows(min_row=4, values_only=True)
    return [row[0] for row in rows if row[1] is not True]


def every_cell(book):
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def assert_as_cached(content, book):
    """Every cell of the recalculated book is what the workbook came with."""
    cached, found = every_cell(read(content)), every_cell(book)
    assert cached.keys() == found.keys()
    for place, value in cached.items():
        numeric = isinstance(value, (int, float)) and not isinstance(value, bool)
        right = pytest.approx(value, rel=CLOSE, abs=1e-7) if numeric else value
        assert found[place] == right, place
        assert not str(found[place]).startswith("#"), place


def assert_says_refused(book, number):
    """Summary and Budget say how many of the numbers typed in cannot be used."""
    said = f"{number} of your numbers cannot be used: see Inputs"
    assert book["Summary"]["C6"].value == said
    assert book["Budget"]["A4"].value == f"{AS_RUN} {said}."
