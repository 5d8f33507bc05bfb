"""What a reviewer would object to in a case, each with the place of the file where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from familyflow.economics.lint import Finding, review
from familyflow.experiments.pricing import Parameters
from familyflow.experiments.review_facts import facts_of
from familyflow.parameters.library import Entries
from familyflow.problems import Problem, Problems


def refuse_what_is_wrong(parameters: Parameters, entries: Entries) -> None:
    """Raise InputError with everything that would make a number of the result wrong."""
    problems = Problems()
    problems.found += objections(parameters, entries, None)[0]
    problems.raise_if_any()


def objections(
    parameters: Parameters, entries: Entries, today: date | None
) -> tuple[list[Problem], list[Problem]]:
    """What makes a number wrong, and what is only warned of; today tells which dates have passed.

    One warning on several entries of a file is told once, and names them.
    """
    findings = review(facts_of(parameters, today))
    wrong = [_placed([finding], entries) for finding in findings if finding.wrong]
    told = [_placed(alike, entries) for alike in _alike(findings, entries)]
    return wrong, told


def _alike(findings: Iterable[Finding], entries: Entries) -> Iterable[list[Finding]]:
    """Warnings in the same words about entries of one file, together."""
    together: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        if not finding.wrong:
            file = entries.place_of(finding.key, finding.field).file
            together.setdefault((file, finding.what, finding.to_do), []).append(finding)
    return together.values()


def _placed(findings: list[Finding], entries: Entries) -> Problem:
    first = findings[0]
    file, line, column = entries.place_of(first.key, first.field)
    names = [first.key, *(finding.key.rpartition(".")[2] for finding in findings[1:])]
    also = "; ".join(f"{key} stands at {entries.places[key]}" for key in first.others)
    what = f"{', '.join(names)}: {first.what}" + (f" ({also})" if also else "")
    return Problem(file, line, column, what, first.to_do)
