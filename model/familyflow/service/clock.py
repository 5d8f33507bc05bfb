"""The day and its phases on SimPy: the order of things is stated, never a matter of insertion.

SimPy settles events at the same time by priority; phase p of the day has priority 2 + p, since
SimPy starts processes with priority 0 and passes triggered events on with priority 1. A process
that another one wakes therefore runs at once, in the phase that woke it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Generator
from typing import cast

import simpy
from simpy.events import Event, EventPriority, Process

from familyflow.specification.phases import Phase

Steps = Generator[Event, object, None]

_FIRST_PRIORITY = 2
_WIDTH = 0.9  # of a phase, when its order is shuffled


class Clock:
    """Whole days, each with its phases.

    shuffle: where given, the order within each phase up to GROUPS is drawn from it. No row may
    depend on that order; a test shuffles it to see.
    """

    def __init__(self, shuffle: random.Random | None = None) -> None:
        self._environment = simpy.Environment()
        self._shuffle = shuffle
        self._enter = [self._entering(phase) for phase in Phase]
        self.day = 0
        self.phase = -1

    def at(self, day: int, phase: Phase) -> Event:
        """The moment of this phase on this day, to be waited for. It must lie ahead."""
        ahead = day > self.day or (day == self.day and phase > self.phase)
        assert ahead, f"day {day}, phase {phase} from day {self.day}, phase {self.phase}"
        moment = Event(self._environment)
        # as simpy.Timeout does, which knows no priority: it has happened once its time comes
        moment._ok, moment._value = True, None
        moment.callbacks.append(self._enter[phase])
        priority = cast(EventPriority, _FIRST_PRIORITY + phase + self._disorder(phase))
        self._environment.schedule(moment, priority, day - self._environment.now)
        return moment

    def event(self) -> Event:
        """An event that somebody else will trigger."""
        return Event(self._environment)

    def process(self, steps: Steps) -> Process:
        """Start a process, within the present phase."""
        return Process(self._environment, steps)

    def run(self) -> None:
        """Let every process run to its end."""
        self._environment.run()

    def _disorder(self, phase: Phase) -> float:
        if self._shuffle is None or phase > Phase.GROUPS:
            return 0
        return _WIDTH * self._shuffle.random()

    def _entering(self, phase: Phase) -> Callable[[Event], None]:
        def enter(_: Event) -> None:
            self.day, self.phase = int(self._environment.now), int(phase)

        return enter
