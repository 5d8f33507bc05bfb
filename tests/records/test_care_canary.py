"""Nothing personal in a file of care histories gets out: not by output, error, cache or repr."""

import gc
import traceback
from dataclasses import fields

import pytest
from tests.records.care_files import HEADER, TODAY, good, line, written

from familyflow.parameters.nearest import did_you_mean
from familyflow.problems import InputError, Problems
from familyflow.records.care_columns import EPISODES
from familyflow.records.care_estimates import care_estimates
from familyflow.records.care_read import read_care
from familyflow.records.csv_table import read_table

CANARIES = ("Featherstonehaugh", "ZZ99 9ZZ", "Z998877665544", "2011-11-11", "SC998877", "LAC-4711")
COLUMNS = HEADER + ",SURNAME,UPN,DOB,MC_DOB"
PERSONAL = ",Featherstonehaugh,Z998877665544,2011-11-11,2011-11-11"


def row(n, ended="2024-06-01", **given):
    plain = line(f"LAC-4711{n}", "2024-01-10", ended, **given)
    return plain.replace("M14 5TP", "ZZ99 9ZZ").replace("SC123", "SC998877") + PERSONAL


def silent(*texts):
    return [canary for canary in CANARIES for text in texts if canary in text] == []


def test_neither_records_nor_estimates_hold_anything_personal(tmp_path, capfd, caplog):
    rows = [row(n, by="PR4" if n % 2 else "PR1") for n in range(20)]
    records = good(tmp_path, *rows, header=COLUMNS, as_of=TODAY)

    learnt = care_estimates(records)

    held = [repr(getattr(learnt, one.name)) for one in fields(learnt)]
    printed = capfd.readouterr()
    assert silent(repr(records), repr(learnt), *held, printed.out, printed.err, caplog.text)
    assert len(list(tmp_path.iterdir())) == 1


def test_the_table_holds_only_the_columns_that_are_read(tmp_path):
    path, problems = written(tmp_path, row(1), row(2), row(1), header=COLUMNS), Problems()

    table = read_table(path, problems, EPISODES)

    assert silent(repr(table))
    assert [cells[0] for _, cells in table.rows] == ["0", "1", "0"]
    assert table.stripped == 9
    assert table.places == (0, 1, 2, 3, 5, 6, 7, 8)


@pytest.mark.parametrize(
    "wrong",
    [
        row(1, place="Featherstonehaugh"),
        row(1, ended="ZZ99 9ZZ"),
        row(1, by="Z998877665544"),
        row(1, legal="SC998877", ends="LAC-4711"),
        row(1) + ",Featherstonehaugh",
        '"' + row(1),
        row(1)[:-11],
        row(1) + '\n"Featherstonehaugh',
        row(1) + "\n" + row(1),
        row(1, place="Featherstonehaugh" * 20),
    ],
)
def test_no_mistake_repeats_what_stands_in_a_cell(tmp_path, wrong, capfd):
    problems = Problems()
    path = written(tmp_path, wrong, header=COLUMNS)

    read_care(path, problems, None, TODAY)

    with pytest.raises(InputError) as caught:
        problems.raise_if_any()
    told = "".join(traceback.format_exception(caught.value))
    assert silent(str(caught.value), repr(caught.value), told, *capfd.readouterr())


def test_a_file_without_its_header_tells_nothing_of_its_first_row(tmp_path):
    problems = Problems()

    read_care(written(tmp_path, row(2), header=row(1)), problems, None, TODAY)

    assert problems.found
    assert silent(repr(problems.found))


def test_cells_that_are_stripped_may_hold_anything(tmp_path):
    long = f"{line('A', '2024-01-10', '2024-06-01')},{'Featherstonehaugh ' * 100}"

    assert good(tmp_path, long, header=HEADER + ",NOTES").episodes


def test_nothing_personal_is_kept_in_memory_once_the_file_is_read(tmp_path):
    records = good(tmp_path, *(row(n) for n in range(6)), header=COLUMNS, as_of=TODAY)
    gc.collect()

    lists = [one for one in gc.get_objects() if type(one) in (list, tuple, dict)]
    cells = [one for one in lists if any(
        isinstance(cell, str) and cell == "Z998877665544" for cell in one
    )]  # fmt: skip
    assert cells == []
    assert records.episodes


def test_the_canary_would_be_found():
    assert not silent("of Featherstonehaugh")
    assert silent(did_you_mean("Featherstone", ["U6"]))
