"""The numbers of one draw."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from familyflow.luck import Luck, parameter_word
from familyflow.parameters.draws import (
    base_values,
    draw_from_uniforms,
    drawn_values,
    every_draw,
    uncertain,
)
from familyflow.parameters.library import Library, load_library
from familyflow.parameters.parameter import Varies

ENTRIES = """\
attendance:
  {label: A, unit: share, value: 0.9, grade: E, status: assumed, note: x,
   distribution: {pert: {low: 0.75, mode: 0.9, high: 0.97}}}
patience:
  {label: A, unit: weeks, value: 26, grade: E, status: assumed, note: x,
   distribution: {pert: {low: 13, mode: 26, high: 52}}}
fixed: {label: A, unit: weeks, value: 3, grade: E, status: assumed, note: x}
wait:
  {label: A, unit: weeks, varies: {by: family, exponential: {mean: service.key_work.patience}},
   grade: E, status: assumed, note: x}
level:
  {label: A, unit: table of share, table: {low: 0.7, middle: 0.0, high: 0.3}, sums_to: 1, grade: E,
   status: assumed, note: x, distribution: {dirichlet: {concentration: 40}}}
rows: {label: A, unit: table, table: [{name: x, n: 1}], grade: E, status: assumed, note: x}
word: {label: A, unit: text, value: 2024/25, grade: E, status: assumed, note: x}
flag: {label: A, unit: yes or no, value: no, grade: E, status: assumed, note: x}
"""
KEY = "service.key_work."


@pytest.fixture
def library(loaded: Callable[[str], Library]) -> Library:
    return loaded(ENTRIES)


def test_base_values_are_the_stated_ones(library: Library) -> None:
    values = base_values(library)

    assert values == {
        f"{KEY}attendance": 0.9,
        f"{KEY}patience": 26,
        f"{KEY}fixed": 3,
        f"{KEY}wait": Varies("family", "exponential", {"mean": 26.0}),
        f"{KEY}level": {"low": 0.7, "middle": 0.0, "high": 0.3},
        f"{KEY}rows": [{"name": "x", "n": 1}],
        f"{KEY}word": "2024/25",
        f"{KEY}flag": False,
    }
    assert list(values) == list(library)


def test_only_numbers_with_a_distribution_are_drawn(library: Library) -> None:
    assert uncertain(library) == [f"{KEY}attendance", f"{KEY}patience", f"{KEY}level[low]"]

    drawn, base = drawn_values(library, 1, 0), base_values(library)
    moved = {name for name in base if drawn[name] != base[name]}
    assert moved == {f"{KEY}{name}" for name in ("attendance", "patience", "wait", "level")}


def test_a_number_is_drawn_at_the_luck_of_its_own_name(library: Library) -> None:
    uniform = Luck(7, 3, 0).of(parameter_word(f"{KEY}attendance"), 0)

    drawn = drawn_values(library, seed=7, draw=3)

    expected = library[f"{KEY}attendance"].distribution.quantile(uniform)
    assert drawn[f"{KEY}attendance"] == expected


def test_what_differs_between_families_uses_the_drawn_setting(library: Library) -> None:
    drawn = drawn_values(library, 1, 5)

    assert drawn[f"{KEY}wait"].settings["mean"] == drawn[f"{KEY}patience"]


def test_a_drawn_table_sums_to_one(library: Library) -> None:
    level = drawn_values(library, 1, 5)[f"{KEY}level"]

    assert list(level) == ["low", "middle", "high"]
    assert sum(level.values()) == pytest.approx(1.0, abs=1e-12)
    assert level["middle"] == 0.0


def test_another_parameter_moves_no_draw(library: Library, tree: Callable[..., Path]) -> None:
    more = "first:\n  {label: A, unit: share, value: 0.5, grade: E, status: assumed, note: x,\n"
    more += "   distribution: {uniform: {low: 0, high: 1}}}\n" + ENTRIES
    longer = load_library(tree(**{"service/key_work": more}))

    before, after = drawn_values(library, 1, 9), drawn_values(longer, 1, 9)

    assert {name: after[name] for name in before} == before


def test_values_handed_out_may_be_changed_without_harm(library: Library) -> None:
    base_values(library)[f"{KEY}rows"][0]["n"] = 99

    assert base_values(library)[f"{KEY}rows"] == [{"name": "x", "n": 1}]


def test_uniforms_may_be_given_for_some_names_only(library: Library) -> None:
    drawn = draw_from_uniforms(library, {f"{KEY}attendance": 0.5})

    median = library[f"{KEY}attendance"].distribution.quantile(0.5)
    assert drawn == {**base_values(library), f"{KEY}attendance": median}


def test_correlated_numbers_keep_their_own_distributions_and_move_together(
    tree: Callable[..., Path],
) -> None:
    correlations = "- of: [service.key_work.attendance, service.key_work.patience]\n"
    correlations += "  rank: 0.5\n  note: A test.\n"
    library = load_library(tree(**{"service/key_work": ENTRIES, "correlations": correlations}))
    draws = 4_000

    pairs = []
    for draw in range(draws):
        values = drawn_values(library, 11, draw, library.correlations)
        pairs.append((values[f"{KEY}attendance"], values[f"{KEY}patience"]))

    ranks = np.argsort(np.argsort(np.array(pairs), axis=0), axis=0)
    # seed 11; 4.9 standard errors, about 0.75 / sqrt(n) at this correlation
    assert np.corrcoef(ranks.T)[0, 1] == pytest.approx(0.5, abs=4.9 * 0.8 / draws**0.5)
    patience = library[f"{KEY}patience"].distribution
    below = np.mean([second < patience.quantile(0.3) for _, second in pairs])
    assert below == pytest.approx(0.3, abs=4.9 * (0.21 / draws) ** 0.5)


def test_only_what_a_draw_moves_is_made_anew(library: Library) -> None:
    parameters = library.parameters
    first, second = every_draw(parameters, 1, range(2))
    moving = {name.partition("[")[0] for name in uncertain(parameters)}
    moved = {
        name
        for name, parameter in parameters.items()
        if name in moving
        or (parameter.varies and moving & set(map(str, parameter.varies.settings.values())))
    }

    assert {name for name in parameters if first[name] is not second[name]} >= moved
    assert all(first[name] is second[name] for name in parameters if name not in moved)
