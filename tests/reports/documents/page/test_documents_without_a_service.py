"""What is made of a run without a service, and that old and new documents never mix."""

import errno
import os
import shutil

import pytest
from docx import Document

import familyflow
from familyflow.api import report
from familyflow.problems import InputError, MachineError
from familyflow.reports.take_away import FOLDER, OF_A_SERVICE, write_documents
from familyflow.store import atomic

DRAWS, SEED = 5, 11


@pytest.fixture(scope="module")
def without(tmp_path_factory):
    out = tmp_path_factory.mktemp("without")
    return familyflow.run("no_service", draws=DRAWS, seed=SEED, out=out).folder


@pytest.fixture
def folder(without, tmp_path):
    return shutil.copytree(without, tmp_path / "run")


def test_without_a_wish_the_page_and_the_workbook_are_made_and_the_rest_is_said(folder):
    said = []
    files = report(folder, say=said.append)

    assert [file.name for file in files] == ["one_page.html", "workbook.xlsx"]
    assert all(file.is_file() for file in files)
    assert said == list(OF_A_SERVICE.values())
    assert "no cost case" in said[0]


def test_its_page_tells_nothing_of_a_grant_that_nobody_gives(folder):
    (file,) = report(folder, to="html")

    page = file.read_text(encoding="utf-8")
    assert "The grant ends" not in page
    assert "no service" in page


@pytest.mark.parametrize("is_by_template", [False, True])
def test_a_cost_case_that_is_meant_is_refused_and_nothing_is_written(
    folder, tmp_path, is_by_template
):
    template = tmp_path / "ours.docx"
    Document().save(str(template))
    wish = {"template": template} if is_by_template else {"to": "html,docx"}

    with pytest.raises(InputError, match="there is no service in that run"):
        report(folder, **wish)

    assert not (folder / FOLDER).exists()


def test_a_full_disk_at_the_second_document_leaves_those_of_before(folder, monkeypatch):
    old = dict.fromkeys(write_documents(folder, ["html", "xlsx"]), b"old")
    for file, data in old.items():
        file.write_bytes(data)
    real, written = atomic._write_through, []

    def full_at_the_second(path, data):
        written.append(path)
        if len(written) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(path, data)

    monkeypatch.setattr(atomic, "_write_through", full_at_the_second)

    with pytest.raises(MachineError, match="no space"):
        write_documents(folder, ["html", "xlsx"])

    assert {file: file.read_bytes() for file in (folder / FOLDER).iterdir()} == old


def test_the_next_documents_sweep_what_a_killed_writer_left(folder):
    (folder / FOLDER).mkdir(exist_ok=True)
    (folder / FOLDER / ".familyflow-1-0123456789ab.tmp").write_bytes(b"half")

    files = write_documents(folder, ["html"])

    assert set((folder / FOLDER).glob(".*")) == set()
    assert all(file.exists() for file in files)
