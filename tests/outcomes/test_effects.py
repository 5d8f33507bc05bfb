import numpy as np
import pytest
from tests.outcomes.values import BASE, changed

from familyflow.outcomes.dose import dose_curve
from familyflow.outcomes.effects import Totals, exposure, influence, published
from familyflow.outcomes.expected import monthly_grid

GRID = monthly_grid()


def exposed(**replaced):
    return exposure([changed(**replaced)], dose_curve(BASE), BASE, GRID)


def test_links_of_one_and_no_detection_change_nothing():
    acting = influence(np.ones((3, 1)), exposed(detection=1.0))

    assert (acting.links == 1.0).all()
    assert (acting.detection == 1.0).all()


def test_the_mean_effect_is_the_ratio_at_the_mean_dose():
    families = exposed()

    acting = influence(np.full((3, 1), 0.4), families)

    assert acting.links[0] == pytest.approx(1.0 - 0.6 * families.dose)
    assert families.dose.max() == pytest.approx(0.725, abs=0.01)


def test_the_dose_fades_by_the_draws_own_retention():
    kept, faded = exposed(retention_per_year=1.0), exposed(retention_per_year=0.5)

    assert kept.dose[:, :12] == pytest.approx(faded.dose[:, :12])
    assert faded.dose[0, -1] == pytest.approx(0.5 * kept.dose[0, -1], rel=1e-5)


def test_the_dose_is_counted_by_the_draws_own_reference():
    assert (exposed(dose_reference=14).dose < exposed(dose_reference=8).dose + 1e-12).all()


def test_detection_reaches_families_who_have_met_and_is_gone_after_two_years():
    detection = exposed(detection=1.2).detection[0]

    assert 1.0 < detection[0] < detection[3] < 1.2
    assert detection[6] == pytest.approx(detection[16], abs=1e-6)
    assert (np.diff(detection[18:]) <= 0.0).all()
    # a family whose first session came late is still in the last steps down
    assert detection[-1] == pytest.approx(1.0, abs=0.04)


def test_groups_add_only_when_they_are_said_to_work():
    none, some = exposed(), exposed(group_effect=0.2)
    links = np.full((3, 1), 0.5)

    assert (none.group == 0.0).all()
    assert (influence(links, some).links <= influence(links, none).links).all()


def test_no_effect_passes_the_cap():
    acting = influence(np.full((3, 1), 0.1), exposed(group_effect=0.9, effect_cap=0.5))

    assert acting.links.min() == 0.5


def test_goals_are_the_published_ratios_of_what_happens_without():
    without = Totals(*(np.array([x]) for x in (0.025, 0.05, 0.02, 0.1)))

    goals = published([BASE]).goals(without)

    assert goals.looked_after[0] == pytest.approx(0.8 * 0.025)
    assert goals.plans[0] == pytest.approx(1.05 * 0.05 + 0.95 * 0.02)
    assert goals.child_in_need[0] == pytest.approx(0.85 * 0.1)
