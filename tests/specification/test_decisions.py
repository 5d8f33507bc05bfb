"""Decision codes are frozen: a code that moves would change everybody's luck."""

import hashlib

import pytest

from familyflow.specification.decisions import DECISIONS, step_code, within_episode
from familyflow.specification.journal import Event


def test_no_two_decisions_share_a_code():
    assert len(set(DECISIONS.values())) == len(DECISIONS)
    assert max(DECISIONS.values()) < 64


def test_the_table_of_decisions_is_frozen():
    table = "\n".join(f"{code} {name}" for name, code in DECISIONS.items())

    # a new decision is added at a new code, with this digest renewed; an old line never changes
    digest = hashlib.sha256(table.encode()).hexdigest()[:16]
    assert digest == "1f3a78a0a5362e57"


def test_the_table_of_events_is_frozen():
    table = "\n".join(f"{event.value} {event.name}" for event in Event)

    digest = hashlib.sha256(table.encode()).hexdigest()[:16]
    assert digest == "679a955b1d542d11"


def test_every_ordered_step_has_its_own_code():
    codes = {step_code(a, b) for a in range(6) for b in range(6)}

    assert codes == set(range(128, 164))


def test_occurrences_within_an_episode_do_not_collide():
    seen = {within_episode(n, j) for n in range(16) for j in (0, 1, 4095)}

    assert len(seen) == 48
    with pytest.raises(OverflowError):
        within_episode(16, 0)
    with pytest.raises(OverflowError):
        within_episode(0, 4096)
