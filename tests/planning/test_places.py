"""A mistake in a file is told at its own line and column, also one between several numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from familyflow.experiments.inputs import load_inputs
from familyflow.problems import InputError, Problem

pytestmark = pytest.mark.usefixtures("read_once")

HEAD = "extends: core_offer\ntitle: Mine\n"


def refused(tmp_path: Path, text: str, parameters: str = "") -> list[Problem]:
    scenario = tmp_path / "mine.yaml"
    scenario.write_text(HEAD + text, encoding="utf-8")
    files = []
    if parameters:
        files.append(tmp_path / "own.yaml")
        files[0].write_text(parameters, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_inputs(str(scenario), parameter_files=files)
    return list(raised.value.problems)


def places(problems: list[Problem]) -> list[tuple[str, int, int]]:
    return [(Path(p.file).name, p.line, p.column) for p in problems]


def test_every_wrong_cell_is_told_at_its_own_place(tmp_path: Path) -> None:
    problems = refused(
        tmp_path,
        "set:\n"
        "  service.team.central_posts:\n"
        "    - {role: a, fte: 0.5, pay: unit_costs.staff.manager_salary}\n"
        "    - role: b\n"
        '      fte: "1"\n'
        "      pay: unit_costs.staff.managr_salary\n"
        "  funding.funders:\n"
        "    - {funder: A, public: false, council: true, by_year: {0: 5, 1: -2}}\n",
    )

    assert places(problems) == [
        ("mine.yaml", 7, 12),
        ("mine.yaml", 8, 12),
        ("mine.yaml", 10, 27),
        ("mine.yaml", 10, 68),
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("set: {service.team.caseload_cap: 0}\n", 3, "caseload_cap = 0"),
        ("set: {appraisal.follow_up_years: 12}\n", 3, "watched for 10 years"),
        ("assume:\n  appraisal.watched_years: {value: 3, because: x}\n", 4, "watched for 3"),
        ("assume:\n  families.make_up.oldest_age: {value: 3, because: x}\n", 4, "oldest, 3"),
        ("set:\n  appraisal.term_years: 50\n", 4, "heaviest family"),
        ("set:\n  service.team.hours_for_families: 0.1\n", 4, "heaviest family"),
        ("assume:\n  service.key_work.hours_per_week: {value: 50, because: x}\n", 4, "heaviest"),
        ("assume:\n  outcomes.effects.dose_reference: {value: 2, because: x}\n", 4, "threshold"),
    ],
)
def test_the_key_that_was_changed_is_blamed(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    (problem,) = refused(tmp_path, text)

    assert (Path(problem.file).name, problem.line) == ("mine.yaml", line)
    assert words in problem.what


def test_a_parameter_file_is_blamed_before_what_is_shipped(tmp_path: Path) -> None:
    own = "appraisal.watched_years: {value: 3, because: x}\n"

    assert places(refused(tmp_path, "", own)) == [("own.yaml", 1, 1)]


def test_a_post_that_two_cost_lines_price_is_refused(tmp_path: Path) -> None:
    own = "costs.service.administrator: {unit_cost: unit_costs.staff.manager_salary}\n"

    problems = refused(tmp_path, "", own)

    said = [p.what for p in problems]
    assert any("would be paid twice" in what for what in said)
    assert any("administrator_salary, so the post would be free" in what for what in said)


def test_mistakes_beside_a_wrong_seed_are_told_too(tmp_path: Path) -> None:
    problems = refused(tmp_path, "seed: 18446744073709551616\nset: {service.team.runs: 5}\n")

    assert places(problems) == [("mine.yaml", 3, 7), ("mine.yaml", 4, 26)]
    assert "18,446,744,073,709,551,615 or less" in problems[0].what


def test_every_digit_of_a_seed_counts(tmp_path: Path) -> None:
    scenario = tmp_path / "mine.yaml"
    scenario.write_text(HEAD + "seed: 12345678901234567\n", encoding="utf-8")

    assert load_inputs(str(scenario)).seed == 12345678901234567


@pytest.mark.parametrize(
    "given",
    [
        "set: {service.team.key_workers: *a}\n",
        'set: {service.team.caseload_cap: !!int "8"}\n',
        "set: {service.team.caseload_cap: !eight 8}\n",
        "assume: {service.key_work.hours_closing: {value: *z, because: x}}\n",
        "assume: {service.team.full_time_hours: {<<: *b, value: 36, because: x}}\n",
        'assume: {service.key_work.attendance: {value: 0.5, because: ""}}\n',
        "assume: {service.key_work.attendance: {value: 0.5, because: [a]}}\n",
        "set: {appraisal.term_years: 0}\n",
    ],
)
def test_what_only_follows_from_a_mistake_is_not_told(tmp_path: Path, given: str) -> None:
    assert len(refused(tmp_path, given)) == 1
