"""What a comparison found, as one dictionary: what its results.json holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from familyflow.experiments.inputs import Progress, Settings
from familyflow.experiments.options import best, rank, structures
from familyflow.experiments.options.closer_look import (
    look_closer,
    shares_served,
    split_of,
)
from familyflow.experiments.options.differences import differences_of
from familyflow.experiments.options.enough import enough
from familyflow.experiments.options.load import Option, what_differs, what_if
from familyflow.experiments.options.same import count_as_one, in_groups
from familyflow.experiments.options.simulate import OptionRun, at_stated_values, gather
from familyflow.experiments.options.tables import tables_of
from familyflow.experiments.results import SCHEMA

STATED_DRAWS: Final = 50  # stretches of luck under which the stated values are simulated
STATED: Final = ("money.net_present_value", "money.cost", "money.fiscal_saving",
                 "flow.families_started", "flow.care_weeks_avoided")  # fmt: skip
MOST_NAMED: Final = 5  # beliefs in which options differ
# a place in a file: results are the same wherever the file stands
_BEFORE: Final = re.compile(r"^.*?\.ya?ml(?::[0-9]+)*: ")
_BEHIND: Final = re.compile(r" in \S*\.ya?ml(?::[0-9]+)*")
NOBODY_COMPETES = "no option runs a service, so there is nothing to choose between"
ALONE = "only one option can be chosen, so it is set beside its absence, or what is believed"


def comparison_of(
    name: str,
    runs: Sequence[OptionRun],
    others: Sequence[tuple[str, Sequence[Option]]],
    within: float | None,
    settings: Settings,
    engine: str,
    workers: int,
    progress: Progress,
) -> tuple[dict[str, Any], dict[str, pd.DataFrame]]:
    """Everything that the comparison tells, and its tables.

    name: its id. others: the options under other structures. within: pounds to which a difference
    is to be known.
    """
    served = next((run for run in runs if run.option.has_service), runs[0])
    competing = [run for run in runs if _competes(run, served)]
    differing = what_differs([run.option for run in runs])
    stated = [_stated(run, engine, workers, progress) for run in runs]
    seen = look_closer(runs, engine, workers, progress)
    results: dict[str, Any] = {
        "schema": SCHEMA,
        "kind": "compare",
        "run_id": name,
        **{key: runs[0].results[key] for key in _ALIKE},
        "reference": "the same families and luck without the service (no_service)",
        "options": [_told(run) for run in runs],
        "what_differs": differing,
        "differences": differences_of(runs),
        "given_up": rank.given_up(runs),
        "stated_values": stated,
        "competing": [run.name for run in competing],
        "without_service": [run.name for run in runs if not run.option.has_service],
        "what_ifs": [
            run.name
            for run in runs
            if run.option.has_service and what_if(run.option, served.option)
        ],
        **_choice(competing),
        "enough": enough(competing, within),
        "split": split_of(seen),
        "served": shares_served(seen),
        "who_is_served_draws": len(seen[0].served.amounts),
    }
    results["structures"] = structures.priced_anew(competing) if competing else []
    if competing and others:
        results["structures"] += structures.simulated_anew(
            competing, others, settings, engine, workers, progress
        )
    results["cautions"] = _cautions(runs, competing, differing)
    results["warnings"] = [
        *results["cautions"],
        *map(count_as_one, results["same"]),
        *_of_options(results["options"]),
    ]
    return results, tables_of(results, runs, seen)


_ALIKE: Final = (
    "seed", "draws", "replications", "common_luck", "follow_up", "inner", "price_year",
    "discounting", "timing", "term_years", "follow_up_years", "watched_years", "window",
    "optimism_bias", "costs_scope", "comparator",
)  # fmt: skip


def _competes(run: OptionRun, first: OptionRun) -> bool:
    """Whether an option can be chosen: it runs a service and is no mere belief.

    first: the first that runs one.
    """
    return run.option.has_service and not what_if(run.option, first.option)


def _choice(competing: Sequence[OptionRun]) -> dict[str, Any]:
    """What can be said of the choice between the options that run a service."""
    if not competing:
        reason = {"reason": NOBODY_COMPETES}
        return {
            "probability_best": reason,
            "with_weaker_evidence": reason,
            "same": [],
            "frontier": [],
            "equal_budget": False,
            "rankings": [],
            "extra_costs": [],
        }
    same = best.same_options(competing)
    return {
        "probability_best": best.probabilities(competing, best.net_present_value, same),
        "with_weaker_evidence": best.probabilities(competing, best.with_weaker_evidence, same),
        "same": in_groups(same),
        "frontier": best.along_axes(competing, same),
        "equal_budget": rank.is_equal_budget(competing),
        "rankings": rank.rankings(competing),
        "extra_costs": rank.extra_costs(competing),
    }


def _stated(run: OptionRun, engine: str, workers: int, progress: Progress) -> dict[str, Any]:
    """The deterministic base beside the mean of draws: stated values, under the first luck."""
    inputs = at_stated_values(run.inputs, STATED_DRAWS)
    priced = gather(inputs, engine, workers, lambda stage, done, of: None)
    progress("stated values", 1, 1)
    row: dict[str, Any] = {"option": run.name, "stretches_of_luck": inputs.settings.draws}
    for name in STATED:
        key = name.partition(".")[2]
        row[key] = priced.figures.main[name].mean()
        row[f"{key}_mean_of_draws"] = run.main[name].mean()
    return row


def _told(run: OptionRun) -> dict[str, Any]:
    """What is told of an option: its own run's results, and the warnings of its files too."""
    of_files = [_BEHIND.sub("", _BEFORE.sub("", one)) for one in run.option.resolved.warnings]
    warnings = list(dict.fromkeys((*of_files, *run.results["warnings"])))
    return {**run.results, "warnings": warnings, "option": run.name}


def _cautions(
    runs: Sequence[OptionRun],
    competing: Sequence[OptionRun],
    differing: Sequence[Mapping[str, Any]],
) -> list[str]:
    """Warnings of the comparison itself."""
    told = []
    if not competing:
        told.append(NOBODY_COMPETES)
    elif len(competing) == 1 < len(runs):
        told.append(ALONE)
    believed = [_label(runs, row["key"]) for row in differing if row["kind"] == "assume"]
    if believed:
        few, more = believed[:MOST_NAMED], " and more" if len(believed) > MOST_NAMED else ""
        families = (
            " Families fare differently without the service too, so these are other families."
            if _others_without(runs)
            else ""
        )
        told.append(
            f"The options differ in what is believed, not only in what is decided: "
            f"{', '.join(few)}{more}. So a "
            f"difference between them is not what a decision brings.{families}"
        )
    return told


def _label(runs: Sequence[OptionRun], key: str) -> str:
    """What a number is called, in quotation marks."""
    held = [run.option.resolved.parameters for run in runs]
    label = next(parameters[key].label for parameters in held if key in parameters)
    return f"\N{LEFT SINGLE QUOTATION MARK}{label}\N{RIGHT SINGLE QUOTATION MARK}"


def _of_options(options: Sequence[Mapping[str, Any]]) -> list[str]:
    """Each warning of an option once, behind the names of all options that have it."""
    said: dict[str, list[str]] = {}
    for row in options:
        for warning in row["warnings"]:
            said.setdefault(warning, []).append(row["option"])
    return [f"{', '.join(names)}: {warning}" for warning, names in said.items()]


def _others_without(runs: Sequence[OptionRun]) -> bool:
    """Whether families fare differently without the service in some option than in the first."""
    without = [[row["without"] for row in run.results["outcomes"]] for run in runs]
    return any(one != without[0] for one in without[1:])
