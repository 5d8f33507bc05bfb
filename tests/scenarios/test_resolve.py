"""A scenario with its parents, laid over the parameters."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from familyflow.parameters.draws import base_values, drawn_values, uncertain
from familyflow.parameters.explain import explain
from familyflow.parameters.parameter import Varies
from familyflow.problems import InputError
from familyflow.scenarios.resolve import Resolved, resolve

Resolve = Callable[..., Resolved]
CORE = "title: Core\nquestion: What?\nseed: 7\nset:\n  service.team.key_workers: 5\n"


def values(resolved: Resolved) -> dict[str, object]:
    return base_values(resolved.parameters)


def test_a_scenario_takes_everything_it_does_not_change_from_its_parent(resolved: Resolve) -> None:
    child = resolved(
        core=CORE + "  service.team.posts: [{agency: Homestart, fte: 1}]\n",
        more="extends: core\ntitle: More\nset:\n  service.team.key_workers: 7\n",
    )

    assert (child.name, child.title, child.question, child.seed) == ("more", "More", "What?", 7)
    assert child.lineage == ("more", "core")
    assert values(child)["service.team.key_workers"] == 7
    assert values(child)["service.team.posts"] == [{"agency": "Homestart", "fte": 1}]
    assert child.choices["service.team.key_workers"].where.endswith("more.yaml:4:3")
    assert child.choices["service.team.posts"].where.endswith("core.yaml:6:3")


def test_what_is_typed_goes_before_the_file_and_the_file_before_its_parent(
    resolved: Resolve,
) -> None:
    texts = {"core": CORE, "more": "extends: core\ntitle: M\nset: {service.team.key_workers: 6}\n"}

    assert values(resolved(**texts))["service.team.key_workers"] == 6
    typed = resolved(**texts, sets=("service.team.key_workers=9",))
    assert values(typed)["service.team.key_workers"] == 9
    assert typed.choices["service.team.key_workers"].where == "--set"


def test_parameter_files_stand_below_scenarios_and_above_the_shipped(
    resolved: Resolve, tmp_path: Path
) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "service.key_work.attendance: {value: 0.8, because: Registers.}\n"
        "service.team.key_workers: 4\n",
        encoding="utf-8",
    )

    with_file = resolved(core="title: Core\n", files=(own,))
    assert values(with_file)["service.key_work.attendance"] == 0.8
    assert values(with_file)["service.team.key_workers"] == 4
    assert with_file.place("service.key_work.attendance").endswith("own.yaml:1:1")
    assert values(resolved(core=CORE, files=(own,)))["service.team.key_workers"] == 5


def test_a_scenario_names_its_own_parameter_files(resolved: Resolve, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "service.key_work.attendance: {value: 0.8, because: Registers.}\n", encoding="utf-8"
    )

    child = resolved(core="title: C\nparameters: [../own.yaml]\n", more="extends: core\ntitle: M\n")

    assert values(child)["service.key_work.attendance"] == 0.8


def test_a_choice_of_only_a_value_fixes_the_number(resolved: Resolve) -> None:
    fixed = resolved(
        core="title: C\nassume:\n  service.key_work.attendance: {value: 0.7, because: Registers.}\n"
    )

    number = fixed.parameters["service.key_work.attendance"]
    assert (number.value, number.distribution) == (0.7, None)
    assert (number.status, number.note, number.source) == ("assumed", "Registers.", None)
    assert "service.key_work.attendance" not in uncertain(fixed.parameters)
    assert explain(fixed, "service.key_work.attendance")[-1].startswith("fixed by ")
    assert explain(fixed, "service.key_work.attendance")[-1].endswith(
        "core.yaml:3:3, because: Registers."
    )


def test_a_choice_with_a_distribution_stays_uncertain(resolved: Resolve) -> None:
    moved = resolved(
        core="title: C\nassume:\n  service.key_work.attendance:\n    value: 0.7\n"
        "    distribution: {uniform: {low: 0.6, high: 0.8}}\n    because: Registers.\n"
    )

    drawn = drawn_values(moved.parameters, seed=1, draw=3)["service.key_work.attendance"]
    assert 0.6 < drawn < 0.8


def test_a_choice_of_only_a_distribution_keeps_the_value(resolved: Resolve) -> None:
    wider = resolved(
        core="title: C\nassume:\n  service.key_work.attendance:\n"
        "    distribution: {uniform: {low: 0.5, high: 1}}\n    because: Less sure.\n"
    )

    number = wider.parameters["service.key_work.attendance"]
    assert (number.value, number.distribution.shape) == (0.9, "uniform")


def test_one_number_for_what_differs_makes_everybody_the_same(resolved: Resolve) -> None:
    same = resolved(core="title: C\nset: {service.key_work.weeks_of_sessions: 12}\n")
    longer = resolved(
        core="title: C\nset:\n  service.key_work.weeks_of_sessions:\n"
        "    varies: {by: family, whole_numbers: {low: 20, high: 30}}\n"
    )

    key = "service.key_work.weeks_of_sessions"
    assert values(same)[key] == Varies("family", "constant", {"value": 12.0})
    assert values(longer)[key] == Varies("family", "whole_numbers", {"low": 20.0, "high": 30.0})


def test_a_belief_typed_on_the_command_line_is_an_assumption(resolved: Resolve) -> None:
    typed = resolved(core="title: C\n", sets=("service.key_work.attendance=0.7",))

    number = typed.parameters["service.key_work.attendance"]
    assert (number.status, number.source) == ("assumed", None)
    assert typed.choices["service.key_work.attendance"].kind == "assume"


def test_typed_values_may_be_tables(resolved: Resolve) -> None:
    typed = resolved(
        core="title: C\n",
        sets=(
            "service.team.posts=[{agency: Homestart, fte: 0.5}]",
            'families.make_up.children={"1": 0.5, "2": 0.5}',
        ),
    )

    assert values(typed)["service.team.posts"] == [{"agency": "Homestart", "fte": 0.5}]
    assert values(typed)["families.make_up.children"] == {"1": 0.5, "2": 0.5}


def test_a_decision_that_is_changed_no_longer_carries_what_was_said_of_it(
    resolved: Resolve,
) -> None:
    same = resolved(core=CORE)
    changed = resolved(core=CORE.replace("5", "6"))

    assert same.canonical() == resolved(core="title: Other\n").canonical()
    assert changed.parameters["service.team.key_workers"].source is None


def test_the_canonical_form_knows_numbers_and_not_words(resolved: Resolve) -> None:
    plain = resolved(core="title: C\nset: {service.team.key_workers: 6}\n").canonical()
    worded = resolved(
        core="# why\ntitle: Another\nset:\n  service.team.key_workers: {value: 6, because: x}\n"
    ).canonical()
    other = resolved(core="title: C\nset: {service.team.key_workers: 7}\n").canonical()

    assert json.dumps(plain, sort_keys=True) == json.dumps(worded, sort_keys=True)
    assert plain != other
    assert list(plain["parameters"]) == sorted(plain["parameters"])


def test_a_choice_a_hundred_times_the_number_before_is_warned_about(resolved: Resolve) -> None:
    far = resolved(
        core="title: C\nassume:\n"
        "  service.key_work.family_budget: {value: 25000, price_year: 2016/17, because: Pence.}\n"
    )

    assert any("25000 is far from 250" in warning for warning in far.warnings)


def test_a_new_sum_of_money_names_its_price_year(resolved: Resolve) -> None:
    with pytest.raises(InputError, match=r"core.yaml:3:3: .* without its price year"):
        resolved(
            core="title: C\nassume:\n"
            "  service.key_work.family_budget: {value: 300, because: Ours.}\n"
        )


def test_an_empty_set_changes_nothing(resolved: Resolve) -> None:
    assert resolved(core="title: C\nset:\n").canonical() == resolved(core="title: C\n").canonical()


def test_a_set_without_equals_is_refused(resolved: Resolve) -> None:
    with pytest.raises(InputError, match="KEY=VALUE is due"):
        resolved(core="title: C\n", sets=("service.team.key_workers",))


def test_a_scenario_is_found_by_name(write: Callable[..., Path], numbers: Path) -> None:
    folder = write(core="title: Core\n")

    assert resolve("core", folder=folder, library=numbers).path == folder / "core.yaml"


def test_a_new_column_is_warned_about(resolved: Resolve) -> None:
    more = resolved(core="title: C\nset:\n  service.team.posts: [{agency: x, fte: 1, hours: 3}]\n")

    assert "no row has had a column 'hours' before" in more.warnings[0]


def test_a_whole_section_may_be_typed(resolved: Resolve) -> None:
    key = "service.key_work.attendance"
    typed = resolved(core="title: C\n", sets=(f"{key}={{value: 0.7, because: Registers.}}",))
    wider = resolved(
        core="title: C\n", sets=(f"{key}={{distribution: {{uniform: {{low: 0, high: 1}}}}}}",)
    )

    assert typed.choices[key].because == "Registers."
    assert (wider.parameters[key].value, wider.parameters[key].distribution.shape) == (
        0.9,
        "uniform",
    )
    assert wider.place(key) == f"--set {key}"
