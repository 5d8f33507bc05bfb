"""The list of planted bugs is current, and so is what came of them: python -m benchmarks.teeth."""

import ast
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from benchmarks import teeth
from benchmarks.teeth import KEPT, ROOT, Bug, Came, planted, read_bugs, tried

BUGS = read_bugs()
FEWEST, FEWEST_IN_AN_AREA = 50, 3
AREAS = {
    "loader", "luck", "families", "service", "outcomes", "compiled", "economics", "statistics",
    "store", "records", "web",
}  # fmt: skip
EQUALITY = "tests/compiled/"  # the two engines give the same rows

one_bug = Bug(
    "adds_the_wrong_way", "loader", "sum.py", "a + b", "a - b", "Sums are differences.", "tests.py"
)


def test_there_are_many_bugs_of_every_area_each_told_once() -> None:
    areas = Counter(bug.area for bug in BUGS)

    assert len(BUGS) >= FEWEST
    assert set(areas) == AREAS
    assert min(areas.values()) >= FEWEST_IN_AN_AREA
    assert [name for name, times in Counter(bug.name for bug in BUGS).items() if times > 1] == []
    assert len({(bug.file, bug.line) for bug in BUGS}) == len(BUGS)


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_a_bug_is_one_line_that_stands_where_it_says(bug: Bug) -> None:
    broken = bug.planted(_text_of(bug.file))

    assert "\n" not in bug.line + bug.becomes
    assert bug.file.startswith("model/familyflow/")
    assert bug.harm.endswith(".")
    assert ast.dump(ast.parse(broken)) != _dumped(bug.file), "it changes nothing that runs"


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_its_catcher_is_an_ordinary_test_that_there_is(bug: Bug) -> None:
    file, _, name = bug.catcher.partition("::")
    found = next((each for each in _tests_in(file) if each.name == name), None)

    assert found is not None, f"there is no test {bug.catcher}"
    assert "mark.long" not in "".join(map(ast.unparse, found.decorator_list))
    assert "mark.long" not in "".join(_marks_of_the_file(file)), "the ordinary suite leaves it out"


def test_equality_of_the_engines_alone_catches_a_bug_of_each() -> None:
    by_equality = {bug.area for bug in BUGS if bug.catcher.startswith(EQUALITY)}

    assert {"service", "compiled"} <= by_equality


def test_every_bug_of_the_list_was_caught_and_no_other_is_kept() -> None:
    kept = json.loads(KEPT.read_text(encoding="utf-8"))["bugs"]

    assert [(each["bug"], each["digest"]) for each in kept] == [
        (bug.name, bug.digest) for bug in BUGS
    ], "run python -m benchmarks.teeth (--only NAME ... for those that are new)"
    assert [each["bug"] for each in kept if not each["caught"]] == []


# The command itself


def test_a_line_that_is_not_there_once_is_refused() -> None:
    for text, times in (("", 0), ("a + b, a + b", 2)):
        with pytest.raises(ValueError, match=f"adds_the_wrong_way: its line stands {times} times"):
            one_bug.planted(text)


def test_the_file_is_put_back_whatever_happens(tmp_path: Path) -> None:
    (tmp_path / "sum.py").write_text("a + b\n")

    def plant() -> None:
        with planted(one_bug, tmp_path):
            assert (tmp_path / "sum.py").read_text() == "a - b\n"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plant()
    assert (tmp_path / "sum.py").read_text() == "a + b\n"


@pytest.mark.parametrize(
    ("came", "caught"),
    [
        (Came(1, ("tests.py::test_a",), 1.0), True),
        (Came(0, (), 1.0), False),  # it passed
        (Came(2, ("tests.py::test_a",), 1.0), False),  # it could not be collected
        (Came(4, (), 1.0), False),  # there is no such test
        (Came(None, ("tests.py::test_a",), 1.0), False),  # it hung
    ],
)
def test_only_a_test_that_was_run_and_failed_has_caught_a_bug(came: Came, caught: bool) -> None:
    assert came.has_caught is caught
    assert came.in_words.startswith("caught" if caught else "SURVIVED")


def test_a_failing_a_passing_and_a_hanging_test_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = "import time\ndef test_it():\n    time.sleep({0})\n    assert {1}\n"
    monkeypatch.setattr(teeth, "COMMAND", ("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    came = {}
    for name, slept, holds, seconds in (
        ("fails", 0, False, 60), ("passes", 0, True, 60), ("hangs", 600, True, 3),
    ):  # fmt: skip
        (tmp_path / f"test_{name}.py").write_text(source.format(slept, holds))
        came[name] = tried([f"test_{name}.py"], tmp_path, seconds)

    assert {name: one.code for name, one in came.items()} == {
        "fails": 1,
        "passes": 0,
        "hangs": None,
    }
    assert came["fails"].failed == ("test_fails.py::test_it",)
    assert [name for name, one in came.items() if one.has_caught] == ["fails"]


def test_what_is_kept_of_a_bug_that_changed_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teeth, "KEPT", tmp_path / "teeth.json")
    teeth.keep([one_bug], {one_bug.name: Came(1, ("t",), 2.0)}, "abc")
    other = Bug(**{**vars(one_bug), "becomes": "b - a"})

    assert teeth.told_before([one_bug])[one_bug.name]["commit"] == "abc"
    assert teeth.told_before([other]) == {}
    assert str(Path.home()) not in (tmp_path / "teeth.json").read_text()


def test_a_name_that_is_not_in_the_list_is_refused() -> None:
    asked = subprocess.run(
        [sys.executable, "-m", "benchmarks.teeth", "--only", "no_such_bug"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert asked.returncode == 2
    assert "no_such_bug" in asked.stderr


@cache
def _text_of(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


@cache
def _tree(file: str) -> ast.Module:
    return ast.parse(_text_of(file))


@cache
def _dumped(file: str) -> str:
    return ast.dump(_tree(file))


def _tests_in(file: str) -> list[ast.FunctionDef]:
    return [one for one in _tree(file).body if isinstance(one, ast.FunctionDef)]


def _marks_of_the_file(file: str) -> Iterator[str]:
    for one in _tree(file).body:
        if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == "pytestmark":
            yield ast.unparse(one.value)
