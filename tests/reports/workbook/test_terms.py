"""The quantities of the workbook are exact, whichever uncertain numbers a reader replaces."""

import numpy as np
import pytest
from tests.reports.workbook.changes import CHANGES, SCENARIOS, files_for, means_of

from familyflow.experiments.reprice import reprice
from familyflow.reports.workbook.factors import AboveThreshold, Factor
from familyflow.reports.workbook.flows import flows_of
from familyflow.reports.workbook.kept import read_kept
from familyflow.reports.workbook.terms import MeanQuantities, Term

PRICE = Factor("price", "A price", "GBP", np.array([1.0, 3.0]), "2024/25")
SHARE = Factor("share", "A share", "share", np.array([0.2, 0.4]))
SURE = Factor("sure", "A rate", "share", np.array([0.5, 0.5]))


def a_term(*factors):
    return Term(
        "saving", 0, "line", "A line", "", "weeks", factors, 1.0, "2024/25", "flat",
        np.array([1.0, 2.0]), "fiscal",
    )  # fmt: skip


def mean_quantities(term, by_draw):
    gathered = MeanQuantities((term,))
    for draw, amount in enumerate(by_draw):
        gathered.add(draw, {"saving": np.array([[[amount]]])})
    return next(gathered.means())[:, 0]


def test_there_is_a_quantity_for_each_choice_of_uncertain_numbers_and_none_for_sure_ones():
    term = a_term(PRICE, SURE, SHARE)

    assert term.uncertain == ("price", "share")
    assert [term.replaced(choice) for choice in range(term.choices)] == [
        (), ("price",), ("share",), ("price", "share"),
    ]  # fmt: skip


def test_a_quantity_times_means_is_the_mean_of_products_whichever_numbers_are_replaced():
    amounts = np.array([10.0, 7.0])
    counted = amounts * [1.0, 2.0]  # the multiplier of each draw

    as_run, price, share, both = mean_quantities(a_term(PRICE, SHARE), amounts)

    assert as_run * 2.0 * 0.3 == pytest.approx(np.mean(counted * [1.0, 3.0] * [0.2, 0.4]))
    assert price * 5.0 * 0.3 == pytest.approx(np.mean(counted * 5.0 * [0.2, 0.4]))
    assert share * 2.0 * 0.9 == pytest.approx(np.mean(counted * [1.0, 3.0] * 0.9))
    assert both * 5.0 * 0.9 == pytest.approx(np.mean(counted * 5.0 * 0.9))


def test_a_number_that_is_nothing_in_every_draw_leaves_the_quantity_alone():
    nothing = Factor("price", "A price", "GBP", np.zeros(2))

    assert mean_quantities(a_term(nothing), [10.0, 7.0]) == pytest.approx([12.0])


def test_pay_above_the_threshold_is_counted_post_by_post():
    salary = Factor("salary", "A salary", "GBP", np.array([8000.0, 20000.0]), "2024/25")

    above = AboveThreshold(salary, (1.0, 0.5), 1.5, threshold=5000.0)

    # 3,000 and nothing; then 15,000 and 5,000
    assert above.values == pytest.approx([3000.0 / 1.5, 20000.0 / 1.5])


@pytest.mark.whole
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_money_adds_up_to_what_the_run_found_by_year_and_in_all(kept_runs, scenario):
    kept = read_kept(kept_runs[scenario])
    money, flows = kept.results["money"], flows_of(kept)

    cost = [place for place, term in enumerate(kept.terms) if term.side == "cost"]
    saved = [k for k, term in enumerate(kept.terms) if term.side == "saving" and term.fiscal
             and term.headline]  # fmt: skip

    by_year = kept.results["by_year"]
    for side, name in ((cost, "cost"), (saved, "fiscal_saving")):
        present = flows.present[side].sum(axis=0)
        assert present.sum() == pytest.approx(money[name]["mean"], rel=1e-9)
        found = [row[name]["mean"] for row in by_year]
        assert present[: len(found)] == pytest.approx(found, rel=1e-9)


def with_own(kept, own):
    """Present value by side of the headline, priced from the kept quantities with own numbers."""
    found = dict.fromkeys(("cost", "saving", "cash"), 0.0)
    discount = flows_of(kept).discount
    for term, amounts in zip(kept.terms, kept.quantities, strict=True):
        choice = sum(1 << bit for bit, key in enumerate(term.uncertain) if key in own)
        price = term.each * kept.inputs.deflators.factor(term.price_year, kept.inputs.price_year)
        for factor in term.factors:
            price *= replaced(factor, own)
        pounds = float((amounts[choice] * discount[term.schedule]).sum() * price)
        counts = term.side == "cost" or (term.fiscal and term.headline)
        found[term.side] += pounds if counts else 0.0
    return found


def replaced(factor, own):
    if factor.key not in own:
        return factor.mean
    if isinstance(factor, AboveThreshold):
        over = [max(0.0, own[factor.key] * share - factor.threshold) for share in factor.shares]
        return sum(over) / factor.each
    return own[factor.key]


@pytest.mark.whole
@pytest.mark.parametrize("change", [name for name in CHANGES if "discount" not in name
                                    and name != "all at once"])  # fmt: skip
def test_kept_quantities_give_what_the_run_gives_when_it_is_priced_again(
    kept_runs, change, tmp_path
):
    own, sets = CHANGES[change]
    folder = kept_runs["core_offer"]

    again = reprice(folder, sets=sets, parameter_files=files_for(change, tmp_path), out=tmp_path)
    found = with_own(read_kept(folder), own)

    means = means_of(again.folder)
    assert found["cost"] == pytest.approx(means["cost"], rel=1e-9)
    assert found["saving"] == pytest.approx(means["fiscal_saving"], rel=1e-9)
    assert found["cash"] == pytest.approx(means["cashable_saving"], rel=1e-9)
