"""The form of a cost case: filled in as the scenario has it, every mistake beside its field."""

import re

import pytest
from tests.web.case_site import FORBIDDEN, fields_in, mistakes_in, words_in

from familyflow.experiments.inputs import load_inputs
from familyflow.parameters.draws import base_values
from familyflow.web.drafts import Draft, OptionDraft
from familyflow.web.started import CASE

HOSTILE = "\"><script>alert(1)</script>: {no} \U0001f600 '012'"


@pytest.fixture
def filled(site):
    """The form as it is first shown."""
    return fields_in(site.get("/cost-case").text)


def asked_of(site, answer):
    assert answer.status_code == 303, words_in(answer.text)[:900]
    *_, job = site.app.state.jobs.asked.values()  # the one asked last
    assert answer.headers["location"] == f"/jobs/{job.id}"
    return job


def resolved(job, folder):
    """What the scenario of a job would run."""
    for name, text in job.asked["files"].items():
        (folder / name).write_text(text, encoding="utf-8")
    return load_inputs(str(folder / job.asked["scenario"]))


def test_the_form_as_it_stands_asks_for_the_bid_itself(site, filled, tmp_path):
    job = asked_of(site, site.send_form("/cost-case", fields=filled))

    made = resolved(job, tmp_path)
    bid = load_inputs("reaching_communities_bid")
    values, due = base_values(made.parameters), base_values(bid.parameters)
    assert (job.kind, job.then) == ("run", "/cost-case/{run}")
    assert made.title == bid.title
    assert values.pop("funding.funders") == [
        {"public": True, "council": False, "lottery": False, **row}
        for row in due.pop("funding.funders")
    ]
    assert values == due


def test_what_is_typed_is_what_is_run(site, filled, tmp_path):
    typed = {
        **filled,
        "title": HOSTILE,
        "years": "2",
        "first_year": "2026/27",
        "paid_as": "constant_prices",
        "asked_of": "3",
        "funder-3-name": "NHS: no",
        "funder-3-whose": "nhs",
        "funder-3-year-0": "\u00a31,500",
        "funder-3-year-1": "0.5",
        "overhead": "own",
        "overhead_share": "12.3",
        "overhead_because": "Our: accounts",
        "referrals": "95",
        "referrals_because": "Register",
    }

    made = resolved(asked_of(site, site.send_form("/cost-case", fields=typed)), tmp_path)

    values = base_values(made.parameters)
    assert made.title == HOSTILE
    assert values["appraisal.term_years"] == 2
    assert values["appraisal.first_year"] == "2026/27"
    assert values["funding.paid_as"] == "constant_prices"
    assert values["funding.asked_of"] == "NHS: no"
    assert values["funding.funders"][3] == {
        "funder": "NHS: no", "agency": "nhs", "public": True, "council": False, "lottery": False,
        "by_year": {"0": 1500, "1": 0.5},
    }  # fmt: skip
    assert values["unit_costs.staff.overhead_share"] == 0.123
    assert made.choices["unit_costs.staff.overhead_share"].because == "Our: accounts"
    assert values["families.referrals.suitable_per_year"] == 95


def test_every_mistake_is_told_at_once_beside_its_field(site, filled):
    typed = {
        **filled,
        "title": " ",
        "years": "fifty",
        "first_year": "soon",
        "funder-0-year-1": "lots",
        "funder-1-name": "",
        "funder-2-whose": "nobody_known",
        "overhead": "own",
        "overhead_share": "150",
        "referrals": "6000",
        "referrals_because": "Register",
    }

    answer = site.send_form("/cost-case", fields=typed)

    told = mistakes_in(answer.text)
    assert answer.status_code == 422
    assert set(told) == {
        "title", "years", "first_year", "funder-0-year-1", "funder-1-name", "funder-2-whose",
        "overhead_share", "overhead_because", "referrals",
    }  # fmt: skip
    assert "there is no agency 'nobody_known'" in told["funder-2-whose"]
    for field, words in told.items():
        assert f'id="{field}"' in answer.text
        assert words in words_in(answer.text.split(f'id="{field}-problem"')[1])
    again = fields_in(answer.text)
    kept = {name: text for name, text in typed.items() if name != "funder-2-whose"}
    assert {name: again[name] for name in kept} == kept
    assert not site.app.state.jobs.asked


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("years", "0", "must be 1 or more"),
        ("years", "51", "must be 50 or less"),
        ("years", "2.5", "whole"),
        ("first_year", "2025", "financial year"),
        ("funder-1-name", "National Lottery Community Fund", "stands twice"),
        ("funder-1-name", "Unfunded", "is taken"),
        ("funder-0-year-0", "9,999,999,999,999,999", "Amounts are pounds"),
        ("paid_as", "gold", "cash"),
        ("asked_of", "9", "Choose a funder"),
        ("asked_of", "3", "Choose a funder"),
    ],
)
def test_a_mistake_stands_beside_its_own_field(site, filled, field, text, words):
    answer = site.send_form("/cost-case", fields={**filled, field: text})

    told = mistakes_in(answer.text)
    assert answer.status_code == 422
    assert set(told) == {field}, told
    assert words in told[field]


def test_nothing_typed_is_ever_markup(site, filled):
    typed = {name: HOSTILE for name in filled if "year" not in name} | {"years": "x"}

    answer = site.send_form("/cost-case", fields=typed)

    assert "<script>alert" not in answer.text
    assert not FORBIDDEN.search(answer.text)


def test_an_option_of_a_draft_is_costed_with_its_own_levers(site, tmp_path):
    seven = OptionDraft(base="core_offer", title="Seven", levers={"posts": "7"})
    draft = Draft(options=(OptionDraft(base="core_offer"), seven))
    name = site.app.state.drafts.begin(draft, "somebody")
    page = site.get(f"/cost-case?draft={name}&option=1").text
    typed = fields_in(page)

    job = asked_of(site, site.send_form("/cost-case", fields={**typed, "title": "Bid"}))

    made = resolved(job, tmp_path)
    assert 'href="/options/' in page
    assert made.title == "Bid"
    assert base_values(made.parameters)["service.team.key_workers"] == 7
    assert job.asked["draft"] == name
    assert made.unproven == load_inputs("core_offer").unproven


def test_an_option_of_a_comparison_is_costed_from_its_own_files(site, tmp_path):
    six = "extends: core_offer\ntitle: Six\nset: {service.team.key_workers: 6}\n"
    compared = {"files": {"six.yaml": six}, "scenarios": ["core_offer", "six.yaml"]}
    name = site.app.state.jobs.ask("compare", compared, "", "")
    run = "compare_six-0123456789"
    object.__setattr__(site.app.state.jobs.get(name), "run", run)
    page = site.get(f"/cost-case?comparison={run}&option=1").text

    answer = site.send_form("/cost-case", fields=fields_in(page))

    job = [*site.app.state.jobs.asked.values()][-1]
    assert answer.status_code == 303
    assert f'href="/comparisons/{run}"' in page
    assert base_values(resolved(job, tmp_path).parameters)["service.team.key_workers"] == 6
    assert site.get(f"/cost-case?comparison={run}&option=2").status_code == 404
    assert site.get("/cost-case?comparison=../x&option=0").status_code == 404


def test_an_option_is_costed_over_the_years_and_in_the_prices_it_is_compared_in(site, tmp_path):
    options = (OptionDraft(base="core_offer"), OptionDraft(base="grant_cut_20"))
    draft = Draft(options=options, price_year="2025/26", term_years="3")
    name = site.app.state.drafts.begin(draft, "somebody")
    typed = fields_in(site.get(f"/cost-case?draft={name}&option=1").text)

    job = asked_of(site, site.send_form("/cost-case", fields=typed))

    values = base_values(resolved(job, tmp_path).parameters)
    assert (values["appraisal.term_years"], values["appraisal.price_year"]) == (3, "2025/26")
    assert job.asked["sets"] == []  # the scenario holds them, so that the form may change them

    object.__setattr__(job, "run", "first-0123456789")
    again = fields_in(site.get("/cost-case?run=first-0123456789").text)
    two = asked_of(site, site.send_form("/cost-case", fields={**again, "years": "2"}))
    values = base_values(resolved(two, tmp_path).parameters)
    assert (values["appraisal.term_years"], values["appraisal.price_year"]) == (2, "2025/26")


def test_a_case_that_was_made_can_be_changed(site, filled):
    typed = {**filled, "title": "First", "overhead": "own", "overhead_share": "20",
             "overhead_because": "Accounts"}  # fmt: skip
    job = asked_of(site, site.send_form("/cost-case", fields=typed))
    object.__setattr__(job, "run", "first-0123456789")

    page = site.get("/cost-case?run=first-0123456789").text

    again = fields_in(page)
    assert again.pop("run") == "first-0123456789"
    assert again == {name: text for name, text in typed.items() if name != "scenario"}
    site.app.state.jobs.asked = {"kept": job}
    answer = site.send_form("/cost-case", fields={**again, "run": "first-0123456789", "years": "1"})
    assert answer.status_code == 303
    newest = [*site.app.state.jobs.asked.values()][-1]
    assert "appraisal.term_years: 1" in newest.asked["files"][CASE]
    assert set(newest.asked["files"]) == {CASE}


@pytest.mark.parametrize(
    "address",
    [
        "/cost-case?scenario=nowhere", "/cost-case?scenario=../core_offer", "/cost-case?run=x",
        "/cost-case?draft=" + "0" * 32, "/cost-case?draft=../x&option=1", "/cost-case/nothing",
        "/cost-case/.web", "/cost-case/%2e%2e",
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_to_be_not_there(site, address):
    assert site.get(address).status_code == 404


def test_a_form_of_another_site_is_refused(site, filled):
    answer = site.post("/cost-case", data={**filled, "form_token": "0" * 64})

    assert answer.status_code == 403
    assert not site.app.state.jobs.asked


def test_every_field_of_a_number_has_its_label_and_leads_to_its_source(site):
    page = site.get("/cost-case").text
    ids = re.findall(r'<(?:input|select) [^>]*?id="([^"]+)"', page)

    assert ids
    assert [one for one in ids if f'for="{one}"' not in page] == []
    for key in ("appraisal.term_years", "funding.funders", "unit_costs.staff.overhead_share"):
        assert f'href="/evidence#{key}"' in page
