"""Windows: each counts what it says, and the parts of the headline add up to it."""

from collections.abc import Mapping
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.economics.test_relations import random_run

from familyflow.economics import Ledger, price, price_again
from familyflow.economics.checks import identities
from familyflow.economics.targets import by_draw, mean
from familyflow.economics.windows import WINDOWS, within
from familyflow.problems import InputError

MANY = settings(max_examples=25, deadline=None)


def test_each_window_holds_its_own_cells():
    # years 0 and 1 of the term, 2 after it; outside and inside the follow-up
    amounts = np.array([[1.0, 10.0], [2.0, 20.0], [4.0, 40.0]])[..., None]

    held = {
        window: within(amounts, window, "follow_up", 2)[:, 0].tolist()
        for window in (*WINDOWS, "within_term", "after_term")
    }

    assert held == {
        "follow_up": [10.0, 20.0, 40.0],
        "budget": [11.0, 22.0, 0.0],
        "everything": [11.0, 22.0, 44.0],
        "within_term": [10.0, 20.0, 0.0],
        "after_term": [0.0, 0.0, 40.0],
    }


@MANY
@given(st.integers(0, 2**32 - 1), st.sampled_from(WINDOWS))
def test_the_ledgers_checks_hold_in_every_window(toy, seed, window):
    ledger = toy.priced(random_run(toy, seed), window=window)

    failed = [check for check in identities(ledger) if not check.passed]
    assert not failed


@MANY
@given(st.integers(0, 2**32 - 1), st.sampled_from(WINDOWS), st.integers(1, 4))
def test_what_falls_within_and_after_the_term_adds_up_to_the_saving_whatever_the_years(
    toy, seed, window, follow_up
):
    ledger = toy.priced(random_run(toy, seed), window=window, follow_up_years=follow_up)

    parts = by_draw(ledger, "saving_within_term") + by_draw(ledger, "saving_after_budget_window")

    assert parts == pytest.approx(by_draw(ledger, "fiscal_saving"))


@MANY
@given(st.integers(0, 2**32 - 1))
def test_in_the_budget_window_the_headline_is_the_saving_within_the_term(toy, seed):
    run = random_run(toy, seed)

    followed, budget = toy.priced(run), toy.priced(run, window="budget")

    assert by_draw(budget, "fiscal_saving") == pytest.approx(
        by_draw(followed, "saving_in_budget_window")
    )
    assert mean(budget, "saving_after_budget_window").value == 0.0


def test_a_window_that_is_not_there_is_refused(toy):
    with pytest.raises(InputError, match="there is no window 'lifetime'"):
        toy.inputs(window="lifetime")


@MANY
@given(st.integers(0, 2**32 - 1), st.sampled_from(WINDOWS), st.sampled_from(WINDOWS), st.booleans())
def test_pricing_again_is_pricing_anew(toy, seed, first, then, undiscounted):
    ledger = toy.priced(random_run(toy, seed), window=first)
    inputs = replace(ledger.inputs, window=then)
    if undiscounted:
        lines = tuple(replace(line, discount="") for line in inputs.benefit_lines)
        inputs = replace(inputs, schedule="none", benefit_lines=lines)

    again, anew = price_again(ledger, inputs), price(inputs)

    for one in fields(Ledger):
        a, b = getattr(again, one.name), getattr(anew, one.name)
        if isinstance(b, Mapping):
            assert {name: array.tobytes() for name, array in a.items()} == {
                name: array.tobytes() for name, array in b.items()
            }
        elif isinstance(b, np.ndarray):
            assert a.tobytes() == b.tobytes()
        else:
            assert a == b
