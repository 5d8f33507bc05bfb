"""The page of a calibration: no family shows in it, what it draws is what was learnt."""

import re
from datetime import date

import numpy as np
import pytest

from familyflow.experiments.inputs import REFERENCE, load_inputs
from familyflow.records.calibration import calibrate
from familyflow.records.curves import curves_of
from familyflow.records.estimate import NO_EFFECT, PATIENCE
from familyflow.reports.calibration.page import page_of
from familyflow.reports.calibration.picture import svg_of, words
from familyflow.shipped import example_cases


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    parameters = load_inputs(REFERENCE).parameters
    out = tmp_path_factory.mktemp("calibrated")
    return calibrate(example_cases(), parameters, out=out, today=date(2026, 11, 30))


def test_no_count_under_5_and_no_id_is_on_the_page(made):
    text = page_of(made.records, made.estimates)

    ids = {line.partition(",")[0] for line in example_cases().read_text().splitlines()[1:]}
    assert len(ids) > 200
    assert not [one for one in ids if one in text]
    shown = [int(number) for number in re.findall(r"<td>(\d{1,3})</td>", text)]
    assert shown
    assert not [number for number in shown if number < 5]
    assert NO_EFFECT in text


def test_it_asks_for_nothing_from_anywhere(made):
    text = page_of(made.records, made.estimates)

    assert "<script" not in text
    assert not re.search(r"(src|href)=\"(?!#)", text)
    assert not re.search(r"url\((?!#)", text)


def test_each_week_shown_has_events_enough_since_the_one_before_and_families_still_watched(made):
    curves = {one.name: one for one in curves_of(made.records, made.estimates)}

    assert set(curves) == {"waiting", "coming"}
    for curve in curves.values():
        weeks, shares = zip(*((point.week, point.share) for point in curve.points), strict=True)
        assert list(weeks) == sorted(set(weeks))
        assert list(shares) == sorted(shares, reverse=True)
        before = 0
        for point in curve.points:
            events, watched = counted(made.records, curve.name, 7 * point.week)
            assert events - before >= 5
            assert watched >= 10
            before = events


def counted(records, name, days):
    """By hand: who gave up or stopped coming within so many days, and who was watched as long."""
    from_day, ending = {"waiting": ("referred", "gave_up_waiting"),
                        "coming": ("allocated", "disengaged")}[name]  # fmt: skip
    events = watched = 0
    for case in records.cases:
        start = getattr(case, from_day)
        if start is None or case.ending in ("signposted", "passed_up"):
            continue
        end = (case.allocated if name == "waiting" else None) or case.ended or records.as_of
        lasted = (end - start).days
        events += case.ending == ending and lasted <= days and end == case.ended
        watched += lasted >= days
    return events, watched


def test_what_is_kept_tells_no_exact_count_and_no_line_of_the_file(made):
    assert any("still open" in one for one in made.records.counted)
    for one in made.records.counted:
        assert one not in page_of(made.records, made.estimates)
        assert one not in (made.folder / "calibration.json").read_text(encoding="utf-8")
        assert one not in "".join(made.records.told)


def test_the_curves_are_those_of_the_numbers_that_made_the_records(made):
    shipped = made.estimates.by_key[PATIENCE]
    (waiting,) = (one for one in curves_of(made.records, made.estimates) if one.name == "waiting")

    assert waiting.both == pytest.approx(1.0 / shipped.posterior[""].value)
    for point in waiting.points:  # made with a mean patience of 26 weeks
        assert point.low < np.exp(-point.week / 26.0) < point.high


def test_a_picture_is_the_same_bytes_every_time_and_its_words_are_its_numbers(made):
    curve = curves_of(made.records, made.estimates)[0]

    assert svg_of(curve) == svg_of(curve)
    assert f"{curve.points[-1].share:.0%}" in words(curve)
