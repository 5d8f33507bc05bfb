"""Whether the inputs of a kept run are still what they were, before it is done again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from familyflow.experiments.again import inputs_again
from familyflow.experiments.kept_run import keys_that_differ
from familyflow.problems import RefusedError
from familyflow.store import Manifest, canonical_json

# told by key; the run that a re-pricing priced; and what gave nothing in a sweep
_NO_INPUTS = ("parameters", "repriced", "failed_points")


def refuse_changed_inputs(manifest: Manifest) -> None:
    """Raise RefusedError, naming the keys, when what was asked gives other inputs today.

    Raises InputError when the scenario or a parameter file is no longer there, or wrong.
    """
    now, then = inputs_again(manifest.asked), manifest.inputs
    changed = keys_that_differ(then["parameters"], now["parameters"]) or ", ".join(
        name for name in sorted({*then, *now} - {*_NO_INPUTS}) if _differ(then, now, name)
    )
    if changed:
        raise RefusedError(
            f"{manifest.run_id} cannot be done again: what it was made of has changed since "
            f"({changed}). Put it back as it was, or run the scenario anew."
        )


def _differ(then: Mapping[str, Any], now: Mapping[str, Any], name: str) -> bool:
    return canonical_json(then.get(name)) != canonical_json(now.get(name))
