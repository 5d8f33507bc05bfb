"""Good practice for discrete event simulation, practice by practice: how far this model keeps it.

After Karnon and others (2012), whose report could not be opened here: the list is recalled, and
every word of it is ours. What is said of the model is held to what exists by a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MET, IN_PART, NOT_MET = "Met", "In part", "Not met"

SOURCE: Final = (
    "After Karnon J, Stahl J, Brennan A, Caro JJ, Mar J, Möller J. Modeling using discrete event "
    "simulation: a report of the ISPOR-SMDM Modeling Good Research Practices Task Force-4. Medical "
    "Decision Making 2012; 32(5): 701-711. The report itself could not be opened when this was "
    "written: its five stages are known from its abstract, the practices under them are recalled "
    "and put in our own words and order. Check them against the report before relying on the list."
)


@dataclass(frozen=True)
class Practice:
    """One practice. where: parameters, files of the run, modules and tests that show it."""

    stage: str
    asks: str
    met: str
    how: str
    where: tuple[str, ...]


_STRUCTURE: Final = "Structural development"
_ESTIMATION: Final = "Parameter estimation"
_IMPLEMENTATION: Final = "Model implementation"
_ANALYSIS: Final = "Model analysis"
_REPORTING: Final = "Representation and reporting"

PRACTICES: Final = (
    Practice(
        _STRUCTURE,
        "Simulate events and queues where people compete for a limited resource.",
        MET,
        "Hours and places of key workers are limited; families wait, are taken on in a stated "
        "order, and leave the list when their patience runs out.",
        ("service.team.posts", "familyflow/service/waiting_list.py", "tables/weekly.csv"),
    ),
    Practice(
        _STRUCTURE,
        "Follow individuals where what happens next depends on their own history.",
        MET,
        "Every child has its own clocks, by time at its level of need; siblings share a frailty; "
        "the effect follows the sessions that the family attended.",
        ("familyflow/outcomes/levels_of_need.py", "tests/outcomes/test_clocks.py"),
    ),
    Practice(
        _STRUCTURE,
        "Carry a decision through to what it changes further on, limits there included.",
        IN_PART,
        "Children are followed into social care for years after the service, at a cost. Social "
        "care itself has no limit here: no place in care is ever full, and nobody waits for a "
        "plan or an assessment.",
        ("appraisal.follow_up_years", "tables/outcomes.csv"),
    ),
    Practice(
        _STRUCTURE,
        "Where the right structure is in doubt, build the alternatives and show them.",
        IN_PART,
        "Windows, discounting, scope of unit costs, correction for optimism and how an effect "
        "fades have alternatives, side by side and never averaged. The levels of need and the "
        "steps between them have none.",
        ("outcomes.effects.retention_form", "tables/economic_case.csv",
         "familyflow/experiments/options/structures.py"),
    ),
    Practice(
        _STRUCTURE,
        "Build from parts that can be read and tested by themselves.",
        MET,
        "Journey, team, groups, levels of need and money are parts of their own; each uses only "
        "those below it (see the map of the model).",
        ("familyflow/service/journey.py", "familyflow/service/team.py",
         "familyflow/outcomes/levels_of_need.py", "tests/test_project.py"),
    ),
    Practice(
        _ESTIMATION,
        "Draw when events happen, jointly where they belong together, and do not ask every period "
        "anew whether one happened.",
        IN_PART,
        "A step of need rings when its own clock has run down: one draw, whatever the rate does "
        "in between. The clock moves in whole days and a child takes one step a day at most.",
        ("familyflow/outcomes/clocks.py", "tests/outcomes/test_exact_competing_risks.py"),
    ),
    Practice(
        _ESTIMATION,
        "Choose how competing events are drawn by what fits the data.",
        IN_PART,
        "Each step has a clock of its own, and the rates are solved until published totals are "
        "met; how near they come stands under 'Checks and validation'. No records of single "
        "children were at hand to compare one way of drawing with another.",
        ("tables/calibration.csv", "tables/solved_effects.csv"),
    ),
    Practice(
        _ESTIMATION,
        "Estimate from records of individuals, so that their characteristics act together.",
        NOT_MET,
        "Only published totals were at hand. Frailty and complexity stand in for characteristics, "
        "and both are assumed.",
        ("families.make_up.frailty_spread", "families.needs.complexity_per_need"),
    ),
    Practice(
        _ESTIMATION,
        "Keep together the doubt about numbers that were estimated together.",
        IN_PART,
        "Shares of one table are drawn together, and ranks of any two numbers can be correlated; "
        "between studies nothing is known, so nothing is assumed.",
        ("familyflow/parameters/dirichlet.py", "familyflow/parameters/correlations.py",
         "tests/parameters/test_correlations.py"),
    ),
    Practice(
        _IMPLEMENTATION,
        "Choose software for being read and for being fast, and say what was given up.",
        MET,
        "Two engines keep one specification: SimPy to be read, compiled code to be fast. Either "
        "leaves the same rows, and verify shows it on the inputs of a run.",
        ("familyflow/service/engine.py", "familyflow/compiled/engine.py",
         "tests/compiled/test_shipped_scenarios.py"),
    ),
    Practice(
        _IMPLEMENTATION,
        "Use the same luck for the same person in every option.",
        MET,
        "Every decision of chance has a name and belongs to somebody; nothing that is added or "
        "removed shifts the luck of anything else.",
        ("familyflow/luck.py", "tests/test_luck.py"),
    ),
    Practice(
        _IMPLEMENTATION,
        "Show that the code does what it should: traces, extremes, simple cases with known "
        "answers.",
        MET,
        "Closed forms, queues with known waits, conservation of families and pounds, no effect "
        "and so no saving; some of it again on the very inputs of a run by familyflow verify.",
        ("familyflow/experiments/verify.py", "tests/experiments/test_verify.py",
         "tests/experiments/test_queues_by_parameters_alone.py"),
    ),
    Practice(
        _IMPLEMENTATION,
        "Begin as the real service would: empty, or warmed up by a stated rule.",
        MET,
        "A new service begins empty, and setting up shows; a running one has a warm-up whose "
        "families are counted in no result.",
        ("appraisal.start", "appraisal.warm_up_weeks", "familyflow/service/opening.py"),
    ),
    Practice(
        _ANALYSIS,
        "Run enough that chance does not hide what is asked, and say how much of it is left.",
        IN_PART,
        "The share of chance in the spread is measured by simulating draws twice and taken out of "
        "the intervals. It is large in one service of this size: see the statement on uncertainty.",
        ("quantities_twice.parquet", "tests/experiments/test_intervals.py"),
    ),
    Practice(
        _ANALYSIS,
        "Vary all uncertain numbers together, and find ways to afford it.",
        MET,
        "Every draw takes a value of every uncertain number; sweeps share the doubt out among "
        "them, and voi says what it would be worth to know more.",
        ("draws.parquet", "familyflow/experiments/sensitivity/sobol.py",
         "familyflow/experiments/voi.py"),
    ),
    Practice(
        _ANALYSIS,
        "Report by group where people differ in what they need or gain.",
        IN_PART,
        "A run and a comparison say who is served, by need, family size, ethnic group, "
        "interpreter and level of need; a cost case says who starts less often. "
        "Effects are the same for every group, because no study tells them apart.",
        ("tables/who_is_served.csv", "familyflow/experiments/who_is_served.py",
         "tests/experiments/test_who_is_served.py"),
    ),
    Practice(
        _REPORTING,
        "Show people the model at work, in pictures or moving ones, so that they can object.",
        IN_PART,
        "The journey, the waiting list and the caseload are drawn with numbers of the run, a "
        "journal tells each event, and --to journey moves families week by week in one simulated "
        "world. No service has yet looked at them here.",
        ("tables/journey.csv", "familyflow/reports/journey/page.py"),
    ),
    Practice(
        _REPORTING,
        "Describe it twice: for everybody in words, and in full so that it could be built again.",
        MET,
        "One page and an answer in words; here the 24 items of STRESS-DES, every number with its "
        "source and line, and the code itself.",
        ("familyflow/reports/documents/one_page.py", "familyflow/specification/journal.py"),
    ),
)  # fmt: skip
