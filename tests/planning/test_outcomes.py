"""The other outcomes as the engines are told of them: nothing is cut short, whatever is chosen."""

import pytest
from tests.experiments.worlds import stated

from familyflow.planning.outcomes import make_outcomes
from familyflow.planning.values import number


def test_effects_go_on_fading_for_as_long_as_children_are_watched():
    values, _ = stated("core_offer", "appraisal.watched_years=14")
    retention = number(values, "outcomes.effects.retention_per_year")
    outcomes = [outcome for outcome in make_outcomes(values) if outcome.effect.any()]

    assert outcomes
    for outcome in outcomes:
        full = outcome.effect[-1]
        assert full[14] == pytest.approx(full[0] * retention**14, rel=1e-12)


def test_every_session_up_to_a_full_dose_adds_to_the_effect():
    stated_values, _ = stated("core_offer")
    values = {**stated_values, "outcomes.effects.dose_reference": 80.0}
    outcome = next(outcome for outcome in make_outcomes(values) if outcome.effect.any())

    by_sessions = abs(outcome.effect[:, 0])
    assert by_sessions[80] > by_sessions[79] > by_sessions[64]
