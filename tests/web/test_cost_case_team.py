"""The team of a cost case: its posts and their employers, the family-held budget, the salary."""

import pytest
from tests.web.case_site import fields_in, mistakes_in, words_in

from familyflow.experiments.inputs import load_inputs
from familyflow.parameters.draws import base_values
from familyflow.web.drafts import Draft, OptionDraft, OwnFile
from familyflow.web.started import CASE

POSTS, KEY_WORKERS = "service.team.posts", "service.team.key_workers"
SALARY, BUDGET = "unit_costs.staff.key_worker_salary", "service.key_work.family_budget"
OWN_HOURS = """
extends: core_offer
title: Own hours
set:
  service.team.posts:
    - {agency: A, specialism: whole_family, fte: 0.5}
    - {agency: B, specialism: mental_ill_health, fte: 1, hours_for_families: 0.6}
"""


@pytest.fixture
def filled(site):
    """The form as it is first shown."""
    return fields_in(site.get("/cost-case").text)


def sent(site, typed):
    """The job that a form asks for."""
    answer = site.send_form("/cost-case", fields=typed)
    assert answer.status_code == 303, words_in(answer.text)[:900]
    return [*site.app.state.jobs.asked.values()][-1]


def resolved(job, folder):
    for name, text in job.asked["files"].items():
        (folder / name).write_text(text, encoding="utf-8")
    return load_inputs(str(folder / job.asked["scenario"]))


def test_the_form_has_the_team_of_the_scenario(filled):
    values = base_values(load_inputs("reaching_communities_bid").parameters)

    for number, post in enumerate(values[POSTS]):
        row = f"post-{number}-"
        assert filled[f"{row}agency"] == post["agency"]
        assert float(filled[f"{row}fte"]) == post["fte"]
        assert filled[f"{row}specialism"] == post["specialism"]
    assert filled[f"post-{len(values[POSTS])}-agency"] == ""
    assert (filled["key_workers"], filled["salary"], filled["budget"]) == ("5", "34434", "250")


def test_an_unchanged_team_writes_nothing_and_keeps_what_is_known_of_its_numbers(
    site, filled, tmp_path
):
    job = sent(site, {**filled, "post-0-fte": "0.70", "salary": "34,434"})

    made, due = resolved(job, tmp_path), load_inputs("reaching_communities_bid")
    for key in (POSTS, KEY_WORKERS, SALARY, BUDGET):
        assert key not in job.asked["files"][CASE]
        assert made.parameters[key] == due.parameters[key]
    assert made.unproven == due.unproven


def test_another_towns_team_is_what_is_run(site, filled, tmp_path):
    typed = {
        **filled,
        "key_workers": "3",
        "post-0-agency": "Oldham: Families' Trust",
        "post-0-fte": "0.5",
        "post-0-specialism": "mental_ill_health",
        "post-1-agency": "",
        "post-1-fte": "",
        "salary": "\u00a331,000",
        "salary_year": "2024/25",
        "salary_because": "Our pay scale",
        "budget": "100",
        "budget_year": "2025/26",
    }

    made = resolved(sent(site, typed), tmp_path)

    values = base_values(made.parameters)
    start = base_values(load_inputs("reaching_communities_bid").parameters)
    assert values[KEY_WORKERS] == 3
    assert values[POSTS] == [
        {"agency": "Oldham: Families' Trust", "specialism": "mental_ill_health", "fte": 0.5},
        *start[POSTS][2:],
    ]
    assert (values[SALARY], made.parameters[SALARY].price_year) == (31_000, "2024/25")
    assert made.choices[SALARY].because == "Our pay scale"
    assert (values[BUDGET], made.parameters[BUDGET].price_year) == (100, "2025/26")
    assert made.unproven == "another family-held budget"


def test_a_case_that_is_changed_once_more_keeps_its_team(site, filled, tmp_path):
    typed = {**filled, "key_workers": "3", "post-0-agency": "Trust", "post-1-agency": "",
             "post-1-fte": "", "budget": "1", "salary": "9", "salary_because": "Us"}  # fmt: skip
    first = sent(site, typed)
    object.__setattr__(first, "run", "first-0123456789")
    again = fields_in(site.get("/cost-case?run=first-0123456789").text)

    second = sent(site, again)

    assert second.asked["files"] == first.asked["files"]
    back = sent(site, {**again, **{name: filled[name] for name in filled if name in again}})
    assert KEY_WORKERS not in back.asked["files"][CASE]
    assert BUDGET not in back.asked["files"][CASE]
    assert "another family-held budget" not in back.asked["files"][CASE]


def test_hours_for_families_stay_with_their_post(site, tmp_path):
    draft = Draft(
        options=(OptionDraft(base="own_hours"),),
        scenarios=(OwnFile(name="own_hours", text=OWN_HOURS),),
    )
    name = site.app.state.drafts.begin(draft, "somebody")
    typed = fields_in(site.get(f"/cost-case?draft={name}&option=0").text)

    made = resolved(sent(site, {**typed, "post-0-agency": "", "post-0-fte": ""}), tmp_path)

    assert base_values(made.parameters)[POSTS] == [
        {"agency": "B", "specialism": "mental_ill_health", "fte": 1, "hours_for_families": 0.6}
    ]


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("key_workers", "a few", "whole number of posts"),
        ("key_workers", "2.5", "whole"),
        ("key_workers", "201", "must be 200 or less"),
        ("post-1-agency", "", "Name the employer"),
        ("post-1-fte", "", "share of full time"),
        ("post-1-fte", "70%", "share of full time"),
        ("post-3-fte", "1.5", "from 0.05 to 1"),
        ("post-5-agency", "New", "share of full time"),
        ("post-2-specialism", "gardening", "there is no specialism"),
        ("budget", "some", "in pounds"),
        ("budget_year", "2025", "financial year"),
        ("salary", "", "salary in pounds"),
        ("salary", "31000", "Say how you know"),
        ("salary_year", "then", "financial year"),
    ],
)
def test_a_mistake_stands_beside_its_own_field(site, filled, field, text, words):
    because = {} if words == "Say how you know" else {"salary_because": "Our pay scale"}
    answer = site.send_form("/cost-case", fields={**filled, **because, field: text})

    beside = {"salary": "salary_because"}.get(field, field) if not because else field
    beside = "post-5-fte" if field == "post-5-agency" else beside
    told = mistakes_in(answer.text)
    assert answer.status_code == 422
    assert set(told) == {beside}, told
    assert words in told[beside]
    assert f'id="{beside}-problem"' in answer.text
    if field != "post-2-specialism":
        assert fields_in(answer.text)[field] == text


def test_a_team_without_any_post_is_told(site, filled):
    typed = {
        name: "" if name.endswith(("-agency", "-fte")) else text for name, text in filled.items()
    }

    told = mistakes_in(site.send_form("/cost-case", fields=typed).text)

    assert set(told) == {"post-0-agency"}
