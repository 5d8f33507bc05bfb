"""Numbers as people type them: what results write can be typed, and nothing else is guessed at."""

import pytest

from familyflow.experiments.typed_numbers import decimal, share_of
from familyflow.problems import InputError


@pytest.mark.parametrize(
    ("text", "number"),
    [("4", 4.0), ("0.8", 0.8), ("300000", 3e5), ("300,000", 3e5), ("£1,300,000.50", 1_300_000.5)],
)
def test_a_sum_is_taken_as_results_write_it(text, number):
    assert decimal(text, "--grant") == number


@pytest.mark.parametrize("text", ["-5", "£5,00", "1,2", "lots", "80%", "£", "", "1e3", "5£"])
def test_what_is_no_sum_is_refused_without_forbidding_what_is_taken(text):
    with pytest.raises(InputError, match="is not a number of 0 or more") as refused:
        decimal(text, "--grant")

    assert "pound" not in str(refused.value)


@pytest.mark.parametrize("text", ["0.8", "80%", " 80 %"])
def test_a_share_may_be_a_percentage(text):
    assert share_of(text, "--confidence") == 0.8


@pytest.mark.parametrize("text", ["often", "-80%", "%", "80%%"])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(InputError):
        share_of(text, "--confidence")
