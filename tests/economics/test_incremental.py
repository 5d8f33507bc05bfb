"""Only options that some budget would choose have a ratio."""

import numpy as np
import pytest

from familyflow.economics.incremental import incremental
from familyflow.problems import InputError

# HERC VA, the example of dampack's own tests
NAMES = ["E", "D", "C", "B", "A", "UC"]
COSTS = [55_000, 35_000, 25_000, 10_000, 12_000, 5_000]
EFFECTS = [5, 4, 3, 2, 1.5, 1]


def test_the_published_example_comes_out_step_by_step():
    steps = incremental(COSTS, EFFECTS)

    assert [(NAMES[step.option], step.standing, step.icer) for step in steps] == [
        ("UC", "on the frontier", None),
        ("B", "on the frontier", 5_000.0),
        ("A", "dominated", None),
        ("C", "extended dominated", None),
        ("D", "on the frontier", 12_500.0),
        ("E", "on the frontier", 20_000.0),
    ]


def test_the_order_of_the_options_changes_nothing():
    turned = incremental(COSTS[::-1], EFFECTS[::-1])

    told = [step[1:] for step in turned]
    assert told == [step[1:] for step in incremental(COSTS, EFFECTS)]


def test_ratios_rise_along_the_frontier_and_every_budget_chooses_from_it():
    rng = np.random.default_rng(5)
    costs, effects = rng.gamma(2, 1_000, 30), rng.gamma(2, 1, 30)

    steps = incremental(costs, effects)

    ratios = [step.icer for step in steps if step.icer is not None]
    kept = {step.option for step in steps if step.standing == "on the frontier"}
    assert ratios == sorted(ratios)
    chosen = {int(np.argmax(worth * effects - costs)) for worth in np.geomspace(1, 1e6, 500)}
    assert chosen <= kept


def test_one_option_stands_alone_and_of_two_the_same_the_first_stays():
    assert [step.standing for step in incremental([5], [1])] == ["on the frontier"]
    assert [(s.option, s.standing) for s in incremental([5, 5], [1, 1])] == [
        (0, "on the frontier"),
        (1, "dominated"),
    ]


def test_an_option_on_the_line_between_two_others_is_kept():
    steps = incremental([0, 10, 20], [0, 1, 2])

    assert [step.icer for step in steps] == [None, 10.0, 10.0]


@pytest.mark.parametrize(("costs", "effects"), [([], []), ([1, 2], [1]), ([1], [float("nan")])])
def test_numbers_that_do_not_match_are_refused(costs, effects):
    with pytest.raises(InputError):
        incremental(costs, effects)


def test_one_good_option_takes_several_before_it_off_the_frontier():
    steps = incremental([0, 10, 22, 25], [0, 1, 2, 10])

    assert [(step.standing, step.icer) for step in steps] == [
        ("on the frontier", None),
        ("extended dominated", None),
        ("extended dominated", None),
        ("on the frontier", 2.5),
    ]
