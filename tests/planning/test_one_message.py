"""One mistake gives one message, which names what is wrong and what to do."""

from __future__ import annotations

import pytest

from familyflow.economics.bid import NOBODY
from familyflow.economics.funding import IN_KIND, UNFUNDED
from familyflow.experiments.inputs import load_inputs
from familyflow.parameters.draws import base_values
from familyflow.planning.funding_checks import RESERVED, beyond_the_term
from familyflow.problems import InputError

pytestmark = pytest.mark.usefixtures("read_once")

POSTS = "service.team.posts"
CENTRAL = "service.team.central_posts"
FUNDERS = "funding.funders"
GROUPS = "service.group_work.programmes"
DATES = "service.activities.programme"
A_GROUP = "need: any, meetings: 8, least: 4, greatest: 12, facilitators: 2, hours_a_meeting: 2"
A_DATE = "attends: 0.1, staff_hours: 0, volunteer_hours: 0"
MANAGER = "pay: unit_costs.staff.manager_salary"

PAY = [
    (f"{CENTRAL}=[{{role: c, fte: 0.6, pay: unit_costs.staff.managr_salary}}]",
     ["no salary 'unit_costs.staff.managr_salary'", "'unit_costs.staff.manager_salary'"]),
    (f"{CENTRAL}=[{{role: c, fte: 0.6, pay: unit_costs.staff.pension}}]", ["no salary"]),
    (f"{CENTRAL}=[{{role: c, fte: 0.6, pay: unit_costs.staff.key_worker_salary}}]",
     ["no cost line prices", "would be free", "unit_costs.staff.manager_salary"]),
    (f"{CENTRAL}=[{{role: c, fte: 0.6}}]", ["post 1 has no pay"]),
    (f"{CENTRAL}=[{{role: c, {MANAGER}}}]", ["post 1 has no fte"]),
    (f"{CENTRAL}=[{{role: c, fte: '0.5', {MANAGER}}}]", ["the text '0.5'", "without quotes"]),
    (f"{CENTRAL}=[{{role: c, fte: -1, {MANAGER}}}]", ["fte is -1"]),
    (f"{CENTRAL}=[{{role: c, ftee: 1, {MANAGER}}}]", ["no column 'ftee'", "'fte'"]),
    ("unit_costs.staff.national_insurance={rate: 2, threshold: 0}", ["rate is 2"]),
    ("unit_costs.staff.national_insurance={rate: a, threshold: 0}", ["table[rate] = a", "number"]),
]  # fmt: skip

VALUES = [
    ("service.key_work.family_budget={price_year: 2025/26}", ["the value is missing"]),
    ("service.key_work.attendance={because: x}", ["the value is missing"]),
    ("service.key_work.attendance={}", ["a value is due here"]),
    ("service.key_work.attendance={value: 0.7, because: ''}", ["'because' is blank"]),
    ("service.key_work.attendance={value: 0.7, because: [a]}", ["'because' is a list"]),
    ("costs.service.key_workers={because: x}", ["nothing is changed"]),
    ("service.key_work.attendance={varies: {by: family, uniform: {low: 0, high: 1}}}",
     ["cannot vary", "distribution"]),
    ("service.waiting.patience={varies: {by: post, uniform: {low: 0, high: 1}}}",
     ["varies by family, not by post", "by: family"]),
    ("service.waiting.patience={varies: {by: family, pert: {low: 0, mode: 1, high: 2}}}",
     ["cannot vary as pert"]),
]  # fmt: skip

ROWS = [
    (f"{POSTS}=[{{agency: A, specialism: whole_family, fte: 1, hours_for_familes: 1}}]",
     ["no column 'hours_for_familes'", "'hours_for_families'"]),
    (f"{POSTS}=[{{agency: A, specialism: whole_family, fte: 1, shoe_size: 9}}]",
     ["no column 'shoe_size'", "Columns are agency"]),
    (f"{POSTS}=[{{agency: '', specialism: whole_family, fte: 1}}]", ["post 1 has no agency"]),
    (f"{POSTS}=[{{agency: A, specialism: whole_family, fte: '1'}}]", ["the text '1'"]),
    (f"{POSTS}=[{{agency: A, specialism: whole_family, fte: true}}]", ["fte is yes"]),
    (f"{POSTS}=[{{agency: A, specialism: whole_family, fte: 1, hours_for_families: null}}]",
     ["hours_for_families is blank"]),
    (f"{GROUPS}=[{{name: Tri P, starts: [24], {A_GROUP}}}]", ["'Tri P' cannot be used"]),
    (f"{GROUPS}=[{{name: p, starts: [24, 24], {A_GROUP}}}]", ["week 24 twice"]),
    (f"{GROUPS}=[{{name: p, starts: [true], {A_GROUP}}}]", ["are no weeks"]),
    (f"{GROUPS}=[{{name: p, start: [3], starts: [3], {A_GROUP}}}]", ["no column 'start'"]),
    (f"{DATES}=[{{name: 'a b', when: [3], {A_DATE}}}]", ["'a b' cannot be used"]),
    (f"{DATES}=[{{name: a, when: [3], weekday: 9, {A_DATE}}}]", ["weekday is 9"]),
    (f"{DATES}=[{{name: a, when: [3], week_day: 1, {A_DATE}}}]", ["no column", "'weekday'"]),
    ("economy.discounting.gb_standard=[{from_year: 0, rat: 0.03}]", ["no column 'rat'", "'rate'"]),
    ("economy.discounting.gb_standard=[]", ["no row"]),
    ("economy.agencies.list=[{agency: nhs, titlle: NHS}]", ["no column 'titlle'", "'title'"]),
]  # fmt: skip

MONEY = [
    ("{funder: A, public: true, council: false, by_year: {0: 1, 00: 2}}", ["00 is no year"]),
    ("{funder: A, public: true, council: false, by_year: {0: 1e13}}", ["1,000,000,000,000"]),
    ("{funder: A, public: true, council: false, by_year: {0: '5'}}", ["year 0 is the text '5'"]),
    ("{funder: A, public: true, council: false, by_year: {}}", ["by_year is"]),
    ("{funder: A, public: true, council: false, agency: nsh, by_year: {0: 1}}",
     ["no agency 'nsh'", "'nhs'"]),
    ("{funder: A, public: true, council: false, lotery: true, by_year: {0: 1}}",
     ["no column 'lotery'", "'lottery'"]),
    ("{funder: A, public: false, council: true, by_year: {0: 1}}", ["council money is public"]),
    ("{funder: Unfunded, public: true, council: false, by_year: {0: 1}}", ["name 'Unfunded' is"]),
    ("{funder: 'in  kind', public: true, council: false, by_year: {0: 1}}", ["is taken"]),
    ("{funder: nobody, public: true, council: false, by_year: {0: 1}}", ["is taken"]),
    ("{funder: [A], public: true, council: false, by_year: {0: 1}}", ["funder is a list"]),
    ("{funder: 5, public: true, council: false, by_year: {0: 1}}", ["funder is 5", "in quotes"]),
    ("{funder: A, public: true, council: false, by_year: {0: null}}", ["year 0 is blank"]),
    ("{funder: A, public: true, council: false, by_year: {0: 1}}, "
     "{funder: ' a', public: true, council: false, by_year: {0: 1}}", ["stands twice", "'A'"]),
]  # fmt: skip

SHAPES = [
    (f"{POSTS}=[1]", ["row 1 = 1", "a section of names is due"]),
    (f"{POSTS}=[null]", ["row 1"]),
    (f"{POSTS}=[[a]]", ["not a list"]),
    ("economy.prices.gdp_deflator=[1]", ["a section of names is due here, not a list"]),
    ("economy.prices.gdp_deflator={a: 1}", ["'a' is not a financial year"]),
    ("families.make_up.level_on_arrival=[1]", ["not a list"]),
    ("families.make_up.children=[1]", ["not a list"]),
    ('families.make_up.children={"2": 0.5, "1": 0.5}', ["2, 1", "in order"]),
    ("families.make_up.interpreter_need=[1]", ["not a list"]),
    ("families.make_up.interpreter_need={}", ["the table is empty"]),
    ('families.make_up.interpreter_need={"0": 0.1, "2": 0.2}', ["0, 2"]),
    ("families.needs.complexity_by_level=[1]", ["not a list"]),
    ("families.needs.complexity_by_level="
     "{universl: 0, early_help: 0, child_in_need: 0, child_protection: 0}",
     ["no name 'universl'", "'universal'"]),
    ("families.needs.complexity_by_level={early_help: 0, child_in_need: 0, child_protection: 0}",
     ["has no universal"]),
    ("families.referrals.listed_days=[1]", ["not a list"]),
    ("service.calendar.school_holidays={a: 0}", ["a = 0", "a list is due"]),
    ("service.calendar.school_holidays={a: [-5, 2]}", ["no holiday", "[46, 1]"]),
    ("outcomes.escalation.child_in_need_lengths={a: 1}", ["'a'", "whole number"]),
    ("funding.headings=[{a: 1}]", ["a single value is due"]),
    ("funding.headings=[]", ["there is no heading"]),
    ("funding.headings=[Salaries, ' ']", ["heading 2 is blank"]),
    ("funding.headings=[Salaries, salaries]", ["'salaries' stands twice"]),
]  # fmt: skip

BOUNDS = [
    ("service.key_work.attendance=0", ["0.05 or more", "explain"]),
    ("outcomes.escalation.universal_to_child_in_need=1", ["0.99 or less"]),
    ("outcomes.escalation.early_help_to_child_in_need=1", ["0.99 or less"]),
    ("outcomes.escalation.looked_after_months_19_24=0", ["above 0"]),
    ("outcomes.escalation.plan_to_care=0.9", ["sum to 1.55", "at most 1"]),
    ("families.make_up.frailty_spread=1000", ["2 or less"]),
    ("families.make_up.oldest_age=3", ["youngest age, 5, is above the oldest, 3"]),
    ("families.make_up.youngest_age=50", ["17 or less"]),
    ("service.team.key_workers=1000000", ["200 or less"]),
    ("families.referrals.suitable_per_year=1000000", ["5000 or less"]),
    ("families.referrals.suitable_per_year="
     "{value: 80, distribution: {uniform: {low: 70, high: 9000}}}", ["distribution"]),
    ("families.referrals.growth_per_year=-0.5", ["fewer than no referrals", "-0.25"]),
    ("appraisal.term_years=0", ["1 or more"]),
    ("appraisal.term_years=50", ["a week", "47 years", "complexity_per_year"]),
    ("service.team.hours_for_families=0.1", ["heaviest family"]),
]  # fmt: skip

ALL = [*PAY, *VALUES, *ROWS, *SHAPES, *BOUNDS, *((f"{FUNDERS}=[{row}]", w) for row, w in MONEY)]


@pytest.mark.parametrize(("choice", "words"), ALL, ids=[choice for choice, _ in ALL])
def test_a_mistake_is_told_once_and_at_the_key_that_has_it(choice: str, words: list[str]) -> None:
    with pytest.raises(InputError) as raised:
        load_inputs("core_offer", [choice])

    (problem,) = raised.value.problems
    assert problem.file == f"--set {choice.partition('=')[0]}"
    assert not [word for word in words if word not in str(problem)], str(problem)


@pytest.mark.parametrize(
    "choice",
    [
        f"{POSTS}=[{{agency: A, specialism: whole_family, fte: 1, hours_for_families: 0.7}}]",
        f"{CENTRAL}=[]",
        f"{DATES}=[{{name: a, title: A, when: [3], weekday: 4, {A_DATE}}}]",
        f"{FUNDERS}=[{{funder: A, public: true, council: false, agency: nhs, by_year: {{0: 1}}}}]",
        "service.calendar.school_holidays={}",
        "outcomes.escalation.child_in_need_to_plan=0",
    ],
)
def test_what_is_unusual_but_makes_sense_is_used(choice: str) -> None:
    assert load_inputs("core_offer", [choice]).warnings == ()


def test_the_names_that_are_taken_are_those_of_the_rows_beside_the_funders() -> None:
    assert {IN_KIND, UNFUNDED, NOBODY} == set(RESERVED)


def test_money_beyond_the_term_is_warned_of_with_how_much() -> None:
    row = "{funder: A, public: true, council: false, by_year: {0: 1, 5: 20000, 7: 500}}"

    (told,) = beyond_the_term(
        base_values(load_inputs("core_offer", [f"{FUNDERS}=[{row}]"]).parameters)
    )

    assert "what funders give after it is not counted: £20,500 of A in year 6, 8." in told
    assert "The term ends with year 5" in told


def test_a_key_is_set_once() -> None:
    with pytest.raises(InputError) as raised:
        load_inputs("core_offer", ["appraisal.timing=mid", "appraisal.timing =end"])

    (problem,) = raised.value.problems
    assert str(problem) == "--set appraisal.timing: this key is set twice\n    Keep one."


def test_names_of_a_table_count_in_their_own_order_however_they_are_written() -> None:
    days = "{friday: 0.2, monday: 0.4, tuesday: 0.2, wednesday: 0.1, thursday: 0.1}"

    resolved = load_inputs("core_offer", [f"families.make_up.session_weekday={days}"])

    table = resolved.parameters["families.make_up.session_weekday"].table
    assert list(table) == ["monday", "tuesday", "wednesday", "thursday", "friday"]
    assert table["monday"] == 0.4
