"""Every kind of bad scenario gives its place, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from familyflow.problems import InputError, Problem
from familyflow.scenarios.names import LONGEST_NAME, find_scenario

Mistakes = Callable[..., list[Problem]]

ROWS = [
    ("no title", "seed: 1\n", 1, 1, ["has no 'title'"]),
    ("unknown section", "title: C\nsett: {}\n", 2, 1, ["no 'sett'", "'set'"]),
    ("list at top", "- title: C\n", 1, 1, ["named sections"]),
    ("empty", "", 1, 1, ["empty"]),
    ("unknown key", "title: C\nset: {service.team.key_worker: 5}\n", 2, 7,
     ["no 'service.team.key_worker'", "'service.team.key_workers'"]),
    ("short key", "title: C\nset: {key_workers: 5}\n", 2, 7, ["no 'key_workers'"]),
    ("belief under set", "title: C\nset: {service.key_work.attendance: 0.7}\n", 2, 7,
     ["is a belief", "assume"]),
    ("decision under assume", "title: C\nassume: {service.team.key_workers: 7}\n", 2, 10,
     ["is a decision", "set"]),
    ("no reason", "title: C\nassume: {service.key_work.attendance: 0.7}\n", 2, 10,
     ["without a reason", "because"]),
    ("blank reason", "title: C\nassume: {service.key_work.attendance: {value: 0.7, because: }}\n",
     2, 10, ["without a reason"]),
    ("wrong value", "title: C\nset: {service.team.key_workers: 5.5}\n", 2, 33, ["= 5.5", "whole"]),
    ("look-alike", "title: C\nassume:\n  service.key_work.attendance: {value: 70%, because: x}\n",
     3, 40, ["= 70%", "0.7"]),
    ("B85 unit", "title: C\nset: {service.team.key_workers: {value: 5, unit: weeks}}\n", 2, 44,
     ["'unit'", "cannot be changed", "posts"]),
    ("B85 list for a number", "title: C\nset: {service.team.key_workers: [5]}\n", 2, 33,
     ["a value is due", "a list"]),
    ("B85 number for a table", "title: C\nset: {service.team.posts: 5}\n", 2, 27,
     ["a table is due"]),
    ("unknown field", "title: C\nset: {service.team.key_workers: {valuee: 5}}\n", 2, 34,
     ["no 'valuee'", "'value'"]),
    ("wrong sum",
     'title: C\nassume:\n  families.make_up.children: {table: {"1": 0.5}, because: x}\n',
     3, 38, ["sum to 0.5"]),
    ("value outside its doubt",
     "title: C\nassume:\n  service.key_work.attendance:\n    value: 0.2\n"
     "    distribution: {uniform: {low: 0.5, high: 0.8}}\n    because: x\n", 5, 19, ["outside"]),
    ("unknown column", "title: C\nset:\n  service.team.posts: [{agency: x, ftee: 0.7}]\n", 3, 36,
     ["no column 'ftee'", "'fte'"]),
    ("negative seed", "title: C\nseed: -1\n", 2, 7, ["seed = -1"]),
    ("seed as text", "title: C\nseed: one\n", 2, 7, ["seed = one", "number"]),
    ("set is a list", "title: C\nset: [1]\n", 2, 6, ["keys with their values"]),
    ("repeated key",
     "title: C\nset:\n  service.team.key_workers: 5\n  service.team.key_workers: 6\n",
     4, 3, ["twice", "line 3"]),
    ("B80 no parent", "title: C\nextends: coer\n", 2, 10, ["no scenario 'coer'", "core_offer"]),
    ("B83 itself", "title: C\nextends: core\n", 2, 10, ["extends itself"]),
    ("missing parameter file", "title: C\nparameters: [nowhere.yaml]\n", 0, 0, ["no such file"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "column", "words"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS]
)
def test_a_bad_scenario_is_explained_at_its_place(
    mistakes: Mistakes, text: str, line: int, column: int, words: list[str]
) -> None:
    found = mistakes(core=text)

    said = " ".join(f"{p.what} {p.to_do}" for p in found if (p.line, p.column) == (line, column))
    assert said, [str(p) for p in found]
    assert not [word for word in words if word not in said], said


def test_scenarios_in_a_circle_are_named(mistakes: Mistakes) -> None:
    found = mistakes(
        a="title: A\nextends: b\n", b="title: B\nextends: c\n", c="title: C\nextends: a\n"
    )

    assert "c -> a -> b -> c" in found[0].what


def test_at_most_eight_scenarios_extend_one_another(mistakes: Mistakes, resolved: object) -> None:
    chain = {"s1": "title: S\n"}
    chain |= {f"s{n}": f"title: S\nextends: s{n - 1}\n" for n in range(2, 9)}
    assert mistakes(**chain) == []

    found = mistakes(**chain, s9="title: S\nextends: s8\n")
    assert "more than 8" in found[0].what


def test_all_mistakes_of_a_scenario_and_its_parents_are_reported_at_once(
    mistakes: Mistakes,
) -> None:
    found = mistakes(
        core="title: C\nset:\n  service.team.key_workers: no\n  service.team.pots: []\n",
        more="extends: core\ntitle: M\nset:\n  service.team.key_workers: -1\n",
    )

    places = {(Path(p.file).stem, p.line) for p in found}
    assert places == {("core", 3), ("core", 4), ("more", 4)}


@pytest.mark.parametrize("typed", ["service.team.key_workers=[5", "service.team.key_workers=&a 5"])
def test_what_is_typed_is_read_as_strictly(mistakes: Mistakes, typed: str) -> None:
    found = mistakes(core="title: C\n", sets=(typed,))

    assert found[0].file == "--set service.team.key_workers"


@pytest.mark.parametrize(
    "name", ["", " ", ".", "..", "con", "NUL", "a" * (LONGEST_NAME + 1), "a\x00b"]
)
def test_names_that_some_machine_cannot_hold_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be a scenario"):
        find_scenario(name, tmp_path)


def test_an_unknown_name_lists_those_there_are(tmp_path: Path) -> None:
    (tmp_path / "more_posts.yaml").write_text("title: x\n", encoding="utf-8")

    with pytest.raises(InputError, match=r"no scenario 'more_post'\n.*Did you mean 'more_posts'"):
        find_scenario("more_post", tmp_path)
