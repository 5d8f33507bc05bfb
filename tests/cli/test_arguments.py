"""Whatever is typed, the command ends with a known code and without a traceback."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NAMES = ["run", "check", "explain", "schema", "new", "runs", "warm", "doctor", "purge"]
OPTIONS = [
    "--draws", "--replications", "--seed", "--set", "--parameters", "--engine", "--workers",
    "--out", "--json", "--quiet", "--journal", "--quantities", "--common-luck", "--from", "--to",
    "--scenario", "--dry-run", "--help", "--", "list", "show", "diff", "reproduce",
]  # fmt: skip
VALUES = ["core_offer", "0", "-1", "1", "3", "1e9", "=", "a=b", "outputs", "nowhere.yaml", "..", ""]
CODES = {0, 2, 4}

words = st.sampled_from([*OPTIONS, *VALUES]) | st.text(max_size=12)
# files and folders may be made, but only in this folder
safe = words.filter(lambda word: not word.startswith(("/", "~")) and ".." not in word)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(name=st.sampled_from(NAMES), rest=st.lists(safe, max_size=5))
def test_whatever_is_typed_there_is_an_exit_code_and_no_traceback(
    command, name: str, rest: list[str]
) -> None:
    said = command(name, *rest)

    assert said.code in CODES
    assert "Traceback" not in said.err
    assert "\x1b" not in said.out + said.err
    assert said.code != 2 or said.out == "" or "--json" in rest


def test_text_that_is_no_text_is_told_plainly(process) -> None:
    name = "core\udcff_offer" if sys.platform != "win32" else "core_offer?"

    said = process("run", name, fake=False)

    assert said.code == 2
    assert "Traceback" not in said.err


def test_the_scenario_may_come_after_the_options(command, tmp_path: Path) -> None:
    said = command("run", "--seed", "5", "--quiet", "--out", "elsewhere", "core_offer")

    assert said.code == 0
    assert (tmp_path / "elsewhere").is_dir()


def test_every_mistake_in_the_options_is_told_at_once(command) -> None:
    said = command("run", "core_offer", "--draws", "x", "--seed", "y", "--engine", "z")

    assert said.code == 2
    assert said.err.startswith("3 problems in the input")
    assert [name for name in ("--draws", "--seed", "engine 'z'") if name not in said.err] == []
