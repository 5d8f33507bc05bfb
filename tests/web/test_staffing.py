"""The staffing page: teams asked for, and told in the words of the command line."""

import html
import json
import re
from dataclasses import replace

import pytest
from tests.reports.once import made_once
from tests.web.case_site import FORBIDDEN, fields_in, mistakes_in, same, site_of, words_in

from familyflow import api
from familyflow.reports.staffing import BASE_OF_SUMS, for_grant, staffing_text
from familyflow.web.drafts import Draft, OptionDraft
from familyflow.web.staffing import view

__all__ = ["made_once"]
ASKED = {"posts": [4, 6], "caps": [8.0], "grant": 350_000.0, "wait": 30.0}
EXACT = re.compile(r'<data value="([^"]+)">')


@pytest.fixture(scope="module")
def tried(made_once):
    def make(out):
        return api.staff("core_offer", **ASKED, draws=24, seed=5, out=out).folder

    return made_once("web_staff", make)


@pytest.fixture(scope="module")
def results(tried):
    return json.loads((tried / "results.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def site_of_teams(tried):
    with site_of(tried.parent) as one:
        yield one


@pytest.fixture(scope="module")
def shown(site_of_teams, tried):
    answer = site_of_teams.get(f"/staffing/{tried.name}")
    assert answer.status_code == 200
    return answer.text


def test_the_sentences_are_those_that_are_printed(shown, results):
    printed, page = same(staffing_text(results)).casefold(), words_in(shown).casefold()

    told = [*view.sentences(results, wait_is_asked=True), *view.basis(results)]
    assert len(told) > 5
    for sentence in told:
        assert same(sentence).casefold() in printed
        assert same(sentence).casefold() in page


def test_every_sum_says_its_base_in_its_head_and_no_sentence_names_a_column_that_is_not_there(
    shown, results
):
    columns = (*view.COLUMNS, *view.STEPS)
    heads = [head for head, _, form in columns if "\N{POUND SIGN}" in form(1_000.0)]

    assert heads
    for head in heads:
        assert head.endswith((view.VALUE, "as a budget has it")), head
    assert "per start" not in words_in(shown)
    assert BASE_OF_SUMS in staffing_text(results)


def test_every_figure_is_exact_and_has_its_interval(shown, results):
    exact = [float(one) for one in EXACT.findall(shown)]
    due = [row[name]["mean"] for row in results["teams"] for _, name, _ in view.COLUMNS]
    page = words_in(shown)

    assert exact[: len(due)] == due
    for row in results["teams"]:
        cost = {end: view.thousands(row["cost"][end]) for end in ("mean", "low", "high")}
        assert f"{cost['mean']} ({cost['low']} to {cost['high']})" in page


def plain(text):
    return float(text.replace("\N{MINUS SIGN}", "-").replace("£", "").replace(",", ""))


@pytest.mark.parametrize("shown_rows", [view.teams, view.steps])
def test_what_is_avoided_less_its_cost_can_be_worked_out_by_a_reader(results, shown_rows):
    for row in shown_rows(results):
        cells = {cell.head.casefold(): cell for cell in row.cells}
        avoided, cost, left = (
            next(cell for head, cell in cells.items() if head.endswith(words))
            for words in ("spending avoided, present value", "cost, present value",
                          "avoided less cost, present value")
        )  # fmt: skip
        assert left.exact == pytest.approx(avoided.exact - cost.exact)
        assert abs(plain(avoided.text) - plain(cost.text) - plain(left.text)) <= 1_000  # rounding


def test_what_was_asked_is_answered_at_the_top(results):
    asked_both = view.sentences(results, wait_is_asked=True)
    asked_grant = view.sentences(results, wait_is_asked=False)

    assert asked_both[0].startswith("For a mean wait of 30 weeks")
    assert asked_grant[0].startswith("The best use of £350,000 a year is ")
    assert asked_grant[1] == asked_both[0]
    assert sorted(asked_grant) == sorted(asked_both)


def grant_of(**known):
    costs = {"2 posts": 90.0, "4 posts": 150.0, "3 posts": 120.0}
    usual = {"grant_a_year": 100.0, "cost_a_year": costs,
             "most_families": "2 posts", "highest_value": "2 posts", "families_started": 50.0,
             "left_of_grant": 10.0, "leads_in": 0.6}  # fmt: skip
    return {"grant": {**usual, **known}}


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({}, "2 posts: of the teams that it pays for, these start the most families"),
        ({}, "The next larger team, 3 posts, costs £120 a year: £20.00 above it."),
        ({"highest_value": "1 post"}, "and 1 post for the most value"),
        ({"cost_a_year": {"2 posts": 90.0}}, "No team tried costs more than the grant"),
        ({"grant_a_year": 80.0, "most_families": None, "reason": "none"},
         "For a grant of £80.00 a year: none. That is 2 posts, £10.00 a year above the grant."),
    ],
)  # fmt: skip
def test_both_readings_of_a_grant_and_the_next_team_are_told(known, words):
    (told,) = for_grant(grant_of(**known))

    assert words in told


def test_with_how_many_draws_it_was_made_stands_beside_the_table(shown, results):
    assert f"tried with {results['draws']} draws" in words_in(shown)
    assert same(view.draws_words(results)) in words_in(shown)


def test_steps_to_larger_teams_are_told(shown, results):
    page = words_in(shown)

    assert results["margins"]
    for row in results["margins"]:
        assert f"{row['from']} to {row['to']}" in page
        assert f"£{row['cost_of_a_further_start']['mean']:,.0f}" in page


def test_the_frontier_is_drawn_with_its_words(site_of_teams, tried, shown):
    words = json.loads((tried / "figures" / "alt_text.json").read_text(encoding="utf-8"))

    (alt,) = re.findall(r'<img src="/runs/[^"]*/figures/teams.svg" alt="([^"]*)"', shown)

    assert html.unescape(alt) == words["teams"]
    assert site_of_teams.get(f"/runs/{tried.name}/figures/teams.svg").status_code == 200


def test_the_best_use_of_the_grant_is_marked(shown, results):
    best = results["grant"]["most_families"]
    (row,) = [one for one in shown.split("<tr") if "most families for the grant" in one]

    assert best in row


def test_an_option_takes_over_a_team(tried):
    with site_of(tried.parent) as site:
        options = (OptionDraft(base="core_offer"), OptionDraft(base="core_offer", title="B"))
        draft = site.app.state.drafts.begin(Draft(options=options), "somebody")
        page = site.get(f"/staffing/{tried.name}?draft={draft}&option=1").text
        buttons = re.findall(r'name="use_team" value="([^"]*)"', page)
        named = re.findall(r'name="of" value="([^"]*)"', page)
        answer = site.send_form(f"/options/{draft}", use_team=buttons[1], of=named[1])
        after = site.app.state.drafts.get(draft)

    assert buttons == ["1:4:8", "1:6:8"]
    assert answer.status_code == 303
    assert "Option 2: B" in words_in(page)
    assert len(after.options) == 2
    assert after.options[1].levers == {"posts": "6", "cap": "8"}
    assert after.options[0].levers == {}


OTHER_TEAMS = re.compile(r'<a href="([^"]*)">Try other teams</a>')


def typed_before(site, page):
    """The form of "Try other teams", with what names the start."""
    (address,) = OTHER_TEAMS.findall(page)
    return fields_in(site.get(html.unescape(address)).text)


TYPED = {"posts": "4,6", "caps": "8", "wait": "30", "confidence": "0.8", "grant": "350000"}


@pytest.mark.parametrize("more", ["", "?draft=../x&option=1", "?draft=" + "0" * 32 + "&option=0"])
def test_without_a_draft_a_team_is_set_beside_its_scenario(site_of_teams, tried, more):
    address = f"/staffing/{tried.name}"
    page = site_of_teams.get(address + more).text
    buttons = re.findall(r'name="use_team" value="([^"]*)"', page)

    answer = site_of_teams.send_form(address, use_team=buttons[1], scenario="core_offer")

    made = re.fullmatch(r"/options/([0-9a-f]{32})#o1-posts", answer.headers["location"])
    as_it_is, with_team = site_of_teams.app.state.drafts.get(made[1]).options
    assert as_it_is == OptionDraft(base="core_offer")
    assert (with_team.base, with_team.levers) == ("core_offer", {"posts": "6", "cap": "8"})
    assert typed_before(site_of_teams, page).items() >= {**TYPED, "scenario": "core_offer"}.items()


@pytest.mark.parametrize(
    ("team", "scenario"), [("0:6:8", "core_offer"), ("1:x:8", "core_offer"), ("1:6:8", "../x")]
)
def test_what_is_no_team_of_a_shipped_scenario_begins_nothing(site_of_teams, tried, team, scenario):
    answer = site_of_teams.send_form(f"/staffing/{tried.name}", use_team=team, scenario=scenario)

    assert answer.status_code == 404


def test_other_teams_are_tried_of_the_same_option_with_what_was_typed(tried):
    with site_of(tried.parent) as site:
        options = (OptionDraft(base="core_offer"), OptionDraft(base="core_offer", title="B"))
        draft = site.app.state.drafts.begin(Draft(options=options), "somebody")
        page = site.get(f"/staffing/{tried.name}?draft={draft}&option=1").text

        assert typed_before(site, page).items() >= {**TYPED, "draft": draft, "option": "1"}.items()


def test_a_page_whose_address_names_nothing_is_of_what_its_job_began_with(tried):
    with site_of(tried.parent) as site:
        draft = site.app.state.drafts.begin(Draft(options=(OptionDraft(base="core_offer"),)), "me")
        then = f"/staffing/{{run}}?draft={draft}&option=0"
        jobs = site.app.state.jobs
        job = jobs.ask("staff", {"scenario": "core_offer"}, "me", then)
        jobs.asked[job] = replace(jobs.asked[job], state="done", run=tried.name)

        page = site.get(f"/staffing/{tried.name}").text

    assert f'action="/options/{draft}"' in page
    assert "Option 1: Core offer" in words_in(page)


def test_teams_that_were_tried_are_found_again_from_the_first_page(site_of_teams, tried, results):
    page = site_of_teams.get("/").text

    told = f"Core offer: 4 to 6 posts ({results['draws']} draws)"
    assert f'<a href="/staffing/{tried.name}">{told}</a>' in page


def test_a_run_is_no_search_for_a_team(site_of_teams):
    assert site_of_teams.get("/staffing/nothing").status_code == 404


def test_the_page_has_one_heading_and_nothing_that_the_browser_refuses(shown):
    assert shown.count("<h1") == 1
    assert not FORBIDDEN.search(shown)


def test_what_is_typed_is_what_is_tried(site):
    typed = fields_in(site.get("/staffing").text) | {
        "posts": "3-5", "caps": "6,8", "months": "", "wait": "4.5", "confidence": "0.9",
        "grant": "\u00a3320,000",
    }  # fmt: skip

    answer = site.send_form("/staffing", fields=typed)

    (job,) = site.app.state.jobs.asked.values()
    assert answer.headers["location"] == f"/jobs/{job.id}"
    assert (job.kind, job.then) == ("staff", "/staffing/{run}?scenario=core_offer")
    assert job.asked == {
        "sets": [], "files": {}, "scenario": "core_offer", "parameter_files": [],
        "posts": [3, 4, 5], "caps": [6.0, 8.0], "months": [], "wait": 4.5, "confidence": 0.9,
        "grant": 320_000.0,
    }  # fmt: skip


@pytest.mark.parametrize("typed", ["0.8", "80%", " 80 % "])
@pytest.mark.parametrize("grant", ["250000", "250,000", "£250,000"])
def test_a_share_and_a_sum_are_taken_as_results_write_them(site, typed, grant):
    site.send_form("/staffing", posts="3", confidence=typed, grant=grant)

    (job,) = site.app.state.jobs.asked.values()
    assert (job.asked["confidence"], job.asked["grant"]) == (0.8, 250_000.0)


def test_no_mistake_forbids_what_is_accepted(site):
    told = mistakes_in(site.send_form("/staffing", confidence="0.8", grant="lots").text)

    assert "pound sign" not in told["grant"]


def test_an_option_of_a_draft_is_tried_and_led_back_to(site):
    draft = Draft(options=(OptionDraft(base="core_offer", title="A", levers={"budget": "300"}),))
    name = site.app.state.drafts.begin(draft, "somebody")
    typed = fields_in(site.get(f"/staffing?draft={name}&option=0").text)

    site.send_form("/staffing", fields=typed)

    (job,) = site.app.state.jobs.asked.values()
    assert job.then == f"/staffing/{{run}}?draft={name}&option=0"
    assert job.asked["draft"] == name
    assert "300" in job.asked["files"][job.asked["scenario"]]


def test_teams_of_an_option_are_tried_under_what_all_options_share(site):
    draft = Draft(options=(OptionDraft(base="core_offer"),), price_year="2025/26", term_years="3")
    name = site.app.state.drafts.begin(draft, "somebody")

    answer = site.send_form("/staffing", draft=name, option="0", posts="3", confidence="0.8")

    assert answer.status_code == 303
    job = [*site.app.state.jobs.asked.values()][-1]
    assert job.asked["sets"] == ["appraisal.term_years=3", "appraisal.price_year=2025/26"]


def test_every_mistake_is_told_at_once_in_the_words_of_the_command_line(site):
    typed = {"posts": "8-3", "caps": "six", "months": "-1", "wait": "soon", "confidence": "often",
             "grant": "lots"}  # fmt: skip

    answer = site.send_form("/staffing", fields=typed)

    told = mistakes_in(answer.text)
    assert answer.status_code == 422
    assert set(told) == set(typed)
    assert told["posts"] == "Posts goes from 8 to 3. Write 3-8."
    assert "which is not a number of 0 or more. Write it in digits" in told["wait"]
    kept = fields_in(answer.text)
    assert {name: kept[name] for name in typed} == typed
    assert not site.app.state.jobs.asked


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("posts", "1-61", "61 teams are more than the 60"),
        ("posts", "0", "must be 1 or more"),
        ("caps", "0", "must be 1 or more"),
        ("caps", "2000", "caseload_cap = 2000: must be 1000 or less"),
        ("confidence", "1", "Give a share between 0 and 1"),
        ("grant", "<script>alert(1)</script>", "which is not a number"),
    ],
)
def test_a_mistake_stands_beside_its_own_field(site, field, text, words):
    answer = site.send_form("/staffing", fields={"confidence": "0.8", field: text})

    told = mistakes_in(answer.text)
    assert answer.status_code == 422
    assert set(told) == {field}, told
    assert words in told[field]
    assert "<script" not in answer.text


def test_no_service_has_no_team(site):
    page = site.get("/staffing").text
    assert 'value="no_service"' not in page

    answer = site.send_form("/staffing", scenario="no_service")

    assert answer.status_code == 422
    assert "runs no service" in words_in(answer.text)
