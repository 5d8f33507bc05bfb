"""All of a parameter that decides numbers, in one spelling: tells whether runs are the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from familyflow.parameters.parameter import Parameter

_DECIDE = ("value", "table", "unit", "price_year", "dated", "kind", "transfer", "falls_on", "grade")


def canonical(parameter: Parameter) -> dict[str, Any]:
    """Value, distribution, spread and prices; no label, note, source or place. JSON can hold it."""
    held: dict[str, Any] = {}
    for name in _DECIDE:
        if getattr(parameter, name) is not None:
            held[name] = _floats(getattr(parameter, name))
    if parameter.is_line:
        held["line"] = _floats(parameter.line())
    if parameter.varies is not None:
        held["varies"] = [
            parameter.varies.by,
            parameter.varies.shape,
            _floats(parameter.varies.settings),
        ]
    if parameter.distribution is not None:
        held["distribution"] = [
            parameter.distribution.shape,
            _floats(parameter.distribution.settings),
        ]
    return held


def _floats(value: Any) -> Any:
    """Numbers as floats (so that 5 and 5.0 are the same), names in order."""
    if isinstance(value, Mapping):
        return {str(name): _floats(value[name]) for name in sorted(value, key=str)}
    if isinstance(value, (list, tuple)):
        return [_floats(item) for item in value]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value) + 0.0  # -0.0 becomes 0.0
    return value
