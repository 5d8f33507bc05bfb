"""The case records that come with familyflow: three years of the core offer, some still open.

Nobody stands behind a line of them. To write the file anew where the model has changed:
python -m familyflow.experiments.example_records
"""

from __future__ import annotations

from datetime import date
from typing import Final

from familyflow.experiments.engine_names import Engine
from familyflow.experiments.inputs import REFERENCE
from familyflow.experiments.synthetic_records import synthetic_records
from familyflow.experiments.synthetic_service import recorded_service
from familyflow.records.written import csv_text
from familyflow.shipped import example_cases, scenarios_folder

SEED: Final = 1
BEGINS: Final = date(2023, 4, 3)  # a Monday, so that nobody meets at a weekend
AS_OF: Final = date(2026, 3, 31)


def example_text(engine: Engine = "simpy") -> str:
    """The shipped file, made anew; the same from either engine."""
    service = recorded_service(str(scenarios_folder() / f"{REFERENCE}.yaml"), begins=BEGINS)
    return csv_text(synthetic_records(service, SEED, AS_OF, engine))


if __name__ == "__main__":
    example_cases().write_text(example_text(), encoding="utf-8", newline="\n")
