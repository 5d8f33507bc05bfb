"""What an unpriced outcome would have to be worth: at that worth the gap is nil."""

import pytest

from familyflow.economics.break_even import value_needed
from familyflow.economics.targets import mean


def run_of(toy):
    """A year of two posts, 16 families completed and 8 incidents fewer."""
    return toy.amounts(
        {
            ("post_years.key_worker", "with", 0, 1): 2.0,
            ("families_completed", "with", 0, 1): 16.0,
            ("domestic_abuse_incidents", "without", 0, 1): 20.0,
            ("domestic_abuse_incidents", "with", 0, 1): 12.0,
        }
    )


def test_at_the_value_needed_public_value_equals_cost(toy):
    ledger = toy.priced(run_of(toy))
    gap = -mean(ledger, "net_present_value").value

    completed, incidents = value_needed(
        ledger, [("families_completed", False), ("domestic_abuse_incidents", True)]
    )

    assert gap > 0
    assert completed.amount == pytest.approx(16.0)
    assert completed.value.value * completed.amount == pytest.approx(gap)
    assert incidents.amount == pytest.approx(8.0)
    assert incidents.value.value * incidents.amount == pytest.approx(gap)


def test_nothing_made_needs_no_value_but_a_reason(toy):
    (children,) = value_needed(toy.priced(), [("children_supported", True)])

    assert children.value.value is None
    assert children.value.reason == "the service makes none of it"


def test_a_service_worth_its_cost_needs_nothing(toy):
    (families,) = value_needed(toy.priced(cost_lines=()), [("families_completed", False)])

    assert families.value.reason == "the service is worth its cost without it"
