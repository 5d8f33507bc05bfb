"""The JSON Schemas of parameter and scenario files. Run as a module, it writes them to `schemas/`.

python -m familyflow.scenarios.schema schemas
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

from familyflow.parameters.models import ChangeModel
from familyflow.parameters.schema import DIALECT, parameters_schema
from familyflow.scenarios.scenario import ScenarioModel


def scenario_schema() -> dict[str, Any]:
    """The schema of a file in scenarios/."""
    references, definitions = models_json_schema(
        [(ScenarioModel, "validation"), (ChangeModel, "validation")]
    )
    defined = definitions["$defs"]
    scenario = defined.pop(ScenarioModel.__name__)
    change = references[(ChangeModel, "validation")]
    fields = scenario["properties"]
    fields["set"]["additionalProperties"] = True
    fields["assume"]["additionalProperties"] = {
        "allOf": [change, {"type": "object", "required": ["because"]}]
    }
    return {
        **scenario,
        "$schema": DIALECT,
        "title": "familyflow scenario",
        "$defs": defined,
    }


def schemas() -> dict[str, dict[str, Any]]:
    """Both schemas, by the name of their file."""
    return {
        "parameters.schema.json": parameters_schema(),
        "scenario.schema.json": scenario_schema(),
    }


def text_of(schema: dict[str, Any]) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def write(folder: Path) -> None:
    """Write both schemas into a folder."""
    for name, schema in schemas().items():
        (folder / name).write_text(text_of(schema), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "schemas"))
