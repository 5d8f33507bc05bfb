"""Only files that a run names are given out, and to be kept; nothing beside the folder of runs."""

import shutil

import pytest
from tests.web.finished import compared, compared_in, made_once

from familyflow.api import report

__all__ = ["compared", "made_once"]
TRAVERSAL = (
    "..", ".", "../manifest.json", "..%2f..%2fetc%2fpasswd", "%2e%2e%2fresults.json",
    "%2fetc%2fpasswd", "....//results.json", "..%5cresults.json", "results.json%00.csv",
    "tables%2foptions.csv",
    "~root", "C:%5cwindows", "CON", "results.json/", "%252e%252e%252fresults.json",
    "\N{FULLWIDTH FULL STOP}\N{FULLWIDTH FULL STOP}", "manifest.json", "alt_text.json", ".lock",
    "", "*", "results.jso", "x" * 5_000,
)  # fmt: skip


@pytest.mark.parametrize("name", TRAVERSAL)
@pytest.mark.parametrize("kind", ["files", "figures"])
def test_no_other_file_is_reached(compared, kind, name):
    answered = compared.client.get(f"/runs/{compared.folder.name}/{kind}/{name}")

    assert answered.status_code in (404, 307)  # a stroke too many leads to the address without it
    assert "root:" not in answered.text


@pytest.mark.parametrize("run", [*TRAVERSAL[:18], ".", ".web"])
def test_no_other_folder_is_reached(compared, run):
    answered = compared.client.get(f"/runs/{run}/files/results.json")

    assert answered.status_code == 404


def test_a_link_in_place_of_a_file_or_a_folder_is_not_followed(compared, tmp_path):
    folder = shutil.copytree(compared.folder, tmp_path / "out" / compared.folder.name)
    secret = tmp_path / "secret.csv"
    secret.write_text("secret", encoding="utf-8")
    (folder / "tables" / "options.csv").unlink()
    (folder / "tables" / "options.csv").symlink_to(secret)
    (tmp_path / "out" / "linked").symlink_to(folder)
    client = compared_in(folder).client

    assert client.get(f"/runs/{folder.name}/files/options.csv").status_code == 404
    assert client.get("/runs/linked/files/results.json").status_code == 404


@pytest.mark.parametrize("name", ["results.json", "options.csv", "draws.parquet"])
def test_a_file_is_given_to_be_kept_under_its_own_name(compared, name):
    answered = compared.client.get(f"/runs/{compared.folder.name}/files/{name}")

    assert answered.status_code == 200
    assert answered.headers["content-disposition"] == f'attachment; filename="{name}"'
    (file,) = compared.folder.rglob(name)
    assert answered.content == file.read_bytes()


def test_a_document_is_there_once_it_was_made(compared, tmp_path):
    folder = shutil.copytree(compared.folder, tmp_path / "out" / compared.folder.name)
    client = compared_in(folder).client
    address = f"/runs/{folder.name}/files/workbook.xlsx"
    assert client.get(address).status_code == 404

    report(folder, to="xlsx")

    answered = client.get(address)
    assert answered.content[:2] == b"PK"
    assert answered.headers["content-disposition"].startswith("attachment")


def damaged(compared, tmp_path, damage):
    """A copy of the comparison with its page seen once, then a file of it damaged."""
    folder = shutil.copytree(compared.folder, tmp_path / "out" / compared.folder.name)
    client = compared_in(folder).client
    assert client.get(f"/comparisons/{folder.name}").status_code == 200
    damage(folder)
    return client, f"/comparisons/{folder.name}"


@pytest.mark.parametrize("name", ["results.json", "tables/options.csv"])
@pytest.mark.parametrize("how", ["removed", "altered"])
def test_no_archive_is_begun_of_a_run_that_was_damaged(compared, tmp_path, name, how):
    def damage(folder):
        if how == "removed":
            (folder / name).unlink()
        else:
            (folder / name).write_text("{", encoding="utf-8")

    client, at = damaged(compared, tmp_path, damage)

    answered = client.get(f"{at}/archive.zip")

    assert answered.status_code == 400
    assert str(tmp_path) not in answered.text


def test_results_that_were_altered_under_the_server_are_not_shown(compared, tmp_path):
    client, at = damaged(
        compared, tmp_path, lambda folder: (folder / "results.json").write_text("{")
    )

    assert client.get(at).status_code == 400
