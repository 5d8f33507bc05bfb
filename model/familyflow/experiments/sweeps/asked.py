"""What a sweep is asked for, checked, with what is usual filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from familyflow.experiments.engine_names import DEFAULT_ENGINE, check_engine
from familyflow.experiments.follow_up import EXPECTED_INNER
from familyflow.experiments.inputs import Settings
from familyflow.experiments.run import OUTPUTS
from familyflow.experiments.sensitivity.guards import refuse_other_than_powers_of_two
from familyflow.experiments.sensitivity.morris import LEAST_PATHS
from familyflow.experiments.sensitivity.pawn import LEAST_POINTS
from familyflow.experiments.workers import default_workers
from familyflow.parameters.nearest import did_you_mean
from familyflow.problems import Problems
from familyflow.scenarios.resolve import Resolved

METHODS: Final = ("tornado", "grid", "switching", "morris", "sobol", "pawn")
ALL_AT_ONCE: Final = ("morris", "sobol")
ONE_AT_A_TIME: Final = ("tornado", "grid", "switching")
# The luck is a factor where everything moves at once; elsewhere points share this many stretches.
# By 16 the stated net saving of the core offer was known to a standard error of £109,000 only.
SHARED_REPLICATIONS: Final = 32
_ADDRESS: Final = re.compile(r"(tcp|tls)://[^/\s]+:[0-9]{1,5}", re.ASCII)
# The size of each method: points a side, paths, base points; a tornado has none.
DEFAULT_N: Final = {"grid": 9, "morris": 20, "sobol": 256}
LEAST_N: Final = {"grid": 2, "morris": LEAST_PATHS, "sobol": 2}
MOST_N: Final = {"grid": 200, "morris": 100_000, "sobol": 2**22}


@dataclass(frozen=True)
class Asked:
    """A sweep of one scenario.

    method: tornado, grid, switching, morris, sobol or pawn. targets: figures of the answer, e.g.
    ``money.net_saving``. n: the method's size (a side of a grid, paths of Morris, base points of
    Sobol). vary: numbers, or the start of their names; by default all that are uncertain. groups:
    ``NAME=KEY,KEY`` to move together. draws: of the run that PAWN reads. replications: stretches
    of luck of each point; by default 1 where luck is a factor, otherwise 32. cluster: the address
    of a Dask scheduler. retry: evaluate once more the points that failed before. seconds_a_point:
    after these a point is given up; by default a minute for each of its simulations, where
    processes do the work. The rest is as in ``experiments.run.run``.
    """

    scenario: str
    method: str = "tornado"
    targets: Sequence[str] = ()
    n: int | None = None
    vary: Sequence[str] = ()
    groups: Sequence[str] = ()
    draws: int | None = None
    replications: int | None = None
    common_luck: bool = False
    seed: int | None = None
    sets: Sequence[str] = ()
    parameter_files: Sequence[Path | str] = ()
    engine: str = DEFAULT_ENGINE
    workers: int | None = None
    cluster: str | None = None
    out: Path | str | None = None
    follow_up: str = "sampled"
    inner: int = EXPECTED_INNER
    retry: bool = False
    seconds_a_point: float | None = None

    def check(self) -> None:
        """Refuse options that make no sense together, every mistake at once."""
        check_engine(self.engine)
        problems = Problems()
        if self.method not in METHODS:
            to_do = did_you_mean(
                self.method, METHODS, otherwise=f"There are: {', '.join(METHODS)}."
            )
            problems.add("--method", 0, 0, f"there is no method {self.method!r}", to_do)
            problems.raise_if_any()
        self._check_n(problems)
        self._check_luck(problems)
        if self.method == "grid" and len(self.vary) != 2:
            to_do = "Give both by --vary KEY."
            problems.add("--vary", 0, 0, "a grid is over two numbers", to_do)
        if self.groups and self.method not in ALL_AT_ONCE:
            what = f"{self.method} moves numbers by themselves, so it has no groups"
            problems.add("--group", 0, 0, what, "Leave them out, or use morris or sobol.")
        if self.cluster is not None:
            self._check_cluster(problems)
        seconds = self.seconds_a_point
        if seconds is not None and not 0.0 < seconds < float("inf"):
            what = f"{seconds:g} seconds a point make no sense"
            problems.add("--seconds-a-point", 0, 0, what, "Give a number above 0.")
        problems.raise_if_any()
        if self.method == "sobol" and self.n is not None:
            refuse_other_than_powers_of_two(self.n)

    @property
    def files(self) -> list[Path]:
        """The parameter files."""
        return [Path(file) for file in self.parameter_files]

    @property
    def folder(self) -> Path:
        """Where sweeps and runs are kept."""
        return Path(self.out or OUTPUTS)

    @property
    def processes(self) -> int:
        """How many processors may be used."""
        return default_workers() if self.workers is None else self.workers

    @property
    def size(self) -> int:
        """The size of the method; 0 where it has none."""
        return DEFAULT_N.get(self.method, 0) if self.n is None else self.n

    @property
    def has_luck(self) -> bool:
        """Whether luck is one of the factors."""
        return self.method in ALL_AT_ONCE and not self.common_luck

    def settings(self, resolved: Resolved, *, alone: bool) -> Settings:
        """How a point is simulated. alone: one at which a single number moves, or none."""
        usual = 1 if self.has_luck and not alone else SHARED_REPLICATIONS
        given = None if alone and (self.has_luck or self.method == "pawn") else self.replications
        made = Settings(
            draws=1,
            replications=usual if given is None else given,
            seed=resolved.seed if self.seed is None else self.seed,
            common_luck=True,
            threads=self.processes,
            follow_up=self.follow_up,
            inner=self.inner,
        )
        made.check()
        return made

    def arguments(self, settings: Settings) -> dict[str, Any]:
        """The arguments that make this sweep again, as a manifest keeps them."""
        return {
            "sweep": self.scenario,
            "method": self.method,
            "targets": list(self.targets),
            "n": self.n,
            "vary": list(self.vary),
            "groups": list(self.groups),
            "draws": self.draws,
            "replications": self.replications,
            "common_luck": self.common_luck,
            "seed": settings.seed,
            **settings.told_of_follow_up(),
            "sets": list(self.sets),
            "parameter_files": [str(file) for file in self.parameter_files],
        }

    def _check_n(self, problems: Problems) -> None:
        if self.draws is not None and self.method == "pawn" and self.draws < LEAST_POINTS:
            what = f"{self.draws} draws are too few for pawn"
            problems.add("--draws", 0, 0, what, f"Give at least {LEAST_POINTS}.")
        if self.draws is not None and self.method != "pawn":
            to_do = "Leave it out: its points are not draws. --n says how many there are."
            problems.add("--draws", 0, 0, f"{self.method} has no draws", to_do)
        if self.n is None:
            return
        if self.method not in DEFAULT_N:
            pawn = self.method == "pawn"
            to_do = "Say by --draws how many draws the run has." if pawn else "Leave it out."
            problems.add("--n", 0, 0, f"{self.method} has no size to choose", to_do)
            return
        least, most = LEAST_N[self.method], MOST_N[self.method]
        if not least <= self.n <= most:
            to_do = f"Give {least} to {most:,}; {DEFAULT_N[self.method]} is usual."
            problems.add("--n", 0, 0, f"n is {self.n}", to_do)

    def _check_cluster(self, problems: Problems) -> None:
        if not _ADDRESS.fullmatch(str(self.cluster)):
            to_do = "Give its scheduler, as in tcp://127.0.0.1:8786."
            problems.add("--cluster", 0, 0, f"{self.cluster!r} is no address", to_do)
        if self.seconds_a_point is not None:
            what = "a cluster holds no point to a limit of seconds"
            problems.add("--seconds-a-point", 0, 0, what, "Leave it out, or use --workers.")

    def _check_luck(self, problems: Problems) -> None:
        if self.common_luck and self.method not in ALL_AT_ONCE:
            own = self.method == "pawn"
            why = "each draw has its own" if own else "its points share their luck anyway"
            what = f"{self.method} cannot choose its luck: {why}"
            problems.add("--common-luck", 0, 0, what, "Leave it out.")


def asked_again(arguments: Mapping[str, Any], **more: Any) -> Asked:
    """The sweep that a manifest says was asked for."""
    given = {name: value for name, value in arguments.items() if name != "sweep"}
    return Asked(scenario=arguments["sweep"], **given, **more)
