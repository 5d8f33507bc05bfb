"""Whole numbers typed on the command line, and how much work they would be."""

from __future__ import annotations

from typing import Final

from familyflow.experiments.engine_names import DEFAULT_ENGINE, MOST_WORKERS
from familyflow.experiments.typed_numbers import whole_number
from familyflow.problems import bad_input
from familyflow.store.machine import in_words, processors

MOST_PATHS: Final = 10_000_000
MOST_REPLICATIONS: Final = 10_000
MOST_SEED: Final = 2**64 - 1
# Orders of magnitude, for a warning only: one draw of the core offer, both arms.
_ROUGH_SECONDS_A_PATH: Final = {"simpy": 1.0, "compiled": 0.01}
_ROUGH_TIMES_LONGER: Final = {"sampled": 1.0, "expected": 5.0}
_ROUGH_BYTES_A_PATH: Final = 5_000
_LONG_SECONDS: Final = 600
_TIMES: Final = ((365 * 86400, "years"), (86400, "days"), (3600, "hours"), (60, "minutes"))


def draws_and_replications(draws: str | None, replications: str) -> tuple[int | None, int]:
    """Both as numbers; refused, with an estimate of time and disk, when they are out of reach."""
    far = MOST_PATHS**3  # out of reach, yet still worth an estimate
    many = None if draws is None else whole_number(draws, "--draws", least=1, most=far)
    each = whole_number(replications, "--replications", least=1, most=far)
    paths = (many or 1) * each
    if paths > MOST_PATHS:
        raise bad_input(
            f"{many or 1:,} draws of {each:,} replications are more than the {MOST_PATHS:,} paths "
            "one run may have",
            f"They would need roughly {time_in_words(paths)} and "
            f"{in_words(paths * _ROUGH_BYTES_A_PATH)} of disk. 1,000 draws answer most questions.",
        )
    return many, each


def replications(text: str | None) -> int | None:
    """Stretches of luck for each point of a sweep, or None for as many as are usual."""
    if text is None:
        return None
    return whole_number(text, "--replications", least=1, most=MOST_REPLICATIONS)


def workers(text: str | None) -> int | None:
    """The number of processes, or None for as many as suit."""
    return None if text is None else whole_number(text, "--workers", least=1, most=MOST_WORKERS)


def seed(text: str | None) -> int | None:
    """The seed, or None for the scenario's own."""
    return None if text is None else whole_number(text, "--seed", least=0, most=MOST_SEED)


def takes_long(
    draws: int | None, replications: int, engine: str, follow_up: str = "sampled"
) -> bool:
    """Whether to say beforehand how long it will be."""
    return _seconds((draws or 1) * replications, engine, follow_up) > _LONG_SECONDS


def time_in_words(paths: int, engine: str = DEFAULT_ENGINE, follow_up: str = "sampled") -> str:
    """Roughly how long so many paths take here.

    >>> time_in_words(10**12, "compiled").endswith("years")
    True
    """
    seconds = _seconds(paths, engine, follow_up)
    for length, name in _TIMES:
        if seconds >= 2 * length:
            return f"{seconds / length:,.0f} {name}"
    return f"{seconds:,.0f} seconds"


def _seconds(paths: int, engine: str, follow_up: str) -> float:
    longer = _ROUGH_TIMES_LONGER[follow_up]
    return paths * longer * _ROUGH_SECONDS_A_PATH[engine] / processors()
