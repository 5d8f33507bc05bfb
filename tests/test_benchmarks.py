"""The benchmarks run and compare equal things; how fast anything is, is never asserted."""

import json
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from benchmarks import __main__ as every
from benchmarks import engines, growth, hot_path, information, million, peers, threads
from benchmarks.core_offer import Draw, draws_of, inputs_of
from benchmarks.long_tests import Came, by_file
from benchmarks.measure import Row, machine, paired, skipped

from familyflow.compiled.engine import Memory
from familyflow.compiled.sums import scheme_of
from familyflow.experiments.quantity_names import quantities_in

SMALL = ("families.referrals.suitable_per_year=20", "appraisal.term_years=1")


@pytest.fixture(scope="module")
def draw() -> Draw:
    return draws_of(1, SMALL)[0]


@pytest.mark.parametrize("source", [hot_path.PLAIN, hot_path.VECTORS])
def test_the_hot_path_in_c_writes_the_rows_of_the_kernels(source: str, draw: Draw) -> None:
    reason = hot_path.why_not(source)
    if reason:
        pytest.skip(reason)
    prepared = hot_path.prepare(draw)

    with hot_path.built(source) as in_c:
        hot_path.check_rows(in_c, prepared)

        assert len(hot_path.rows_by(in_c, prepared)) > 100


def test_a_hot_path_with_other_rows_gets_no_number(draw: Draw) -> None:
    prepared = hot_path.prepare(draw)

    def wrong(plans: np.ndarray, worlds: np.ndarray) -> None:
        hot_path.follow_children(plans, worlds)
        prepared.world.rows["day"][0, 0] += 1

    with pytest.raises(AssertionError, match="no number for a wrong engine"):
        hot_path.check_rows(wrong, prepared)


def test_the_engines_are_compared_on_equal_sums(draw: Draw) -> None:
    scheme = scheme_of(quantities_in(inputs_of(1, SMALL).base))

    engines.check_sums(draw, scheme, Memory())


def test_two_threads_give_the_sums_of_one() -> None:
    inputs = inputs_of(4, SMALL)

    assert threads.simulated(inputs, 1) == threads.simulated(inputs, 2)


@pytest.mark.parametrize("kind", ["length of the term", "referrals and team"])
def test_growth_has_more_families(kind: str) -> None:
    once, twice = (growth.sized(growth.KINDS[kind](times), 1).families for times in (1, 2))

    assert 1.5 < twice / once < 2.5


def test_peers_that_are_not_installed_are_rows_with_a_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(peers, "REPLICATIONS", 1)
    for which in ("without_ciw", "without_simmer"):
        monkeypatch.setattr(peers, which, lambda: "not here")

    own, *others = peers.measure(2)

    assert own.value is not None
    assert [row.note for row in others] == ["skipped: not here"] * 2


def test_other_queues_than_simpys_get_no_number() -> None:
    with pytest.raises(AssertionError, match="another queue"):
        peers.check_counts(peers.Counted(1.0, 1_000, 100), peers.Counted(1.0, 1_000, 300))


def test_every_figure_of_information_is_held_against_its_truth() -> None:
    rows = information.measure(2, draws=(200,), many=4)

    assert len(rows) == 40
    assert all(row.value is not None and "truth" in row.note for row in rows)
    raw = [row.value for row in rows if row.measure.endswith("EVPI, raw")]
    assert min(value for value in raw if value) > 1.5


def test_works_take_turns_in_every_round() -> None:
    done: list[str] = []
    works = {name: lambda name=name: done.append(name) for name in "abc"}

    seconds = paired(works, 4)

    assert [sorted(done[k : k + 3]) for k in range(0, 15, 3)] == [["a", "b", "c"]] * 5
    assert {name: len(found) for name, found in seconds.items()} == {"a": 4, "b": 4, "c": 4}


@pytest.mark.parametrize(
    ("row", "met"),
    [
        (Row("ratio", 120, least=100), True),
        (Row("ratio", 90, least=100), False),
        (Row("seconds", 19, most=20), True),
        (Row("seconds", 21, most=20), False),
        (Row("seconds", 21), None),
        (Row("held", 95.9, least=94, most=96), True),
        (Row("held", 96.1, least=94, most=96), False),
        (Row("held", 93.9, least=94, most=96), False),
        (skipped("seconds", "no clock"), None),
    ],
)
def test_a_goal_is_met_missed_or_not_there(row: Row, met: bool | None) -> None:
    assert row.met is met


def test_what_is_kept_names_neither_host_nor_folder() -> None:
    told = every.report([skipped("a", "b")], machine())
    kept = json.loads(json.dumps(told))

    assert kept["measures"][0]["met"] is None
    assert isinstance(kept["machine"], Mapping)
    assert str(Path.home()) not in json.dumps(kept)
    assert set(kept["machine"]) == {
        "versions", "processor", "processors", "system", "load_average",
    }  # fmt: skip


def test_a_release_has_one_line_in_the_readme() -> None:
    readme = (every.HERE / "README.md").read_text(encoding="utf-8")
    rows = [Row(f"{each} ...", 1.5) for each in every.IN_README[1:]]

    once = every.with_line(readme, "9.9.9", rows, 0.1)
    twice = every.with_line(once, "9.9.9", rows, 0.2)

    assert [line for line in twice.splitlines() if line.startswith("| 9.9.9 |")] == [
        "| 9.9.9 | - |" + " 1.5 |" * 7 + " 0.2 |"
    ]
    assert len(twice.splitlines()) == len(readme.splitlines()) + 1


def test_a_few_points_go_the_way_of_the_million_to_their_known_shares() -> None:
    seconds, memory = million.measure(2**9, workers=2)

    if memory.value is None:
        pytest.skip(memory.note)
    assert seconds.value is not None
    assert memory.met


def test_of_each_file_of_long_tests_is_kept_what_came_of_it() -> None:
    report = ElementTree.fromstring(
        '<r><testcase classname="tests.b" time="1.25"/>'
        '<testcase classname="tests.b" time="2"><failure/></testcase>'
        '<testcase classname="tests.a.c" time="0.5"><skipped/></testcase>'
        '<testcase classname="tests.b" time="0"><error/></testcase></r>'
    )

    assert by_file(report.iter("testcase")) == {
        "tests/a/c.py": Came(skipped=1, seconds=0.5),
        "tests/b.py": Came(passed=1, failed=2, seconds=3.2),
    }
