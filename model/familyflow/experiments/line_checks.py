"""Prices every line once before anything runs: what cannot be priced is told at its place."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from familyflow.economics import price
from familyflow.experiments.placed import at_their_places
from familyflow.experiments.pricing import ledger_inputs
from familyflow.experiments.quantity_names import quantities_in
from familyflow.parameters.drawn_values import in_one
from familyflow.parameters.draws import base_values
from familyflow.problems import InputError
from familyflow.scenarios.resolve import Resolved


def check_lines(resolved: Resolved) -> None:
    """Raise InputError for a line with an unknown quantity, a unit that does not meet it ..."""
    values = base_values(resolved.parameters)
    names = quantities_in(values)
    nothing = np.zeros((1, 1, 2, 1, 2, len(names)))
    for rules in ({}, *_other_rules(resolved)):
        try:
            price(ledger_inputs(resolved.parameters, in_one({**values, **rules}), nothing, names))
        except InputError as error:
            raise at_their_places(error, resolved) from error


def _other_rules(resolved: Resolved) -> Iterator[dict[str, str]]:
    """The rules of appraisal under which every run is priced beside its own."""
    chosen = resolved.parameters["costs.scope"]
    yield from ({chosen.name: scope} for scope in chosen.options if scope != chosen.value)
    yield {"appraisal.optimism_bias": "haircut"}
