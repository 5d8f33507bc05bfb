"""Other inputs, other code or another library that counts is other work."""

from __future__ import annotations

from typing import Any

import pytest

from familyflow.store import content_hash, identity, machine

INPUTS = {"seed": 1, "parameters": {"economy.rate": 0.035}}


def _digest(inputs: dict[str, Any] = INPUTS) -> str:
    return content_hash(identity(inputs))


@pytest.mark.parametrize("changed", [{"seed": 2}, {"parameters": {"economy.rate": 0.03}}])
def test_another_seed_or_parameter_is_other_work(changed: dict[str, Any]) -> None:
    assert _digest(INPUTS | changed) != _digest()
    assert _digest(dict(reversed(INPUTS.items()))) == _digest()


def test_other_code_is_other_work(monkeypatch: pytest.MonkeyPatch) -> None:
    before = _digest()
    monkeypatch.setattr(machine, "source_hash", lambda: "0" * 64)

    assert _digest() != before


@pytest.mark.parametrize("library", machine.COUNTED)
def test_another_version_of_a_library_that_counts_is_other_work(
    monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    before = _digest()
    version = machine.version
    monkeypatch.setattr(machine, "version", lambda name: "9" if name == library else version(name))

    assert _digest() != before
