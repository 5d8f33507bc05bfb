"""The shipped numbers and scenarios are found wherever familyflow is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from familyflow import shipped
from familyflow.parameters.library import load_library
from familyflow.problems import MachineError
from familyflow.scenarios.resolve import resolve


def test_a_wheel_carries_its_own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "familyflow"
    (package / "_shipped" / "parameters").mkdir(parents=True)
    monkeypatch.setattr(shipped, "_PACKAGE", package)

    assert shipped.parameters_folder() == package / "_shipped" / "parameters"
    with pytest.raises(MachineError, match="install familyflow again"):
        shipped.scenarios_folder()


def test_a_checkout_keeps_them_beside_the_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shipped, "_PACKAGE", tmp_path / "model" / "familyflow")
    (tmp_path / "scenarios").mkdir()

    assert shipped.scenarios_folder() == tmp_path / "scenarios"


def test_every_shipped_number_has_what_is_asked_of_it() -> None:
    library = load_library()

    assert library.warnings == ()
    for parameter in library.values():
        if parameter.is_line:
            continue
        forms = [f for f in (parameter.value, parameter.table, parameter.varies) if f is not None]
        assert len(forms) == 1, parameter.name
        assert parameter.label, parameter.name
        assert parameter.unit, parameter.name
        if not parameter.is_decision:
            assert parameter.grade, parameter.name
            assert parameter.status, parameter.name
            assert parameter.source or parameter.note, parameter.name
        if parameter.unit.startswith("GBP"):
            assert parameter.price_year, parameter.name


@pytest.mark.parametrize(
    "path", sorted(shipped.scenarios_folder().glob("*.yaml")), ids=lambda p: p.stem
)
def test_every_shipped_scenario_resolves(path: Path) -> None:
    resolved = resolve(path)

    assert resolved.title
    assert resolved.question
    assert resolved.warnings == ()
    assert resolved.lineage[-1] == "core_offer"


def test_nothing_but_text_stands_among_the_numbers() -> None:
    for folder in (shipped.parameters_folder(), shipped.scenarios_folder()):
        endings = {path.suffix for path in folder.rglob("*") if path.is_file()}
        assert endings <= {".yaml", ".md", ".csv"}
