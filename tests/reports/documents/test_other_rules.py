"""The return under other rules is told as saved, as spent more, or as nothing."""

import pytest

from familyflow.reports.documents.sentences import other_rules


def told_of(*returns):
    rules = [("headline", "as chosen"), ("window", "budget"), ("discounting", "undiscounted")]
    return other_rules(
        {
            "alternatives": [
                {"kind": kind, "name": name, "money": {"fiscal_return": {"mean": mean}}}
                for (kind, name), mean in zip(rules, (0.0, *returns), strict=True)
            ]
        }
    )


@pytest.mark.parametrize(
    ("returns", "said"),
    [
        ((0.2, 0.6), "saves from £0.20 (only what falls within the term) to £0.60 (undiscounted)."),
        (
            (-0.2, -0.6),
            "costs public services from £0.20 (only what falls within the term) to £0.60 "
            "(undiscounted) more.",
        ),
        (
            (-0.2, 0.6),
            "does anything from costing £0.20 more (only what falls within the term) to saving "
            "£0.60 (undiscounted).",
        ),
        ((0.0, 0.0), "saves nothing either."),
        ((-0.001, 0.0), "saves nothing either."),
    ],
)
def test_a_loss_is_no_saving_below_nothing(returns, said):
    assert told_of(*returns).endswith(f"each £1 {said}")
