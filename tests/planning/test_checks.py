"""Tables that contradict themselves are refused by key, all at once, before anything is run."""

import pytest

from familyflow.experiments.inputs import load_inputs
from familyflow.problems import InputError


def _refused(*sets: str) -> str:
    with pytest.raises(InputError) as raised:
        load_inputs("core_offer", sets)
    return str(raised.value)


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ("service.team.posts=[]", "no posts to fill"),
        ("service.team.posts=[{agency: A, specialism: whole_family}]", "post 1 has no fte"),
        ("service.team.posts=[{agency: A, specialism: zzz, fte: 1}]", "no specialism 'zzz'"),
        ("service.team.posts=[{agency: A, specialism: whole_family, fte: 3}]", "fte is 3"),
        ("appraisal.term_years=2.5", "counts whole years"),
        ("appraisal.follow_up_years=12", "children are watched for 10 years"),
        ("funding.funders=[{funder: A, by_year: {0: 10}}]", "has no public, council"),
        ("funding.funders=[{funder: A, public: maybe, council: false, by_year: {0: 1}}]", "maybe"),
        ("funding.funders=[{funder: A, public: true, council: false, by_year: {9: 1}}]", "no year"),
        (
            "funding.funders=[{funder: A, public: false, council: true, by_year: {0: 1}}]",
            "is public",
        ),
        (
            "funding.funders=[{funder: A, public: true, council: true, lottery: true, "
            "by_year: {0: 1}}]",
            "not the council's",
        ),
        ("appraisal.first_year=2020/21", "before the price year"),
        ("funding.limits=[{funder: A, least: 1}]", "has no programme, most_awards_under"),
        (
            "funding.limits=[{funder: A, programme: P, least: some, most_awards_under: 9, "
            "longest_years: 5}]",
            "least is the text 'some'",
        ),
        ("funding.asked_of=National Lotery Community Fund", "who is no funder"),
        ("appraisal.first_year=soon", "not a financial year"),
        ("service.group_work.programmes=[{name: t, title: T}]", "programme t has no need"),
        ("outcomes.effects.care_ratio=0", "no service ends every step"),
        ("outcomes.effects.dose_reference=0", "a full dose"),
        ("outcomes.effects.dose_threshold=20", "above dose_reference"),
        ("service.key_work.disengaging_per_week=1", "Somebody must stay"),
        ("families.needs.combinations={table: {zzz: 1.0}}", "no need or combination 'zzz'"),
        ("families.referrals.screening={table: {accepted: 0.5, signposted: 0.5}}", "the ways are"),
        ("families.referrals.share_by_source={table: {martians: 1}}", "no holiday factor"),
        ("families.referrals.listed_days={table: {schools: [1.5]}}", "no list of whole days"),
    ],
)
def test_a_table_that_makes_no_sense_is_refused(choice, words):
    assert words in _refused(choice)


def test_every_mistake_of_a_table_is_named_at_once():
    said = _refused(
        "service.team.posts=[{agency: A, specialism: zzz, fte: 9}, {agency: B}]",
        "appraisal.follow_up_years=11",
    )

    assert said.startswith("4 problems")
    for words in ("'zzz'", "fte is 9", "post 2 has no", "watched for"):
        assert words in said


@pytest.mark.parametrize(
    "row",
    [
        "least: 12, greatest: 4",
        "need: zzz",
        "meetings: -8",
        "hours_a_meeting: -2",
        "starts: [60]",
    ],
)
def test_a_group_that_cannot_be_is_refused(row):
    fields = {
        "name": "t", "title": "T", "need": "any", "meetings": 8, "starts": "[3]", "least": 4,
        "greatest": 12, "facilitators": 2, "hours_a_meeting": 2,
    }  # fmt: skip
    changed = dict(part.split(": ") for part in row.split(", "))
    text = ", ".join(f"{name}: {value}" for name, value in {**fields, **changed}.items())

    assert "programme t" in _refused(f"service.group_work.programmes=[{{{text}}}]")


def test_the_shipped_scenarios_pass():
    for name in ("core_offer", "grant_cut_20", "no_service", "reaching_communities_bid"):
        load_inputs(name)
