"""What verify found is kept by what it holds for, and only its own runs show it."""

import json
from dataclasses import replace

import pytest
from tests.reports.review.conftest import TYPED, Page

from familyflow import api
from familyflow.experiments.verify import Verified
from familyflow.problems import MachineError
from familyflow.reports.review import verified
from familyflow.reports.review.pack import page

CHECKS = (Verified("pounds add up", True), Verified("children <b>are</b> kept", False, "4 and 5"))


@pytest.fixture
def of(ran):
    return verified.about_to_verify(
        str(ran.scenario), sets=[TYPED], parameter_files=[ran.parameters], draws=2, seed=3
    )


def test_a_verification_of_the_same_inputs_is_found_again(of, ran, tmp_path):
    verified.keep(tmp_path, of, CHECKS)

    (found,) = verified.find_kept(tmp_path, ran.inputs).sound
    assert replace(found, finished="", checks=()) == of
    assert [one.holds for one in found.checks] == [True, False]
    assert found.failed[0].found == "4 and 5"


def test_a_verification_of_other_inputs_is_not(ran, tmp_path):
    other = verified.about_to_verify("core_offer")
    verified.keep(tmp_path, other, CHECKS)

    assert verified.find_kept(tmp_path, ran.inputs).sound == ()


def test_one_with_another_seed_stands_beside_the_first(of, ran, tmp_path):
    verified.keep(tmp_path, of, CHECKS)
    verified.keep(tmp_path, replace(of, seed=4), CHECKS[:1])

    assert len(verified.find_kept(tmp_path, ran.inputs).sound) == 2


def test_one_that_was_altered_is_named_and_not_counted(of, ran, tmp_path):
    file = verified.keep(tmp_path, of, CHECKS)
    file.write_text(file.read_text().replace('"holds": false', '"holds": true'))

    found = verified.find_kept(tmp_path, ran.inputs)
    assert found == verified.Found((), (file.name,))
    held = json.loads(file.read_text())
    file.write_text(json.dumps({**held, "sha256": None})[:-5])  # cut short
    assert verified.find_kept(tmp_path, ran.inputs).sound == ()


def test_the_pack_shows_what_holds_and_what_fails(reviewed, log, of):
    stamped = replace(of, finished="2026-03-01T09:05:00+00:00", checks=CHECKS)
    shown = Page(page(reviewed, log, verified.Found((stamped,), ("old.json",)))).said

    assert "1 of 2 of its own checks hold" in shown
    assert "1 March 2026, 09:05 UTC" in shown
    assert "children <b>are</b> kept FAILS 4 and 5" in shown
    assert "Not yet verified" not in shown
    assert "old.json is not as it was written" in shown


def test_a_pack_without_a_verification_says_how_to_have_one(page_said, ran):
    assert "Not yet verified" in page_said
    assert f"familyflow verify {ran.scenario}" in page_said
    assert f"--set {TYPED}" in page_said


@pytest.fixture
def page_said(page):
    return page.said


def test_where_nothing_can_be_kept_nothing_is_checked_first(tmp_path):
    in_the_way = tmp_path / "outputs"
    in_the_way.write_text("", encoding="utf-8")

    with pytest.raises(MachineError, match="outputs"):
        api.verify("there is no such scenario", out=in_the_way)


@pytest.mark.whole
def test_what_the_command_verifies_is_shown_by_a_run_of_the_same_inputs(ran, tmp_path):
    asked = {"sets": [TYPED], "parameter_files": [ran.parameters], "draws": 1}
    found = api.verify(str(ran.scenario), out=tmp_path, **asked)

    (kept,) = verified.find_kept(tmp_path, ran.inputs).sound
    assert [one.name for one in kept.checks] == [one.name for one in found]
