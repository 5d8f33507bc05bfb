"""What is taken away is whole, the same every time, and makes the same results again."""

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.web.finished import BECAUSE, HOSTILE, Read, compared, compared_in, hostile, made_once

import familyflow
from familyflow.api import report

__all__ = ["compared", "hostile", "made_once"]


def archive(made):
    """The archive of a comparison, unpacked in memory."""
    answered = made.get("/archive.zip")
    assert answered.status_code == 200
    return ZipFile(io.BytesIO(answered.content))


@pytest.fixture
def own(hostile, tmp_path):
    """A copy of the comparison of somebody's own files, into which documents may be written."""
    return compared_in(shutil.copytree(hostile.folder, tmp_path / "out" / hostile.folder.name))


def token(made):
    return re.search(r'name="form_token" value="(\w+)"', made.get("/take-away").text)[1]


def test_the_archive_holds_what_was_found_byte_for_byte(compared):
    held = archive(compared)
    names = held.namelist()

    assert {"README.txt", "results.json", "tables/options.csv"} <= set(names)
    assert len(names) == len(set(names))
    for name in names:
        if (compared.folder / name).is_file():
            assert held.read(name) == (compared.folder / name).read_bytes()


def test_the_archive_is_the_same_bytes_every_time_and_to_be_kept(compared):
    first, second = compared.get("/archive.zip"), compared.get("/archive.zip")

    assert first.content == second.content
    named = f'attachment; filename="{compared.folder.name}.zip"'
    assert first.headers["content-disposition"] == named


def test_no_name_in_the_archive_leads_out_of_it_and_none_tells_of_the_machine(own):
    held = archive(own)

    for name in held.namelist():
        assert not name.startswith("/")
        assert ".." not in Path(name).parts
    told = held.read("README.txt").decode()
    assert str(own.folder.parent) not in told
    assert ".own" not in told


def test_own_scenarios_are_there_with_what_they_build_on_and_the_parameter_files(own):
    held = archive(own)

    assert "scenarios/core_offer.yaml" in held.namelist()
    assert HOSTILE in held.read("inputs/ours_1.yaml").decode().replace('\\"', '"')
    assert BECAUSE in held.read("inputs/prices.yaml").decode()


def test_the_command_of_the_archive_makes_the_same_results_again(own, tmp_path):
    unpacked = tmp_path / "unpacked"
    archive(own).extractall(unpacked)
    told = (unpacked / "README.txt").read_text(encoding="utf-8")
    (command,) = [line for line in told.splitlines() if line.startswith("  familyflow compare ")]
    model = Path(familyflow.__file__).parents[1]

    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command), "--out", "again", "--quiet"],
        cwd=unpacked, env={**os.environ, "PYTHONPATH": str(model)},
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    (made,) = (unpacked / "again").glob("*/results.json")
    assert made.parent.name == own.folder.name
    assert made.read_bytes() == (unpacked / "results.json").read_bytes()


def test_every_setting_of_a_comparison_is_in_its_command():
    from familyflow.reports.commands import compare_command

    asked = {
        "draws": 9, "seed": 7, "replications": 2, "common_luck": True, "follow_up": "expected",
        "price_year": "2023/24", "structures": False, "within": 10_000.0,
        "sets": ["service.team.key_workers=6"],
    }  # fmt: skip

    assert compare_command(asked, ["a b.yaml", "c"], ["p.yaml"]) == (
        "familyflow compare 'a b.yaml' c --draws 9 --seed 7 --replications 2 --common-luck "
        "--follow-up expected --price-year 2023/24 --no-structures --within 10000.0 "
        "--set service.team.key_workers=6 --parameters p.yaml"
    )


def test_the_command_stands_on_the_page(compared):
    said = Read(compared.get("/take-away").text).said

    assert "familyflow compare scenarios/core_offer.yaml" in said
    assert f"--draws {compared.results['draws']} --seed {compared.results['seed']}" in said


def test_documents_are_asked_for_as_work(compared):
    compared.jobs.noted.clear()
    form = {"form_token": token(compared)}
    answered = compared.client.post(f"{compared.at}/take-away", data=form)

    (job,) = compared.jobs.noted
    assert (answered.status_code, answered.headers["location"]) == (303, f"/jobs/{job.id}")
    assert (job.kind, job.then) == ("report", f"{compared.at}/take-away")
    assert job.asked == {"run": compared.folder.name, "to": "html,pdf,xlsx"}
    assert f"/jobs/{job.id}" in compared.get("/take-away").text
    compared.jobs.noted.clear()


def test_without_typst_no_pdf_is_asked_for_and_the_page_says_what_to_do(compared, monkeypatch):
    monkeypatch.setattr("familyflow.web.routes.take_away.find_spec", lambda name: None)
    form = {"form_token": token(compared)}
    compared.client.post(f"{compared.at}/take-away", data=form)

    assert compared.jobs.noted.pop().asked["to"] == "html,xlsx"
    assert "Print the answer from the browser instead" in compared.get("/take-away").text


def test_documents_that_were_made_are_linked_and_in_the_archive(own):
    assert "not made yet" in own.get("/take-away").text
    report(own.folder, to="html,pdf,xlsx")

    text = own.get("/take-away").text
    assert "not made yet" not in text
    assert "Make these documents" not in text
    held = archive(own)
    for name in ("one_page.html", "one_page.pdf", "workbook.xlsx"):
        answered = own.client.get(f"/runs/{own.folder.name}/files/{name}")
        assert answered.headers["content-disposition"] == f'attachment; filename="{name}"'
        assert held.read(f"reports/{name}") == answered.content


def test_every_table_is_linked_and_there(compared):
    links = [one["href"] for one in Read(compared.get("/take-away").text).all("a")]
    tables = [one for one in links if one.endswith(".csv")]

    assert len(tables) == len(list((compared.folder / "tables").glob("*.csv")))
    assert all(compared.client.get(one).status_code == 200 for one in tables)


def test_a_form_without_our_code_makes_nothing(compared):
    answered = compared.client.post(f"{compared.at}/take-away", data={})

    assert answered.status_code == 403
    assert not compared.jobs.noted
