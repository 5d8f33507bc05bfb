"""The numbers that the answer moves with are found among the draws, and luck is not mistaken."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from familyflow.reports.documents.moves import TARGET, movers

NUMBERS, DRAWS, SEED = 100, 300, 5


def drawn(kept, weight):
    """Many numbers of which the first moves the net saving by `weight` spreads of the rest."""
    luck = np.random.default_rng(SEED).normal(size=(DRAWS, NUMBERS + 1))
    names = [f"part.number_{place}" for place in range(NUMBERS)]
    draws = pd.DataFrame(luck[:, :-1], columns=names)
    draws[TARGET] = weight * luck[:, 0] + luck[:, -1]
    words = {"unit": "weeks", "grade": "C", "status": "verified", "source": "A study"}
    rows = [{"key": name, "label": name, "value": 3.0, **words} for name in names]
    return replace(kept, draws=draws, tables={**kept.tables, "assumptions": rows})


@pytest.mark.statistical
def test_the_number_that_moves_the_answer_is_named_alone(kept):
    # 300 draws, seed 5; a rank correlation of about -0.7, and luck names another in 1 of 100 runs
    (found,) = movers(drawn(kept, weight=-1.0))

    assert found.label == "part.number_0"
    assert found.moves < -0.5
    assert found.value == "3 weeks"


@pytest.mark.statistical
def test_luck_alone_names_no_number(kept):
    # 300 draws of 100 numbers, seed 5: by luck one is named in 1 of 100 such runs
    assert movers(drawn(kept, weight=0.0)) == []


def test_few_draws_or_an_answer_that_never_moves_name_nothing(kept):
    strong = drawn(kept, weight=9.0)

    assert movers(replace(strong, draws=strong.draws.head(10))) == []
    assert movers(replace(strong, draws=strong.draws.assign(**{TARGET: 0.0}))) == []
