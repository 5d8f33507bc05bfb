"""Published programme tables come out of the summary as they were printed."""

import pytest

from familyflow.economics.summary import provenance_problem, summarise
from familyflow.problems import InputError


def test_homebuilders_as_printed_by_the_washington_institute():
    savings = {"taxpayers": 12_163, "participants": 6_535, "others": 602, "indirect": 2_610}

    summary = summarise(savings, 4_259, measured="comparison_group")

    assert summary.total == 21_910
    assert summary.net == 17_651
    assert summary.ratio.value == pytest.approx(5.144, abs=0.0005)
    assert summary.label == ""


def test_a_programme_that_itself_saves_has_no_ratio():
    savings = {"taxpayers": 1_261, "participants": 606, "others": 937, "indirect": 825}

    summary = summarise(savings, -594, measured="comparison_group")  # Triple P, level 4, group

    assert summary.total == 3_629
    assert summary.net == 4_223
    assert summary.ratio.value is None
    assert summary.ratio.reason.startswith("n/a")


def test_troubled_families_phase_one_is_labelled_for_what_it_is():
    report = summarise({"all": 11_200}, 5_214, measured="before_after", gross=True)
    press = summarise({"all": 12_000}, 5_493, measured="before_after", gross=True)

    assert report.ratio.value == pytest.approx(2.148, abs=0.0005)
    assert report.net == 5_986
    assert report.label == "GROSS, BEFORE/AFTER"
    assert press.ratio.value == pytest.approx(2.185, abs=0.0005)
    assert "another 12,000 for 5,493" in provenance_problem(report, press, "Troubled Families")
    assert provenance_problem(report, report, "Troubled Families") == ""


def test_troubled_families_2015_to_2020_reports_its_headline_ratios():
    # millions of pounds, cohort of 2017-18
    economic = summarise({"all": 652}, 286, measured="comparison_group")
    fiscal = summarise({"all": 433}, 286, measured="comparison_group")

    assert round(economic.ratio.value, 2) == 2.28
    assert economic.net == 366
    assert round(fiscal.ratio.value, 2) == 1.51
    assert fiscal.net == 147


def test_how_savings_were_measured_must_be_said():
    with pytest.raises(InputError, match="comparison_group or before_after"):
        summarise({"all": 1}, 1, measured="guessed")
