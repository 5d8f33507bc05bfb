"""What is made of a comparison, and what a person is told who asks for more."""

import shutil

import pytest

from familyflow.api import report
from familyflow.problems import InputError
from familyflow.reports.take_away import MADE, OF_A_RUN_ALONE, USUAL, kinds_for


@pytest.fixture
def folder(compared, tmp_path):
    return shutil.copytree(compared.folder, tmp_path / "comparison")


def test_without_a_wish_the_usual_documents_that_there_are_of_it_are_made_and_the_rest_is_said(
    folder,
):
    said = []
    files = report(folder, say=said.append)

    kinds = [kind for kind in USUAL if kind not in OF_A_RUN_ALONE]
    assert {file.suffix.removeprefix(".") for file in files} == set(kinds)
    assert "one_page.html" in {file.name for file in files}
    assert any("No docx is made of a comparison" in line for line in said)
    assert all(file.is_file() for file in files)


def test_a_cost_case_of_a_comparison_is_refused_with_what_to_do_and_nothing_is_written(folder):
    with pytest.raises(InputError, match="cost case of the option you choose") as caught:
        report(folder, to="html,docx")

    assert "familyflow report RUN" in str(caught.value)
    assert not (folder / "reports").exists()


def test_of_a_run_the_usual_documents_stay_what_they_were(ran):
    assert tuple(kinds_for(ran.folder, None)) == USUAL == ("html", "docx", "xlsx")
    assert set(OF_A_RUN_ALONE) <= set(MADE)


def test_the_pdf_is_made_of_a_comparison_too(folder):
    (file,) = report(folder, to="pdf")

    assert file.read_bytes().startswith(b"%PDF-")
