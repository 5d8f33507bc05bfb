"""Every number can be found with its source, and what was changed is told with who did it."""

from html import escape

import pytest
from tests.web.finished import (
    BECAUSE,
    LOCAL,
    Read,
    compared,
    compared_in,
    hostile,
    made_once,
)

import familyflow
from familyflow.parameters.library import read_library
from familyflow.problems import Problems

__all__ = ["compared", "hostile", "made_once"]
POSTS = "service.team.key_workers"


@pytest.fixture(scope="module")
def shipped():
    return read_library(None, Problems())


def rows_of(text):
    """The rows of a page of evidence, by the key that is their id."""
    page = Read(text)
    return {held["id"]: held for tag, held in page.elements if tag == "tr" and "id" in held}


def test_every_number_that_is_shipped_has_a_row_to_which_its_key_leads(compared, shipped):
    text = compared.client.get("/evidence").text

    assert rows_of(text).keys() == shipped.keys()
    assert len(shipped) > 250


def test_every_row_has_the_label_source_grade_and_status_of_its_number(compared, shipped):
    said = Read(compared.client.get("/evidence").text).said

    for one in shipped.values():
        assert " ".join(one.label.split()) in said
        if one.source is not None and len(one.source.title) < 300:
            assert " ".join(one.source.title.split()) in said


def test_a_number_is_told_as_it_is_shipped(compared, shipped):
    text = compared.client.get("/evidence?q=family_budget").text

    assert shipped["service.key_work.family_budget"].value == 250
    assert "£250" in Read(text).said


@pytest.mark.parametrize("words", ["foster", "FOSTER", "foster week", "week foster"])
def test_words_find_the_numbers_that_hold_all_of_them(compared, words):
    found = rows_of(compared.client.get("/evidence", params={"q": words}).text)

    assert "unit_costs.children_social_care.foster_week" in found
    assert POSTS not in found


def test_what_nobody_wrote_is_not_found_and_the_words_stay_in_the_field(compared):
    words = '"><script>alert(1)</script>'
    answered = compared.client.get("/evidence", params={"q": words})

    assert answered.status_code == 200
    assert not rows_of(answered.text)
    (field,) = [one for one in Read(answered.text).all("input") if one.get("name") == "q"]
    assert field["value"] == words
    assert "<script>" not in answered.text


def test_what_is_not_verified_is_what_was_recalled_or_assumed(compared, shipped):
    found = rows_of(compared.client.get("/evidence?unverified=true").text)

    expected = {key for key, one in shipped.items() if one.status in ("recalled", "assumed")}
    assert found.keys() == expected
    assert 0 < len(expected) < len(shipped)


@pytest.mark.parametrize("asked", ["q=" + "a" * 201, "unverified=perhaps"])
def test_a_question_that_no_form_asks_is_refused(compared, asked):
    assert compared.client.get(f"/evidence?{asked}").status_code == 400


def test_of_shipped_options_what_was_changed_is_what_differs(compared):
    found = rows_of(compared.get("/evidence?changed=true").text)

    differing = {row["key"] for row in compared.results["what_differs"]}
    assert found.keys() == differing


def test_values_that_differ_stand_with_the_options_that_have_them(compared):
    said = Read(compared.get(f"/evidence?q={POSTS}").text).said

    assert "Core offer, No service:" in said
    assert "Two more key workers: changed in scenarios/two_more_key_workers.yaml" in said
    for posts in (5, 4, 7):
        assert f"{posts} posts" in said


def test_lines_of_the_account_come_after_the_numbers_and_say_what_is_counted(compared, shipped):
    text = compared.client.get("/evidence").text
    keys = [*rows_of(text)]
    lines = {key for key, one in shipped.items() if one.is_line}

    assert 0 < len(lines) < len(keys)
    assert set(keys[-len(lines) :]) == lines
    assert text.index("Lines of the account") > text.index(f'id="{keys[-len(lines) - 1]}"')
    said = Read(text).said
    cost = shipped["unit_costs.staff.recruitment"].label
    assert f"Counts recruitments, times “{cost}”" in said
    assert "quantity:" not in said
    assert "unit_cost:" not in said


def test_doubt_is_told_in_the_words_of_people_and_in_its_unit(compared, shipped):
    text = compared.client.get("/evidence").text

    one = shipped[LOCAL]
    settings = one.distribution.settings
    low, mode, high = (f"£{settings[name]:,.0f}" for name in ("low", "mode", "high"))
    assert f"most likely {mode}; between {low} and {high} (95% between £" in Read(text).said
    for shape in ("pert,", "lognormal,", "dirichlet,", "uniform,", "gamma,", "beta,"):
        assert shape not in text


def test_entries_of_a_table_with_a_unit_each_have_each_its_own(compared):
    said = Read(compared.client.get("/evidence?q=national_insurance").text).said

    assert "rate: 15%; threshold: £5,000 per year" in said


def test_who_changed_a_number_and_why_is_said_and_no_folder_of_the_machine(hostile):
    text = hostile.get("/evidence?changed=true").text
    said = Read(text).said

    assert rows_of(text).keys() == {POSTS, LOCAL}
    assert "Every option: changed in prices.yaml" in said
    assert escape(BECAUSE) in text
    assert "changed in ours_1.yaml" in said
    assert str(hostile.folder.parent) not in text
    assert ".own" not in text


def test_a_comparison_whose_files_were_changed_since_does_not_show_them_as_its_own(
    made_once, tmp_path
):
    own = tmp_path / "ours.yaml"
    own.write_text(f"extends: core_offer\ntitle: Ours\nset: {{{POSTS}: 2}}\n", encoding="utf-8")
    asked = {"draws": 2, "seed": 1, "structures": False, "out": tmp_path / "out"}
    made = compared_in(familyflow.compare("core_offer", str(own), **asked).folder)
    own.write_text(own.read_text(encoding="utf-8").replace("2}", "3}"), encoding="utf-8")

    said = Read(made.get("/evidence").text).said

    assert "have changed or gone since" in said
    assert "3 posts" not in said
    assert "cannot be made again" in Read(made.get("/take-away").text).said
