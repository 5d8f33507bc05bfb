"""The order of the day on SimPy."""

import random
from importlib.metadata import version

import pytest
import simpy

from familyflow.service.clock import Clock, Steps
from familyflow.specification.phases import Phase


def test_the_private_parts_of_simpy_that_the_clock_sets_are_those_of_4_1() -> None:
    assert version("simpy").startswith("4.1.")
    timeout = simpy.Environment().timeout(1)
    assert timeout._ok is True
    assert timeout._value is None


def test_a_day_runs_through_its_phases_whatever_was_arranged_first() -> None:
    clock, seen = Clock(), []

    def process(phase: Phase) -> Steps:
        yield clock.at(3, phase)
        seen.append((clock.day, clock.phase))

    for phase in reversed(Phase):
        clock.process(process(phase))
    clock.run()

    assert seen == [(3, phase) for phase in Phase]


def test_today_may_only_be_arranged_for_a_later_phase() -> None:
    clock = Clock()

    def process() -> Steps:
        yield clock.at(2, Phase.ENDINGS)
        yield clock.at(2, Phase.GIVING_UP)
        with pytest.raises(AssertionError):
            clock.at(2, Phase.GIVING_UP)
        with pytest.raises(AssertionError):
            clock.at(1, Phase.OBSERVATION)

    clock.process(process())
    clock.run()


def test_who_is_woken_runs_at_once_in_the_phase_that_woke_it() -> None:
    clock, seen = Clock(), []
    signal = clock.event()

    def sleeper() -> Steps:
        yield clock.at(9, Phase.ENDINGS) | signal
        seen.append(("sleeper", clock.day, clock.phase))

    def waker() -> Steps:
        yield clock.at(4, Phase.POSTS)
        signal.succeed()

    def later() -> Steps:
        yield clock.at(4, Phase.POSTS)
        seen.append(("later", clock.day, clock.phase))

    for process in (sleeper, waker, later):
        clock.process(process())
    clock.run()

    assert seen == [("sleeper", 4, Phase.POSTS), ("later", 4, Phase.POSTS)]


def test_shuffling_changes_the_order_within_a_phase_and_not_of_phases() -> None:
    clock, seen = Clock(random.Random(5)), []

    def process(number: int, phase: Phase) -> Steps:
        yield clock.at(1, phase)
        seen.append((clock.phase, number))

    for number in range(20):
        for phase in Phase:
            clock.process(process(number, phase))
    clock.run()

    assert [phase for phase, _ in seen] == sorted(phase for phase, _ in seen)
    endings = [number for phase, number in seen if phase == Phase.ENDINGS]
    assert sorted(endings) == list(range(20)) != endings
    assert [number for phase, number in seen if phase == Phase.ALLOCATION] == list(range(20))
