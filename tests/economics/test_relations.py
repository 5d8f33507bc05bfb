"""Relations that must hold between two runs of the ledger, whatever the numbers."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from familyflow.economics import statements, targets
from familyflow.economics.discounting import flat
from familyflow.economics.quantities import Quantities

MANY = settings(max_examples=25, deadline=None)
seeds = st.integers(0, 2**32 - 1)
POUNDS = [name for name, target in targets.TARGETS.items() if targets.unit(name) == "GBP"]
RATIOS = ["fiscal_return", "benefit_cost_ratio", "benefit_cost_ratio_with_weaker_evidence"]


def random_run(toy, seed, draws=2, replications=2):
    """A run in which anything may have happened, in either arm."""
    luck = np.random.default_rng(seed)
    empty = toy.amounts({}, draws, replications)
    amounts = luck.gamma(0.5, 40.0, size=empty.amounts.shape)
    return Quantities(empty.names, empty.units, amounts)


def times(toy, factor):
    """The toy's lines and funders with every price multiplied."""

    def scaled(line):
        return replace(line, unit_cost=replace(line.unit_cost, value=line.unit_cost.value * factor))

    return {
        "cost_lines": tuple(map(scaled, toy.COST_LINES)),
        "benefit_lines": tuple(map(scaled, toy.BENEFIT_LINES)),
        "funders": tuple(
            replace(f, by_year={year: p * factor for year, p in f.by_year.items()})
            for f in toy.FUNDERS
        ),
    }


def money(ledger):
    return {name: targets.by_draw(ledger, name) for name in POUNDS}


@MANY
@given(seeds, st.sampled_from([0.5, 2.0, 64.0]))
def test_all_prices_times_a_power_of_two_multiply_everything_exactly(toy, seed, factor):
    run = random_run(toy, seed)

    plain, scaled = money(toy.priced(run)), money(toy.priced(run, **times(toy, factor)))

    for name in POUNDS:
        assert (scaled[name] == factor * plain[name]).all()


@MANY
@given(seeds)
def test_pence_are_a_hundred_times_pounds_and_ratios_stay(toy, seed):
    run = random_run(toy, seed)
    pounds, pence = toy.priced(run), toy.priced(run, **times(toy, 100.0))

    for name in POUNDS:
        scale = np.abs(targets.by_draw(pounds, "cost")) + np.abs(targets.by_draw(pounds, name))
        difference = targets.by_draw(pence, name) - 100 * targets.by_draw(pounds, name)
        assert (np.abs(difference) <= 1e-11 * 100 * scale).all()
    for name in RATIOS:
        np.testing.assert_allclose(
            targets.by_draw(pence, name), targets.by_draw(pounds, name), rtol=1e-10
        )


@MANY
@given(seeds, st.floats(0.01, 1e4))
def test_one_price_up_raises_cost_by_its_quantity_and_moves_no_other_line(toy, seed, more):
    run = random_run(toy, seed)
    dearer = replace(toy.PREMISES, value=toy.PREMISES.value + more)
    lines = (toy.COST_LINES[0], replace(toy.COST_LINES[1], unit_cost=dearer), toy.COST_LINES[2])

    before, after = toy.priced(run), toy.priced(run, cost_lines=lines)

    place = run.names.index("service_years")
    used = (run.amounts[:, :, 1] - run.amounts[:, :, 0])[..., place].sum(axis=-1)
    moved = after.cost - before.cost
    np.testing.assert_allclose(moved[..., 1], used * more, rtol=1e-6, atol=1e-6)
    assert not moved[..., [0, 2, 3]].any()
    assert (after.saving == before.saving).all()


@MANY
@given(seeds, st.sampled_from(["2016/17", "2023/24"]))
def test_another_price_year_scales_money_and_leaves_ratios(toy, seed, year):
    run = random_run(toy, seed)
    today, then = toy.priced(run), toy.priced(run, price_year=year)
    factor = toy.DEFLATORS.factor("2024/25", year)

    for name in ("cost", "fiscal_saving", "public_value", "cashable_saving"):
        np.testing.assert_allclose(
            targets.by_draw(then, name), factor * targets.by_draw(today, name), rtol=1e-10
        )
    for name in RATIOS:
        np.testing.assert_allclose(
            targets.by_draw(then, name), targets.by_draw(today, name), rtol=1e-10
        )


@MANY
@given(seeds)
def test_at_a_rate_of_nothing_discounted_is_undiscounted(toy, seed):
    ledger = toy.priced(random_run(toy, seed), schedules={"flat": flat(0.0)})
    fiscal = ledger.weights("fiscal")

    plain = ledger.saving_by_year(fiscal, discounted=False)
    assert (ledger.saving_by_year(fiscal) == plain).all()
    assert (ledger.cost_by_year() == ledger.cost_by_year(discounted=False)).all()


@MANY
@given(st.floats(0.0, 0.5), st.floats(0.0, 0.5))
def test_a_higher_rate_makes_each_present_value_smaller(toy, first, second):
    low, high = sorted((first, second))
    run = toy.hand_run()
    cheap, dear = (toy.priced(run, schedules={"flat": flat(rate)}) for rate in (low, high))

    for name in ("cost", "fiscal_saving", "cashable_saving"):
        assert targets.by_draw(dear, name) <= targets.by_draw(cheap, name)


def test_at_a_huge_rate_only_the_first_year_is_left(toy):
    ledger = toy.priced(schedules={"flat": flat(1e12)})

    assert targets.mean(ledger, "cost").value == pytest.approx(106_500)
    assert targets.mean(ledger, "fiscal_saving").value == pytest.approx(0, abs=1e-6)


@MANY
@given(seeds)
def test_without_an_effect_savings_are_exactly_nothing(toy, seed):
    run = random_run(toy, seed)
    service = [run.names.index(line.quantity) for line in toy.COST_LINES]
    same = run.amounts.copy()
    same[:, :, 1] = same[:, :, 0]
    same[:, :, 1, ..., service] = run.amounts[:, :, 1, ..., service]

    ledger = toy.priced(Quantities(run.names, run.units, same))

    assert not ledger.saving.any()
    assert not any(cash.any() for cash in ledger.cashable.values())
    assert (targets.by_draw(ledger, "net_saving") == -targets.by_draw(ledger, "cost")).all()


@MANY
@given(seeds)
def test_with_arms_swapped_every_difference_changes_sign_exactly(toy, seed):
    run = random_run(toy, seed)
    swapped = Quantities(run.names, run.units, run.amounts[:, :, ::-1])

    forth, back = toy.priced(run), toy.priced(swapped)

    assert (forth.cost == -back.cost).all()
    assert (forth.saving == -back.saving).all()
    assert (forth.paid == -back.paid).all()
    for window in forth.cashable:
        assert (forth.cashable[window] == -back.cashable[window]).all()
    for name in POUNDS:
        assert (targets.by_draw(forth, name) == -targets.by_draw(back, name)).all()


@MANY
@given(seeds)
def test_a_service_without_cost_and_effect_changes_nothing(toy, seed):
    run = random_run(toy, seed)
    same = run.amounts.copy()
    same[:, :, 1] = same[:, :, 0]

    ledger = toy.priced(Quantities(run.names, run.units, same))

    assert all(not values.any() for values in money(ledger).values())
    assert targets.mean(ledger, "benefit_cost_ratio").value is None


def test_with_no_referrals_there_is_fixed_cost_only_and_no_ratio_per_family(toy):
    run = toy.amounts({("service_years", "with", 0, 0): 1.0, ("service_years", "with", 1, 0): 1.0})

    ledger = toy.priced(run)

    fixed = [row.behaves == "fixed" for row in ledger.cost_rows]
    assert ledger.cost.sum() == ledger.cost[..., fixed].sum() == 10_000
    for name in ("cost_per_family_started", "cost_per_child", "break_even_placements"):
        assert targets.mean(ledger, name).value is None
    assert targets.mean(ledger, "benefit_cost_ratio").value == 0


def test_with_no_cost_at_all_the_ratio_is_not_defined(toy):
    found = targets.mean(toy.priced(toy.amounts({})), "benefit_cost_ratio")

    assert found.value is None
    assert "no cost above zero" in found.reason


@MANY
@given(seeds)
def test_a_longer_horizon_never_shortens_cumulative_cost(toy, seed):
    luck = np.random.default_rng(seed)
    empty = toy.amounts({})
    amounts = empty.amounts.copy()
    amounts[:, :, 1] = luck.gamma(0.5, 40.0, size=amounts[:, :, 1].shape)

    cost = toy.priced(Quantities(empty.names, empty.units, amounts)).cost_by_year(discounted=False)

    assert (np.diff(np.cumsum(cost, axis=-1), axis=-1) >= 0).all()


@MANY
@given(seeds, st.permutations(range(4)))
def test_relabelled_and_reordered_agencies_still_add_up(toy, seed, order):
    run = random_run(toy, seed)
    lines = tuple(
        replace(
            line,
            unit_cost=replace(
                line.unit_cost,
                falls_on={
                    f"agency of {name}": share for name, share in line.unit_cost.falls_on.items()
                },
            ),
        )
        for line in (toy.BENEFIT_LINES[place] for place in order)
    )

    plain, other = toy.priced(run), toy.priced(run, benefit_lines=lines)

    total = sum(row.fiscal_saving for row in statements.by_agency(other, weaker=True))
    expected = plain.total_saving(plain.weights("fiscal", weaker=True)).mean(axis=1)
    scale = np.abs(plain.saving).sum()
    np.testing.assert_allclose(total, expected, atol=1e-12 * scale, rtol=0)


@MANY
@given(seeds)
def test_a_line_priced_at_nothing_moves_no_number(toy, seed):
    run = random_run(toy, seed)
    free = replace(toy.BENEFIT_LINES[1], unit_cost=replace(toy.HOME, value=0.0))
    lines = (toy.BENEFIT_LINES[0], free, *toy.BENEFIT_LINES[2:])

    without = toy.priced(run, benefit_lines=(toy.BENEFIT_LINES[0], *toy.BENEFIT_LINES[2:]))
    with_free = toy.priced(run, benefit_lines=lines)

    for name in POUNDS:
        np.testing.assert_allclose(
            targets.by_draw(with_free, name), targets.by_draw(without, name), rtol=1e-12
        )


@MANY
@given(seeds)
def test_pricing_draws_apart_gives_the_same_bytes(toy, seed):
    run = random_run(toy, seed, draws=3)
    lines = (replace(toy.BENEFIT_LINES[0], share=np.array([0.2, 0.5, 0.9])),)
    together = money(toy.priced(run, benefit_lines=lines))

    for draw in range(3):
        one = Quantities(run.names, run.units, run.amounts[draw : draw + 1])
        alone = money(
            toy.priced(
                one, benefit_lines=(replace(lines[0], share=lines[0].share[draw : draw + 1]),)
            )
        )
        for name in POUNDS:
            assert alone[name][0] == together[name][draw]


@MANY
@given(seeds)
def test_two_identical_services_cost_and_save_twice_and_keep_their_ratio(toy, seed):
    run = random_run(toy, seed)
    double = Quantities(run.names, run.units, 2 * run.amounts)

    one, two = toy.priced(run), toy.priced(double)

    for name in ("cost", "fiscal_saving", "public_value"):
        assert (targets.by_draw(two, name) == 2 * targets.by_draw(one, name)).all()
    np.testing.assert_array_equal(
        targets.by_draw(two, "fiscal_return"), targets.by_draw(one, "fiscal_return")
    )
