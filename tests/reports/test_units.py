"""Values with their units: pounds, percentages and counts, as they are read."""

import pytest

from familyflow.reports.units import amount, figure, figures_apart, unit_after

MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1_016.0, "GBP per child-week", "£1,020 per child-week"),
        (-1_250_000.0, "GBP", f"{MINUS}£1.25 million"),
        (0.45, "share", "45%"),
        (0.06, "share of salary", "6% of salary"),
        (0.0075, "chance per week", "0.75% per week"),
        (-0.0224, "change per year", f"{MINUS}2.24% per year"),
        (26, "weeks", "26 weeks"),
        (0.8, "ratio", "0.8"),
        (0.0, "ratio", "0"),
        (0.00681, "per year", "0.00681 per year"),
        (0.0000123, "ratio", "0.0000123"),
        (12_345.6, "families", "12,300 families"),
    ],
)
def test_an_amount_reads_as_its_unit_does(value, unit, text):
    assert amount(value, unit) == text


def test_the_figure_and_what_follows_make_the_amount():
    for unit in ("GBP per hour", "share of hours", "table of share", "weeks", "ratio"):
        assert figure(0.5, unit) + unit_after(unit) == amount(0.5, unit)


def test_values_that_round_to_the_same_get_more_figures():
    figures = figures_apart([1_016.0, 1_017.4], "GBP per hour")

    assert figure(1_016.0, "GBP per hour", figures) == "£1,016"
    assert figure(1_017.4, "GBP per hour", figures) == "£1,017"
    assert figures_apart([5.0, 5.0], "weeks") == 3
