"""The numbers that the answer moves with are found among the draws, and luck is not mistaken."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from familyflow.experiments.movers import COLUMNS, TARGET, moved, movers_of, movers_table
from familyflow.parameters.parameter import Parameter

NUMBERS, DRAWS, SEED = 100, 300, 5


def drawn(weight: float, numbers: int = NUMBERS) -> tuple[pd.DataFrame, dict[str, Parameter]]:
    """Many numbers of which the first moves the net saving by `weight` spreads of the rest."""
    luck = np.random.default_rng(SEED).normal(size=(DRAWS, numbers + 1))
    names = [f"part.number_{place}" for place in range(numbers)]
    draws = pd.DataFrame(luck[:, :-1], columns=names)
    draws[TARGET] = weight * luck[:, 0] + luck[:, -1]
    return draws, {name: number(name) for name in names}


def number(name: str) -> Parameter:
    return Parameter(name=name, label=name.title(), value=3.0, unit="weeks")


@pytest.mark.statistical
def test_the_number_that_moves_the_answer_is_named_alone() -> None:
    # 300 draws, seed 5; a rank correlation of about -0.7, and luck names another in 1 of 100 runs
    (found,) = movers_of(moved(*drawn(weight=-1.0)))

    assert found["key"] == "part.number_0"
    assert found["rank_correlation"] < -0.5
    assert (found["label"], found["unit"]) == ("Part.Number_0", "weeks")


@pytest.mark.statistical
def test_luck_alone_names_no_number() -> None:
    # 300 draws of 100 numbers, seed 5: by luck one is named in 1 of 100 such runs
    assert movers_of(moved(*drawn(weight=0.0))) == []


def test_every_number_is_in_the_table_strongest_first() -> None:
    table = movers_table(moved(*drawn(weight=-1.0)))

    assert len(table) == NUMBERS
    assert table["rank_correlation"].abs().is_monotonic_decreasing
    assert (table["by_luck_of_any"] >= table["by_luck"]).all()
    assert table["by_luck_of_any"].max() == 1.0


def test_few_draws_or_an_answer_that_never_moves_name_nothing() -> None:
    draws, parameters = drawn(weight=9.0)

    assert movers_of(moved(draws, parameters))
    assert moved(draws.head(10), parameters) == []
    assert moved(draws.assign(**{TARGET: 0.0}), parameters) == []
    assert list(movers_table([])) == list(COLUMNS)


def test_of_a_table_the_part_that_tells_most_is_named_once() -> None:
    draws, _ = drawn(weight=1.0, numbers=2)
    draws.columns = pd.Index(["rates.of_need[a]", "rates.of_need[b]", TARGET])

    (found,) = moved(draws, {"rates.of_need": number("rates.of_need")})

    assert (found["key"], found["part"]) == ("rates.of_need", "a")


def test_net_saving_falls_from_the_lowest_to_the_highest_fifth_of_what_lowers_it() -> None:
    draws, parameters = drawn(weight=-9.0)

    found = moved(draws, parameters)[0]

    below = draws["part.number_0"] <= found["lowest_fifth_ends_at"]
    above = draws["part.number_0"] >= found["highest_fifth_begins_at"]
    assert below.sum() == above.sum() == DRAWS / 5
    assert found["net_saving_in_lowest_fifth"] == pytest.approx(draws.loc[below, TARGET].mean())
    assert found["net_saving_in_highest_fifth"] == pytest.approx(draws.loc[above, TARGET].mean())
    assert found["net_saving_in_lowest_fifth"] > 0.0 > found["net_saving_in_highest_fifth"]


def test_a_number_that_cannot_touch_the_net_saving_is_no_candidate() -> None:
    draws, parameters = drawn(weight=-9.0)

    kept = moved(draws, parameters, frozenset({"part.number_0"}))

    assert "part.number_0" not in [row["key"] for row in kept]
    assert len(kept) == NUMBERS - 1
