"""How an effect fades: three forms that agree as far as studies look."""

from __future__ import annotations

import pytest

from familyflow.outcomes.dose import retained

YEARS = 6


def _values(form: str, left: float = 0.75) -> dict[str, object]:
    return {
        "outcomes.effects.retention_per_year": left,
        "outcomes.effects.retention_form": form,
    }


@pytest.mark.parametrize("form", ["geometric", "linear", "held"])
def test_every_form_is_whole_at_first_and_agrees_after_a_year(form: str) -> None:
    left = retained(_values(form), YEARS)

    assert left[:2].tolist() == [1.0, 0.75]
    assert len(left) == YEARS + 1
    assert (left[1:] <= left[:-1]).all()


def test_geometric_leaves_the_same_share_of_what_was_left() -> None:
    assert retained(_values("geometric"), 3).tolist() == [1.0, 0.75, 0.5625, 0.421875]


def test_linear_takes_the_same_amount_until_nothing_is_left() -> None:
    assert retained(_values("linear"), YEARS).tolist() == [1.0, 0.75, 0.5, 0.25, 0.0, 0.0, 0.0]


def test_held_loses_nothing_more_after_a_year() -> None:
    assert retained(_values("held"), 3).tolist() == [1.0, 0.75, 0.75, 0.75]


def test_an_effect_that_lasts_is_the_same_in_every_form() -> None:
    found = [
        retained(_values(form, 1.0), YEARS).tolist() for form in ("geometric", "linear", "held")
    ]

    assert found == [[1.0] * (YEARS + 1)] * 3
