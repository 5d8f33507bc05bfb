"""The printed answer says the answer first, and says so when the service does not pay."""

import pytest

from familyflow.reports.answer import answer_text, headline


def test_a_service_that_does_not_pay_is_said_not_to_pay(results):
    assert "does not pay for itself in public money alone" in headline(results)
    assert "very unlikely" in headline(results)


def test_a_service_that_pays_is_said_to_pay(results):
    results["money"]["fiscal_return"] |= {"mean": 1.4, "low": 0.8, "high": 2.0}
    results["money"]["probability_net_saving"] = {"mean": 0.72, "low": 0.7, "high": 0.74}

    assert "pays for itself in public money:" in headline(results)
    assert "likely (about 7 in 10)" in headline(results)


def test_what_public_services_lose_is_told_as_what_they_spend_more(results):
    results["money"]["fiscal_return"] |= {"mean": -0.56, "low": -1.11, "high": 0.02}

    told = headline(results)

    assert "each £1 spent costs public services about £0.56 more within" in told
    assert "(95% interval \N{MINUS SIGN}£0.02 to £1.11)" in told
    assert "saves public services" not in told


def test_what_comes_to_nothing_is_told_as_nothing(results):
    results["money"]["fiscal_return"] |= {"mean": 0.0, "low": 0.0, "high": 0.0}

    assert "each £1 spent saves public services nothing within" in headline(results)


def test_no_service_is_the_reference(results):
    results["money"]["cost"] = {"mean": 0.0}

    assert "the reference" in headline(results)


def test_the_answer_stands_before_the_figures(results):
    text = answer_text(results)

    assert text.index("does not pay") < text.index("Families referred") < text.index("Warnings")


def test_every_page_names_price_base_window_comparator_and_what_is_not_verified(results):
    text = answer_text(results)

    for words in ("2024/25 prices", "gb_standard", "usual support", "optimism bias none",
                  "5 years from each family's referral", "1 numbers are assumed and 1 recalled",
                  "Something to know."):  # fmt: skip
        assert words in text


def test_what_is_undefined_is_said_with_its_reason(results):
    assert "not within the years followed" in answer_text(results)


def test_published_figures_stand_beside_the_models_own(results):
    text = answer_text(results)

    assert "comparable services £3,940 to £7,890" in text
    assert "40%   published 25%" in text
    assert "Referred up" not in text  # nobody started, so there is nothing to compare


def test_no_service_tells_how_the_families_fare_without_it(results):
    results["money"]["cost"] = {"mean": 0.0}
    results["flow"]["families_started"] = {"mean": 0.0}
    results["outcomes"] = [{"quantity": "care_entries", "without": 56.4}]

    text = answer_text(results)

    assert "usual support alone, within 5 years" in text
    assert "56" in text[text.index("Entries to care") :]


def test_an_option_without_evidence_is_not_said_not_to_pay(results):
    results["unproven"] = "smaller caseloads"

    text = answer_text(results)

    assert "does not pay" not in text
    assert "No evidence says that outcomes change with smaller caseloads" in text
    assert "2.2 times as much public spending" in text


def test_a_loss_for_each_pound_carries_its_sign_before_the_pound(results):
    results["money"]["fiscal_return"] |= {"mean": 0.2, "low": -0.12, "high": 0.5}

    assert "95% interval \N{MINUS SIGN}£0.12 to £0.50" in headline(results)


def test_cost_stands_beside_what_the_funders_offer(results):
    text = answer_text(results)

    assert "The Fund £390,000" in text
    assert "Not funded" in text
    assert "£10,000" in text[text.index("Not funded") :]


def test_what_has_no_number_is_listed_not_left_out(results):
    text = answer_text(results)

    assert "Not monetised, because there is no number: exclusion." in text
    assert "Harm to children while at home: no number yet." in text


def test_few_draws_are_said_to_be_rough(results):
    assert "rough" not in headline(results)

    results["money"]["probability_net_saving"] = {"mean": 0.1, "low": 0.03, "high": 0.25}

    assert "With 200 draws these are rough" in headline(results)


@pytest.mark.parametrize(
    ("window", "words"),
    [
        ("follow_up", "£0.45 within 5 years from each family's referral"),
        ("budget", "£0.45 within the 5 years of the term"),
        ("everything", "£0.45 over everything followed, up to 10 years"),
    ],
)
def test_the_headline_says_which_window_it_counts(results, window, words):
    assert words in headline(results | {"window": window}).replace("\n", " ")


def test_what_is_counted_in_another_window_than_the_headline_says_so(results):
    note = "within 5 years of each family's referral, whatever the window"
    flow = results["flow"]
    results["flow"] = flow | {
        "children_looked_after_avoided": flow["of_which_delayed"] | {"note": note}
    }

    assert note not in answer_text(results)
    assert f"(both {note})" in answer_text(results | {"window": "budget"})


def test_a_run_priced_again_says_from_which(results):
    text = answer_text(results | {"repriced_from": "core_offer-0123456789"})

    assert "priced again" not in answer_text(results)
    assert "What happened in core_offer-0123456789, priced again: nothing was simulated." in text


@pytest.mark.parametrize(
    ("returned", "chance", "only_on_average"),
    [(1.2, 0.3, True), (0.9, 0.6, True), (1.2, 0.7, False), (0.9, 0.3, False)],
)
def test_a_mean_that_the_chance_does_not_bear_out_is_told_to_be_a_mean(
    results, returned, chance, only_on_average
):
    money = results["money"]
    money["fiscal_return"] = {**money["fiscal_return"], "mean": returned}
    money["probability_net_saving"] = {**money["probability_net_saving"], "mean": chance}

    assert ("on average:" in headline(results)) == only_on_average
