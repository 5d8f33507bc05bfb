"""What is wrong with a form, told beside the field that it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from familyflow.problems import Problem


@dataclass(frozen=True)
class Told:
    """A mistake, and the field it is about; '' where it is about the whole."""

    field: str
    words: str


def field_id(number: int, name: str) -> str:
    """The id of a field of an option, in forms and in addresses."""
    return f"o{number}-{name}"


def by_field(told: Iterable[Told]) -> dict[str, str]:
    """What is wrong with each field, a line a mistake."""
    found: dict[str, str] = {}
    for one in told:
        found[one.field] = f"{found[one.field]}\n{one.words}" if one.field in found else one.words
    return found


def in_words(problem: Problem) -> str:
    """What is wrong and what to do, with a capital letter unless it begins with a key.

    >>> in_words(Problem("a.yaml", 1, 1, "posts is -2", "Posts count from 1."))
    'Posts is -2. Posts count from 1.'
    """
    what = problem.what
    if "." not in what.partition(" ")[0]:
        what = what[:1].upper() + what[1:]
    stop = "" if what.endswith((".", "!", "?")) else "."
    return f"{what}{stop} {problem.to_do}".strip()


def of_file(problem: Problem) -> str:
    """The same of somebody's own file, with its name and the line."""
    line = f", line {problem.line}" if problem.line else ""
    return f"{PurePath(problem.file).name}{line}: {in_words(problem)}"


def index(text: str, many: int) -> int | None:
    """A place among so many, as a form or an address names it; None for anything else."""
    is_short = text.isascii() and text.isdigit() and len(text) < 3
    return int(text) if is_short and int(text) < many else None
