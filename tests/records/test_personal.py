"""What looks like personal data is refused, by columns and by cells, and never repeated (B124)."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from tests.records.files import CLOSED, FULL, OPEN, csv_text, kept, mistakes, shown, told

from familyflow.problems import Problems
from familyflow.records.columns import COLUMNS
from familyflow.records.personal import refuse_columns, what_it_looks_like

COLUMN_NAMES = {
    "a name": "Name|Surname|forename(s)|First Name|full_name|family_name|Child's name|Name of child"
              "|ChildName|surnameOfChild|Key worker name|initials",
    "a date of birth": "DOB|D.O.B.|date of birth|dateOfBirth|child_dob|DOB (child 1)|birthday"
                       "|year born",
    "an address": "address|Home Address|addr 1|Postcode|post code|child_post_code|zip code|street"
                  "|house number|UPRN",
    "an NHS number": "NHS|NHS number|nhs_no",
    "a number of a pupil or a child": "UPN|UPN number|ULN|Pupil number|child ID|child's id|LAC id",
    "a National Insurance number": "NI|NI number|NINO|National Insurance",
    "an e-mail address": "email|E-mail|parent e-mail",
    "a telephone number": "phone|Telephone no|mobile|tel|tel no|contact number|landline",
}  # fmt: skip
CELLS = {
    "a postcode": "M14 5TP|m14 5tp|M145TP|SW1A 1AA|Flat 2, M14 5TP|M14  5TP|M14\u00a05TP|B1 1BB.",
    "an e-mail address": "jo.x@example.org|Jo <jo@example.org>|mail: jo@example.org",
    "a telephone number": "07700 900123|07700900123|0161 496 0000|(0161) 496 0000|+44 161 496 0000"
                          "|+44 (0)161 496 0000|0044 7700 900123|call 07700-900123|tel:07700900123",
    "a telephone number without its first 0": "7700900123|7700 900 123",
    "an NHS number": "943 476 5919|9434765919|943-476-5919|9434765919.0|NHS 943 476 5919"
                     "|NHS9434765919|F-9434765919",
    "a National Insurance number": "QQ123456C|QQ 12 34 56 C|qq-12-34-56-c|NI: QQ123456C",
    "a unique pupil number": "A801200001001|UPN A80120000100B",
}  # fmt: skip


def each(words: dict[str, str]) -> list[tuple[str, str]]:
    return [(what, one) for what, several in words.items() for one in several.split("|")]


@pytest.mark.parametrize(("what", "name"), each(COLUMN_NAMES))
def test_a_column_is_refused_by_its_name(tmp_path: Path, what: str, name: str) -> None:
    held = csv_text([{**CLOSED, name: "Zqcanary"}])
    assert mistakes(tmp_path, held) == [(1, 7, f"column 7 looks like {what}")]
    assert "zqcanary" not in shown(tmp_path / "cases.csv").casefold()


def test_columns_of_the_template_and_ordinary_others_are_not_taken_for_personal() -> None:
    others = ("household", "household size", "warehouse", "units", "intel", "lac", "children seen")
    names = [*(column.name for column in COLUMNS), *others]
    assert refuse_columns(Path("x"), names, Problems()) == set()


@pytest.mark.parametrize(("what", "cell"), each(CELLS))
@pytest.mark.parametrize("column", ["family", "ended", "needs", "hours"])
def test_a_cell_is_refused_by_what_it_holds(
    tmp_path: Path, column: str, what: str, cell: str
) -> None:
    """NHS number: the published example of its check. Telephones: numbers kept for fiction."""
    rows = [FULL, {**FULL, "family": "F2", column: f'"{cell}"'}]
    place = list(FULL).index(column) + 1
    told_of = f"cells of column {place} look like {what}: line 3"
    assert mistakes(tmp_path, csv_text(rows)) == [(1, place, told_of)]
    assert cell.casefold() not in shown(tmp_path / "cases.csv").casefold()


def test_of_many_cells_the_first_lines_are_told(tmp_path: Path) -> None:
    rows = [{**CLOSED, "family": f"F{n}", "ending": "M14 5TP"} for n in range(7)]
    ((line, column, what),) = mistakes(tmp_path, csv_text(rows))
    assert (line, column) == (1, 6)
    assert what.endswith("look like a postcode: lines 2, 3, 4, 5, 6 and 2 more")


def test_dates_numbers_and_words_are_nothing_personal() -> None:
    ordinary = (
        "2025-04-13", "13/04/2025", "13/04/2025 00:00:00", "2025-04-13T00:00:00", "0.1666666667",
        "0.16666666666666666", "1234.5", "domestic abuse + substance misuse", "Child in need", "=1",
    )  # fmt: skip
    assert [what_it_looks_like(one) for one in ordinary] == [None] * len(ordinary)


def _nhs_number(luck: random.Random) -> str:
    while True:
        nine = f"{luck.randrange(4 * 10**8, 8 * 10**8):09}"
        last = -sum(int(d) * (10 - n) for n, d in enumerate(nine)) % 11
        if last < 10:
            return f"{nine}{last}"


def test_a_column_of_nhs_numbers_is_refused_and_ten_digits_of_a_system_are_not(
    tmp_path: Path,
) -> None:
    """Seed 5. One in eleven of 2,000 passes the check: 6 sd are 0.04, a quarter is far."""
    luck = random.Random(5)
    ours = [str(luck.randrange(10**9, 10**10)) for _ in range(2_000)]
    theirs = [_nhs_number(luck) for _ in range(50)]
    for ids, refused in ((ours, False), (theirs, True), (theirs[:1], True)):
        rows = [{**OPEN, "family": one} for one in ids]
        assert bool(told(kept(tmp_path, csv_text(rows)))) is refused


@pytest.mark.parametrize(
    "cell", ["a@" + "." * 190 + " ", "0" * 190, "a" * 190 + "@", "1 " * 95, "_" * 190, "-" * 190]
)
def test_no_text_keeps_the_search_waiting(cell: str) -> None:
    begin = time.monotonic()
    what_it_looks_like(cell)
    refuse_columns(Path("x"), [cell, cell + "birth"], Problems())
    assert time.monotonic() - begin < 1
