"""Where an answer turns is said in plain words, and no more is claimed than is known."""

from __future__ import annotations

from typing import Any

import pytest
from tests.reports.swept import FOSTER, GROWTH, LONG, RATIO, SHARE, factor, said, swept, switch

from familyflow.reports.sensitivity import sensitivity_text

WITHIN = "within 5 years from each family's referral"
MINUS = "\N{MINUS SIGN}"


def _about(results: Any, label: str) -> str:
    """The one sentence that begins with, or asks about, a number."""
    (found,) = [one for one in said(results) if f"'{label}" in one]
    return found


def _only(name: str, **changes: Any) -> Any:
    """Switching values of one number."""
    return swept("switching", switches=[switch(name, **changes)])


def test_a_turn_above_the_stated_value_says_how_far_it_is() -> None:
    assert said(_only(FOSTER, stated=900.0, value=1_234.0)) == [
        "If 'Foster placement, a week' rose above £1,230 per week (stated £900, 37% more), the "
        f"service would save more than it costs {WITHIN}."
    ]


def test_a_turn_below_says_that_it_falls_and_marks_what_is_assumed() -> None:
    results = _only(RATIO, stated=0.8, value=0.6, below=1, above=-1)

    assert said(results) == [
        "If 'Children looked after' (an assumed number) fell below 0.6 (stated 0.8, 25% less), "
        f"the service would save more than it costs {WITHIN}."
    ]


def test_a_gain_that_turns_into_a_loss_is_told_as_a_loss() -> None:
    results = _only(FOSTER, stated=900.0, value=800.0, below=-1, above=1)

    assert (
        f"fell below £800 per week (stated £900, 11% less), the service would cost more than it \
saves {WITHIN}."
        in said(results)[0]
    )


def test_shares_differ_in_percentage_points_and_recalled_numbers_are_unverified() -> None:
    told = said(_only(SHARE, stated=0.3, value=0.45))[0]

    assert (
        "'Share who attend' (unverified) rose above 45% (stated 30%, 15 percentage points more)"
        in told
    )


def test_a_stated_zero_gives_no_percentage() -> None:
    told = said(_only(GROWTH, stated=0.0, value=0.06))[0]

    assert "rose above 0.06 per year (stated 0), the service" in told
    assert "%" not in told


def test_a_turn_far_off_is_told_in_times() -> None:
    assert "(stated £900, 4 times that)" in said(_only(FOSTER, stated=900.0, value=3_600.0))[0]


def test_a_turn_that_rounds_to_the_stated_value_is_told_with_more_figures() -> None:
    assert said(_only(FOSTER, stated=1_016.0, value=1_018.0))[0].startswith(
        "If 'Foster placement, a week' rose above £1,018 per week (stated £1,016, 0.2% more)"
    )


def test_without_a_turn_the_nearest_it_came_is_told() -> None:
    told = said(_only(FOSTER, stated=900.0, at_best_value=1_300.0))

    assert told == [
        "No value of 'Foster placement, a week' tried within its 95% range (£700 to £1,300 per "
        f"week) is enough for the service to save more than it costs {WITHIN}: at £1,300 the net "
        f"saving is still {MINUS}£1.2 million."
    ]


@pytest.mark.parametrize("unknown", [{"at_best": None}, {"at_best_value": None}, {"at_best": 5.0}])
def test_what_is_not_known_of_the_best_is_not_claimed(unknown: Any) -> None:
    told = said(_only(FOSTER, stated=900.0, **unknown))[0]

    assert told.endswith(f"save more than it costs {WITHIN}.")
    assert "still" not in told


def test_an_answer_that_is_good_throughout_is_said_to_stay_so() -> None:
    told = said(_only(FOSTER, stated=900.0, below=1, above=1, at_best=5e5))[0]

    assert told.startswith("At every value of 'Foster placement, a week' tried within")
    assert told.endswith(f"the service would save more than it costs {WITHIN}.")


def test_more_than_one_turn_is_said() -> None:
    told = said(_only(GROWTH, stated=0.0, value=0.06, crossings=3))[0]

    assert "turns more than once (3 times that are seen)" in told
    assert told.endswith("holds only for values just above that.")
    assert "more than once" not in said(_only(GROWTH, stated=0.0, value=0.06))[0]


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("money.net_present_value", f"be worth more to the public than it costs {WITHIN}"),
        ("money.council_net_saving", f"save the council more than it pays for it {WITHIN}"),
        (
            "money.net_present_budget_impact",
            f"cost public budgets more than it saves them {WITHIN}",
        ),
    ],
)
def test_the_sign_has_the_meaning_of_its_target(target: str, words: str) -> None:
    results = swept("switching", target=target, switches=[switch(FOSTER, 900.0, 1_234.0)])

    assert said(results)[0].endswith(f"the service would {words}.")


def test_a_lower_budget_impact_is_the_better_one() -> None:
    row = switch(FOSTER, 900.0, below=1, above=1, at_best=9e5)
    told = said(swept("switching", target="money.net_present_budget_impact", switches=[row]))[0]

    assert told.startswith("No value of")
    enough = "is enough for the service to save public budgets more than it costs them"
    assert f"{enough} {WITHIN}: at £900 the" in told
    assert told.endswith("is still £900,000.")


@pytest.mark.parametrize(("at_best", "told"), [(0.8, "is still 0.8"), (1.2, None)])
def test_a_ratio_turns_at_one(at_best: float, told: str | None) -> None:
    row = switch(FOSTER, 900.0, below=-1, above=-1, at_best=at_best)
    results = swept("switching", target="money.fiscal_return", label="Fiscal return",
                    unit="ratio", turns_at=1.0, switches=[row])  # fmt: skip
    (sentence,) = said(results)

    assert "is enough for the service to save at least what it costs" in sentence
    assert ("still" in sentence) == (told is not None)
    assert told is None or told in sentence


def test_other_targets_get_neutral_words_and_one_sentence_for_what_never_turns() -> None:
    rows = [
        switch(FOSTER, 900.0, 1_234.0),
        *(switch(name, 0.3, below=1) for name in (SHARE, RATIO)),
    ]
    results = swept("switching", target="flow.care_weeks", label="Care weeks avoided",
                    unit="weeks", switches=rows)  # fmt: skip

    told = said(results)

    assert told[0].endswith("the care weeks avoided would lie above zero.")
    assert len(told) == 2
    assert told[1].endswith(
        "within each one's 95% range the care weeks avoided would lie above zero."
    )


def test_what_moves_most_comes_first_and_five_are_told() -> None:
    results = swept("tornado")
    more = factor("costs.more", "Another cost", "GBP", (1.0, 2.0, 3.0))
    results["factors"].append(more)
    bar = {"factor": "costs.more", "at_lower": -1.9e6, "at_upper": 9e5}
    results["targets"][0]["bars"].append(bar)
    results["targets"][0]["switches"].append(switch("costs.more", 2.0, 2.5))

    assert [one.split("'")[1] for one in said(results)] == [
        "Another cost", "Foster placement, a week", "Children looked after", "Share who attend",
        "Growth of referrals",
    ]  # fmt: skip


def test_the_nearest_turn_for_its_range_comes_first_in_switching_values() -> None:
    nearer = switch(FOSTER, 900.0, 960.0)  # a tenth of its range away
    further = switch(RATIO, 0.8, 0.6, below=1, above=-1)  # four tenths of it

    told = said(swept("switching", switches=[switch(LONG, 0.8), further, nearer]))

    assert [("looked after" in one, "Foster" in one) for one in told] == [
        (False, True), (True, False), (False, False),
    ]  # fmt: skip


def test_names_stand_in_quotation_marks() -> None:
    (told,) = _only(FOSTER, stated=900.0, value=1_234.0)["targets"][0]["sentences"]

    left, right = "\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"
    assert f"{left}Foster placement, a week{right}" in told


def test_a_group_has_no_value_to_turn_at() -> None:
    told = _about(swept("morris"), "Needs together")

    assert "(with assumed numbers) is several numbers that move together" in told


def test_those_above_which_nothing_surely_is_are_named_together() -> None:
    results = swept("sobol")
    assert not any("surely above" in one for one in said(results))

    for row in results["targets"][0]["indices"][:3]:
        row["rank"] = 1
    (told,) = [one for one in said(results) if "surely above" in one]
    assert told.startswith("'Foster placement, a week', 'Children looked after' and 'Share who")
    assert "which of these moves the answer most cannot be said" in told


def test_chance_in_an_equal_rank_is_named() -> None:
    results = swept("sobol")
    luck = {"factor": "luck", "S1": 0.1, "S1_conf": 0.1, "ST": 0.5, "ST_conf": 0.1,
            "is_none": False, "rank": 1}  # fmt: skip
    results["targets"][0]["indices"].append(luck)

    assert any(one.startswith("'Foster placement, a week' and chance: which of these moves")
               for one in said(results))  # fmt: skip


def test_the_place_of_a_number_is_told_from_first_to_last() -> None:
    results = swept("sobol")
    results["targets"][0]["indices"][1] |= {"rank": 2, "rank_last": 4}

    assert "2 to 4" in sensitivity_text(results)


def test_a_number_whose_points_failed_is_said_to() -> None:
    results = swept("tornado", switches=[])

    assert any("is not known: its points failed" in one for one in said(results))


def test_what_cannot_be_told_from_none_gets_no_other_sentence() -> None:
    told = said(swept("pawn"))

    assert [one for one in told if "Share who attend" in one] == [
        "What 'Share who attend' moves cannot be told from none."
    ]


def test_what_moves_nothing_gets_no_sentence() -> None:
    results = swept("tornado", bars=[{"factor": FOSTER, "at_lower": 1.0, "at_upper": 1.0}])

    assert said(results) == []


def test_a_target_that_nothing_moves_has_one_sentence() -> None:
    results = swept("sobol", nothing_moves=True, indices=[], chance=None)

    assert said(results) == [
        "Net saving: the same at every point tried, so nothing varied moves it."
    ]


def test_a_grid_counts_the_pairs_that_pay() -> None:
    (told,) = said(swept("grid"))
    assert told.startswith("Of 8 pairs of 'Foster placement, a week' and 'Children looked after'")
    assert f"tried, 2 would make the service save more than it costs {WITHIN}." in told

    cells = [{"first": 700.0, "second": 0.6, "output": -2e6}]
    (told,) = said(swept("grid", cells=cells))
    assert told.startswith("Of 1 pair of")
    assert told.endswith(f"at best, with £700 and 0.6, the net saving is {MINUS}£2 million.")

    (told,) = said(swept("grid", cells=[{**cells[0], "output": None}]))
    assert told.startswith("No pair of")


def test_a_stated_result_that_chance_may_turn_is_said_first() -> None:
    open_ = said(swept("switching", stated=-1e5, stated_half_width=2e5))[0]
    sure = said(swept("switching", stated=-3e5, stated_half_width=2e5))

    assert open_.startswith("With every number as stated chance leaves open whether the service")
    assert "more --replications would tell" in open_
    assert not any("With every number as stated" in one for one in sure)


def test_how_near_a_number_comes_to_turning_is_told_with_its_chance() -> None:
    row = switch(FOSTER, 900.0, below=-1, above=-1, at_best=-1e5)
    sure, open_ = (
        said(swept("switching", switches=[{**row, "at_best_half_width": half, "is_sure": is_sure}]))
        for half, is_sure in ((5e4, True), (2e5, False))
    )

    assert f"is still {MINUS}£100,000 ± £50,000 by chance." in sure[0]
    assert open_[0].endswith("± £200,000 by chance, so chance leaves that open.")
    # what chance leaves open is not denied at the beginning of the same sentence
    assert sure[0].startswith("No value of")
    assert open_[0].startswith("It cannot be said that any value of")


def test_a_turn_is_told_with_the_values_that_chance_leaves() -> None:
    row = switch(FOSTER, 900.0, 1_100.0)
    between = {**row, "value_low": 1_050.0, "value_high": 1_200.0, "is_sure": True}

    assert "Chance leaves open where between £1,050 and £1,200" in said(_only_row(between))[0]
    assert "But whether it turns there chance leaves open." in said(
        _only_row({**between, "is_sure": False})
    )[0]  # fmt: skip


def _only_row(row: dict[str, object]) -> dict[str, object]:
    return swept("switching", switches=[row])


def test_of_pairs_those_beyond_chance_are_counted() -> None:
    cells = [{"first": 1.0 * k, "second": 0.5, "output": 10.0 * k - 15.0, "half_width": 10.0}
             for k in range(4)]  # fmt: skip

    assert "2 would make the service save more than it costs" in said(swept("grid", cells=cells))[0]
    assert said(swept("grid", cells=cells))[0].endswith(", 1 of them beyond chance.")


def test_a_figure_that_turns_nowhere_has_no_sentence_about_turning() -> None:
    told = said(swept("tornado", target="money.cost", label="Cost", turns_at=None, switches=[]))

    assert not any("zero" in one or "enough" in one for one in told)


def test_a_number_that_moves_nothing_by_itself_is_said_to() -> None:
    row = {**switch(FOSTER, 900.0, below=-1, above=-1, at_best=-1e5), "moves": False}

    assert "moved alone, leaves the net saving as it is" in said(_only_row(row))[0]
