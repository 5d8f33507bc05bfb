"""What a person is told of an error in a worker: file names as they know them, never a path."""

from __future__ import annotations

import re
import traceback
from pathlib import PurePath
from typing import Final

from familyflow.problems import MOST_SHOWN, InputError, MachineError, Problem, RefusedError
from familyflow.web.jobs.job import Told

FAULT: Final[Told] = {
    "what": "Something is wrong with this page",
    "to_do": "It is our fault; the log says what happened.",
}
MACHINE: Final[Told] = {
    "what": "This machine stands in the way",
    "to_do": "Tell whoever looks after it: its log says what.",
}
DIED: Final[Told] = {
    "what": "The work ended before it was done, twice, perhaps because memory ran out",
    "to_do": "Ask for fewer futures or options.",
}
NO_WORKER: Final[Told] = {
    "what": "No work can be done here at this time",
    "to_do": "Tell whoever looks after this machine: its log says what.",
}
_NAME: Final = r"[^\s'\"():/]+"
# From the root, or through the folder in which uploaded files are kept.
_PATH: Final = re.compile(rf"(?:(?<![\w.])/|[^\s'\"(:]*\.web/)(?:{_NAME}/)+({_NAME})")


def told_of(error: Exception) -> tuple[list[Told], bool]:
    """The problems of an error, and whether they lie in what was asked, so that it fails for sure.

    What is in the log instead, where it is about the machine or ours, `for_the_log` tells.
    """
    if isinstance(error, InputError):
        return [_told(one) for one in error.problems[:MOST_SHOWN]], True
    if isinstance(error, RefusedError):
        return [{"what": "This cannot be done as asked", "to_do": without_paths(str(error))}], True
    return [MACHINE if isinstance(error, MachineError) else FAULT], False


def for_the_log(error: BaseException) -> str:
    """Where the error came from, without its words: they may hold what somebody uploaded."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"  {PurePath(one.filename).name}:{one.lineno} {one.name}" for one in frames]
    said = f": {error}" if isinstance(error, MachineError) else ""  # a folder, and what it lacks
    return "\n".join([f"{type(error).__name__}{said}", *lines])


def without_paths(text: str) -> str:
    """The text with every path shortened to the name at its end.

    >>> without_paths("/srv/out/.web/scenarios/0a1b/mine.yaml:3 says and/or")
    'mine.yaml:3 says and/or'
    """
    return _PATH.sub(r"\1", text)


def _told(problem: Problem) -> Told:
    place = ""
    if problem.file.endswith((".yaml", ".yml")):
        line = f", line {problem.line}" if problem.line else ""
        place = f"{PurePath(problem.file).name}{line}: "
    what = without_paths(problem.what)
    return {"what": place + what, "to_do": without_paths(problem.to_do)}
