"""The service as the YAML of `theory/` tells it, and nothing else: plan, families, rows."""

from functools import cache
from pathlib import Path

from familyflow.compiled.engine import simulate
from familyflow.families.make_up import families_of
from familyflow.luck import Luck
from familyflow.outcomes.solve import Solved
from familyflow.parameters.draws import base_values
from familyflow.planning.plan import make_plan
from familyflow.scenarios.resolve import resolve
from familyflow.specification.journal import Entry

THEORY = Path(__file__).parent / "theory"
UNSOLVED = Solved(1.0, 1.0, 1.0, 1.0, 1.0)


@cache
def values_of(scenario: str, *sets: str):
    """The stated values of a scenario in `theory/`, with these `--set`s."""
    return base_values(resolve(str(THEORY / scenario), sets=sets).parameters)


@cache
def simulated(scenario: str, *sets: str, seed: int = 20261123, draw: int = 0):
    """(plan, families in order of referral, journal in order)."""
    plan, luck = make_plan(values_of(scenario, *sets), UNSOLVED), Luck(seed, draw)
    families = sorted(families_of(plan, luck), key=lambda f: (f.referred, f.number))
    _, with_service = simulate(plan, families, luck)
    return plan, families, [Entry(*row) for row in with_service.tolist()]


def entries(journal, event):
    """The rows of one event."""
    return [row for row in journal if row.event == event]
