"""Sobol indices through our own path: known shares, luck among them, and every trap of SALib."""

import numpy as np
import pytest
from tests.experiments.sensitivity import toys

from familyflow.experiments.sensitivity.factors import LUCK, factors_of
from familyflow.experiments.sensitivity.sobol import indices, points
from familyflow.luck import Luck
from familyflow.problems import InputError

N, SEED = 2**11, 7
ABC, SIX = factors_of("abc"), factors_of("abcdef")


def told(factors, function, n=N, seed=SEED):
    return indices(factors, n, function(points(factors, n, seed)), seed)


@pytest.mark.statistical  # seed 7; half as wide again as each interval, so 99.7 % each
@pytest.mark.parametrize(("factors", "function", "truth"), [
    (ABC, toys.ishigami, (toys.ISHIGAMI_FIRST, toys.ISHIGAMI_TOTAL)),
    (SIX, toys.sobol_g, toys.g_truth()),
])  # fmt: skip
def test_known_shares_lie_within_their_intervals(factors, function, truth):
    found = told(factors, function)

    assert (np.abs(found.first - truth[0]) <= 1.5 * found.first_half_width + 1e-4).all()
    assert (np.abs(found.total - truth[1]) <= 1.5 * found.total_half_width + 1e-4).all()
    assert (found.total_half_width < 0.1).all()


def test_of_a_sum_first_and_total_order_are_the_squares_of_its_weights():
    found = told(ABC, lambda x: x @ [1.0, 2.0, 3.0])

    assert found.first == pytest.approx([1 / 14, 4 / 14, 9 / 14], abs=2e-3)
    assert found.total == pytest.approx([1 / 14, 4 / 14, 9 / 14], abs=2e-3)


def test_a_product_of_centred_factors_is_all_interaction():
    found = told(factors_of("ab"), lambda x: (x[:, 0] - 0.5) * (x[:, 1] - 0.5))

    assert found.first == pytest.approx([0.0, 0.0], abs=0.03)
    assert found.total == pytest.approx([1.0, 1.0], abs=0.05)


def test_a_factor_that_moves_nothing_has_exactly_nothing():
    found = told(ABC, lambda x: np.exp(x[:, 0]) * x[:, 2])

    assert (found.first[1], found.total[1], found.total_half_width[1]) == (0.0, 0.0, 0.0)
    assert found.is_none.tolist() == [False, True, False]


@pytest.mark.statistical  # seed 7; chance has a fifth of the variance; 3 SE of each index's own
def test_luck_as_a_factor_has_the_share_that_chance_has():
    factors = factors_of(["a.size"], luck=True)
    assert factors.names == ("a.size", LUCK)

    def noisy(places):
        chance = [Luck.of_column(1, v).of(3, 5) for v in places[:, 1]]
        return 2 * places[:, 0] + np.array(chance)

    found = told(factors, noisy, n=2**10)

    assert (np.abs(found.total - [0.8, 0.2]) <= 1.53 * found.total_half_width).all()
    assert (np.abs(found.first - [0.8, 0.2]) <= 1.53 * found.first_half_width).all()
    assert (found.total_half_width < 0.1).all()


def test_groups_share_what_their_members_bring():
    factors = factors_of("abc", {"both": "ac"})

    found = told(factors, lambda x: x @ [1.0, 2.0, 3.0])

    assert found.factors == ("both", "b")
    assert found.total == pytest.approx([10 / 14, 4 / 14], abs=5e-3)


def test_only_what_stands_apart_is_put_in_order():
    found = told(ABC, lambda x: x @ [3.0, 3.001, 1.0], n=2**9)

    assert found.above.tolist() == [
        [False, False, True],
        [False, False, True],
        [False, False, False],
    ]


def test_the_order_of_names_moves_no_index():
    weights = {"a": 1.0, "b": 2.0, "c": 3.0}
    made = [
        told(one, lambda x, f=one: np.exp(x @ [weights[name] for name in f.names]))
        for one in (factors_of("abc"), factors_of("cab"))
    ]

    assert np.array_equal(made[0].total, made[1].total)


def test_scale_and_shift_move_no_index():
    places = points(ABC, N, SEED)
    output = toys.ishigami(places)

    plain, other = (indices(ABC, N, y, SEED) for y in (output, 1e6 - 4.0 * output))

    assert other.total == pytest.approx(plain.total, rel=1e-9)
    assert other.first == pytest.approx(plain.first, abs=1e-9)


def test_twice_the_points_begin_with_the_same_ones():
    assert np.array_equal(points(ABC, 128, SEED)[: 64 * 5], points(ABC, 64, SEED))


def test_points_are_inside_the_cube_and_of_the_seed():
    places = points(SIX, 256, 0)

    assert places.shape == (256 * 8, 6)
    assert (places > 0).all()
    assert (places < 1).all()
    assert np.array_equal(places, points(SIX, 256, 0))
    assert not np.array_equal(places, points(SIX, 256, 1))


def test_seed_0_is_a_seed_and_the_global_state_of_chance_stays():
    np.random.seed(4)
    before = np.random.get_state()[1].copy()

    first, again = told(ABC, toys.ishigami, n=64, seed=0), told(ABC, toys.ishigami, n=64, seed=0)

    assert np.array_equal(first.total_half_width, again.total_half_width)
    assert np.array_equal(np.random.get_state()[1], before)


def test_an_output_that_nothing_moves_has_no_shares():
    assert told(ABC, lambda x: np.full(len(x), 4.2), n=64) is None


@pytest.mark.parametrize(("n", "next_one"), [(0, 2), (1, 2), (1000, 1024), (1025, 2048)])
def test_other_than_powers_of_two_are_refused_with_the_next(n, next_one):
    with pytest.raises(InputError, match=f"(?s)n is {n}.*Give {next_one}\\."):
        points(ABC, n, SEED)


def test_what_is_not_finite_is_refused_by_its_row():
    output = toys.ishigami(points(ABC, 64, SEED))
    output[[3, 17]] = np.nan, np.inf

    with pytest.raises(InputError, match=r"2 of 320 points have no finite output: row 3, 17"):
        indices(ABC, 64, output, SEED)


@pytest.mark.parametrize("rows", [0, 1, 32 * 5, 63 * 5, 64 * 5 - 1])
def test_rows_that_are_missing_are_never_passed_over(rows):
    output = toys.ishigami(points(ABC, 64, SEED))[:rows]

    with pytest.raises(ValueError, match=r"320 points want \(320,\)"):
        indices(ABC, 64, output, SEED)


def test_a_group_of_one_is_as_the_factor_alone():
    alone, grouped = (
        told(factors, toys.ishigami, n=256) for factors in (ABC, factors_of("abc", {"first": "a"}))
    )

    assert grouped.factors == ("first", "b", "c")
    assert np.array_equal(grouped.total, alone.total)


@pytest.mark.parametrize(("names", "groups", "told_of"), [
    ("a", None, "a is all that varies"),
    ("", None, "nothing is varied"),
    ("aab", None, "a is given 2 times"),
    ("ab", {"g": "ab"}, "g is all that varies"),
    ("abc", {"g": "ab", "h": "b"}, "b is in a group 2 times"),
    ("abc", {"g": "ad"}, "d is in a group and is not varied"),
    ("abc", {"c": "ab"}, "the group c is called as one of the factors"),
])  # fmt: skip
def test_factors_that_make_no_sense_are_refused(names, groups, told_of):
    with pytest.raises(InputError, match=told_of):
        factors_of(names, groups)


def test_every_mistake_is_told_at_once():
    with pytest.raises(InputError) as error:
        factors_of("aabc", {"g": "ad", "c": "b"})

    assert len(error.value.problems) == 3


def test_who_is_above_whom_is_the_interval_of_each_difference():
    found = told(SIX, toys.sobol_g, n=64)
    for one in range(6):
        for other in range(6):
            apart = found.resampled[:, one] - found.resampled[:, other]
            low = found.total[one] - found.total[other] - 1.959964 * apart.std(ddof=1)
            assert found.above[one, other] == (low > 0)
    assert found.above.any()
