"""The JSON Schema of parameter files, for editors: built from the models that read them."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from familyflow.parameters.correlations import CorrelationModel
from familyflow.parameters.models import ChangeModel, LineModel, NumberModel

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def parameters_schema() -> dict[str, Any]:
    """The schema of a file in parameters/, or of one given with --parameters."""
    models = (NumberModel, LineModel, CorrelationModel, ChangeModel)
    _, definitions = models_json_schema([(model, "validation") for model in models])
    entry = [{"$ref": f"#/$defs/{model.__name__}"} for model in models[:3]]
    change = {"$ref": f"#/$defs/{ChangeModel.__name__}"}
    simple = {"type": ["number", "string", "boolean"]}
    return {
        "$schema": DIALECT,
        "title": "familyflow parameters",
        "description": "Entries by name. A full name, with dots, changes an entry of another file.",
        "type": ["object", "array"],
        "patternProperties": {"\\.": {"anyOf": [*entry[:2], change, simple]}},
        "additionalProperties": {"anyOf": entry},
        "items": entry[2],
        "$defs": definitions["$defs"],
    }
