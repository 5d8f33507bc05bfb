"""The command as people run it: a process of its own, with signals, pipes and odd terminals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
MODEL = HERE.parents[1] / "model"
FAKE = HERE / "fake_familyflow.py"


def _listen() -> None:
    """As in a terminal: a job in the background inherits Ctrl-C and hang-up ignored."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def _start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(FAKE), *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(MODEL)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_listen,
    )


def _kept(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "outputs").iterdir() if path.name != ".locks")


def test_a_fault_of_ours_is_one_line_and_a_report(process, tmp_path: Path) -> None:
    said = process("run", "crash", TMPDIR=str(tmp_path))

    assert said.code == 1
    assert said.out == ""
    line = said.err.splitlines()[-1]
    assert line.startswith("familyflow: a fault of ours")
    assert "Traceback" not in said.err
    assert "\x1b" not in said.err
    report = next(tmp_path.glob("familyflow-crash-*.txt"))
    assert str(report) in line
    assert "Traceback" in report.read_text()
    assert report.stat().st_mode & 0o077 == 0
    assert _kept(tmp_path) == []


@pytest.mark.parametrize("place", ["before", "after"])
def test_debug_shows_everything(process, tmp_path: Path, place: str) -> None:
    arguments = ["--debug", "run", "crash"] if place == "before" else ["run", "crash", "--debug"]
    said = process(*arguments, TMPDIR=str(tmp_path))

    assert said.code == 1
    assert "Traceback" in said.err
    assert list(tmp_path.glob("familyflow-crash-*")) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_being_stopped_ends_with_130_and_leaves_nothing_half_done(
    tmp_path: Path, number: signal.Signals
) -> None:
    with _start(tmp_path, "run", "slow") as run:
        assert run.stderr is not None
        while "working" not in run.stderr.readline():
            pass
        run.send_signal(number)
        out, err = run.communicate(timeout=30)

    assert run.returncode == 130
    assert out == ""
    assert err == "familyflow: stopped. Nothing half-finished was left.\n"
    assert _kept(tmp_path) == []


def test_a_second_run_of_the_same_is_refused_until_the_first_is_gone(
    process, tmp_path: Path
) -> None:
    with _start(tmp_path, "run", "slow") as run:
        assert run.stderr is not None
        while "working" not in run.stderr.readline():
            pass
        said = process("run", "slow")
        assert said.code == 5
        assert f"process {run.pid}, started 20" in said.err
        assert process("run", "core_offer").code == 0
        run.kill()

    assert process("purge").code == 0
    assert len(_kept(tmp_path)) == 1


def test_a_reader_that_stops_early_is_no_fault(process, tmp_path: Path) -> None:
    with _start(tmp_path, "run", "core_offer") as run:
        assert run.stdout is not None
        run.stdout.close()
        assert run.stderr is not None
        err = run.stderr.read()
        code = run.wait(timeout=30)

    assert code == 0
    assert "Traceback" not in err
    assert "BrokenPipe" not in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only where there is a full device")
def test_a_full_disk_behind_stdout_ends_with_4(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, str(FAKE), "run", "core_offer"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(MODEL)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )

    assert done.returncode == 4
    assert "no space left" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
def test_a_limit_on_the_size_of_files_ends_with_4_and_no_half_run(tmp_path: Path) -> None:
    import resource

    done = subprocess.run(
        [sys.executable, "-B", str(FAKE), "run", "core_offer"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(MODEL)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 4
    assert "must be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert _kept(tmp_path) == []


def test_a_terminal_without_pound_signs_gets_the_answer_all_the_same(process) -> None:
    said = process("run", "core_offer", PYTHONIOENCODING="ascii")

    assert said.code == 0
    assert "\\xa31" in said.out


def test_a_warning_of_python_is_one_line_without_a_place_in_our_code(process) -> None:
    said = process("run", "unkept", "--quiet")

    assert said.code == 0
    assert said.err == "familyflow: kernels are kept nowhere\n"
    assert "_trouble" in process("--debug", "run", "unkept", "--seed", "2").err


HEAVY = ("numpy", "pandas", "scipy", "numba", "matplotlib", "seaborn", "SALib")
HEAVY_FOR_CHECK = ("pandas", "numba", "matplotlib", "seaborn", "SALib", "scipy.stats")


@pytest.mark.parametrize(
    ("arguments", "never"),
    [
        (["--help"], (*HEAVY, "yaml", "pydantic")),
        (["run", "--help"], HEAVY),
        (["new", "mine.yaml"], (*HEAVY, "yaml")),
        (["doctor"], HEAVY),
        (["runs", "list"], HEAVY),
        (["check", "a.yaml"], HEAVY_FOR_CHECK),
    ],
)
def test_nothing_heavy_is_imported_to_answer_a_light_question(
    tmp_path: Path, arguments: list[str], never: tuple[str, ...]
) -> None:
    code = (
        "import sys\n"
        "from familyflow.cli.app import answer\n"
        "answer(sys.argv[2:])\n"
        "loaded = set(sys.argv[1].split()) & set(sys.modules)\n"
        "sys.stderr.write('IMPORTED ' + ' '.join(sorted(loaded)))"
    )
    (tmp_path / "a.yaml").write_text("extends: core_offer\ntitle: A\n")

    done = subprocess.run(
        [sys.executable, "-c", code, " ".join(never), *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(MODEL)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.stderr.rpartition("IMPORTED")[2].split() == []
    assert "IMPORTED" in done.stderr
