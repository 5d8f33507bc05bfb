"""What a reviewer would object to is told with file, line and column, through the real readers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from familyflow.experiments.inputs import load_inputs
from familyflow.experiments.pricing import benefit_lines
from familyflow.experiments.review import objections
from familyflow.parameters.drawn_values import in_one
from familyflow.parameters.draws import base_values
from familyflow.problems import InputError, Problem
from familyflow.scenarios.resolve import resolve
from familyflow.shipped import scenarios_folder

TODAY = date(2026, 1, 1)  # before the dates of the shipped numbers but those of long ago
CHAIN = """\
benefits.own.line:
  label: Fewer call-outs
  quantity: families_started
  unit_cost: unit_costs.own.call_out
  counterfactual: {counterfactual}
  evidence: {evidence}
  grade: D
  chain:
    prevalence: 1
    engagement: 1
    retained: 1
    impact: 0.6
    deadweight: {deadweight}
    {more}
    unit: times
    lag_years: 0
    saving_years: 1
    drop_off: 0.2
unit_costs.own.call_out:
  label: A call-out
  unit: GBP per call-out
  price_year: 2015/16
  value: 500
  kind: fiscal
  falls_on: {{police: 1.0}}
  grade: D
  status: assumed
  note: A test.
"""
PART = """\
unit_costs.own.{name}:
  label: Part of an incident
  unit: {unit}
  price_year: 2008/09
  value: {value}
  {more}
  kind: fiscal
  falls_on: {{nhs: 1.0}}
  grade: C
  status: assumed
  note: A test.
"""
# Unit Cost Database v1.4, each whole with its parts
ROLL_UPS = {
    "cr2_0": (2_470, [1_171, 581, 415, 193, 110]),
    "es2_0": (9_219, [7_181, 63.69, 970.44, 1_003.5]),
    "ss4_1": (25_000, [15_000, 6_250, 1_250, 2_500]),
    "ss4_0": (900, [760, 140]),
    "ss1_1": (29_580, [274, 28_080, 945, 281]),
}
# a copy of the database in which numbers were read wrongly: wholes and parts by the week
MISREAD = {"ss8_0": (7_778, [643.62]), "ss7_1": (7_375, [99_636]), "ss7_1_3": (99_532, [1_914])}


def chain(
    counterfactual="proportional", evidence="weaker", deadweight="0.2", more="attribution: 1"
):
    return CHAIN.format(
        counterfactual=counterfactual, evidence=evidence, deadweight=deadweight, more=more
    )


def whole(name: str, value: float, parts: list[float], unit: str = "GBP per incident") -> str:
    keys = [f"unit_costs.own.{name}_{number}" for number in range(len(parts))]
    texts = [
        PART.format(name=name, unit=unit, value=value, more=f"composed_of: [{', '.join(keys)}]")
    ]
    for number, part in enumerate(parts):
        texts.append(PART.format(name=f"{name}_{number}", unit=unit, value=part, more="code: X"))
    return "".join(texts)


@pytest.fixture
def own(tmp_path: Path) -> Callable[[str], Path]:
    """A file of parameters beside the shipped ones."""

    def write(text: str) -> Path:
        path = tmp_path / "own.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def reviewed(path: Path, today: date = TODAY) -> tuple[list[Problem], list[Problem]]:
    """What is wrong and what is doubtful in this file."""
    resolved = resolve("core_offer", parameter_files=[path])
    parts = objections(resolved.parameters, resolved.entries, today)
    wrong, doubtful = ([p for p in part if Path(p.file).name == path.name] for part in parts)
    return wrong, doubtful


def places(problems: list[Problem]) -> list[tuple[int, int]]:
    return [(problem.line, problem.column) for problem in problems]


@pytest.mark.parametrize(
    "path", sorted(scenarios_folder().glob("*.yaml")), ids=lambda path: path.stem
)
def test_nothing_shipped_is_wrong_and_only_age_is_doubtful(path: Path) -> None:
    resolved = resolve(path)

    wrong, doubtful = objections(resolved.parameters, resolved.entries, TODAY)

    assert wrong == []
    assert all("prices of 20" in p.what or "looked at again" in p.what for p in doubtful)
    assert len(doubtful) <= 6


def test_care_proceedings_are_to_be_looked_at_again_since_the_reforms() -> None:
    resolved = resolve("core_offer")

    _, doubtful = objections(resolved.parameters, resolved.entries, TODAY)

    told = [p for p in doubtful if "care_proceedings" in p.what]
    assert [p.what.partition(": ")[2] for p in told] == ["was to be looked at again after 2014"]


def test_a_date_is_told_only_once_it_has_passed() -> None:
    resolved = resolve("core_offer")

    before, after = (
        {p.what for p in objections(resolved.parameters, resolved.entries, today)[1]}
        for today in (date(2026, 6, 30), date(2026, 7, 1))
    )

    edition = "economy.prices.gdp_deflator: was to be looked at again after 2026-06"
    assert after - before == {edition}


def test_one_warning_on_several_numbers_of_a_file_is_told_once() -> None:
    resolved = resolve("core_offer")

    _, doubtful = objections(resolved.parameters, resolved.entries, TODAY)

    (abuse,) = [p for p in doubtful if "domestic_abuse" in p.what]
    assert abuse.what.startswith(
        "unit_costs.domestic_abuse.incident_fiscal, incident_economic, incident_social: prices of"
    )
    assert (abuse.line > 0, abuse.column > 0) == (True, True)


def test_a_sound_chain_is_neither_wrong_nor_doubtful(own) -> None:
    assert reviewed(own(chain())) == ([], [])


def test_20_percent_of_all_typed_as_proportional_is_refused_before_anything_runs(own) -> None:
    path = own(chain(more="rate_without: 0.2"))

    wrong, _ = reviewed(path)

    assert places(wrong) == [(13, 17)]
    assert "deadweight is 0.2 of achievers, but 0.2 of all who take part" in wrong[0].what
    assert "percentage_point" in wrong[0].to_do
    with pytest.raises(InputError, match=r"0\.333 of achievers"):
        load_inputs("core_offer", parameter_files=[path])


def test_a_before_and_after_figure_as_evidence_of_a_comparison_is_refused(own) -> None:
    key = "attribution: adjustments.attribution.before_after"

    wrong, _ = reviewed(own(chain("before_after", "comparison_group", more=key)))

    assert places(wrong) == [(6, 13)]
    assert reviewed(own(chain("before_after", "weaker", more=key))) == ([], [])


def test_a_before_and_after_change_credited_whole_is_refused(own) -> None:
    wrong, _ = reviewed(own(chain("before_after")))

    assert places(wrong) == [(14, 18)]
    assert "gross shown as net" in wrong[0].what


def test_a_deadweight_of_nothing_is_doubtful(own) -> None:
    wrong, doubtful = reviewed(own(chain(deadweight="0")))

    assert (wrong, places(doubtful)) == ([], [(13, 17)])


@pytest.mark.parametrize("field", ["deadweight: 0.2", "attribution: 0.5", "drop_off: 0.1"])
def test_what_the_other_arm_holds_is_refused_on_a_simulated_line(own, field: str) -> None:
    path = own(f"benefits.domestic_abuse.domestic_abuse_fiscal: {{{field}}}\n")

    with pytest.raises(InputError, match="the other arm already holds it") as refused:
        load_inputs("core_offer", parameter_files=[path])

    assert places(list(refused.value.problems)) == [(1, 49)]


def test_lines_that_count_a_thing_twice_are_refused_with_both_places(own) -> None:
    path = own("benefits.children_social_care.weeks_on_a_plan: {disjoint: no, note: A test.}\n")

    with pytest.raises(InputError) as refused:
        load_inputs("core_offer", parameter_files=[path])

    (problem,) = refused.value.problems
    assert (
        "count the same fiscal value (double-count group 'childrens_social_care')" in problem.what
    )
    assert "weeks_on_a_plan stands at" in problem.what
    assert "own.yaml:1" in problem.what
    assert (problem.line > 0, problem.column > 0) == (True, True)


AGAIN = """\
benefits.own.child_in_need:
  label: The same weeks once more
  quantity: child_weeks.child_in_need
  unit_cost: unit_costs.children_social_care.child_in_need_year
  share: {share}
  counterfactual: comparator_arm
  evidence: comparison_group
  source: {{title: A trial, where: table 2, year: 2020}}
  {more}
  grade: D
"""


@pytest.mark.parametrize("more", ["double_count_group: ours", "note: No group at all."])
def test_a_quantity_priced_twice_is_refused_whatever_the_group(own, more) -> None:
    wrong, _ = reviewed_everywhere(own(AGAIN.format(share=0.1, more=more)))

    (problem,) = wrong
    assert "price 'child_weeks.child_in_need' twice" in problem.what
    assert "benefits.own.child_in_need stands at" in problem.what
    assert (problem.line > 0, problem.column > 0) == (True, True)


def test_two_lines_that_divide_one_quantity_leave_no_rest(own) -> None:
    key = "unit_costs.children_social_care.foster_bought_share"
    path = own(f"{key}: {{value: 0.6, because: A test.}}\n")

    resolved = resolve("core_offer", parameter_files=[path])
    shares = [
        line.share
        for line in benefit_lines(resolved.parameters, in_one(base_values(resolved.parameters)))
        if line.quantity == "child_weeks_looked_after.foster"
    ]

    assert [float(share[0]) for share in shares] == [0.6, 0.4]


STUDIED = """\
benefits.own.conduct:
  label: Years of conduct disorder, by a trial
  quantity: family_years.substance_misuse
  unit_cost: unit_costs.own.call_out
  counterfactual: comparator_arm
  evidence: comparison_group
  {source}
  disjoint: yes
  grade: B
unit_costs.own.call_out:
  label: A year of something else
  unit: GBP per year
  price_year: 2015/16
  value: 500
  kind: fiscal
  falls_on: {{police: 1.0}}
  grade: D
  status: assumed
  note: A test.
"""
TRIAL = "source: {title: A trial, where: table 2, year: 2020}"


def test_a_line_of_ones_own_names_the_study_behind_its_comparison_group(own) -> None:
    wrong, _ = reviewed(own(STUDIED.format(source="note: None.")))

    assert (wrong[0].line, wrong[0].column) == (6, 13)
    assert "which study" in wrong[0].what
    assert not [p for p in reviewed(own(STUDIED.format(source=TRIAL)))[0] if "study" in p.what]


def reviewed_everywhere(path: Path) -> tuple[list[Problem], list[Problem]]:
    resolved = resolve("core_offer", parameter_files=[path])
    return objections(resolved.parameters, resolved.entries, TODAY)


@pytest.mark.parametrize(
    ("falls_on", "what", "to_do"),
    [
        ("{police: 0.6, nhs: 0.3}", "the shares sum to 0.9, not 1", "0.1"),
        ("{polcie: 1.0}", "there is no agency 'polcie'", "'police'"),
    ],
)
def test_agencies_and_their_shares_are_refused_with_their_place(
    own, falls_on: str, what: str, to_do: str
) -> None:
    path = own(chain().replace("{police: 1.0}", falls_on))

    with pytest.raises(InputError) as refused:
        load_inputs("core_offer", parameter_files=[path])

    (problem,) = refused.value.problems
    assert what in problem.what
    assert to_do in problem.to_do
    assert (problem.line, problem.column > 0) == (25, True)


def test_a_transfer_of_one_side_is_refused_at_the_unit_cost(own) -> None:
    one_sided = chain().replace("kind: fiscal", "kind: economic\n  transfer: yes")

    wrong, _ = reviewed(own(one_sided))

    assert places(wrong) == [(25, 13)]
    paid = chain().replace("kind: fiscal", "kind: fiscal\n  transfer: yes")
    assert reviewed(own(paid)) == ([], [])


def test_a_benefit_payment_that_does_not_say_so_is_doubtful(own) -> None:
    payment = chain().replace("label: A call-out", "label: Housing benefit")

    wrong, doubtful = reviewed(own(payment))

    assert (wrong, places(doubtful)) == ([], [(20, 10)])


def test_money_without_a_price_year_is_refused_with_its_place(own) -> None:
    path = own(chain().replace("  price_year: 2015/16\n", ""))

    with pytest.raises(InputError, match="has no price_year") as refused:
        load_inputs("core_offer", parameter_files=[path])

    assert refused.value.problems[0].line == 19


def test_prices_of_more_than_fifteen_years_ago_are_doubtful(own) -> None:
    _, doubtful = reviewed(own(chain().replace("2015/16", "2008/09")))

    assert places(doubtful) == [(22, 15)]


def test_a_number_past_its_date_is_doubtful(own) -> None:
    path = own(chain().replace("kind: fiscal", "kind: fiscal\n  sunset: 2025-11"))

    assert places(reviewed(path)[1]) == [(25, 11)]
    assert reviewed(path, today=date(2025, 11, 30)) == ([], [])


@pytest.mark.parametrize("name", ROLL_UPS)
def test_published_sums_are_the_sums_of_their_parts(own, name: str) -> None:
    value, parts = ROLL_UPS[name]

    assert reviewed(own(whole(name, value, parts))) == ([], [])


@pytest.mark.parametrize("name", MISREAD)
def test_misread_sums_are_flagged(own, name: str) -> None:
    value, parts = MISREAD[name]

    wrong, doubtful = reviewed(own(whole(name, value, parts, "GBP per week")))

    assert (wrong, places(doubtful)) == ([], [(6, 16)])
    assert "is not the sum of its parts" in doubtful[0].what


def test_an_average_over_variants_is_not_taken_for_a_sum(own) -> None:
    variants = "".join(
        PART.format(name=name, unit="GBP per incident", value=value, more=f"code: {code}")
        for name, code, value in (("cr8_0", "CR8.0", 609), ("cr8_2", "CR8.2", 18_608))
    )

    assert reviewed(own(variants)) == ([], [])


@pytest.mark.parametrize(
    ("choice", "what"),
    [
        ("appraisal.window=budget", "the 5 years of the term only"),
        ("appraisal.follow_up_years=8", "8 years are counted"),
        ("appraisal.window=everything", "10 years are counted"),
        ("outcomes.effects.retention_per_year=1", "nothing of the effect fades in 5 years"),
    ],
)
def test_years_that_mislead_are_doubtful(choice: str, what: str) -> None:
    resolved = resolve("core_offer", sets=[choice])

    wrong, doubtful = objections(resolved.parameters, resolved.entries, TODAY)

    assert wrong == []
    (told,) = [problem for problem in doubtful if what in problem.what]
    assert told.file == f"--set {choice.partition('=')[0]}"


def test_a_follow_up_longer_than_children_are_watched_is_refused() -> None:
    with pytest.raises(InputError, match="children are watched for 10 years"):
        load_inputs("core_offer", sets=["appraisal.follow_up_years=11"])


def test_a_before_and_after_ratio_without_an_allowance_is_doubtful() -> None:
    resolved = resolve("core_offer", sets=["adjustments.attribution.before_after=1"])

    _, doubtful = objections(resolved.parameters, resolved.entries, TODAY)

    assert [p.what.partition(":")[0] for p in doubtful if "before-and-after" in p.what] == [
        "outcomes.domestic_abuse.repeat_ratio"
    ]
