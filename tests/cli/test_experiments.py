"""``compare``, ``staff`` and ``voi`` at the command line: bad input, refusals, a real one each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import answered, ended, started

from familyflow.experiments.typed_numbers import decimals_in, posts_in
from familyflow.problems import InputError


@pytest.mark.parametrize(
    "arguments",
    [
        ("compare", "core_offer", "grant_cut_20", "--draws", "0"),
        ("compare", "core_offer", "grant_cut_20", "--workers", "0"),
        ("compare", "core_offer", "grant_cut_20", "--engine", "numba"),
        ("compare", "core_offer", "grant_cut_20", "--follow-up", "sometimes"),
        ("compare", "core_offer", "grant_cut_20", "--within", "-5"),
        ("compare", "core_offer", "grant_cut_20", "--within", "£5,00"),
        ("compare",),
        ("voi", "core_offer", "grant_cut_20", "--draws", "many"),
        ("staff", "core_offer", "--posts", "8-3"),
        ("staff", "core_offer", "--posts", "0"),
        ("staff", "core_offer", "--posts", "three"),
        ("staff", "core_offer", "--caps", "six"),
        ("staff", "core_offer", "--months-to-recruit", "-1"),
        ("staff", "core_offer", "--wait", "soon"),
        ("staff", "core_offer", "--confidence", "often"),
        ("staff", "core_offer", "--grant", "£lots"),
        ("staff",),
    ],
)
def test_what_cannot_be_asked_ends_with_2_and_nothing_written(
    command, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    said = command(*arguments)

    assert said.code == 2
    assert said.out == ""
    assert said.err
    assert not [path for path in tmp_path.iterdir() if path.name != "code"]


def test_posts_are_a_stretch_or_a_list_each_once() -> None:
    assert posts_in("3-5") == [3, 4, 5]
    assert posts_in("7, 3, 3-4") == [7, 3, 4]
    assert posts_in("") == []


def test_decimals_are_a_list_each_once() -> None:
    assert decimals_in("6,8,6", "--caps") == [6.0, 8.0]
    assert decimals_in("", "--caps") == []
    with pytest.raises(InputError, match="--caps"):
        decimals_in("6,eight", "--caps")


def test_options_of_other_terms_are_refused_with_5_and_what_to_do(tmp_path: Path) -> None:
    said = answered(tmp_path, "compare", "core_offer", "reaching_communities_bid", "--draws", "2")

    assert said.code == 5
    assert "--price-year 2024/25" in said.err
    assert not list(tmp_path.iterdir())


def test_mistakes_of_both_options_are_told_with_2(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("extends: core_offer\nset: {service.team.caseload_cap: -3}\n")
    said = answered(tmp_path, "compare", "a.yaml", "nowhere", "--draws", "2")

    assert said.code == 2
    assert "caseload_cap" in said.err
    assert "nowhere" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_a_comparison_is_kept_shown_and_proved_the_same(tmp_path: Path) -> None:
    made = ended(started(tmp_path, "compare", "core_offer", "grant_cut_20", "--draws", "2",
                         "--set", "appraisal.term_years=1", "--json", "--no-structures",
                         "--quiet"))  # fmt: skip
    shown = answered(tmp_path, "runs", "show", "compare")
    again = answered(tmp_path, "runs", "reproduce", "compare", "--quiet")
    priced = answered(tmp_path, "run", "--reprice", "compare")

    results = json.loads(made.out)
    assert [option["option"] for option in results["options"]] == ["core_offer", "grant_cut_20"]
    assert "Side by side: core_offer, grant_cut_20" in shown.out
    assert again.code == 0, again.out + again.err
    assert priced.code == 2
    assert "no run of one scenario" in priced.err
