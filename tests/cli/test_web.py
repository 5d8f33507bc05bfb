"""`familyflow web` as people start and end it: where it listens, what it refuses and leaves."""

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from tests.cli.conftest import ended, environment, started

SECONDS = 120  # that a busy machine may take
LISTENS = "0A"  # in /proc/net/tcp
BLOCKED = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] in {'fastapi', 'uvicorn', 'starlette'}:
            raise ModuleNotFoundError(f'No module named {name!r}', name=name)
sys.meta_path.insert(0, Blocked())
from familyflow.cli import main
main()
"""
NOT_LOADED = """
import sys
from familyflow.cli.app import answer
answer(["--help"])
answer(["web", "--help"])
print(sorted({"fastapi", "starlette", "uvicorn", "sqlite3"} & {*sys.modules}))
"""
on_linux = pytest.mark.skipif(
    not Path("/proc/net/tcp").exists(), reason="asks /proc what is listened to, and who is there"
)


@pytest.fixture
def served(tmp_path):
    """The page as a process of its own, and the address that it says."""
    process = subprocess.Popen(
        [sys.executable, "-m", "familyflow", "web", "--port", "0", "--out", "kept"],
        cwd=tmp_path, env=environment(), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        line = process.stderr.readline()
        yield process, re.search(r"http://127\.0\.0\.1:(\d+)/", line)
    finally:
        process.kill()
        process.communicate()


def up(address):
    with urllib.request.urlopen(f"{address}health", timeout=SECONDS) as answer:
        return answer.status


def listening(pid):
    """Where a process listens: addresses in hexadecimal, with ports."""
    held = {link.readlink().name for link in Path(f"/proc/{pid}/fd").iterdir()
            if link.is_symlink()}  # fmt: skip
    rows = [line.split() for name in ("tcp", "tcp6")
            for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]  # fmt: skip
    return [row[1] for row in rows if row[3] == LISTENS and f"socket:[{row[9]}]" in held]


def children(pid):
    """The processes that this one has started and that are there."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = stat.read_text().rpartition(")")[2].split()[1]
        except OSError:  # it has ended since
            continue
        if parent == str(pid):
            found.append(int(stat.parent.name))
    return found


def until(is_so):
    given_up = time.monotonic() + SECONDS
    while not (found := is_so()):
        assert time.monotonic() < given_up, "waited in vain"
        time.sleep(0.05)
    return found


def test_help_tells_of_it_and_loads_none_of_what_serves_pages(tmp_path):
    said = ended(started(tmp_path, code=NOT_LOADED))

    assert said.code == 0
    assert "--for-others" in said.out
    assert said.out.splitlines()[-1] == "[]"


@on_linux
def test_it_listens_on_this_machine_alone_and_leaves_nobody_when_it_is_interrupted(served):
    process, address = served
    assert address is not None
    assert up(address[0]) == 200
    (place,) = listening(process.pid)
    assert place == f"0100007F:{int(address[1]):04X}"
    workers = until(lambda: len(found := children(process.pid)) >= 2 and found)

    process.send_signal(signal.SIGINT)

    assert process.wait(SECONDS) in (0, 130)
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))


@on_linux
def test_what_it_keeps_is_removed_once_it_is_stopped_and_not_before(served, tmp_path):
    process, address = served
    assert up(address[0]) == 200
    kept = tmp_path / "kept" / ".web"
    assert kept.is_dir()

    refused = ended(started(tmp_path, "purge", "--web", "--out", "kept"))
    assert refused.code == 5
    assert "Stop it first" in refused.err
    assert kept.is_dir()
    process.send_signal(signal.SIGINT)
    process.wait(SECONDS)
    done = ended(started(tmp_path, "purge", "--web", "--out", "kept"))
    assert done.code == 0
    assert not kept.exists()


def test_a_port_that_is_taken_is_told_in_words(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        said = ended(started(tmp_path, "web", "--port", port))

    assert said.code == 4
    assert f"port {port}" in said.err
    assert "--port" in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--host", "0.0.0.0"], "--for-others"),
        (["--port", "many"], "--port"),
        (["--port", "70000"], "65,535"),
    ],
)
def test_what_would_be_no_good_is_refused_before_anything_is_served(tmp_path, arguments, words):
    said = ended(started(tmp_path, "web", *arguments))

    assert said.code == 2
    assert words in said.err
    assert not (tmp_path / "outputs").exists()


def test_without_its_packages_it_says_how_to_install_them(tmp_path):
    said = ended(started(tmp_path, "web", code=BLOCKED))

    assert said.code == 2
    assert "pip install 'familyflow[web]'" in said.err
    assert "Traceback" not in said.err
