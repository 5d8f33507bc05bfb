"""The rules of SECURITY.md that hold for the whole program, and that the page is kept current."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import familyflow

PACKAGE = Path(familyflow.__file__).resolve().parent
ROOT = Path(__file__).resolve().parents[1]
TOLD = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
KEPT = ROOT / ".ci" / "release_files"
RULES = [f"S{number:02}" for number in range(1, 31)]
RUNS_TEXT = {"eval", "exec", "compile", "__import__"}
UNSAFE = {"pickle": "loads", "marshal": "loads", "shelve": "open", "os": "system", "yaml": "load"}
BETWEEN_PROCESSES = {"experiments/points/processes.py"}  # a driver and the workers it started


def _calls(text: str) -> Iterator[tuple[str, str, ast.Call]]:
    """Every call with the name of what it is called on, if any, and its own."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name):
                yield "", called.id, node
            elif isinstance(called, ast.Attribute):
                on = called.value.id if isinstance(called.value, ast.Name) else "."
                yield on, called.attr, node


def _dangers(text: str) -> list[str]:
    found = []
    for on, name, call in _calls(text):
        if not on and name in RUNS_TEXT:
            found.append(name)
        if on in UNSAFE and name in {UNSAFE[on], "load"} | ({"unsafe_load"} & {name}):
            found.append(f"{on}.{name}")
        if any(word.arg in {"shell", "allow_pickle"} and _is_true(word.value)
               for word in call.keywords):  # fmt: skip
            found.append("shell or allow_pickle")
    return found


def _is_true(node: ast.expr) -> bool:
    return not (isinstance(node, ast.Constant) and node.value is False)


def _sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def test_no_text_is_run_as_code() -> None:
    found = {
        file.relative_to(PACKAGE).as_posix(): dangers
        for file in _sources()
        if (dangers := _dangers(file.read_text(encoding="utf-8")))
    }

    assert set(found) <= BETWEEN_PROCESSES


def test_objects_are_unpacked_only_between_a_driver_and_its_own_workers() -> None:
    importing = {
        file.relative_to(PACKAGE).as_posix()
        for file in _sources()
        if re.search(r"^\s*(import|from) (pickle|dill|cloudpickle|marshal|shelve)\b",
                     file.read_text(encoding="utf-8"), re.M)
    }  # fmt: skip

    assert importing == BETWEEN_PROCESSES


@pytest.mark.parametrize(
    "text",
    ["eval('1')", "exec(text)", "pickle.loads(data)", "yaml.load(text, Loader)", "os.system('ls')",
     "subprocess.run('ls', shell=True)", "np.load(file, allow_pickle=True)", "pickle.load(file)"],
)  # fmt: skip
def test_what_runs_text_would_be_found(text: str) -> None:
    assert _dangers(text)


def test_secrets_are_compared_in_constant_time() -> None:
    """Whoever measures how long a refusal takes learns nothing of the secret."""
    guards = [file.read_text(encoding="utf-8") for file in sorted((PACKAGE / "web").rglob("*.py"))]
    with_secrets = [text for text in guards if re.search(r"\b(token|secret)\b.* == ", text)]

    assert not with_secrets
    assert any("compare_digest" in text for text in guards)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _pinned() -> dict[str, str]:
    """Versions that are known to work together, by plain name."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if "==" in line and not line.startswith("#")]
    return {_plain(name): version.split(";")[0].strip() for name, version in pairs}


def _hashed() -> dict[str, str]:
    """Versions whose hashes a release carries, by plain name."""
    text = (KEPT / "requirements.txt").read_text(encoding="utf-8")
    found = re.findall(r"^(\S+)==(\S+) \\\n    --hash=sha256:[0-9a-f]{64}$", text, re.M)
    assert len(found) == text.count("==")
    return {_plain(name): version for name, version in found}


def test_hashes_of_a_release_cover_every_pinned_package_and_name_no_index() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *extras["web"], *extras["pdf"], *extras["cluster"]]
    hashed, pinned = _hashed(), _pinned()

    assert {_plain(re.split(r"[<>=;]", one)[0].strip()) for one in asked} <= set(hashed)
    assert {name: pinned.get(name) for name in hashed} == hashed
    assert "://" not in (KEPT / "requirements.txt").read_text(encoding="utf-8")


def test_the_bill_of_materials_names_what_is_hashed_and_no_address() -> None:
    text = (KEPT / "bill_of_materials.json").read_text(encoding="utf-8")
    bill = json.loads(text)
    named = {_plain(one["name"]): one["version"] for one in bill["components"]}

    assert bill["bomFormat"] == "CycloneDX"
    assert named.pop("familyflow")
    assert named == _hashed()
    assert set(re.findall(r"https?://[^/\"]+", text)) <= {"http://cyclonedx.org"}


def test_every_rule_has_its_row_and_every_test_named_is_there() -> None:
    assert re.findall(r"^\| (S\d\d) \|", TOLD, re.M) == RULES
    named = re.findall(r"`([a-z_/]+/test_[a-z_]+[.]py|test_[a-z_]+[.]py)(?:::(test_[a-z0-9_]+))?`",
                       TOLD)  # fmt: skip
    assert len(named) >= len(RULES)
    for file, name in named:
        text = (ROOT / "tests" / file).read_text(encoding="utf-8")
        assert f"def {name or 'test_'}" in text, (file, name)
