"""The form of a published case: a file with its source, its inputs, and the figures that came out.

The files are read with the rules of parameter files, and mistakes are told in the same words.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, get_args

from pydantic import BeforeValidator, Field

from familyflow.parameters import numerals
from familyflow.parameters.models import Grade, Model, Number, Source, Status, Text
from familyflow.parameters.yaml_tree import Items, Node, Section, Wrong, kind_of

# The five validities of a decision model (ISPOR-SMDM task force on good modelling practice, 2012)
Validity = Literal["face", "verification", "cross", "external", "predictive"]
WAYS: Final = ("published", "low", "same_as", "warn_above")


def numbers(value: Any) -> Any:
    """Names with a number each."""
    if not isinstance(value, Section) or not value.entries:
        raise Wrong(f"names with their numbers are due here, not {_kind(value)}")
    return {name: float(numerals.number(node)) for name, node in value.entries.items()}


def rows(value: Any) -> Any:
    """Names with a list of numbers each."""
    if not isinstance(value, Section) or not value.entries:
        raise Wrong(f"names with lists of numbers are due here, not {_kind(value)}")
    return {name: row(node) for name, node in value.entries.items()}


def row(value: Any) -> Any:
    """A list of numbers."""
    if not isinstance(value, Items) or not value.items:
        raise Wrong(f"a list of numbers is due here, not {_kind(value)}")
    return [float(numerals.number(node)) for node in value.items]


def _kind(value: Node) -> str:
    empty = isinstance(value, Section) and not value.entries
    return "an empty section" if empty else kind_of(value)


Numbers = Annotated[dict[str, float], BeforeValidator(numbers)]
Rows = Annotated[dict[str, list[float]], BeforeValidator(rows)]
Row = Annotated[list[float], BeforeValidator(row)]


class CaseModel(Model):
    """One published case. `inputs` and `figures` are read by what `calculation` needs."""

    title: Text = Field(description="What was published, in a few words.")
    validity: Annotated[Validity, BeforeValidator(numerals.text)] = Field(
        description=f"Which kind of validity it bears on: {', '.join(get_args(Validity))}."
    )
    calculation: Text = Field(description="What of the model is asked for the same figures.")
    source: Source = Field(description="Where it was read: title, where, year, url.")
    grade: Grade = Field(description="Strength of the evidence, A (best) to E.")
    status: Status = Field(description="verified, derived, recalled or assumed.")
    note: Text | None = Field(None, description="What a reader should know.")
    inputs: Any = Field(None, description="What the calculation starts from.")
    figures: Any = Field(description="The published figures, each under a name.")


class FigureModel(Model):
    """One figure: printed, or a range, or another figure of the model that it should equal.

    With `within` it must agree and can fail; without, it only stands beside.
    """

    label: Text = Field(description="What the figure is, in a few words.")
    unit: Text = Field(description="For example GBP, ratio, families.")
    of: Text | None = Field(None, description="The figure of the model; by default this name.")
    published: Number | None = Field(None, description="The figure as printed.")
    low: Number | None = Field(None, description="The lower end of a published range.")
    high: Number | None = Field(None, description="The upper end of a published range.")
    same_as: Text | None = Field(None, description="Another figure of the same calculation.")
    warn_above: Text | None = Field(
        None, description="The key of the parameter above which the model's figure is too good."
    )
    within: Number | None = Field(
        None, description="How far apart they may be: half of the last place printed.", ge=0
    )
    misprint_of: Number | None = Field(
        None, description="What a figure known to be misprinted should read; the note says why."
    )
    source: Source | None = Field(None, description="Where, if not where the case was read.")
    grade: Grade | None = Field(None, description="The grade, if not that of the case.")
    status: Status | None = Field(None, description="The status, if not that of the case.")
    note: Text | None = Field(None, description="What a reader should know.")

    def mistakes(self) -> list[tuple[str, Wrong]]:
        """What does not fit together in it: the field, and what is wrong. Each is told."""
        found = []
        given = [name for name in WAYS if getattr(self, name) is not None]
        if len(given) != 1:
            what = f"gives {' and '.join(given)}" if given else "says nothing to compare with"
            found.append(("", Wrong(what, "Give one of published, low and high, or same_as.")))
        if (self.low is None) != (self.high is None):
            found.append(("", Wrong("a range has two ends", "Give low and high.")))
        elif self.low is not None and self.high is not None and self.low > self.high:
            found.append(("low", Wrong(f"is above high, {numerals.neat(self.high)}")))
        if self.within is not None and self.published is None and self.same_as is None:
            to_do = "Leave it out: a range is not exact."
            found.append(("within", Wrong("needs published or same_as", to_do)))
        if self.misprint_of is not None and None in (self.published, self.within, self.note):
            to_do = "Give the figure as printed, within, and a note that says why."
            found.append(("misprint_of", Wrong("needs published, within and note", to_do)))
        return found
