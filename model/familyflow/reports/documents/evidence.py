"""What a number of a run rests on: its evidence, or the reason that somebody chose it for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from familyflow.reports.documents.kept import Row
from familyflow.shipped import scenarios_folder

NONE: Final = "none: assumed"
ASSUMED: Final = "assumed"  # the status of what has no source; a reason may be given all the same
OWN: Final = "own number"  # told by the bidder, so that no grade of ours holds for it


@dataclass(frozen=True)
class Evidence:
    """standing: grade and status, as in 'B, derived', or OWN. source: where it is from, or NONE."""

    standing: str
    source: str


def evidence_of(row: Row) -> Evidence:
    """What a row of tables/assumptions.csv rests on.

    A number without a source that a scenario chose with a reason rests on that reason. It is the
    bidder's own, unless the scenario is one that ships with the model.
    """
    standing = f"{row['grade']}, {row['status']}".removesuffix(", ")
    if row["source"]:
        return Evidence(standing, str(row["source"]))
    if not is_chosen_with_reason(row):
        return Evidence(standing, NONE)
    scenario = str(row["chosen_by"]).partition(".yaml")[0]
    if (scenarios_folder() / f"{scenario}.yaml").is_file():
        return Evidence(standing, f"Told by the ready-made scenario {scenario}: {row['because']}")
    return Evidence(OWN, f"Told by the bidder: {row['because']}")


def is_chosen_with_reason(row: Row) -> bool:
    """Whether a scenario assumed it and said why; decisions are no matter of evidence."""
    return bool(row["because"]) and row["status"] == ASSUMED
