"""The steps of `.ci/run`: tools for documents are a help and no condition, and seconds are told."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

PARTS = Path(__file__).resolve().parents[1] / ".ci" / "parts.sh"
SYSTEM = ("bash", "timeout", "tail", "cat", "rm")

pytestmark = pytest.mark.skipif(
    shutil.which("bash") is None or not PARTS.exists(), reason="the checks are a bash script"
)


def bash(steps: str, folder: Path, **programs: str) -> subprocess.CompletedProcess[str]:
    """What steps say on a machine of our own making, where there are only these programs."""
    there = folder / "bin"
    there.mkdir()
    for name in SYSTEM:
        found = shutil.which(name)
        assert found is not None
        (there / name).symlink_to(found)
    for name, code in programs.items():
        file = there / name.replace("_", "-")
        file.write_text(f"#!{there}/bash\n{code}\n")
        file.chmod(0o755)
    (folder / "work").mkdir()
    begin = f'set -euo pipefail; work="{folder}/work"; . "{PARTS}"\n'
    return subprocess.run(
        [str(there / "bash"), "-c", begin + steps],
        env={**os.environ, "PATH": str(there)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


INSTALL = """
in_background documents install_document_tools
result_of documents || true
say_what_is_skipped
echo went on
"""
SKIPPED = "need these will be skipped, since they are not here: soffice chromium pdftoppm"
ROOT = "echo 0"
ALL = {"soffice": "", "chromium": "", "pdftoppm": ""}
PUTS_THEM_THERE = """
echo "$*" >> "$(dirname "$0")/../asked"
case "$*" in *download-only*|*update*) exit 0;; esac
for name in soffice chromium pdftoppm; do cp "$0" "$(dirname "$0")/$name"; done
"""


def test_without_a_network_the_checks_go_on_and_say_what_is_skipped(tmp_path: Path) -> None:
    told = bash(INSTALL, tmp_path, id=ROOT, apt_get="echo 'E: no network' >&2; exit 100")

    assert told.returncode == 0, told.stderr
    first, second, last = told.stdout.splitlines()
    assert first == "apt-get could not install document tools: E: no network"
    assert SKIPPED in second
    assert last == "went on"


@pytest.mark.parametrize(
    "programs", [{"id": "echo 1000", "apt_get": "exit 1"}, {"id": ROOT}], ids=["user", "no apt"]
)
def test_elsewhere_nothing_is_installed_and_what_is_skipped_is_said(
    tmp_path: Path, programs: dict[str, str]
) -> None:
    told = bash(INSTALL, tmp_path, **programs)

    assert told.returncode == 0, told.stderr
    assert "only as root on a machine with apt-get" in told.stdout
    assert SKIPPED in told.stdout


def test_what_is_there_already_asks_nobody(tmp_path: Path) -> None:
    told = bash(INSTALL, tmp_path, **ALL, id=ROOT, apt_get="echo asked > asked; exit 1")

    assert told.stdout == "went on\n"


def test_as_root_what_is_missing_is_fetched_and_then_installed(tmp_path: Path) -> None:
    programs = {"id": ROOT, "apt_get": PUTS_THEM_THERE, "dirname": 'echo "${1%/*}"'}
    programs["cp"] = f'{shutil.which("cp")} "$@"'
    told = bash(INSTALL, tmp_path, **programs)

    assert told.returncode == 0, told.stderr
    installed, last = told.stdout.splitlines()
    assert installed.startswith("Installed for tests of documents: libreoffice-calc")
    assert last == "went on"
    update, fetch, install = (tmp_path / "asked").read_text().splitlines()
    assert "update" in update
    assert fetch.replace(" --download-only", "") == install
    assert "--no-install-recommends" in install


SECTIONS = """
trap finish EXIT
section "First"
section "Second"
{}
section "All passed"
"""


def test_the_seconds_of_every_section_are_told_at_the_end(tmp_path: Path) -> None:
    told = bash(SECTIONS.format("true"), tmp_path)

    assert told.returncode == 0, told.stderr
    summary = told.stdout.partition("=== Seconds by section\n")[2].splitlines()
    assert [re.sub(r"^ *\d+  ", "", line) for line in summary] == ["First", "Second", "in all"]
    assert not (tmp_path / "work").exists()


@pytest.mark.parametrize("step", ["false", "in_background late false; result_of late", "exit 0"])
def test_a_step_that_fails_fails_the_checks_and_is_named(tmp_path: Path, step: str) -> None:
    told = bash(SECTIONS.format(step), tmp_path)

    assert told.returncode == 1
    assert "Failed in: Second" in told.stderr
    assert "All passed" not in told.stdout
    assert "in all" in told.stdout
