"""familyflow: what a whole-family support service costs, does and saves.

>>> import familyflow
>>> familyflow.run("core_offer").summary()  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from familyflow.api import Comparison, Knowing, Run, Staffing, Sweep

__all__ = ["compare", "report", "reprice", "run", "staff", "sweep", "voi"]


def run(scenario: str, **settings: Any) -> Run:
    """Run one scenario, with and without the service, and keep it under ``outputs/``.

    scenario: a path, or the name of a scenario. settings: draws, replications, seed, sets
    ("key=value"), parameter_files, workers, out, journal ... as in ``experiments.run.run``.
    """
    from familyflow.api import run as run_and_draw  # heavy: only when something is run

    return run_and_draw(scenario, **settings)


def reprice(run: Path | str, **settings: Any) -> Run:
    """Price a finished run again with other unit costs or rules; nothing is simulated.

    run: its folder, its id under ``outputs/``, or the start of its id. settings: sets
    ("key=value"), parameter_files, out; only what prices may be changed.
    """
    from familyflow.api import reprice as reprice_and_draw  # heavy: only when something is priced

    return reprice_and_draw(run, **settings)


def report(run: Path | str, **settings: Any) -> list[Path]:
    """Make the documents of a finished run in its folder; returns where they stand.

    run: its folder, its id under ``outputs/``, or the start of its id. settings: to
    ("html,docx,xlsx,review"), out.
    """
    from familyflow.api import report as make_documents  # heavy: only when something is made

    return make_documents(run, **settings)


def compare(*scenarios: str, **settings: Any) -> Comparison:
    """Set two options or more side by side under the same luck, and keep it under ``outputs/``.

    scenarios: paths or names; the others are set against the first. settings: draws, seed, sets
    ("key=value"), parameter_files, price_year, workers, out ... as in ``experiments.compare``.
    """
    from familyflow.api import compare as compare_and_draw  # heavy: only when something is run

    return compare_and_draw(*scenarios, **settings)


def staff(scenario: str, **settings: Any) -> Staffing:
    """Try teams of a scenario under the same luck, and keep it under ``outputs/``.

    settings: posts, caps, months (to recruit), wait, confidence, grant, draws ... as in
    ``experiments.staff.staff``.
    """
    from familyflow.api import staff as try_teams  # heavy: only when something is run

    return try_teams(scenario, **settings)


def sweep(scenario: str, **settings: Any) -> Sweep:
    """What the answer of a scenario hangs on; kept under ``outputs/``, and resumed if stopped.

    settings: method ("tornado", "switching", "grid", "morris", "sobol", "pawn"), targets
    (["money.net_saving"]), n, vary (["unit_costs.", ...]), groups (["pay=unit_costs.staff."]),
    draws, replications, common_luck, seed, sets (["key=value"]), parameter_files, follow_up,
    workers, cluster ("tcp://HOST:PORT"), out, retry; all as on the command line.
    """
    from familyflow.api import sweep as vary_and_draw  # heavy: only when something is run

    return vary_and_draw(scenario, **settings)


def voi(*scenarios: str, **settings: Any) -> Knowing:
    """What it is worth to know more before choosing between options; kept under ``outputs/``.

    settings: draws, seed, sets ("key=value"), parameter_files, price_year ... as in
    ``experiments.voi.voi``.
    """
    from familyflow.api import voi as worth_knowing  # heavy: only when something is run

    return worth_knowing(*scenarios, **settings)
