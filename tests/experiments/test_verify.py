"""``verify`` finds no fault in the model as it is, and finds each fault planted in it."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from familyflow.compiled import engine as compiled
from familyflow.experiments import verify as verification
from familyflow.experiments.verify import neutral_values, verify
from familyflow.outcomes.effect_table import EFFECTS, TOTALS
from familyflow.problems import InputError
from familyflow.specification.journal import Event

SMALL = ("appraisal.term_years=1", "appraisal.follow_up_years=1")


def _failed(**settings) -> list[str]:
    found = verify("core_offer", sets=SMALL, draws=1, **settings)
    return [one.name for one in found if not one.holds]


@pytest.mark.parametrize("scenario", ["core_offer", "no_service"])
def test_the_model_as_it_is_holds(scenario: str) -> None:
    found = verify(scenario, sets=SMALL, draws=2)

    assert [one for one in found if not one.holds] == []
    assert sum("both engines" in one.name for one in found) == 2 * 2


def test_a_row_moved_by_one_day_in_one_engine_is_found(monkeypatch) -> None:
    simulate = compiled.simulate

    def a_day_late(plan, families, luck):
        without, with_service = simulate(plan, families, luck)
        late = with_service.copy()
        late[-1, 0] += 1
        return without, late

    monkeypatch.setattr(compiled, "simulate", a_day_late)

    assert _failed() == ["draw 0: both engines leave the same rows, with the service"]


def test_a_lost_family_is_found_whichever_engine_loses_it(monkeypatch) -> None:
    as_rows = verification.as_rows

    def without_endings(journal):
        rows = as_rows(journal)
        return rows[rows[:, verification.EVENT] != Event.CLOSED_PLANNED]

    monkeypatch.setattr(verification, "as_rows", without_endings)

    assert "draw 0: every referral ends once" in _failed()


def test_a_child_followed_for_a_day_less_with_the_service_is_found(monkeypatch) -> None:
    simulate = verification.simulate

    def a_day_less(plan, families, luck):
        entries = list(simulate(plan, families, luck))
        place = next(k for k, one in enumerate(entries) if one.event == Event.CHILD_DAYS)
        entries[place] = entries[place]._replace(quantity=entries[place].quantity - 1)
        return entries

    monkeypatch.setattr(verification, "simulate", a_day_less)

    assert "draw 0: children are followed for as many days with the service as without" in _failed()


def test_pounds_that_do_not_add_up_are_found(monkeypatch) -> None:
    real = verification.identities

    def out_by_a_pound(priced):
        first, *others = real(priced)
        return [dataclasses.replace(first, found=first.found + 1), *others]

    monkeypatch.setattr(verification, "identities", out_by_a_pound)

    assert _failed() == ["cost by agency adds up"]


def test_threads_that_disagree_are_found(monkeypatch) -> None:
    real = verification.blocks_of

    def by_threads(inputs, engine, threads, *rest, **kept):
        for block in real(inputs, engine, threads, *rest, **kept):
            block.quantities[0] += threads
            yield block

    monkeypatch.setattr(verification, "blocks_of", by_threads)

    assert "two threads leave the same quantities as one" in _failed()


def test_a_solver_that_is_off_by_one_bit_is_found(monkeypatch) -> None:
    real = verification.solver_of

    def off_by_a_bit(engine, threads):
        solve_block = real(engine, threads)
        return lambda records, reference: np.nextafter(solve_block(records, reference), np.inf)

    monkeypatch.setattr(verification, "solver_of", off_by_a_bit)

    (only,) = _failed()
    assert only.startswith("effects solved in plain Python")


def test_an_effect_that_is_not_the_services_is_found(monkeypatch) -> None:
    values = {**neutral_values(), EFFECTS + TOTALS[0]: 0.5}
    monkeypatch.setattr(verification, "neutral_values", lambda: values)

    assert "without an effect the solved ratios are 1" in _failed()
    assert "without an effect nothing is saved, exactly" in _failed()


def test_bad_input_is_refused_before_anything_is_checked() -> None:
    with pytest.raises(InputError, match=r"key_wrokers"):
        verify("core_offer", sets=["service.team.key_wrokers=3"])
    with pytest.raises(InputError, match=r"draws"):
        verify("core_offer", draws=0)
