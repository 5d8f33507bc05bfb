"""Numbers that are uncertain together."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from familyflow.parameters.correlations import Block, Correlation, blocks, pearson
from familyflow.parameters.draws import every_draw
from familyflow.parameters.library import load_library
from familyflow.problems import InputError, Problem

THREE = "".join(
    f"{name}: {{label: A, unit: share, value: 0.5, grade: E, status: assumed, note: x,\n"
    "  distribution: {uniform: {low: 0, high: 1}}}\n"
    for name in "abc"
)
KEYS = [f"service.key_work.{name}" for name in "abc"]


def test_the_normal_correlation_gives_the_rank_asked_for() -> None:
    assert 6.0 / np.pi * np.arcsin(0.5 / 2.0) == pytest.approx(0.4825837, abs=1e-7)
    assert pearson(0.4825837) == pytest.approx(0.5, abs=1e-7)


def test_pairs_that_share_a_number_are_drawn_in_one_block() -> None:
    found = blocks(
        [Correlation("a", "b", 0.5), Correlation("c", "d", 0.1), Correlation("b", "e", 0)]
    )

    assert sorted(block.keys for block in found) == [("a", "b", "e"), ("c", "d")]


def test_a_block_with_no_correlation_leaves_the_uniforms_alone() -> None:
    block = blocks([Correlation("a", "b", 0.0)])[0]

    assert block.uniforms([0.2, 0.9]) == pytest.approx([0.2, 0.9], abs=1e-12)


def test_a_list_of_correlations_and_a_matrix_say_the_same(tree: Callable[..., Path]) -> None:
    of = f"of: [{', '.join(KEYS)}]"
    one = load_library(
        tree(**{"service/key_work": THREE, "correlations": f"- {{{of}, rank: 0.2, note: x}}\n"})
    )
    matrix = "[[1, 0.2, 0.2], [0.2, 1, 0.2], [0.2, 0.2, 1]]"
    other = load_library(tree(correlations=f"all: {{{of}, matrix: {matrix}, note: x}}\n"))

    assert one.correlations == other.correlations
    assert len(one.correlations) == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rank: 1.2, note: x", ["between -1 and 1"]),
        ("rank: half, note: x", ["rank = half", "text"]),
        ("note: x", ["'rank' or 'matrix'"]),
        ("rank: 0.5", ["no source"]),
        ("rank: -0.9, note: x", ["positive definite", "smallest eigenvalue"]),
        ("matrix: [[1, 0.5], [0.5, 1]], note: x", ["3 rows of 3"]),
        ("matrix: [[1, 0.5, 0], [0.4, 1, 0], [0, 0, 1]], note: x", ["not symmetric"]),
        ("matrix: [[1, 0, 0], [0, 2, 0], [0, 0, 1]], note: x", ["diagonal"]),
        ("rank: 0.5, nota: x", ["'note'"]),
        ("matrix: [[1, x, 0], [0, 1, 0], [0, 0, 1]], note: x", ["matrix", "text"]),
        ("matrix: [[1, 2, 0], [2, 1, 0], [0, 0, 1]], note: x", ["between -1 and 1"]),
    ],
)
def test_a_correlation_that_cannot_be_is_explained(
    mistakes: Callable[..., list[Problem]], text: str, words: list[str]
) -> None:
    found = mistakes(
        **{"service/key_work": THREE, "correlations": f"- {{of: [{', '.join(KEYS)}], {text}}}\n"}
    )

    said = " ".join(map(str, found))
    assert not [word for word in words if word not in said], said
    assert found[0].file.endswith("correlations.yaml")
    assert found[0].line == 1


def test_a_correlation_names_numbers_that_exist(mistakes: Callable[..., list[Problem]]) -> None:
    found = mistakes(
        **{
            "service/key_work": THREE,
            "correlations": "- {of: [service.key_work.a, no.bb], rank: 0.1, note: x}\n",
        }
    )

    assert (found[0].line, found[0].column) == (1, 29)
    assert "no 'no.bb'" in found[0].what


@pytest.mark.parametrize("of", ["[service.key_work.a]", "[service.key_work.a, service.key_work.a]"])
def test_a_correlation_is_between_two_numbers(
    mistakes: Callable[..., list[Problem]], of: str
) -> None:
    text = f"- {{of: {of}, rank: 0.1, note: x}}\n"

    found = mistakes(**{"service/key_work": THREE, "correlations": text})

    assert "two different keys" in found[0].what


def test_correlations_are_sections(mistakes: Callable[..., list[Problem]]) -> None:
    found = mistakes(**{"service/key_work": THREE, "correlations": "- 0.5\n"})

    assert "a section is due here" in found[0].what


def test_a_pair_may_be_stated_once_only(mistakes: Callable[..., list[Problem]]) -> None:
    pair = "- {of: [service.key_work.a, service.key_work.b], rank: 0.1, note: x}\n"

    found = mistakes(**{"service/key_work": THREE, "correlations": pair * 2})

    assert "stands twice" in found[0].what


def test_a_number_that_is_fixed_is_correlated_with_nothing(tree: Callable[..., Path]) -> None:
    fixed = THREE.replace("distribution: {uniform: {low: 0, high: 1}}", "sunset: 2030-03", 1)
    library = load_library(
        tree(
            **{
                "service/key_work": fixed,
                "correlations": f"- {{of: [{KEYS[0]}, {KEYS[1]}], rank: 0.1, note: x}}\n",
            }
        )
    )

    assert library.correlations == ()


def test_an_impossible_block_names_its_smallest_eigenvalue() -> None:
    pairs = [Correlation("a", "b", 0.9), Correlation("b", "c", 0.9), Correlation("a", "c", -0.9)]

    with pytest.raises(InputError, match=r"smallest eigenvalue -0\.8\d+"):
        blocks(pairs)


@given(st.lists(st.floats(-0.99, 0.99), min_size=6, max_size=6))
def test_what_the_message_says_would_do_does(ranks: list[float]) -> None:
    names = [("a", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("b", "d"), ("c", "d")]
    pairs = [Correlation(*name, rank) for name, rank in zip(names, ranks, strict=True)]

    try:
        blocks(pairs)
    except InputError as error:
        times = float(re.findall(r"0; (0\.\d\d) times", error.problems[0].to_do)[0])
        # as someone would write them, to three places
        nearer = [Correlation(p.first, p.second, round(times * p.rank, 3)) for p in pairs]
        assert len(blocks(nearer)) == 1


def test_three_numbers_that_all_oppose_are_told_how_far_to_go() -> None:
    names = [("a", "b"), ("a", "c"), ("b", "c")]

    with pytest.raises(InputError) as error:
        blocks([Correlation(*name, -0.9) for name in names])

    # -.5 is the least that three can share as normals, a rank of -.4826: .536 times; and one less
    assert error.value.problems[0].to_do == "Bring the ranks nearer to 0; 0.52 times each would do."


@pytest.mark.statistical
@pytest.mark.parametrize("rho", [0.5, -0.5, 0.9])
def test_a_gaussian_copula_has_the_rank_correlation_of_its_normals(rho: float) -> None:
    block = Block(("a", "b"), np.linalg.cholesky([[1.0, rho], [rho, 1.0]]))
    uniforms = np.random.default_rng(20_261_128).uniform(size=(2, 100_000))

    one, other = block.uniforms(list(uniforms))

    # 4.79 standard errors, of at most 1 / sqrt(n)
    expected = 6.0 / np.pi * np.arcsin(rho / 2.0)
    assert stats.spearmanr(one, other).statistic == pytest.approx(expected, abs=4.79 / 100_000**0.5)
    for column in (one, other):
        assert stats.kstest(column, "uniform").pvalue > 1e-6


@pytest.mark.statistical
def test_the_ranks_a_file_states_come_out_of_many_draws(tree: Callable[..., Path]) -> None:
    matrix = "[[1, 0.6, -0.3], [0.6, 1, 0.2], [-0.3, 0.2, 1]]"
    correlations = f"all: {{of: [{', '.join(KEYS)}], matrix: {matrix}, note: x}}\n"
    library = load_library(tree(**{"service/key_work": THREE, "correlations": correlations}))
    draws = 50_000

    drawn = every_draw(library, 20_261_128, range(draws), library.correlations)
    found = stats.spearmanr(np.array([drawn.columns[key] for key in KEYS]).T).statistic

    # seed as given; 4.79 standard errors, of at most 1 / sqrt(n)
    stated = np.array([[1, 0.6, -0.3], [0.6, 1, 0.2], [-0.3, 0.2, 1]])
    assert found == pytest.approx(stated, abs=4.79 / draws**0.5)
