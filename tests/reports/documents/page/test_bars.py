"""Bars start from nothing, share one scale, and never show more cash than is saved."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from familyflow.reports.documents.page.bars import net, paid, saved, scale_of
from familyflow.reports.documents.page.parts import CASH, GAIN, LOSS, NOT_CASH

POUNDS = st.integers(-100_000_000, 100_000_000)
STEP = 2e-5  # to which the ends of pieces are kept


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(POUNDS, min_size=1, max_size=6))
def test_a_sum_is_as_long_as_it_is_large_beside_the_others(sums):
    scale = scale_of(sums)
    length = scale.high - scale.low

    for pounds in sums:
        bar = net(scale, pounds)
        width = sum(piece.width for piece in bar.pieces)
        assert width == pytest.approx(abs(pounds) / length, abs=STEP)
        assert all(0.0 <= piece.start <= 1.0 + STEP for piece in bar.pieces)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, 100_000_000), POUNDS)
def test_the_cashable_and_the_rest_are_the_saving(pounds, cash):
    scale = scale_of([pounds, -pounds])
    bar = saved(scale, pounds, cash)
    widths = {piece.look: piece.width for piece in bar.pieces}

    assert set(widths) <= {CASH, NOT_CASH}
    assert sum(widths.values()) == pytest.approx(0.5, abs=STEP)
    assert widths.get(CASH, 0.0) == pytest.approx(
        0.5 * min(max(cash, 0.0), pounds) / pounds, abs=STEP
    )


def test_a_loss_lies_on_the_other_side_of_nothing_and_looks_different():
    scale = scale_of([-1.0, 3.0])
    (loss,), (gain,) = net(scale, -1.0).pieces, net(scale, 3.0).pieces

    assert (loss.look, gain.look) == (LOSS, GAIN)
    assert loss.start + loss.width == gain.start == net(scale, 3.0).zero == 0.25
    assert saved(scale, -1.0, None).pieces[0].look == LOSS


def test_what_is_nothing_has_no_bar_and_what_is_untold_is_not_solid():
    scale = scale_of([2.0])

    assert paid(scale, 0.0).pieces == ()
    assert [piece.look for piece in saved(scale, 2.0, None).pieces] == [NOT_CASH]
    assert paid(scale_of([0.0]), 0.0).pieces == ()
