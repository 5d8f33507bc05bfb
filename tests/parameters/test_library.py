"""Folders and files of parameters become one library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from familyflow.parameters import references
from familyflow.parameters.library import load_library
from familyflow.problems import InputError, Problem, Problems

ONE = "{label: A, unit: share, value: 0.5, grade: E, status: assumed, note: x}"
KEY = "service.key_work.attendance"


def test_a_name_is_made_of_folders_file_and_entry(tree: Callable[..., Path]) -> None:
    library = load_library(
        tree(**{"service/key_work": f"b: {ONE}\na: {ONE}\n", "costs": f"scope: {ONE}\n"})
    )

    assert list(library) == ["costs.scope", "service.key_work.b", "service.key_work.a"]
    assert library.place("service.key_work.a").endswith("service/key_work.yaml:2:1")
    assert library.warnings == ()


def test_a_file_given_beside_changes_entries_by_their_full_names(
    tree: Callable[..., Path], tmp_path: Path, share: str
) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(f"{KEY}: {{value: 0.7, because: Registers.}}\n", encoding="utf-8")

    changed = load_library([tree(**{"service/key_work": share}), own])[KEY]

    assert (changed.value, changed.label, changed.note) == (
        0.7,
        "Share of sessions attended",
        "Registers.",
    )


def test_the_last_file_wins(tree: Callable[..., Path], tmp_path: Path, share: str) -> None:
    files = []
    for number in (1, 2):
        files.append(tmp_path / f"{number}.yaml")
        text = f"{KEY}: {{value: 0.{number}, because: x}}\n"
        files[-1].write_text(text, encoding="utf-8")
    folder = tree(**{"service/key_work": share})

    assert load_library([folder, *files])[KEY].value == 0.2
    assert load_library([folder, *reversed(files)])[KEY].value == 0.1


def test_an_unknown_entry_of_an_extra_file_loads_with_a_warning(
    tree: Callable[..., Path], tmp_path: Path, share: str
) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(f"service.key_work.attendanse: {ONE}\n", encoding="utf-8")

    library = load_library([tree(**{"service/key_work": share}), own])

    assert library["service.key_work.attendanse"].value == 0.5
    assert len(library.warnings) == 1
    assert "own.yaml:1:1" in library.warnings[0]
    assert f"Did you mean '{KEY}'" in library.warnings[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("attendance: {value: 0.7, because: x}\n", [f"'{KEY}'", "full name"]),
        (f"{KEY}: 0.7\n", ["without a source or a reason"]),
        (f"{KEY}: {{value: 0.7}}\n", ["without a source or a reason"]),
        (f"{KEY}: {{value: 0.7, because: x, unit: ratio}}\n", ["'unit'", "cannot be changed"]),
        ("a.b: 3\n", ["an entry is a section"]),
        (f"{KEY}: {{value: 7, because: x}}\n", ["between 0 and 1"]),
    ],
)
def test_an_extra_file_that_cannot_be_used_is_explained(
    tree: Callable[..., Path], tmp_path: Path, share: str, text: str, words: list[str]
) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(text, encoding="utf-8")

    with pytest.raises(InputError) as error:
        load_library([tree(**{"service/key_work": share}), own])

    assert all("own.yaml" in problem.file for problem in error.value.problems)
    assert not [word for word in words if word not in str(error.value)], str(error.value)


def test_agencies_are_those_listed(mistakes: Callable[..., list[Problem]]) -> None:
    agencies = (
        f"list: {ONE.replace('unit: share, value: 0.5', 'unit: table, table: [{agency: nhs}]')}\n"
    )
    cost = ONE.replace("unit: share", "unit: GBP, price_year: 2016/17, falls_on: {nsh: 1}")

    found = mistakes(**{"economy/agencies": agencies, "unit_costs/a": f"a: {cost}\n"})

    assert "there is no agency 'nsh'" in found[0].what
    assert "'nhs'" in found[0].to_do
    assert (found[0].line, found[0].column) == (1, 63)


def test_b32_a_price_year_without_a_deflator_lists_those_covered(
    mistakes: Callable[..., list[Problem]],
) -> None:
    prices = ONE.replace(
        "unit: share, value: 0.5", 'unit: table of index, table: {"2015/16": 99, "2016/17": 100}'
    )
    cost = ONE.replace("unit: share", "unit: GBP, price_year: 2019/20")

    found = mistakes(
        **{"economy/prices": f"gdp_deflator: {prices}\n", "unit_costs/a": f"a: {cost}\n"}
    )

    assert "2019/20: no deflator" in found[0].what
    assert found[0].to_do == "Covered are 2015/16 to 2016/17."


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("[{from_year: 0, rate: 3.5}]", "Did you mean 0.035?"),
        ("[{from_year: 0, rate: -0.01}]", "0 or more"),
        ("[{from_year: 0, rate: 0.03}, {from_year: 0, rate: 0.02}]", "rise"),
        ("[{from_year: 1, rate: 0.03}]", "begin at 0"),
        ("[{year: 0, rate: 0.03}]", "from_year, rate"),
    ],
)
def test_b58_a_discount_schedule_that_cannot_be_is_explained(
    mistakes: Callable[..., list[Problem]], rows: str, words: str
) -> None:
    schedule = ONE.replace("unit: share, value: 0.5", f"unit: table, table: {rows}")

    found = mistakes(**{"economy/discounting": f"gb_standard: {schedule}\n"})

    assert words in f"{found[0].what} {found[0].to_do}"


def test_a_line_names_a_schedule_that_exists(mistakes: Callable[..., list[Problem]]) -> None:
    schedule = ONE.replace(
        "unit: share, value: 0.5", "unit: table, table: [{from_year: 0, rate: 0.035}]"
    )
    cost = ONE.replace(
        "unit: share", "unit: GBP, price_year: 2016/17, kind: fiscal, falls_on: {nhs: 1}"
    )
    line = (
        "{label: L, quantity: weeks, unit_cost: unit_costs.a.a, counterfactual: comparator_arm, "
        "discount: gb_standart}"
    )

    found = mistakes(
        **{
            "economy/discounting": f"gb_standard: {schedule}\n",
            "unit_costs/a": f"a: {cost}\n",
            "benefits/own": f"weeks: {line}\n",
        }
    )

    assert "no schedule 'gb_standart'" in found[0].what
    assert "'gb_standard'" in found[0].to_do


def test_the_price_year_of_the_answer_must_be_covered(
    mistakes: Callable[..., list[Problem]],
) -> None:
    prices = ONE.replace("unit: share, value: 0.5", 'unit: table of index, table: {"2015/16": 99}')
    year = "price_year: {label: P, unit: text, role: decision, value: 2024/25}\n"

    found = mistakes(**{"economy/prices": f"gdp_deflator: {prices}\n", "appraisal": year})

    assert "= 2024/25: no deflator" in found[0].what


@pytest.mark.parametrize("table", ["{nhs: 1}", "[nhs]", "[{name: nhs}]"])
def test_agencies_may_be_listed_in_several_ways(tree: Callable[..., Path], table: str) -> None:
    agencies = ONE.replace("unit: share, value: 0.5", f"unit: table, table: {table}")
    library = load_library(tree(**{"economy/agencies": f"list: {agencies}\n"}))

    assert references.agencies(library) == ["nhs"]
    assert references.agencies({}) == []


def test_an_entry_may_not_stand_in_two_files(tmp_path: Path, share: str) -> None:
    for ending in ("yaml", "yml"):
        (tmp_path / f"a.{ending}").write_text(share, encoding="utf-8")

    with pytest.raises(InputError, match=r"'a\.attendance' stands twice"):
        load_library(tmp_path)


def test_a_line_may_be_changed_field_by_field(tree: Callable[..., Path], tmp_path: Path) -> None:
    cost = ONE.replace("unit: share", "unit: GBP, price_year: 2016/17")
    line = "{label: L, quantity: weeks, unit_cost: unit_costs.a, behaves: fixed}"
    folder = tree(unit_costs=f"a: {cost}\n", costs=f"weeks: {line}\n")
    own = tmp_path / "own.yaml"
    own.write_text("costs.weeks: {behaves: per_family}\n", encoding="utf-8")

    assert load_library([folder, own])["costs.weeks"].behaves == "per_family"

    own.write_text("costs.weeks: 3\n", encoding="utf-8")
    with pytest.raises(InputError, match="has no value of its own"):
        load_library([folder, own])


def test_two_names_with_the_same_luck_are_refused(
    loaded: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    doubt = ONE.replace("value: 0.5", "value: 0.5, distribution: {uniform: {low: 0, high: 1}}")
    text = f"a: {doubt}\nb: {doubt}\n"
    assert len(loaded(text)) == 2

    monkeypatch.setattr(references, "parameter_word", lambda name: 1)
    with pytest.raises(
        InputError, match=r"'service\.key_work\.b' and 'service\.key_work\.a' share"
    ):
        loaded(text)


def test_a_folder_without_files_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no parameter file"):
        load_library(tmp_path)


def test_comments_order_and_blank_lines_change_nothing(
    tree: Callable[..., Path], share: str
) -> None:
    plain = dict(load_library(tree(**{"service/key_work": share})))
    noisy = share.replace("  unit: share\n", "").replace(
        "  grade", "\n  # why\n  unit: share\n  grade"
    )

    assert dict(load_library(tree(**{"service/key_work": noisy}))) == plain


def test_a_later_check_leaves_problems_found_before_alone() -> None:
    problems = Problems()
    problems.add("f", 1, 1, "x")
    problems.add("f", 1, 1, "x")

    assert len(problems.found) == 1
