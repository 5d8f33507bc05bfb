import numpy as np
import pytest
from tests.outcomes.values import BASE, changed
from tests.outcomes.wide_values import wide_values

from familyflow.outcomes import cohort_chain as chain
from familyflow.outcomes.levels_of_need import AGE_STARTS, BAND_STARTS
from familyflow.outcomes.records import HEADER, record_of, records_from, records_of, values_of
from familyflow.problems import InputError

CARE_RATIO = "outcomes.effects.care_ratio"
LEVELS = "families.make_up.level_on_arrival"


def columns_of(draws):
    """Values by name turned into columns, tables too."""
    columns = {}
    for _, key, names in HEADER:
        values = [draw[key] for draw in draws]
        if names:
            columns[key] = {n: np.array([table.get(n, 0.0) for table in values]) for n in names}
        else:
            columns[key] = np.array(values)
    return columns


def test_the_header_fills_every_place_once():
    places = [place + column for place, _, names in HEADER for column in range(max(1, len(names)))]

    assert sorted(places) == list(range(chain.PLACES))


def test_tables_have_as_many_places_as_there_are_bands_and_ages():
    assert (len(BAND_STARTS), len(AGE_STARTS)) == (chain.BANDS, chain.AGES)


def test_columns_and_values_give_the_same_bits():
    draws = [BASE, *wide_values(11, 20)]

    assert (records_of(columns_of(draws), BASE) == records_from(draws)).all()


def test_what_has_no_column_is_as_it_is_at_base():
    records = records_of({CARE_RATIO: np.array([0.7, 0.9])}, BASE)

    assert (records[0] == record_of(changed(care_ratio=0.7))).all()
    assert (records[1] == record_of(changed(care_ratio=0.9))).all()


def test_columns_that_no_solution_depends_on_are_passed_over():
    columns = {CARE_RATIO: np.array([0.7]), "unit_costs.something": np.array([1.0, 2.0])}

    assert len(records_of(columns, BASE)) == 1


def test_a_column_of_a_table_may_stand_beside_the_others():
    shares = {"universal": 0.1, "early_help": 0.4, "child_in_need": 0.4, "child_protection": 0.1}
    columns = {f"{LEVELS}[{name}]": np.array([share]) for name, share in shares.items()}

    records = records_of(columns, BASE)

    assert (records[0] == record_of(changed(level_on_arrival=shares))).all()


def test_a_record_can_be_told_as_values_again():
    (values,) = wide_values(12, 1)

    assert (record_of({**BASE, **values_of(record_of(values))}) == record_of(values)).all()


@pytest.mark.parametrize(
    ("replaced", "words"),
    [
        ({"early_help_to_child_in_need": 1.0}, "A chance per year lies in 0 to 1|is 1.0"),
        ({"child_in_need_to_plan": 0.98}, "leave child in need"),
        ({"plan_to_care": -0.1}, "leave plan"),
        ({"weeks_waited_by_those_who_start": -1.0}, "is -"),
        ({"looked_after_months_19_24": 0.0}, "is 0.0"),
    ],
)
def test_one_draw_in_a_column_that_makes_no_chain_is_refused_in_the_same_words(replaced, words):
    bad = changed(**replaced)

    with pytest.raises(InputError, match=words) as by_name:
        record_of(bad)
    with pytest.raises(InputError) as in_columns:
        records_of(columns_of([BASE, bad]), BASE)

    assert str(in_columns.value) == str(by_name.value)


def test_a_missing_band_is_refused_by_name():
    with pytest.raises(InputError, match="has no 24"):
        record_of(changed(child_in_need_lengths={"3": 0.5, "6": 0.4, "12": 0.2}))


def test_ages_are_whole_years():
    assert record_of(changed(oldest_age=11.9))[chain.OLDEST_AGE] == 11.0
