"""What differs between two runs: each input old -> new with its unit, and each headline figure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from familyflow.cli.quantity import quantity_in_words
from familyflow.store import Manifest

ABSENT = "not there"
_LONGEST = 200


@dataclass(frozen=True)
class Difference:
    """One thing that differs, both sides in words."""

    key: str
    old: str
    new: str

    def told(self) -> dict[str, str]:
        """For machines."""
        return asdict(self)


def input_differences(a: Manifest, b: Manifest) -> list[Difference]:
    """Inputs that differ, by key; then the code and the libraries when those differ."""
    differences = _between(dict(_leaves(a.inputs)), dict(_leaves(b.inputs)))
    behind = _between(
        {"model code": a.source[:10], **_versions(a)}, {"model code": b.source[:10], **_versions(b)}
    )
    return differences + behind


def headline_differences(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[Difference]:
    """Figures of ``money`` and ``flow`` that differ; of sweeps, whatever they found."""
    return _between(dict(_headline(a)), dict(_headline(b)))


def _between(old: Mapping[str, str], new: Mapping[str, str]) -> list[Difference]:
    keys = [*old, *(key for key in new if key not in old)]
    pairs = ((key, old.get(key, ABSENT), new.get(key, ABSENT)) for key in keys)
    return [Difference(key, before, after) for key, before, after in pairs if before != after]


def _leaves(inputs: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Every input with its value in words; a parameter's value takes the parameter's key."""
    if not isinstance(inputs, Mapping):
        yield key, _in_words(inputs)
        return
    unit = inputs.get("unit") if "value" in inputs else None
    for name, value in inputs.items():
        if name == "unit" and unit is not None:
            continue
        if name == "value":
            yield key or name, _in_words(value, str(unit or ""))
        elif key == "" and name == "parameters":
            yield from _leaves(value)
        else:
            yield from _leaves(value, f"{key}.{name}" if key else str(name))


def _in_words(value: object, unit: str = "") -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{value:,} {unit}" if unit else str(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "..."
    return f"{shown} {unit}".rstrip()


def _headline(results: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for part in ("money", "flow"):
        for name, value in results.get(part, {}).items():
            yield f"{part}.{name}", quantity_in_words(value)
    for target in results.get("targets", ()):
        yield from _found(target)
    for option in results.get("options", ()):
        if isinstance(option, Mapping):  # of a comparison, each as a run has them
            for key, told in _headline({part: option[part] for part in ("money", "flow")}):
                yield f"{option['option']}: {key}", told


def _found(target: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Everything that a sweep found of one target: its stated value, and rows by their factor."""
    for name, value in target.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            for place, row in enumerate(value):
                of = row.get("factor", place)
                for key, told in row.items():
                    if key != "factor":
                        yield f"{target['target']}: {name} of {of}: {key}", _in_words(told)
        elif name != "sentences":
            yield f"{target['target']}: {name}", _in_words(value)


def _versions(manifest: Manifest) -> dict[str, str]:
    return {name: str(version or ABSENT) for name, version in manifest.versions.items()}
