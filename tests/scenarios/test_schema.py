"""The schemas that editors use say the same as the readers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from familyflow.parameters.conversions import plain
from familyflow.parameters.yaml_file import read_yaml
from familyflow.problems import Problems
from familyflow.scenarios.schema import schemas, text_of, write
from familyflow.shipped import parameters_folder, scenarios_folder

ROOT = Path(__file__).parents[2]
NAMES = sorted(schemas())


def objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for child in node.values():
            yield from objects(child)
    elif isinstance(node, list):
        for child in node:
            yield from objects(child)


@pytest.mark.skipif(not (ROOT / "schemas").is_dir(), reason="the wheel carries no schemas")
@pytest.mark.parametrize("name", NAMES)
def test_the_schemas_kept_are_current(name: str) -> None:
    kept = (ROOT / "schemas" / name).read_text(encoding="utf-8")

    assert kept == text_of(schemas()[name]), "run: python -m familyflow.scenarios.schema schemas"


def test_schemas_can_be_written(tmp_path: Path) -> None:
    write(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_described(name: str) -> None:
    schema = schemas()[name]
    jsonschema.Draft202012Validator.check_schema(schema)

    fields = [
        (field, described)
        for model in [schema, *schema["$defs"].values()]
        for field, described in model.get("properties", {}).items()
    ]
    assert fields
    assert [field for field, described in fields if not described.get("description")] == []


@pytest.mark.parametrize(
    ("name", "folder"),
    [("parameters.schema.json", parameters_folder()), ("scenario.schema.json", scenarios_folder())],
    ids=["parameters", "scenarios"],
)
def test_every_shipped_file_satisfies_its_schema(name: str, folder: Path) -> None:
    validator = jsonschema.Draft202012Validator(schemas()[name])

    for path in sorted(folder.rglob("*.yaml")):
        top = read_yaml(path, Problems())
        assert top is not None, path
        errors = [
            f"{path.name}: {list(e.path)}: {e.message}" for e in validator.iter_errors(plain(top))
        ]
        assert errors == []


@pytest.mark.parametrize(
    "entry",
    [
        {"label": "x", "unit": "share", "valuee": 1},
        {"label": "x", "unit": "share", "value": 1, "grade": "G"},
        {"unit": "share", "value": 1},
        {"label": "x", "quantity": "weeks"},
    ],
)
def test_a_schema_marks_the_same_slips(entry: dict[str, object]) -> None:
    validator = jsonschema.Draft202012Validator(schemas()["parameters.schema.json"])

    assert not validator.is_valid({"attendance": entry})
