"""Nothing is asked of any other machine while the program works, its workers included."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import familyflow

MODEL = Path(familyflow.__file__).resolve().parents[1]

# Python tells an audit hook of every use of the network before it happens, also where a library
# would swallow the error; a sitecustomize is read by every Python that is started, workers too.
WATCH = """
import os, sys
NAMES = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request"}
PLACES = {"socket.connect", "socket.bind", "socket.sendto"}

def watch(event, arguments):
    # an address that is a text is a file of this machine, by which processes speak to each other
    elsewhere = event in PLACES and not isinstance(arguments[-1], (str, bytes))
    if elsewhere or event in NAMES:
        with open(os.environ["SEEN"], "a") as seen:
            print(event, file=seen)
        raise PermissionError("no network")

sys.addaudithook(watch)
"""

COMMANDS = """
import sys
from pathlib import Path
from familyflow.cli.app import answer

out = sys.argv[1]
cases = Path(out, "cases.csv")

def does(*arguments):
    code = answer([*arguments])
    assert code == 0, (arguments, code)
    return code

small = ["--out", out, "--quiet"]
does("check", "core_offer")
does("explain", "service.key_work.weeks_of_sessions")
does("run", "core_offer", "--draws", "3", *small)
(run,) = Path(out).glob("core_offer-*")
for kind in ("html", "pdf", "docx", "xlsx", "review", "journey"):
    does("report", run.name, "--to", kind, "--out", out)
does("compare", "core_offer", "no_service", "--draws", "3", *small)
does("sweep", "core_offer", "--method", "tornado", "--vary", "unit_costs.service",
     "--workers", "2", *small)
does("staff", "core_offer", "--draws", "3", *small)
does("verify", "core_offer", "--draws", "1", *small)
does("verify", "--against", "published", "--draws", "2", *small)
from familyflow.shipped import example_cases
does("check", str(example_cases()))
does("calibrate", str(example_cases()), "--out", out)
does("runs", "list", "--out", out)
does("doctor")
"""


def _run(code: str, folder: Path) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    (folder / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    seen = folder / "seen"
    seen.touch()
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder / "out")],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(folder), str(MODEL)]),
            "SEEN": str(seen),
        },
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done, seen.read_text(encoding="utf-8").split()


def test_no_command_uses_the_network(tmp_path: Path) -> None:
    done, seen = _run(COMMANDS, tmp_path)

    assert done.returncode == 0, done.stderr[-2000:]
    assert seen == []


def test_what_uses_it_would_be_seen(tmp_path: Path) -> None:
    swallowed = """
import socket, subprocess, sys
inner = "import socket; socket.create_connection(('127.0.0.1', 9))"
subprocess.run([sys.executable, "-c", inner], stderr=subprocess.DEVNULL)
try:
    socket.getaddrinfo("example.invalid", 80)
except OSError:
    pass
"""
    _, seen = _run(swallowed, tmp_path)

    assert seen == ["socket.getaddrinfo", "socket.getaddrinfo"]
