"""A small world in which much is known of a child on the day on which the service lets it go."""

from __future__ import annotations

from typing import Any

import numpy as np
from tests.service.worlds import chain, constant, listed, post, world

from familyflow.specification.plan import Outcome, Plan

INCIDENTS, ILL_HEALTH = 8, 0  # codes of a counted outcome and of a state that are summed
EFFECT = np.zeros((1, 5, 2, 2))
EFFECT[:, 1:] = 0.5  # halved from the first session on
LESS = np.array([[0.0], [0.4]])
RATES = {
    (0, 1): 1 / 200, (1, 0): 1 / 300, (1, 2): 1 / 150, (2, 1): 1 / 200, (2, 3): 1 / 300,
    (3, 1): 1 / 200, (3, 4): 1 / 300, (4, 2): 1 / 200,
}  # fmt: skip


def telling_world(**changes: Any) -> Plan:
    """Twelve families, noticed three times as fast, whom a referral up lets go at once."""
    plain: dict[str, Any] = {
        "last_day": 300,
        "in_term": (True,) * 301,
        "sources": listed(*range(12)),
        "team__posts": (post(cap=12),),
        "key_work__sessions": constant(30),
        "key_work__ends_when_referred_up": 1.0,
        "waiting__return_chance": 0.2,
        "chain": chain(
            RATES,
            detection=(3.0, 1.0),
            detection_days=(0, 200),
            effect=EFFECT,
            follow_days=730,
        ),
        "outcomes": (
            Outcome("incidents", INCIDENTS, False, False, 0, 0.0, 1 / 40, 0.0, LESS),
            Outcome("ill health", ILL_HEALTH, False, True, 0, 0.5, 1 / 100, 1 / 80, LESS),
        ),
    }
    return world(**plain | changes)
