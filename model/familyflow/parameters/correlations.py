"""Numbers that are uncertain together: rank correlations, drawn by a Gaussian copula."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
from pydantic import Field, WithJsonSchema

from familyflow.parameters import numerals
from familyflow.parameters.distributions import Distribution, U, like, special
from familyflow.parameters.models import Model, Source, Text, Texts
from familyflow.parameters.nearest import did_you_mean
from familyflow.parameters.parameter import Parameter
from familyflow.parameters.validation import Report, validated
from familyflow.parameters.yaml_tree import Items, Node, Place, Section, Wrong
from familyflow.problems import InputError, Problem, Problems

_NOTHING = 1e-10  # an eigenvalue no larger than this is rounding


@dataclass(frozen=True)
class Correlation:
    """The rank correlation of two uncertain numbers (each by its key)."""

    first: str
    second: str
    rank: float


@dataclass(frozen=True)
class Block:
    """Keys drawn together. `lower` turns independent normals into correlated ones."""

    keys: tuple[str, ...]
    lower: npt.NDArray[np.float64]

    def uniforms(self, independent: Sequence[U]) -> list[U]:
        """Correlated uniforms from independent ones, in the order of the keys.

        Numbers, or an array of draws for each key. Sums are taken term by term, so that no draw
        depends on how many stand beside it.
        """
        normals = [special().ndtri(uniform) for uniform in independent]
        correlated = []
        for row, weights in enumerate(self.lower.tolist()):
            total = sum(weights[k] * normals[k] for k in range(row + 1))
            correlated.append(like(independent[row], special().ndtr(total)))
        return correlated


class CorrelationModel(Model):
    """Uncertain numbers that go together: one rank for all pairs, or a matrix of ranks."""

    of: Texts = Field(description="The keys of two uncertain numbers or more.")
    rank: Annotated[Any, WithJsonSchema({"type": "number", "minimum": -1, "maximum": 1})] | None = (
        Field(None, description="Spearman's rank correlation of each pair.")
    )
    matrix: Annotated[Any, WithJsonSchema({"type": "array"})] | None = Field(
        None, description="All rank correlations, as rows, in the order of the keys."
    )
    source: Source | None = Field(None, description="Where it was read.")
    note: Text | None = Field(None, description="The reason, where there is no source.")
    status: Text | None = Field(None, description="verified, derived, recalled or assumed.")
    grade: Text | None = Field(None, description="A (best) to E.")
    label: Text | None = Field(None, description="What goes together, in a few words.")


def read_correlations(
    sections: Sequence[tuple[str, Section, Place]],
    parameters: Mapping[str, Parameter],
    known: Mapping[str, object],
    problems: Problems,
) -> list[Correlation]:
    """Every pair stated, checked; pairs of numbers that are fixed are left out."""
    found: list[Correlation] = []
    for name, section, place in sections:
        report = Report(problems, f"correlation {name}")
        model = validated(CorrelationModel, section, report)
        if model is None or not _keys_known(model.of, section, known, report):
            continue
        if model.source is None and model.note is None:
            report.at(place, " has no source", "Add 'source:', or the reason in 'note:'.")
        found += _pairs(model.of, section, report)
    stated: set[frozenset[str]] = set()
    for pair in found:
        both = frozenset((pair.first, pair.second))
        if both in stated:
            place = sections[-1][2]
            problems.add(*place, f"the correlation of {pair.first} and {pair.second} stands twice")
        stated.add(both)
    uncertain = [
        c for c in found if _is_drawn(c.first, parameters) and _is_drawn(c.second, parameters)
    ]
    if found and not problems.found:
        try:
            blocks(uncertain)
        except InputError as error:
            problems.add(*sections[0][2], error.problems[0].what, error.problems[0].to_do)
    return uncertain


def blocks(correlations: Sequence[Correlation]) -> list[Block]:
    """Groups of keys that are drawn together. Raises InputError where a group is impossible."""
    groups: list[list[str]] = []
    for pair in correlations:
        touching = [g for g in groups if pair.first in g or pair.second in g]
        merged = [key for group in touching for key in group]
        merged += [key for key in (pair.first, pair.second) if key not in merged]
        groups = [g for g in groups if g not in touching] + [merged]
    ranks = {(c.first, c.second): c.rank for c in correlations}
    return [_block(tuple(group), ranks) for group in groups]


def pearson(rank: float) -> float:
    """The normal correlation that gives this rank correlation: 2 sin(pi rank / 6)."""
    return 2.0 * math.sin(math.pi * rank / 6.0)


def _block(keys: tuple[str, ...], ranks: Mapping[tuple[str, str], float]) -> Block:
    matrix = _normal_matrix(keys, ranks)
    smallest = _smallest_eigenvalue(matrix)
    if smallest <= _NOTHING:
        what = (
            f"the correlations of {', '.join(keys)} cannot all hold: their matrix is not positive "
            f"definite (smallest eigenvalue {smallest:.4g})"
        )
        to_do = f"Bring the ranks nearer to 0; {_nearer(keys, ranks):.2f} times each would do."
        raise InputError([Problem("correlations", 0, 0, what, to_do)])
    return Block(keys, np.linalg.cholesky(matrix).astype(np.float64))


def _normal_matrix(
    keys: tuple[str, ...], ranks: Mapping[tuple[str, str], float], times: float = 1.0
) -> npt.NDArray[np.float64]:
    """The normal correlations of these ranks, each so many times."""
    matrix = np.eye(len(keys))
    for i, first in enumerate(keys):
        for j, second in enumerate(keys):
            rank = ranks.get((first, second), ranks.get((second, first), 0.0))
            if i != j:
                matrix[i, j] = pearson(times * rank)
    return matrix


def _smallest_eigenvalue(matrix: npt.NDArray[np.float64]) -> float:
    return float(np.linalg.eigvalsh(matrix)[0])


def _nearer(keys: tuple[str, ...], ranks: Mapping[tuple[str, str], float]) -> float:
    """The most hundredths of each rank that could hold, less one for those who round."""
    return next(
        (part - 1) / 100.0
        for part in range(99, 0, -1)
        if _smallest_eigenvalue(_normal_matrix(keys, ranks, part / 100.0)) > _NOTHING
    )


def _is_drawn(key: str, parameters: Mapping[str, Parameter]) -> bool:
    return key in parameters and isinstance(parameters[key].distribution, Distribution)


def _keys_known(
    keys: list[str], section: Section, known: Mapping[str, object], report: Report
) -> bool:
    of = section.entries["of"]
    places = (
        [item.place for item in of.items] if isinstance(of, Items) else [section.place] * len(keys)
    )
    for key, place in zip(keys, places, strict=True):
        if key not in known:
            report.at(place, f": there is no '{key}'", did_you_mean(key, known))
    if len(keys) < 2 or len(set(keys)) != len(keys):
        report.at(of.place, ": two different keys or more are due under 'of'")
    return not report.count


def _pairs(keys: list[str], section: Section, report: Report) -> list[Correlation]:
    rank, matrix = section.entries.get("rank"), section.entries.get("matrix")
    if (rank is None) == (matrix is None):
        report.at(section.place, ": either 'rank' or 'matrix' is due")
        return []
    rows: list[list[float]] | None
    if rank is not None:
        one = _rank(rank, report)
        rows = None if one is None else [[1.0 if a == b else one for b in keys] for a in keys]
    else:
        rows = _rows(matrix, len(keys), report)
    if rows is None:
        return []
    places = range(len(keys))
    return [Correlation(keys[i], keys[j], rows[i][j]) for i in places for j in places if i < j]


def _rank(node: Node, report: Report) -> float | None:
    try:
        rank = float(numerals.number(node))
        if not -1.0 < rank < 1.0:
            raise Wrong("a rank correlation lies between -1 and 1")
        return rank
    except Wrong as wrong:
        report.value(node, wrong, "rank")
        return None


def _rows(node: Node | None, size: int, report: Report) -> list[list[float]] | None:
    if not isinstance(node, Items):
        return None
    try:
        rows = [
            [float(numerals.number(n)) for n in r.items] for r in node.items if isinstance(r, Items)
        ]
    except Wrong as wrong:
        report.value(node, wrong, "matrix")
        return None
    if len(rows) != size or any(len(row) != size for row in rows):
        report.at(node.place, f".matrix: {size} rows of {size} numbers are due")
    elif any(rows[i][i] != 1.0 for i in range(size)):
        report.at(node.place, ".matrix: the numbers on the diagonal must be 1")
    elif any(rows[i][j] != rows[j][i] for i in range(size) for j in range(size)):
        report.at(
            node.place, ".matrix: it is not symmetric", "Row i column j equals row j column i."
        )
    elif any(not -1.0 < rows[i][j] < 1.0 for i in range(size) for j in range(size) if i != j):
        report.at(node.place, ".matrix: a rank correlation lies between -1 and 1")
    else:
        return rows
    return None
