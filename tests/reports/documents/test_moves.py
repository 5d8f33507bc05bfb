"""A document names the numbers that its run found to move the answer, and no others."""

from dataclasses import replace

from familyflow.reports.documents.moves import MOST, movers


def found_by_the_run(kept, count):
    rows = kept.tables["assumptions"]
    numeric = [row for row in rows if row["uncertain"] in (True, "True")][:count]
    told = [
        {"key": row["key"], "rank_correlation": 0.9 - 0.1 * place}
        for place, row in enumerate(numeric)
    ]
    return replace(kept, results={**kept.results, "movers": told}), numeric


def test_a_mover_is_told_with_what_its_run_assumes_of_it(kept):
    one, (row,) = found_by_the_run(kept, 1)

    (found,) = movers(one)

    assert found.moves == 0.9
    assert (found.key, found.label) == (row["key"], row["label"])
    assert found.evidence.standing == f"{row['grade']}, {row['status']}"


def test_only_the_strongest_are_named_in_the_order_of_the_run(kept):
    many, rows = found_by_the_run(kept, MOST + 2)

    assert [one.label for one in movers(many)] == [row["label"] for row in rows[:MOST]]


def test_a_run_that_found_none_names_none(kept):
    assert movers(found_by_the_run(kept, 0)[0]) == []
