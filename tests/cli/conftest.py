"""Running the command: in this process over a stand-in experiment, or as a process of its own."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
MODEL = HERE.parents[1] / "model"
FAKE = HERE / "fake_familyflow.py"


@dataclass
class Said:
    """What a command left: exit code, stdout, stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, object]:
        return json.loads(self.out)


Command = Callable[..., Said]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(MODEL), "PYTHONIOENCODING": "utf-8"}


def answered(folder: Path, *arguments: str) -> Said:
    """The command over the real model in this process, which has loaded it: sooner than its own."""
    from familyflow.cli.app import answer

    out, err = StringIO(), StringIO()
    with chdir(folder), redirect_stdout(out), redirect_stderr(err):
        code = answer(arguments)
    return Said(code, out.getvalue(), err.getvalue())


def started(folder: Path, *arguments: str, code: str = "") -> subprocess.Popen[str]:
    """The command as a process of its own, in this folder. code: what it runs instead."""
    start = ["-c", code] if code else ["-m", "familyflow"]
    return subprocess.Popen(
        [sys.executable, *start, *arguments], cwd=folder, env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip


def ended(process: subprocess.Popen[str]) -> Said:
    """What a process left, once it has ended."""
    try:
        out, err = process.communicate(timeout=300)
    finally:
        process.kill()  # where it had not ended in time
    return Said(process.returncode, out, err)


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """The command in this process, in an empty folder, over the stand-in experiment."""
    spec = importlib.util.spec_from_file_location("fake_familyflow", FAKE)
    assert spec is not None
    assert spec.loader is not None
    fake = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "fake_familyflow", fake)
    spec.loader.exec_module(fake)
    monkeypatch.setitem(sys.modules, "familyflow.api", fake)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "code"))  # not that of these very tests
    from familyflow.cli.app import answer

    def ask(*arguments: str) -> Said:
        capsys.readouterr()
        code = answer(arguments)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return ask


@pytest.fixture
def process(tmp_path: Path) -> Command:
    """The command as a process of its own, over the stand-in experiment."""

    def ask(*arguments: str, fake: bool = True, **environment_changes: str) -> Said:
        start = [str(FAKE)] if fake else ["-m", "familyflow"]
        done = subprocess.run(
            [sys.executable, *start, *arguments],
            cwd=tmp_path,
            env={**environment(), **environment_changes},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    return ask
