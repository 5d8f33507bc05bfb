"""A file of one's own: what may stand in it, and every mistake with its line, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from familyflow.experiments.published.against import against_published
from familyflow.experiments.published.read import read_cases
from familyflow.experiments.published.world import World
from familyflow.problems import InputError

OURS = """\
title: Our own service, 2023
validity: predictive
calculation: months
source: {title: Our accounts, where: sheet 2, year: 2024}
grade: C
status: verified
inputs:
  price_year: 2023/24
  months: 6
  per_month: {ours: 1000}
figures:
  total.ours: {label: Half a year, unit: GBP, published: 6000, within: 0.5}
"""
WRONG = """\
title: Our own service, 2023
validity: predicted
calculation: months
source: {title: Our accounts, where: sheet 2, year: 2024}
grade: F
inputs:
  price_year: 2023/24
  months: six
  per_month: {ours: 1,000}
figures:
  total.ours: {label: Half a year, unit: GBP, publishes: 6000, within: 0.5}
  total.both: {label: Both ways, unit: GBP, published: 1, low: 0, high: 2}
  total.turned: {label: Turned round, unit: GBP, low: 3, high: 2}
  total.misprint: {label: Misprint, unit: GBP, published: 3, misprint_of: 2}
"""


def mistakes(path: Path) -> list[tuple[int, str]]:
    with pytest.raises(InputError) as wrong:
        read_cases(path)
    assert all(one.file.endswith(path.name) for one in wrong.value.problems)
    return [(one.line, one.what) for one in wrong.value.problems]


def written(folder: Path, text: str) -> Path:
    file = folder / "ours.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_case_of_ones_own_is_put_to_the_model_without_simulating(tmp_path: Path) -> None:
    world = World("core_offer")

    (answered,) = against_published(written(tmp_path, OURS), world)

    assert [(one.verdict, one.model) for one in answered.figures] == [("agrees", 6000.0)]
    assert answered.validity == "predictive"
    assert not {"inputs", "priced"} & vars(world).keys()


def test_every_mistake_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    told = mistakes(written(tmp_path, WRONG))

    assert [line for line, _ in told] == sorted(line for line, _ in told)
    for line, words in (
        (1, "has no 'status'"),
        (2, "validity = predicted"),
        (5, "grade = F"),
        (8, "months = six"),
        (11, "there is no 'publishes'"),
        (12, "gives published and low"),
        (13, "is above high, 2"),
        (14, "misprint_of = 2: needs published, within and note"),
    ):
        assert any(at == line and words in what for at, what in told), (line, words, told)


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ("calculation: months", "calculation: month", 3, "there is no such calculation"),
        ("total.ours:", "total.theirs:", 12, "the calculation gives no 'total.theirs'"),
        ("published: 6000", "same_as: total.our", 12, "the calculation gives no 'total.our'"),
        ("{ours: 1000}", "{}", 10, "names with their numbers are due here"),
        ("published: 6000, within: 0.5", "unit_of: 3", 12, "there is no 'unit_of'"),
        ("published: 6000, within: 0.5", "within: 0.5", 12, "says nothing to compare with"),
    ],
)
def test_what_does_not_fit_is_told_where_it_stands(
    tmp_path: Path, before: str, after: str, line: int, words: str
) -> None:
    told = mistakes(written(tmp_path, OURS.replace(before, after)))

    assert any(at == line and words in what for at, what in told), told


def test_a_parameter_that_is_not_there_is_told_before_anything_is_simulated(tmp_path: Path) -> None:
    text = OURS.replace("published: 6000, within: 0.5", "warn_above: economy.checks.highest")

    with pytest.raises(InputError, match=r"ours\.yaml:12.*no number 'economy.checks.highest'"):
        against_published(written(tmp_path, text), World("core_offer"))


def test_groups_whose_lists_are_unlike_are_refused_with_their_line(tmp_path: Path) -> None:
    text = OURS.replace("calculation: months", "calculation: groups")
    start, _, end = text.partition("inputs:\n")[0], "", "figures:" + text.partition("figures:")[2]
    inputs = (
        "inputs:\n  price_year: 2023/24\n  sites: [A, B]\n  groups: [3, 4]\n"
        "  lines:\n    pay: [1, 2, 3]\n  families: {all: 8}\n"
    )

    told = mistakes(written(tmp_path, start + inputs + end))

    assert any("pay has 3 numbers for 2 sites" in what and line > 10 for line, what in told)


def test_a_folder_without_a_case_and_a_file_that_is_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file of a published case"):
        read_cases(tmp_path)
    with pytest.raises(InputError, match=r"none\.yaml"):
        read_cases(tmp_path / "none.yaml")
