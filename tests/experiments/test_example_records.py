"""The shipped case records are what the model makes, and nothing in them can be personal."""

import csv
import io
import re

import pytest
from tests.experiments.worlds import stated

from familyflow.experiments.example_records import AS_OF, example_text
from familyflow.records.columns import BY_NAME, COLUMNS, ENDINGS, Kind
from familyflow.shipped import example_cases


@pytest.fixture(scope="module")
def shipped():
    return list(csv.DictReader(io.StringIO(example_cases().read_text(encoding="utf-8"))))


@pytest.mark.whole
def test_the_shipped_example_is_what_the_model_makes():
    made = example_text().encode()

    assert example_cases().read_bytes() == made, (
        "the model tells other records: write the file anew with "
        "python -m familyflow.experiments.example_records"
    )


def test_the_example_fills_every_column_that_the_model_has(shipped):
    empty = {column.name for column in COLUMNS if not any(row[column.name] for row in shipped)}

    assert empty == {"strengths_at_entry", "strengths_at_exit"}
    assert any(not row["ended"] for row in shipped)
    assert max(row["referred"] for row in shipped) <= AS_OF.isoformat()
    assert {row["ending"] for row in shipped} - {""} == set(ENDINGS) - {"service_stopped"}


def test_nothing_in_the_example_can_be_personal(shipped):
    values, _ = stated("core_offer")
    words = {
        "ending": ENDINGS,
        "source": values["families.referrals.share_by_source"],
        "needs": values["families.needs.combinations"],
        "level": values["families.make_up.level_on_arrival"],
    }
    shapes = {
        Kind.ID: r"F\d{4}",
        Kind.DATE: r"20\d\d-\d\d-\d\d",
        Kind.YES_NO: "yes|no",
        Kind.WHOLE: r"\d{1,3}",
        Kind.NUMBER: r"\d{1,3}(\.\d{1,2})?",
    }
    for row in shipped:
        assert set(row) == set(BY_NAME)
        for name, cell in row.items():
            known = words.get(name)
            fits = cell in known if known else re.fullmatch(shapes[BY_NAME[name].kind], cell)
            assert not cell or fits, (name, cell)


def test_no_number_of_the_example_is_above_what_can_be_meant(shipped):
    most = {column.name: column.most for column in COLUMNS if column.most}

    assert [
        (name, row[name])
        for row in shipped
        for name, limit in most.items()
        if row[name] and float(row[name]) > limit
    ] == []


def test_ids_of_the_example_are_numbers_given_in_order(shipped):
    ids = list(dict.fromkeys(row["family"] for row in shipped))

    assert ids == [f"F{number:04d}" for number in range(1, len(ids) + 1)]
    assert len(ids) < len(shipped)  # some families come back
