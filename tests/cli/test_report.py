"""``report`` at the command line: the documents of a finished run, whole or not at all."""

from __future__ import annotations

import json
import shlex
import zipfile
from pathlib import Path

import pytest
from tests.cli.conftest import Said, answered, ended, started

NAMES = {"one_page.html", "cost_case.docx", "workbook.xlsx"}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small run of the core offer in the folder of its own outputs."""
    folder = tmp_path_factory.mktemp("report")
    said = answered(folder, "run", "core_offer", "--draws", "5", "--json")
    assert said.code == 0, said.err
    return folder / str(said.json["folder"])


def asked(run: Path, *words: str) -> Said:
    return answered(run.parents[1], "report", *words)


def test_every_document_is_made_and_the_same_again(run: Path) -> None:
    said = ended(started(run.parents[1], "report", run.name, "--json"))
    files = {Path(file).name: run.parents[1] / file for file in json.loads(said.out)["files"]}
    first = {name: file.read_bytes() for name, file in files.items()}

    assert (said.code, set(files)) == (0, NAMES), said.err
    assert asked(run, run.name[:-3]).code == 0
    assert {name: file.read_bytes() for name, file in files.items()} == first
    for name in NAMES - {"one_page.html"}:
        assert zipfile.ZipFile(files[name]).testzip() is None


def test_a_run_with_documents_is_still_as_it_was_written(run: Path) -> None:
    asked(run, run.name, "--to", "html")
    said = answered(run.parents[1], "runs", "show", run.name)

    assert said.code == 0, said.err
    assert "All files are as they were written." in said.out


def test_the_journey_is_made_of_a_run_that_kept_no_journal_when_it_is_asked_for(run: Path) -> None:
    said = asked(run, run.name, "--to", "journey")

    assert said.code == 0, said.err
    file = run / "reports" / "journey.html"
    assert file.name in said.out
    assert "One simulated run of luck" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "what"),
    [(("--to", "odt"), "html, docx, xlsx"), (("--to", "docs"), "docx"), (("--to", ""), "--to")],
)
def test_a_document_that_there_is_not_ends_with_2_and_changes_nothing(
    run: Path, words: tuple[str, ...], what: str
) -> None:
    before = sorted(run.rglob("*"))
    said = asked(run, run.name, *words)

    assert said.code == 2
    assert what in said.err
    assert sorted(run.rglob("*")) == before


def test_a_run_that_is_not_there_or_was_altered_ends_with_2_or_5(run: Path, tmp_path: Path) -> None:
    assert asked(run, "nothing").code == 2
    copy = tmp_path / "outputs" / run.name
    copy.parent.mkdir()
    for file in run.rglob("*"):
        if file.is_file() and "reports" not in file.parts:
            to = copy / file.relative_to(run)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(file.read_bytes())
    results = copy / "results.json"
    results.write_text(results.read_text(encoding="utf-8").replace('"seed": 1', '"seed": 2'),
                       encoding="utf-8")  # fmt: skip
    said = answered(tmp_path, "report", run.name)

    assert said.code in (2, 5), said.err
    assert "Traceback" not in said.err
    assert not (copy / "reports").exists()


def test_a_template_is_written_to_start_from_and_filled(run: Path) -> None:
    outputs = run.parents[1]
    said = asked(run, "--template-sample", "ours.docx")
    assert (said.code, "ours.docx" in said.out) == (0, True), said.err
    sample = (outputs / "ours.docx").read_bytes()

    said = asked(run, run.name, "--to", "docx", "--template", "ours.docx")
    assert said.code == 0, said.err
    filled = run / "reports" / "cost_case_own_template.docx"
    made = filled.read_bytes()
    assert made != sample
    assert zipfile.ZipFile(filled).testzip() is None

    assert asked(run, "--template-sample", "ours.docx").code == 2  # never overwritten
    assert (outputs / "ours.docx").read_bytes() == sample


@pytest.mark.parametrize("name", ["our own.docx", "ours $(id) 'a'.docx"])
def test_the_command_that_fills_a_template_may_be_copied_whatever_its_name(
    run: Path, name: str
) -> None:
    said = asked(run, "--template-sample", name)

    assert said.code == 0, said.err
    command = said.out.partition("then: ")[2]
    assert shlex.split(command) == ["familyflow", "report", "RUN", "--template", name]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("RUN", "--to", "html,xlsx", "--template", "other.docx"), "Put docx into --to"),
        (("RUN", "--to", "docx", "--template", "other.docx"), "there is no such file"),
        (("RUN", "--template-sample", "other.docx"), "Leave RUN out"),
        (("--template-sample", "other.txt"), "does not end in .docx"),
        ((), "no run is named"),
    ],
)
def test_a_mistake_about_a_template_ends_with_2_and_writes_nothing(
    run: Path, words: tuple[str, ...], said: str
) -> None:
    before = {file: file.stat().st_mtime_ns for file in run.parents[1].rglob("*")}
    told = asked(run, *(run.name if word == "RUN" else word for word in words))

    assert told.code == 2
    assert said in " ".join(told.err.split())
    assert {file: file.stat().st_mtime_ns for file in run.parents[1].rglob("*")} == before
