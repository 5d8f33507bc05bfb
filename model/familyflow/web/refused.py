"""Why something was not taken, in words for the page that asked."""

from __future__ import annotations

from familyflow.problems import InputError, Problem
from familyflow.web.asked import Told
from familyflow.web.errors import SAID
from familyflow.web.jobs.jobs import TooManyError

TOO_MANY = 429


def why(error: InputError | TooManyError) -> list[Told]:
    """What stands in the way, about no field in particular."""
    if isinstance(error, InputError):
        return [Told("", in_words(one)) for one in error.problems]
    what, to_do = SAID[TOO_MANY]
    return [Told("", f"{what}. {to_do}")]


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
