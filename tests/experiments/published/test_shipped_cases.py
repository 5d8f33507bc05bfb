"""The shipped cases: every exact figure comes out of the model, and each could fail."""

from __future__ import annotations

import dataclasses

import pytest

from familyflow.experiments.published import against, paper
from familyflow.experiments.published.against import against_published
from familyflow.experiments.published.read import SHIPPED, Case, read_cases
from familyflow.experiments.published.world import World
from familyflow.parameters.draws import base_values
from familyflow.scenarios.resolve import resolve

CASES = read_cases(SHIPPED)
ON_PAPER = [case for case in CASES if not case.calculation.is_simulated]
EXACT = [
    (case, name)
    for case in ON_PAPER
    for name, figure in case.figures.items()
    if figure.within is not None
]


def put(case: Case, monkeypatch) -> dict[str, str]:
    """The verdict on each figure of a case that needs no simulation."""
    monkeypatch.setattr(against, "read_cases", lambda _: [case])
    (answered,) = against_published(SHIPPED, World("core_offer"))
    return {one.name: one.verdict for one in answered.figures}


def with_figure(case: Case, name: str, **changes: float) -> Case:
    changed = case.figures[name].model_copy(update=changes)
    return dataclasses.replace(case, figures={**case.figures, name: changed})


def named(file: str) -> Case:
    return next(case for case in CASES if case.file == f"published/{file}.yaml")


def test_every_case_says_where_it_is_from_and_the_sums_come_first() -> None:
    assert len(ON_PAPER) == 6
    assert all(case.told.source.title and case.told.grade for case in CASES)
    kinds = [case.told.validity for case in CASES]
    assert kinds == sorted(
        kinds, key=["verification", "cross", "external", "face", "predictive"].index
    )


@pytest.mark.parametrize("case", ON_PAPER, ids=lambda case: case.file)
def test_published_sums_come_out_as_printed(case: Case, monkeypatch) -> None:
    verdicts = put(case, monkeypatch)

    assert {*verdicts.values()} <= {"agrees", "misprint"}
    assert [name for name, verdict in verdicts.items() if verdict == "misprint"] == [
        name for name, figure in case.figures.items() if figure.misprint_of is not None
    ]


@pytest.mark.parametrize(("case", "name"), EXACT, ids=lambda of: getattr(of, "file", of))
def test_a_wrong_figure_is_told_and_no_other(case: Case, name: str, monkeypatch) -> None:
    figure = case.figures[name]
    field = "published" if figure.misprint_of is None else "misprint_of"
    wrong = getattr(figure, field) + 3.0 * figure.within + 0.01

    verdicts = put(with_figure(case, name, **{field: wrong}), monkeypatch)

    assert [one for one, verdict in verdicts.items() if verdict == "differs"] == [name]


def test_a_figure_half_a_place_away_agrees_and_one_just_beyond_differs(monkeypatch) -> None:
    case = named("national_insurance")
    name = "national_insurance.at_30000"

    at_the_end = put(with_figure(case, name, published=3750.5), monkeypatch)
    beyond = put(with_figure(case, name, published=3750.51), monkeypatch)

    assert (at_the_end[name], beyond[name]) == ("agrees", "differs")


def test_a_wrong_cell_moves_its_site_its_line_and_all_sums_above_them(monkeypatch) -> None:
    case = named("parenting_groups")
    lines = {**case.inputs.lines, "training": [6801.90, 4733.90, 5081.90, 5144.0]}
    wrong = dataclasses.replace(case, inputs=case.inputs.model_copy(update={"lines": lines}))

    verdicts = put(wrong, monkeypatch)

    differs = {name for name, verdict in verdicts.items() if verdict == "differs"}
    assert differs >= {"line.training", "total.Site A", "group.Site A", "total", "group"}
    assert not differs & {"line.salaries", "total.Site B", "total.Site D", "groups"}


def test_who_gives_the_misprint_itself_differs(monkeypatch) -> None:
    case = named("parenting_groups")
    lines = {**case.inputs.lines, "materials": [3750.0, 1625.0, 2250.0, 2260.0]}
    as_printed = dataclasses.replace(case, inputs=case.inputs.model_copy(update={"lines": lines}))

    assert put(as_printed, monkeypatch)["total.Site D"] == "differs"


def test_a_rule_off_by_a_tenth_of_a_point_is_found(monkeypatch) -> None:
    case = named("national_insurance")
    off = dataclasses.replace(case, inputs=case.inputs.model_copy(update={"rate": 0.151}))

    assert {*put(off, monkeypatch).values()} == {"differs"}


def test_the_rule_of_the_case_is_the_one_that_the_model_takes() -> None:
    taken = base_values(resolve("core_offer").parameters)["unit_costs.staff.national_insurance"]

    given = named("national_insurance").inputs
    assert isinstance(given, paper.Insurance)
    assert (taken["rate"], taken["threshold"]) == (given.rate, given.threshold)


def test_any_cost_within_the_implied_range_rounds_to_what_was_printed() -> None:
    given = named("troubled_families_cost").inputs
    assert isinstance(given, paper.ImpliedCost)
    found = paper.implied_cost(given)

    for cost in (found["low.all"], found["high.all"]):
        for view, ratio in given.ratio.items():
            # some net that rounds to the printed one goes with a ratio that does
            nets = [(ratio + end * given.half_ratio - 1.0) * cost for end in (-1, 1)]
            assert nets[0] <= given.net[view] + given.half_net + 1e-9
            assert nets[1] >= given.net[view] - given.half_net - 1e-9
