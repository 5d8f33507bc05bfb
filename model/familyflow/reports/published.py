"""What `familyflow verify --against` prints: every published case with the model beside it."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from familyflow.experiments.published.against import Answered, Compared
from familyflow.experiments.published.judged import shown
from familyflow.experiments.published.read import ORDER

WIDTH: Final = 100
_INDENT: Final = "  "
_BESIDE: Final = 13  # the width of the longest verdict, and two spaces
_WHAT: Final = {
    "verification": "does the model do the sums right?",
    "cross": "do other models of the same inputs say the same?",
    "external": "does it come near what was observed elsewhere?",
    "face": "does it look right to those who know the field?",
    "predictive": "does it foretell what is observed later?",
}


def published_text(answered: Sequence[Answered]) -> str:
    """All cases, then which kinds of validity they bear on, then the count."""
    parts = ["\n".join(_case(case)) for case in answered]
    return "\n\n".join([*parts, "\n".join(_validities(answered)), counted(answered)])


def counted(answered: Sequence[Answered]) -> str:
    """How many exact figures agree, in a sentence or two."""
    figures = [one for case in answered for one in case.figures]
    exact = [one for one in figures if one.is_exact]
    told = f"{sum(one.holds for one in exact)} of {len(exact)} exact figures agree."
    misprints = sum(one.verdict == "misprint" for one in exact)
    if misprints:
        told += f" Of these, {misprints} as the misprint that it is known to be."
    told += f" {len(figures) - len(exact)} stand beside the model and fail nothing."
    warnings = sum(one.verdict == "warning" for one in figures)
    return told + (f" Warnings: {warnings}." if warnings else "")


def _case(case: Answered) -> Iterator[str]:
    yield case.title
    yield from _wrapped(f"{case.validity}; by {case.by}; {case.file}")
    yield from _wrapped(f"Source: {_source(case)}")
    for one in case.figures:
        yield from _figure(one, case)
    if case.note:
        yield from _wrapped(f"Note: {case.note}")


def _source(of: Answered | Compared) -> str:
    address = f", {of.url}" if of.url else ""
    return f"{of.source}{address}. Grade {of.grade}, {of.status}."


def _figure(one: Compared, case: Answered) -> Iterator[str]:
    told = f"{one.label}: {one.beside}, {one.of} {shown(one.model)} {one.unit}"
    if one.within is not None:
        told += f" (within {one.within:,.10g})"
    elif one.verdict == "beside" and one.ratio is not None:
        told += f" ({one.ratio:.2f} times)"
    verdict = one.verdict.upper() if one.verdict in ("differs", "warning") else one.verdict
    yield from _wrapped(told, f"{_INDENT}{verdict:<{_BESIDE}}")
    if one.note:
        yield from _wrapped(one.note, _INDENT + " " * _BESIDE)
    if (one.source, one.grade) != (case.source, case.grade):
        yield from _wrapped(f"Source: {_source(one)}", _INDENT + " " * _BESIDE)


def _validities(answered: Sequence[Answered]) -> Iterator[str]:
    count = Counter(case.validity for case in answered)
    yield "Which validity the cases bear on"
    for kind in ORDER:
        cases = f"{count[kind]} case{'' if count[kind] == 1 else 's'}" if count[kind] else "no case"
        yield f"{_INDENT}{kind:<{_BESIDE}}{cases}: {_WHAT[kind]}"


def _wrapped(text: str, start: str = _INDENT) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_long_words=False,
        break_on_hyphens=False,
    )
