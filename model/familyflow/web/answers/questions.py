"""Further questions that a comparison leaves open, each asked as work of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from familyflow.experiments.options.load import PRICE_YEAR
from familyflow.web.answers.runs import Finished
from familyflow.web.errors import NothingHereError

SWEEP: Final = "sweep"
VOI: Final = "voi"
COMPARISON: Final = "comparison"  # in what is asked of a job: of which comparison it is asked
LEAST_DRAWS: Final = 4_000  # below which what knowing is worth is often mostly chance


@dataclass(frozen=True)
class Question:
    """A question, what it is called in addresses, and what answers it. method: of a sweep."""

    name: str
    kind: str
    heading: str
    about: str
    method: str = ""

    def is_asked_by(self, kind: str, asked: Mapping[str, Any]) -> bool:
        """Whether a job asks this question, of whichever comparison."""
        return kind == self.kind and asked.get("method", "") == self.method


QUESTIONS: Final = (
    Question(
        "tornado",
        SWEEP,
        "Which numbers move the net saving of one option most?",
        "Each uncertain number goes to the lower and to the upper end of its range, with all "
        "others as stated, and the net saving is worked out anew.",
        "tornado",
    ),
    Question(
        "switching",
        SWEEP,
        "How far off would a number have to be for one option to pay, or no longer?",
        "Each uncertain number goes over its whole range until the service would save more than "
        "it costs, or would no longer.",
        "switching",
    ),
    Question(
        "knowing",
        VOI,
        "What would it be worth to find out more before deciding?",
        "How often would knowing a number change the choice between these options, and how much "
        "is at stake when it does?",
    ),
)


def question_named(name: str) -> Question:
    """The question of that name. Raises NothingHereError."""
    for one in QUESTIONS:
        if one.name == name:
            return one
    raise NothingHereError


def first_with_service(found: Finished) -> int | None:
    """Which option, from 0, is the first that runs a service; None where none does."""
    without = set(found.results["without_service"])
    names = [row["option"] for row in found.results["options"]]
    return next((number for number, name in enumerate(names) if name not in without), None)


def may_be_asked(one: Question, found: Finished) -> bool:
    """Whether the comparison has what the question is about: a service, or options to choose."""
    return first_with_service(found) is not None or one.kind == VOI


def asked_of(one: Question, found: Finished, most_draws: int) -> dict[str, Any]:
    """What a job is asked, on the inputs of the comparison. Raises NothingHereError.

    most_draws: as many as a job may make.
    """
    made = found.manifest.asked
    shared = {
        "files": {},
        "parameter_files": list(made["parameter_files"]),
        "sets": _sets(made),
        "seed": made["seed"],
        COMPARISON: found.run,
    }
    if one.kind == VOI:
        draws = min(max(int(made["draws"]), LEAST_DRAWS), most_draws)
        return {**shared, "scenarios": list(made["compare"]), "draws": draws}
    number = first_with_service(found)
    if number is None:
        raise NothingHereError
    return {**shared, "scenario": made["compare"][number], "method": one.method}


def _sets(made: Mapping[str, Any]) -> list[str]:
    """What was set for all options; a price year that was asked for is set too."""
    year = made.get("price_year")
    kept = [one for one in made["sets"] if year is None or not one.startswith(f"{PRICE_YEAR}=")]
    return [*kept, *([f"{PRICE_YEAR}={year}"] if year is not None else [])]
