"""The familyflow command over a stand-in for the experiment: quick, and troubled on request."""

from __future__ import annotations

import errno
import os
import sys
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from familyflow.experiments.engine_names import DEFAULT_ENGINE
from familyflow.problems import RefusedError, bad_input
from familyflow.store import (
    Made,
    Manifest,
    content_hash,
    find_run,
    identity,
    json_text,
    open_run,
    run_id,
)

CHANGED = Path("changed.txt")  # the key that changed since a run was made


@dataclass
class Result:
    folder: Path
    results: dict[str, Any]
    warnings: list[str]
    already_there: bool
    scenario_file: str = "scenarios/core_offer.yaml"

    def text(self) -> str:
        scenario, seed = self.results["scenario"], self.results["seed"]
        return f"The answer for {scenario}: £{seed} [bold]saved[/bold]"


def run(
    scenario: str,
    *,
    draws: int | None = None,
    replications: int = 1,
    seed: int | None = None,
    sets: Sequence[str] = (),
    parameter_files: Sequence[Path] = (),
    engine: str = DEFAULT_ENGINE,
    workers: int | None = None,
    out: Path | None = None,
    journal: bool = False,
    months: bool = False,
    common_luck: bool = False,
    follow_up: str = "sampled",
    progress: Any = None,
    say: Any = None,
) -> Result:
    if scenario.startswith("missing"):
        raise bad_input(f"there is no scenario {scenario!r}", "Did you mean 'core_offer'?")
    chosen = dict(text.split("=", 1) for text in sets if "=" in text)
    posts = chosen.get("service.team.key_workers", "5")
    asked = {
        "scenario": scenario, "draws": draws, "replications": replications, "seed": seed,
        "sets": list(sets), "parameter_files": [str(file) for file in parameter_files],
        "engine": engine, "journal": journal, "months": months, "common_luck": common_luck,
        "follow_up": follow_up,
    }  # fmt: skip
    key_workers = {"value": int(posts), "unit": "posts"}
    inputs = {
        "scenario": scenario, "draws": draws or 10, "seed": 1 if seed is None else seed,
        "parameters": {"service.team.key_workers": key_workers, "appraisal.timing": "start"},
    }  # fmt: skip
    digest = content_hash(identity(inputs))
    name = run_id(scenario, digest)
    money = {"mean": 1000.0 * int(posts), "low": 1.0, "high": 2.0, "unit": "GBP"}
    results: dict[str, Any] = {"run_id": name, "scenario": scenario, "seed": inputs["seed"]}
    results["money"] = {"cost": money}
    if scenario == "incomplete":
        results["incomplete"] = [{"draw": 3}]
    out = out or Path("outputs")
    warnings = ["a warning\x1b[31m\nof two lines"] if scenario == "warned" else []
    if find_run(out, name, digest, ["journal.parquet"] if journal else []):
        return Result(out / name, results, warnings, already_there=True)
    with open_run(out, name) as folder:
        _trouble(scenario)
        if scenario == "unsteady":
            results["money"]["cost"]["mean"] = float(time.time_ns())
        folder.write("results.json", json_text(results))
        folder.write("tables/flow.csv", "year,families\n0,60\n")
        if journal:
            folder.write("journal.parquet", "rows")
        if scenario == "slow":
            sys.stderr.write("working\n")
            time.sleep(60)
        made = Made(digest, asked, inputs, engine, workers or 1, {"tables/flow.csv": 1}, warnings)
        return Result(folder.finish(made), results, warnings, already_there=False)


def reprice(
    run: str,
    *,
    sets: Sequence[str] = (),
    parameter_files: Sequence[Path] = (),
    out: Path | None = None,
) -> Result:
    files = [str(file) for file in parameter_files]
    asked = {"run": run, "sets": [*sets], "parameter_files": files, "out": str(out)}
    return Result(Path("there"), {"asked": asked}, [], already_there=False)


@dataclass
class Verified:
    name: str
    holds: bool
    found: str = ""


def verify(scenario: str, *, draws: int = 3, **_: Any) -> list[Verified]:
    same = [Verified(f"draw {draw}: rows are the same", holds=True) for draw in range(draws)]
    return [*same, Verified("pounds add up", scenario != "unsteady", "£1 and £2")]


@dataclass
class Warmed:
    folder: Path | None
    was_compiled: bool
    seconds: float


def warm(say: Any) -> Warmed:
    engine = os.environ.get("FAKE_ENGINE", "new")
    return Warmed(None if engine == "nowhere" else Path("code"), engine != "ready", 31.4)


def refuse_changed_inputs(manifest: Manifest) -> None:
    if CHANGED.is_file():
        raise RefusedError(f"{manifest.run_id}: {CHANGED.read_text()} changed since")


def _trouble(scenario: str) -> None:
    if scenario == "crash":
        raise KeyError("a \x1b[31mfault\nof two lines")
    if scenario == "unkept":
        warnings.warn("kernels are kept nowhere", RuntimeWarning, stacklevel=2)
    if scenario == "full":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "draws.parquet")
    if scenario == "memory":
        raise MemoryError
    if scenario == "interrupted":
        raise KeyboardInterrupt


def install() -> ModuleType:
    """Put the stand-in where the command looks for the experiment."""
    module = ModuleType("familyflow.api")
    module.run = run  # type: ignore[attr-defined]  # a module made by hand
    vars(module).update(
        reprice=reprice, verify=verify, warm=warm, refuse_changed_inputs=refuse_changed_inputs
    )
    sys.modules[module.__name__] = module
    return module


if __name__ == "__main__":
    install()
    from familyflow.cli import main

    main()
