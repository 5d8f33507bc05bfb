"""What may be re-priced is read by pricing alone: without it everything happens just the same."""

import pickle

import pytest

from familyflow.experiments.inputs import Settings, draw_numbers, load_inputs
from familyflow.experiments.priced_only import KEYS, is_priced_only
from familyflow.experiments.quantity_names import quantities_in
from familyflow.outcomes.solve import solve
from familyflow.planning.plan import make_plan
from familyflow.shipped import scenarios_folder

SCENARIOS = sorted(path.stem for path in scenarios_folder().glob("*.yaml"))


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_nothing_that_happens_reads_what_is_only_priced(scenario):
    drawn = draw_numbers(load_inputs(scenario), Settings(draws=2, replications=1, seed=1))
    for values in drawn.values:
        without = {key: value for key, value in values.items() if not is_priced_only(key)}

        solved = solve([values], drawn.base)

        assert len(without) < len(values)
        assert solve([without], drawn.base) == solved
        assert pickle.dumps(make_plan(without, solved[0])) == pickle.dumps(
            make_plan(values, solved[0])
        )
        assert quantities_in(without) == quantities_in(values)


def test_every_key_that_is_only_priced_is_there():
    assert set(load_inputs("core_offer").parameters) >= KEYS
