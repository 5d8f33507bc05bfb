"""A run's folder appears as one step, holds what it says, and is never mixed or lost."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from familyflow.problems import InputError, MachineError, RefusedError
from familyflow.store import (
    Made,
    find_run,
    list_runs,
    open_run,
    read_manifest,
    run_folder,
    sweep,
    what_is_wrong,
)
from familyflow.store.passing import passing_file
from familyflow.store.run_folder import leftovers

MODEL = Path(__file__).resolve().parents[2] / "model"
DIGEST = "ab" * 32
RUN = "core_offer-" + DIGEST[:10]


def _made(**changes: object) -> Made:
    held = {"content_hash": DIGEST, "asked": {"scenario": "core_offer"}, "inputs": {"seed": 1}}
    return Made(**{**held, "engine": "simpy", **changes})


def _keep(out: Path, files: dict[str, str] | None = None, digest: str = DIGEST) -> Path:
    with open_run(out, RUN) as folder:
        for name, text in (files or {"results.json": "{}\n", "tables/flow.csv": "a,b\n"}).items():
            folder.write(name, text)
        return folder.finish(_made(content_hash=digest))


def _visible(out: Path) -> list[str]:
    return sorted(path.name for path in out.iterdir() if path.name != ".locks")


def _child(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(MODEL)},
    )


def test_a_finished_run_is_there_whole_and_sound(tmp_path: Path) -> None:
    folder = _keep(tmp_path / "outputs")

    manifest = read_manifest(folder)
    assert folder.name == RUN == manifest.run_id
    assert sorted(manifest.files) == ["results.json", "tables/flow.csv"]
    assert manifest.files["tables/flow.csv"]["bytes"] == 4
    assert what_is_wrong(folder, manifest) == []
    assert _visible(tmp_path / "outputs") == [RUN]


def test_a_run_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def stopped() -> None:
        with open_run(tmp_path, RUN) as folder:
            folder.write("results.json", "{}")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()

    assert _visible(tmp_path) == []


def test_nothing_is_in_place_before_the_end(tmp_path: Path) -> None:
    with open_run(tmp_path, RUN) as folder:
        folder.write("results.json", "{}")

        assert _visible(tmp_path) == [f".{RUN}.partial"]
        assert list_runs(tmp_path) == []


def test_the_same_run_is_found_again(tmp_path: Path) -> None:
    _keep(tmp_path)

    assert find_run(tmp_path, RUN, DIGEST) is not None
    assert find_run(tmp_path, RUN, DIGEST, wanted=["results.json"]) is not None
    assert find_run(tmp_path, RUN, DIGEST, wanted=["journal.parquet"]) is None
    assert find_run(tmp_path, "other-0000000000", DIGEST) is None


def test_a_run_of_other_inputs_under_the_same_name_is_refused(tmp_path: Path) -> None:
    _keep(tmp_path)

    with pytest.raises(RefusedError, match="other inputs"):
        find_run(tmp_path, RUN, "cd" * 32)
    with pytest.raises(RefusedError, match="other inputs"):
        _keep(tmp_path, digest="cd" * 32)
    assert _visible(tmp_path) == [RUN]


@pytest.mark.parametrize("hurt", ["flip", "cut", "remove"])
def test_a_damaged_run_is_not_found_and_is_set_aside_by_the_next(tmp_path: Path, hurt: str) -> None:
    folder = _keep(tmp_path)
    file = folder / "results.json"
    if hurt == "flip":
        file.write_bytes(bytes([file.read_bytes()[0] ^ 1]) + file.read_bytes()[1:])
    elif hurt == "cut":
        file.write_bytes(file.read_bytes()[:-1])
    else:
        file.unlink()

    assert find_run(tmp_path, RUN, DIGEST) is None
    again = _keep(tmp_path)

    assert what_is_wrong(again, read_manifest(again)) == []
    assert _visible(tmp_path) == [RUN, f"{RUN}.damaged-1"]


def test_a_manifest_that_was_altered_is_not_believed(tmp_path: Path) -> None:
    folder = _keep(tmp_path)
    file = folder / "manifest.json"
    file.write_text(file.read_text().replace('"seed": 1', '"seed": 2'))

    with pytest.raises(InputError, match="altered"):
        read_manifest(folder)
    assert find_run(tmp_path, RUN, DIGEST) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"sha256": 1', "\xff"])
def test_a_manifest_that_is_no_manifest_is_told_plainly(tmp_path: Path, text: str) -> None:
    folder = _keep(tmp_path)
    (folder / "manifest.json").write_text(text, encoding="latin-1")

    with pytest.raises(InputError):
        read_manifest(folder)


def test_the_same_run_with_a_journal_adds_the_journal_only(tmp_path: Path) -> None:
    folder = _keep(tmp_path)
    (folder / "reports").mkdir()
    (folder / "reports" / "mine.html").write_text("kept")

    files = {"results.json": "{}\n", "tables/flow.csv": "a,b\n", "journal.parquet": "rows"}
    _keep(tmp_path, files)

    manifest = read_manifest(folder)
    assert sorted(manifest.files) == sorted(files)
    assert what_is_wrong(folder, manifest) == []
    assert (folder / "reports" / "mine.html").read_text() == "kept"
    assert _visible(tmp_path) == [RUN]


def test_the_same_inputs_with_other_bytes_are_our_fault_and_change_nothing(tmp_path: Path) -> None:
    folder = _keep(tmp_path)

    with pytest.raises(RuntimeError, match=r"other bytes in results\.json"):
        _keep(tmp_path, {"results.json": '{"a": 1}\n'})

    assert (folder / "results.json").read_text() == "{}\n"


def test_a_run_of_a_newer_form_asks_for_a_newer_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _keep(tmp_path)
    monkeypatch.setattr("familyflow.store.manifest.SCHEMA", 0)

    with pytest.raises(InputError, match="newer familyflow"):
        read_manifest(folder)


def test_a_library_that_fills_the_disk_is_told_in_our_words(tmp_path: Path) -> None:
    def filling() -> None:
        with open_run(tmp_path, RUN):
            raise OSError(errno.ENOSPC, "Error writing bytes to file")

    with pytest.raises(MachineError, match="no space left"):
        filling()


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "", ".."])
def test_a_file_outside_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with open_run(tmp_path, RUN) as folder, pytest.raises(ValueError, match="not a file inside"):
        folder.place(name)


def test_a_second_run_of_the_same_is_refused_with_the_holder(tmp_path: Path) -> None:
    with (
        open_run(tmp_path, RUN),
        pytest.raises(RefusedError, match=rf"process {os.getpid()}, started 20") as raised,
        open_run(tmp_path, RUN),
    ):
        pass

    assert raised.value.exit_code == 5
    assert _keep(tmp_path).is_dir()


def test_another_run_may_go_on_beside_it(tmp_path: Path) -> None:
    with open_run(tmp_path, RUN) as one, open_run(tmp_path, "other-0000000000") as two:
        assert one.path.is_dir()
        assert two.path.is_dir()


HOLDER = """
import sys, time
from pathlib import Path
from familyflow.store import open_run
with open_run(Path(sys.argv[1]), sys.argv[2]) as folder:
    folder.write("results.json", "x" * 100_000)
    print("holding", flush=True)
    while True:
        folder.write("more.bin", b"y" * 1_000_000)
        time.sleep(0.01)
"""


def test_a_killed_run_frees_its_lock_at_once_and_its_traces_are_swept(tmp_path: Path) -> None:
    with _child(HOLDER, str(tmp_path), RUN) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "holding\n"
        with pytest.raises(RefusedError, match=f"process {holder.pid}"), open_run(tmp_path, RUN):
            pass
        assert sweep(tmp_path) == []
        holder.kill()

    assert list_runs(tmp_path) == []
    assert _visible(tmp_path) == [f".{RUN}.partial"]

    with open_run(tmp_path, "other-0000000000"):
        assert _visible(tmp_path) == [".other-0000000000.partial"]
    assert _keep(tmp_path).is_dir()


WRITER = """
import sys
from pathlib import Path
from familyflow.store import Made, open_run
out, run = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
for number in range(1000):
    with open_run(out, f"{run}-{number}") as folder:
        for name in ("results.json", "tables/a.csv", "tables/b.csv"):
            folder.write(name, "x" * 20_000)
        folder.finish(Made("ab" * 32, {}, {}, "simpy"))
"""


@pytest.mark.parametrize("number", range(5))
def test_whenever_a_writer_is_killed_every_run_in_place_is_sound(
    tmp_path: Path, number: int
) -> None:
    with _child(WRITER, str(tmp_path), RUN) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.03 + 0.017 * number)
        writer.kill()

    for folder in list_runs(tmp_path):
        assert what_is_wrong(folder, read_manifest(folder)) == []
    sweep(tmp_path)
    assert all(not name.startswith(".") for name in _visible(tmp_path))


FORKER = """
import os, sys, time
from pathlib import Path
from familyflow.store import open_run
with open_run(Path(sys.argv[1]), sys.argv[2]):
    child = os.fork()
    if child == 0:
        time.sleep(30)
        os._exit(0)
    print(child, flush=True)
    time.sleep(30)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only where processes fork")
def test_a_worker_does_not_hold_the_lock_of_its_dead_parent(tmp_path: Path) -> None:
    with _child(FORKER, str(tmp_path), RUN) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        parent.kill()

    try:
        assert _keep(tmp_path).is_dir()
    finally:
        os.kill(worker, signal.SIGKILL)


def test_where_locks_do_not_work_the_run_is_made_apart_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    def no_locks(*_arguments: object) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    with open_run(tmp_path, RUN) as folder:
        assert folder.path.name == f".{RUN}.{os.getpid()}.partial"
        folder.write("results.json", "{}")
        made = folder.finish(_made())

    assert any("locks do not work" in warning for warning in read_manifest(made).warnings)


def test_where_locks_let_everybody_in_it_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    monkeypatch.setattr(fcntl, "flock", lambda *_arguments: None)
    with open_run(tmp_path, RUN) as folder:
        assert folder.warnings


def test_a_folder_that_cannot_be_made_is_told_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "outputs").write_text("a file in the way")

    with (
        pytest.raises(MachineError, match="a file of that name"),
        open_run(tmp_path / "outputs", RUN),
    ):
        raise AssertionError("work began")
    with pytest.raises(MachineError), open_run(tmp_path / "outputs" / "deeper", RUN):
        raise AssertionError("work began")


def test_a_folder_that_went_away_is_not_made_again(tmp_path: Path) -> None:
    out = tmp_path / "outputs"

    def losing(*, before_writing: bool) -> None:
        with open_run(out, RUN) as folder:
            if before_writing:
                shutil.rmtree(out)
            folder.write("results.json", "{}")
            shutil.rmtree(out)
            folder.finish(_made())

    for before_writing in (True, False):
        with pytest.raises(MachineError, match="went away"):
            losing(before_writing=before_writing)
        assert not out.exists()


@pytest.mark.parametrize("step", ["_sync_all", "write_bytes", "rename"])
def test_a_full_disk_at_any_step_leaves_no_half_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def filling() -> None:
        with open_run(tmp_path, RUN) as folder:
            place = {"_sync_all": run_folder, "write_bytes": Path, "rename": os}[step]
            monkeypatch.setattr(place, step, full)
            folder.write("results.json", "x" * 5000)
            folder.finish(_made())

    with pytest.raises(MachineError, match="no space left"):
        filling()

    monkeypatch.undo()
    assert _visible(tmp_path) == []
    assert _keep(tmp_path).is_dir()


TRY_A_FOLDER = """
import sys
from pathlib import Path
from familyflow.store.machine import ensure_writable
try:
    ensure_writable(Path(sys.argv[1]) / "outputs")
except OSError as error:
    print(type(error).__name__, error)
"""


def test_a_folder_without_permission_is_named(tmp_path: Path) -> None:
    # as another user than the superuser, whom no mode keeps out
    code = TRY_A_FOLDER
    shut = tmp_path / "shut"
    shut.mkdir(mode=0o555)
    if os.getuid() == 0:
        code = f"import os, familyflow.store.machine; os.setuid(65534)\n{code}"
    for parent in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        parent.chmod(0o755)

    with _child(code, str(shut)) as child:
        said, _ = child.communicate()

    assert said.startswith("MachineError")
    assert "may not be read or written" in said
    assert str(shut) in said


def test_temporary_files_of_the_dead_are_found_and_those_of_the_living_left(tmp_path: Path) -> None:
    dead, begun = tmp_path / ".familyflow-1-a.tmp", tmp_path / ".familyflow-2-b.tmp"
    dead.write_text("x")
    begun.touch()  # its writer may be about to lock it
    with ExitStack() as held:
        passing_file(tmp_path, held).write_text("x")

        assert leftovers(tmp_path, older_than_seconds=3600) == [dead]


def test_an_old_temporary_file_is_found_where_no_lock_tells_that_its_writer_is_dead(
    tmp_path: Path,
) -> None:
    old = tmp_path / ".familyflow-1-a.tmp"
    old.touch()
    os.utime(old, (0, 0))

    assert leftovers(tmp_path, older_than_seconds=3600) == [old]


def test_a_run_at_a_path_with_spaces_and_other_letters_works(tmp_path: Path) -> None:
    folder = _keep(tmp_path / "Mein Ördner 家" / "a b")

    assert what_is_wrong(folder, read_manifest(folder)) == []
