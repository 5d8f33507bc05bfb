"""The template as it is told to a reader is the template; and what is written has its shape."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest

import familyflow.records
from familyflow.records.cases import Case
from familyflow.records.columns import COLUMNS, ENDINGS
from familyflow.records.template import endings_markdown, header, markdown
from familyflow.records.written import csv_text

README = (Path(familyflow.records.__file__).parent / "README.md").read_text(encoding="utf-8")
DAY = date(2026, 4, 30)


def case(**known):
    nothing = dict.fromkeys(("allocated", "started", "ended", "ending"))
    return Case(**{"row": 2, "family": 1, "returns": 0, "referred": DAY, **nothing, **known})


@pytest.mark.parametrize("told", [header(), markdown(), endings_markdown()])
def test_the_readme_tells_the_template_as_it_is(told):
    assert told in README


def test_the_header_names_every_column_once_and_nothing_else():
    assert header().rstrip("\n").split(",") == [column.name for column in COLUMNS]


def test_the_tables_have_a_row_for_each_column_and_each_ending():
    assert re.findall(r"^\| `(\w+)`", markdown(), re.M) == [column.name for column in COLUMNS]
    assert re.findall(r"^\| `(\w+)`", endings_markdown(), re.M) == list(ENDINGS)


def test_every_row_of_a_table_has_as_many_cells_as_its_headings():
    for table in (markdown(), endings_markdown()):
        assert len({line.count("|") for line in table.splitlines()}) == 1


@pytest.mark.parametrize("heading", ["Risks", "Strengths"])
def test_there_are_twelve_to_twenty_indicators_of_each_kind_and_none_twice(heading):
    listed = README.split(f"\n{heading}:\n\n")[1].split("\n\n")[0].splitlines()
    words = [re.sub(r"^\d+\. ", "", line) for line in listed]

    numbers = [int(line.partition(".")[0]) for line in listed]

    assert numbers == list(range(1, len(listed) + 1))
    assert 12 <= len(set(words)) == len(words) <= 20


def test_the_list_is_said_to_be_ours():
    assert "Improving Futures' own 36 are not public" in README


def test_no_cases_are_a_file_of_the_header_alone():
    assert csv_text([]) == header()


def test_what_is_known_stands_in_its_column_and_the_rest_is_empty():
    known = case(hours=1.5, minority_ethnic=True, interpreter=False, risks=(8, 0))
    (row,) = csv.DictReader(io.StringIO(csv_text([known])))

    assert {name: cell for name, cell in row.items() if cell} == {
        "family": "F0001",
        "referred": "2026-04-30",
        "hours": "1.5",
        "minority_ethnic": "yes",
        "interpreter": "no",
        "risks_at_entry": "8",
        "risks_at_exit": "0",
    }


@pytest.mark.parametrize(
    ("number", "cell"), [(0, "0"), (0.0, "0"), (100, "100"), (14.67, "14.67"), (1234.5, "1234.5")]
)
def test_numbers_are_written_without_what_says_nothing(number, cell):
    (row,) = csv.DictReader(io.StringIO(csv_text([case(hours=number)])))

    assert row["hours"] == cell
