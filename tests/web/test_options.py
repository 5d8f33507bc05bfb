"""The options page: from ready-made options to what is asked, without a script."""

import json
import re
import shutil

import pytest

from familyflow.web.drafts import MOST_FILES, opened
from familyflow.web.jobs.jobs import TooManyError

PROBLEM = re.compile(r'class="problem"[^>]*>([^<]*)<')


@pytest.fixture
def draft(site):
    """The address of a draft of two ready-made options."""
    answer = site.send_form("/", fields={"take-core_offer": "yes", "take-grant_cut_20": "yes"})
    assert answer.status_code == 303
    return answer.headers["location"]


def asked(site, answer):
    """What the job was asked that an answer leads to."""
    assert answer.status_code == 303
    return site.app.state.jobs.asked[answer.headers["location"].removeprefix("/jobs/")]


FIVE = ["core_offer", "grant_cut_20", "longer_support", "no_group_work", "no_service"]


@pytest.mark.parametrize("ticked", [[], ["core_offer"], FIVE])
def test_fewer_than_two_options_or_more_than_four_are_no_comparison(site, ticked):
    answer = site.send_form("/", fields={f"take-{name}": "yes" for name in ticked})
    assert answer.status_code == 422
    assert "Tick two to four options" in answer.text
    assert "<title>Error: " in answer.text


def test_every_field_has_a_name_that_can_be_heard(site, draft):
    text = site.get(draft).text
    ids = {*re.findall(r'\sid="([^"]+)"', text)}
    for field in re.findall(r"<(?:input|select)\s[^>]*>", text):
        if 'type="hidden"' in field:
            continue
        labelled = re.search(r'aria-labelledby="([^"]+)"', field)
        own = re.search(r'\sid="([^"]+)"', field)[1]
        assert labelled or f'for="{own}"' in text
        for name in labelled[1].split() if labelled else ():
            assert name in ids


def test_ready_made_options_ask_for_the_shipped_scenarios(site, draft):
    job = asked(site, site.send_form(draft, do="compare"))
    assert job.kind == "compare"
    assert job.asked["scenarios"] == ["core_offer", "grant_cut_20"]
    assert job.asked["draws"] == 1000
    assert job.then == "/comparisons/{run}"


def test_what_was_typed_stays_whatever_is_wrong_with_it(site, draft):
    answer = site.send_form(
        draft, do="compare", fields={"o0-posts": "<b>seven", "o1-title": "Ours"}
    )
    assert answer.status_code == 422
    assert 'value="&lt;b&gt;seven"' in answer.text
    assert 'value="Ours"' in site.get(draft).text
    assert 'href="#o0-posts"' in answer.text
    assert site.app.state.jobs.asked == {}


def test_options_are_added_copied_and_removed(site, draft):
    def heads():
        return len(re.findall(r'id="col-\d"', site.get(draft).text))

    assert heads() == 2
    site.send_form(draft, do="add")
    site.send_form(draft, do="copy:0", fields={"o0-posts": "9"})
    assert heads() == 4
    assert 'id="o1-posts" name="o1-posts" value="9"' in site.get(draft).text
    site.send_form(draft, do="add")
    assert heads() == 4  # and no more
    site.send_form(draft, do="remove:1")
    assert heads() == 3


@pytest.mark.parametrize(
    "do",
    ["", "remove:9", "remove:x", "copy:", "copy:-1", "further:99999999999", "use:0", "\0", "?"],
)
def test_a_button_that_is_none_changes_nothing(site, draft, do):
    before = site.get(f"{draft}/saved.json").content
    assert site.send_form(draft, do=do).status_code == 303
    assert site.get(f"{draft}/saved.json").content == before


def test_another_start_begins_the_option_anew(site, draft):
    site.send_form(draft, do="check", fields={"o0-posts": "9"})
    site.send_form(draft, do="use:0", fields={"o0-base": "no_service", "o0-posts": "9"})
    saved = json.loads(site.get(f"{draft}/saved.json").content)
    assert saved["options"][0]["base"] == "no_service"
    assert saved["options"][0]["levers"] == {}


def test_a_start_that_is_none_is_not_taken(site, draft):
    site.send_form(draft, do="use:0", fields={"o0-base": "../../etc/passwd"})
    assert json.loads(site.get(f"{draft}/saved.json").content)["options"][0]["base"] == "core_offer"


def test_what_is_saved_opens_as_the_same_options(site, draft):
    site.send_form(draft, do="check", fields={"o0-posts": "9", "o0-title": 'A "title" & <more>'})
    file = site.get(f"{draft}/saved.json")
    assert "attachment" in file.headers["content-disposition"]
    answer = site.send_form("/open", files={"saved": ("x.json", file.content)})
    assert answer.status_code == 303
    again = site.get(f"{answer.headers['location']}/saved.json").content
    assert opened(again) == opened(file.content)


def test_a_grant_looks_for_its_team(site, draft):
    job = asked(site, site.send_form(draft, do="fit:1", fields={"o1-grant": "£240,000"}))
    assert (job.kind, job.asked["grant"], job.asked["scenario"]) == (
        "staff",
        240000,
        "grant_cut_20",
    )
    assert job.asked["posts"] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert job.then.endswith("&option=1")


def test_a_grant_that_is_no_number_is_told_beside_it(site, draft):
    answer = site.send_form(draft, do="fit:1", fields={"o1-grant": "lots"})
    assert answer.status_code == 422
    assert 'href="#o1-grant"' in answer.text


FIFTH = "Grant cut by a fifth"


@pytest.mark.parametrize("more", [0, 1, 2])  # two, three and four options: with room and without
def test_a_team_fills_the_option_that_it_was_found_for(site, draft, more):
    for _ in range(more):
        site.send_form(draft, do="add")
    before = json.loads(site.get(f"{draft}/saved.json").content)["options"]
    answer = site.send_form(draft, use_team="1:6:7", of=FIFTH)
    after = json.loads(site.get(f"{draft}/saved.json").content)["options"]
    assert answer.headers["location"] == f"{draft}#o1-posts"
    assert after.pop(1) == {
        **before.pop(1),
        "title": "Grant cut by a fifth, 6 posts",
        "levers": {"posts": "6", "cap": "7"},
    }  # fmt: skip
    assert after == before  # no copy, and no other option


def test_another_team_for_the_same_option_takes_the_place_of_the_first(site, draft):
    for posts in ("6", "1"):
        site.send_form(draft, use_team=f"1:{posts}:7", of=FIFTH)
    text = site.get(draft).text
    assert len(re.findall(r'id="col-\d"', text)) == 2
    assert 'id="o1-posts" name="o1-posts" value="1"' in text
    assert 'value="Grant cut by a fifth, 1 post"' in text


def test_a_team_overwrites_no_option_that_it_was_not_found_for(site, draft):
    site.send_form(draft, do="add")
    site.send_form(draft, do="remove:1")
    before = site.get(f"{draft}/saved.json").content
    answer = site.send_form(draft, use_team="1:6:7", of=FIFTH)
    assert answer.status_code == 422
    assert "not there any more" in answer.text
    assert site.get(f"{draft}/saved.json").content == before


def test_what_was_compared_stays_as_it_was_compared(site, draft):
    job = asked(site, site.send_form(draft, do="compare", fields={"o0-posts": "6"}))
    site.send_form(draft, do="check", fields={"o0-posts": "9"})
    again = site.get(f"/options/{job.asked['draft']}/again").headers["location"]
    assert 'id="o0-posts" name="o0-posts" value="6"' in site.get(again).text
    site.send_form(again, do="check", fields={"o0-posts": "2"})
    once_more = site.get(f"/options/{job.asked['draft']}/again").headers["location"]
    assert 'id="o0-posts" name="o0-posts" value="6"' in site.get(once_more).text


def test_each_option_says_in_how_many_groups_its_places_are(site, draft):
    text = site.get(draft).text
    assert 'id="o0-places.triple_p-note">in 2 groups a year<' in text
    assert 'id="o1-places.triple_p-note">in 1 group a year<' in text
    assert "a post is 0.7 of full time" in text


@pytest.mark.parametrize(
    "team", ["", "x", "9:6:7", "-1:1:1", "1:6", "1:" + "6" * 40 + ":7", "1:x:7"]
)
def test_a_team_that_is_none_changes_nothing(site, draft, team):
    before = site.get(f"{draft}/saved.json").content
    site.send_form(draft, use_team=team, of=FIFTH)
    assert site.get(f"{draft}/saved.json").content == before


def test_a_parameter_file_is_checked_in_the_words_of_the_command_line(site, draft):
    wrong = b"unit_costs.staff.key_worker_salary: {value: 1}\nno.such: {}\n"
    answer = site.send_form(draft, do="parameters", files={"parameters": ("our pay.yaml", wrong)})
    assert answer.status_code == 422
    told = PROBLEM.findall(answer.text)
    assert any("our_pay.yaml, line 1" in words for words in told)
    right = b"""unit_costs.staff.recruitment:
  {value: 1700, price_year: 2024/25, because: Our own accounts.}
"""
    answer = site.send_form(draft, do="parameters", files={"parameters": ("our pay.yaml", right)})
    assert answer.status_code == 303
    job = asked(site, site.send_form(draft, do="compare"))
    assert job.asked["parameter_files"] == ["our_pay.yaml"]
    assert "1700" in job.asked["files"]["our_pay.yaml"]


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"\0", b"a: [", b"- 1\n", b"x" * 2_000_001]
)
@pytest.mark.parametrize("what", ["parameters", "scenario"])
def test_a_file_that_is_none_changes_nothing(site, draft, what, content):
    before = site.get(f"{draft}/saved.json").content
    answer = site.send_form(draft, do=what, files={what: ("x.yaml", content)})
    assert answer.status_code == 422
    assert site.get(f"{draft}/saved.json").content == before


@pytest.mark.parametrize(
    "do", ["fit:\u00b2", "remove:\u00b2", "further:" + "9" * 5000, "fit:", "copy:\u0663"]
)
def test_an_odd_number_in_a_button_is_no_fault_of_ours(site, draft, do):
    assert site.send_form(draft, do=do).status_code in (303, 404)


def test_a_number_beyond_all_measure_is_told_beside_its_field_and_locks_nobody_out(site, draft):
    for field in ("draws", "seed"):
        answer = site.send_form(draft, do="compare", fields={field: "9" * 400})
        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.text
        assert site.get(draft).status_code == 200


@pytest.mark.parametrize("number", ["9" * 309, "9" * 309 + ".5", "-" + "9" * 400])
def test_a_further_choice_beyond_all_measure_is_a_mistake_beside_its_field(site, draft, number):
    site.send_form(draft, do="further:0")
    typed = {"o0-more0-key": "service.team.key_workers", "o0-more0-value": number}

    answer = site.send_form(draft, do="compare", fields={**typed, "o0-more0-because": "x"})

    assert answer.status_code == 422
    assert 'href="#o0-more0-value"' in answer.text
    for address in (f"{draft}?check=yes", draft):
        assert site.get(address).status_code in (200, 422)


def test_posts_with_a_point_may_look_for_their_team(site, draft):
    job = asked(
        site, site.send_form(draft, do="fit:0", fields={"o0-posts": "6.0", "o0-grant": "1"})
    )
    assert job.asked["posts"] == [*range(1, 13)]


def test_a_damaged_run_takes_the_start_page_from_nobody(site):
    folder = site.app.state.settings.out / "compare_damaged-0000000000"
    folder.mkdir()
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    (folder / "results.json").write_text("", encoding="utf-8")
    answer = site.get("/")
    shutil.rmtree(folder)
    assert answer.status_code == 200
    assert "damaged" in answer.text


def test_how_much_is_simulated_has_its_limits(site, draft):
    for field, text in (("draws", "9"), ("draws", "999999"), ("seed", "-1"), ("draws", "many")):
        answer = site.send_form(draft, do="compare", fields={field: text})
        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.text
    job = asked(site, site.send_form(draft, do="compare", fields={"draws": "2,000", "seed": "7"}))
    assert (job.asked["draws"], job.asked["seed"]) == (2000, 7)


def test_a_file_more_than_there_is_room_for_is_refused_and_the_others_stay(site, draft):
    text = b"extends: core_offer\ntitle: Ours\n"
    for number in range(MOST_FILES):
        file = (f"ours {number}.yaml", text)
        assert site.send_form(draft, do="scenario", files={"scenario": file}).status_code == 303
    before = site.get(f"{draft}/saved.json").content
    answer = site.send_form(draft, do="scenario", files={"scenario": ("more.yaml", text)})
    assert answer.status_code == 422
    assert "4 files of this kind already" in answer.text
    assert site.get(f"{draft}/saved.json").content == before


@pytest.mark.parametrize("do", ["compare", "fit:0"])
def test_who_has_enough_waiting_is_told_so(site, draft, do, monkeypatch):
    def full(*_):
        raise TooManyError

    monkeypatch.setattr(site.app.state.jobs, "ask", full)
    answer = site.send_form(draft, do=do, fields={"o0-grant": "300,000"})
    assert answer.status_code == 429
    assert "Enough is waiting already. Wait until one is done" in answer.text


def test_the_team_of_a_grant_is_looked_for_under_what_all_options_share(site, draft):
    alike = {"o0-grant": "300,000", "price_year": "2025/26", "term_years": "3"}
    job = asked(site, site.send_form(draft, do="fit:0", fields=alike))
    assert job.asked["sets"] == ["appraisal.term_years=3", "appraisal.price_year=2025/26"]


def test_options_of_different_kinds_can_be_made_alike(site):
    ticked = {"take-core_offer": "yes", "take-reaching_communities_bid": "yes"}
    draft = site.send_form("/", fields=ticked).headers["location"]
    answer = site.send_form(draft, do="compare")
    assert answer.status_code == 422
    assert 'href="#price_year"' in answer.text
    assert 'href="#term_years"' in answer.text
    alike = {"price_year": "2024/25", "term_years": "3"}
    job = asked(site, site.send_form(draft, do="compare", fields=alike))
    assert job.asked["price_year"] == "2024/25"
    assert job.asked["sets"] == ["appraisal.term_years=3"]


@pytest.mark.parametrize(("field", "text"), [("price_year", "last"), ("term_years", "0")])
def test_what_all_share_is_checked_too(site, draft, field, text):
    answer = site.send_form(draft, do="compare", fields={field: text})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
