"""What a parameter file gives and something laid over it gives again: it has no effect.

That is said, with who sets it instead; and what was given is checked all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from familyflow.parameters.models import LineModel, NumberModel
from familyflow.parameters.yaml_tree import Place, Section

_FORMS = frozenset({"value", "table", "varies"})
_WITH_A_FORM = _FORMS | {"distribution", "dated"}  # a new form takes all of these away
_ONLY_SAID = frozenset(
    {"because", "label", "source", "grade", "status", "note", "code", "sunset", "unit", "role"}
)
_KNOWN = {*NumberModel.model_fields, *LineModel.model_fields}


class Overridden(NamedTuple):
    """An entry as a file has it, some of which something else sets instead."""

    name: str
    section: Section
    place: Place


@dataclass(frozen=True)
class Change:
    """What a file gives of one entry: the fields that still have an effect, and the entry."""

    fields: frozenset[str]
    section: Section
    place: Place

    def under(self, fields: frozenset[str]) -> tuple[frozenset[str], Change]:
        """The fields that have no effect under a later choice of these; what is left of it."""
        taken = fields | (_WITH_A_FORM if fields & _FORMS else frozenset())
        lost = self.fields & taken
        return lost, Change(self.fields - lost, self.section, self.place)


def that_count(section: Section) -> frozenset[str]:
    """The fields of a change that decide numbers."""
    return frozenset(section.entries) & _KNOWN - _ONLY_SAID


def no_effect(name: str, change: Change, lost: frozenset[str], by: str) -> str:
    """The warning that these fields of an entry are set by somebody else."""
    fields = "" if lost == change.fields else f"{', '.join(sorted(lost))} of "
    return f"{change.place}: {fields}'{name}' has no effect: {by} sets it"
