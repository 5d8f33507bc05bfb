"""How long a job takes: the steps it goes through, guessed once, corrected by what jobs took."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from familyflow.web.jobs.asked import given_in

DRAWS: Final = 1_000
LATEST: Final = 5  # jobs that an estimate rests on
# First guesses in seconds, from two ordinary processors; what jobs took corrects them.
_A_DRAW: Final = 0.006
_TO_BEGIN: Final = 1.0
_CHARTS: Final = 4.0
_CLOSER: Final = 2.0  # the first hundred draws of an option, seen event by event
_STATED: Final = 0.5
_STRUCTURES: Final = 4  # as shipped
_A_STRUCTURE: Final = 0.7  # of an option: a hundred draws
_DEFAULT_TEAMS: Final = 6
_TEAM_DRAWS: Final = 1_000
_SWEEP: Final = 180.0
_SMOOTHING: Final = 3.0
_REPORT: Final = 6.0
# Below this share of a job, its pace says little.
_LEAST_SHARE, _LEAST_SECONDS = 0.05, 2.0


@dataclass(frozen=True)
class Step:
    """A step of a job: how what tells of it begins, and about how many seconds it takes."""

    name: str
    seconds: float


def steps_of(kind: str, asked: Mapping[str, Any]) -> list[Step]:
    """The steps of a job in their order. The last, which draws charts, tells of nothing."""
    options, draws = max(1, len(given_in(asked))), asked.get("draws") or DRAWS
    simulating = Step("simulating", _A_DRAW * draws * (asked.get("replications") or 1))
    begin, charts = Step("calibrating", _TO_BEGIN), Step("", _CHARTS)
    if kind == "compare":
        others = _STRUCTURES if asked.get("structures", True) else 0
        return [
            begin,
            *[simulating] * options,
            *[Step("stated values", _STATED)] * options,
            *[Step("looking closer", _CLOSER)] * options,
            *[Step("if ", _A_STRUCTURE)] * (others * options),
            charts,
        ]
    if kind == "run":
        return [begin, simulating, Step("who is served", _CLOSER), charts]
    if kind == "staff":
        return [begin, *[simulating] * _teams(asked), charts]
    if kind == "voi":
        return [begin, *[simulating] * options, Step("smoothing", _SMOOTHING), charts]
    if kind == "sweep":
        return [begin, Step("simulating", _SWEEP), charts]
    return [Step("", _REPORT)]


def _teams(asked: Mapping[str, Any]) -> int:
    count = len(asked.get("posts") or ()) or _DEFAULT_TEAMS
    for name in ("caps", "months"):
        count *= max(1, len(asked.get(name) or ()))
    return count


def named(kind: str, asked: Mapping[str, Any]) -> str:
    """Under which name it is noted how long it took: sweeps of different methods are no kind."""
    return f"{kind} {asked.get('method', '')}".strip()


def guess(kind: str, asked: Mapping[str, Any]) -> float:
    """Seconds of the whole work, before anything is known of this machine."""
    return sum(step.seconds for step in steps_of(kind, asked))


def corrected(guessed: float, times: Sequence[tuple[float, float]]) -> float:
    """The guess, times what the latest jobs of its kind took for each second guessed."""
    return (
        guessed * statistics.median(took / before for before, took in times) if times else guessed
    )


@dataclass
class Course:
    """How far a job at work is, from what it tells. slower: seconds taken for each one guessed."""

    steps: Sequence[Step]
    slower: float = 1.0
    clock: Callable[[], float] = time.monotonic
    stage: str = ""
    done: int = 0
    of: int = 0
    _at: int = 0  # the step it is at
    _began: float = field(init=False)
    _told: float = field(init=False)

    def __post_init__(self) -> None:
        self._began = self._told = self.clock()

    @property
    def seconds(self) -> float:
        """How long it has been at work."""
        return self.clock() - self._began

    def tell(self, stage: str, done: int, of: int) -> None:
        """Note what it told; a step that is not among those foreseen moves nothing on."""
        is_new = stage != self.stage or done < self.done or (self.of > 0 and self.done >= self.of)
        self._told = self.clock()
        self._at = self._place(stage, is_new)
        self.stage, self.done, self.of = stage, done, of

    def seconds_left(self) -> float | None:
        """Of the whole job; None where nobody can tell, as when it takes longer than foreseen."""
        whole = sum(step.seconds for step in self.steps)
        before = sum(step.seconds for step in self.steps[: self._at])
        share = self.done / self.of if self.of and self._fits(self._at, self.stage) else 0.0
        planned = before + share * self.steps[self._at].seconds
        so_far = self._told - self._began
        pace = self.slower
        if planned >= _LEAST_SHARE * whole and so_far >= _LEAST_SECONDS:
            pace = so_far / planned
        left = (whole - planned) * pace - (self.clock() - self._told)
        return left if left > 0.0 else None

    def _place(self, stage: str, is_new: bool) -> int:
        """The step that is told of: the present one, or the next of that name."""
        after = self._at + (is_new and self._fits(self._at, self.stage))
        found = (place for place in range(after, len(self.steps)) if self._fits(place, stage))
        return next(found, self._at)

    def _fits(self, place: int, stage: str) -> bool:
        name = self.steps[place].name
        return bool(name) and stage.startswith(name)
