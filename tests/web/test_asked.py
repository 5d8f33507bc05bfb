"""What options ask for: scenario files that give the choices made, and mistakes at their fields."""

from pathlib import Path

import pytest

from familyflow.experiments.inputs import load_inputs
from familyflow.problems import InputError
from familyflow.web import levers
from familyflow.web.asked import check
from familyflow.web.drafts import Draft, More, OptionDraft, OwnFile, started_from
from familyflow.web.known import base_of
from familyflow.web.told import quoted

FIELDS = [
    (field, text) for field, text in
    [("posts", "7"), ("cap", "6"), ("sessions_low", "10"), ("sessions_high", "12"),
     ("parents", "4"), ("budget", "£150"), ("places.triple_p", "8")]
]  # fmt: skip


def one(**levers_typed):
    return Draft(options=(OptionDraft(base="core_offer", levers=levers_typed),))


def resolved(draft, tmp_path, number=0):
    """The scenario that an option asks for, read as the command line reads it."""
    asked = check(draft, is_one=True)
    assert asked.problems == []
    for name, text in asked.files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    name = asked.scenarios[number]
    return load_inputs(str(tmp_path / name) if name in asked.files else name)


def test_options_that_nobody_changed_are_the_shipped_ones():
    asked = check(started_from(("core_offer", "grant_cut_20", "no_service")))
    assert asked.scenarios == ["core_offer", "grant_cut_20", "no_service"]
    assert asked.files == {}


@pytest.mark.parametrize(("field", "text"), FIELDS)
def test_a_lever_moves_its_own_number_and_no_other(field, text, tmp_path):
    changed = resolved(one(**{field: text}), tmp_path)
    lever = next(lever for lever in levers.levers_of(changed) if lever.field == field)
    before, after = base_of("core_offer").canonical(), changed.canonical()
    moved = {key for key in after["parameters"]
             if after["parameters"][key] != before["parameters"][key]}  # fmt: skip
    assert moved == {lever.key}
    assert levers.stated(changed)[field] == text.removeprefix("£")


@pytest.mark.parametrize(("field", "text"), FIELDS)
def test_typing_what_is_there_already_changes_nothing(field, text):
    there = levers.stated(base_of("core_offer"))[field]
    assert check(one(**{field: f" {there} "}), is_one=True).scenarios == ["core_offer"]


WRONG = [
    ({"budget": "-5"}, "o0-budget", "Mine, family-held budget: -5 is too little: it must be 0 or"),
    ({"budget": "lots"}, "o0-budget", "Mine, family-held budget: 'lots' is no number"),
    ({"sessions_low": "20", "sessions_high": "14"}, "o0-sessions_low",
     "Mine, weekly sessions, at least: 20 is more than the 14 of 'Weekly sessions, at most'."),
    ({"sessions_low": "20"}, "o0-sessions_low", "20 is more than the 14 of"),
    ({"cap": "2000"}, "o0-cap", ": 2000: must be 1000 or less."),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "field", "words"), WRONG)
def test_a_mistake_names_its_option_and_its_field_in_the_words_of_the_page(typed, field, words):
    draft = Draft(options=(OptionDraft(base="core_offer", title="Mine", levers=typed),))

    (told,) = check(draft, is_one=True).problems

    assert told.field == field
    assert words in told.words
    for unseen in ("low=", "got ", "familyflow explain"):
        assert unseen not in told.words


def test_no_places_means_that_the_group_is_not_offered(tmp_path):
    changed = resolved(one(**{"places.triple_p": "0"}), tmp_path)
    rows = changed.parameters[levers.GROUPS].table
    assert [row["name"] for row in rows] == ["childrens_self_esteem", "you_and_me_mum"]


@pytest.mark.parametrize(
    ("levers_typed", "words"),
    [({"cap": "6"}, "smaller caseloads"), ({"cap": "12"}, "larger caseloads"),
     ({"sessions_high": "20"}, "more sessions"), ({"places.triple_p": "0"}, "groups"),
     ({"budget": "100"}, "budget")],
)  # fmt: skip
def test_what_no_evidence_links_to_outcomes_is_said(levers_typed, words, tmp_path):
    assert words in resolved(one(**levers_typed), tmp_path).unproven


def test_posts_have_evidence_of_what_they_change(tmp_path):
    assert resolved(one(posts="7"), tmp_path).unproven == ""


def test_every_mistake_is_told_at_once_and_beside_its_field():
    typed = {"posts": "seven", "cap": "0", "sessions_low": "20", "places.triple_p": "3"}
    further = (More(key="service.key_work.attendance", value="2", because="why"),
               More(key="no.such_number", value="1", because="why"),
               More(key="unit_costs.staff.recruitment", value="1")  # a belief without a reason
               )  # fmt: skip
    option = OptionDraft(base="core_offer", levers=typed, more=further)
    draft = Draft(options=(OptionDraft(base="core_offer"), option))
    fields = {problem.field for problem in check(draft).problems}
    assert fields >= {"o1-posts", "o1-cap", "o1-sessions_low", "o1-places.triple_p",
                      "o1-more0-value", "o1-more1-key", "o1-more2-because"}  # fmt: skip
    assert not any(field.startswith("o0") for field in fields)


def test_places_that_are_too_few_are_told_at_their_group():
    told = check(one(**{"places.triple_p": "3"}), is_one=True).problems
    assert [problem.field for problem in told] == ["o0-places.triple_p"]
    assert "least 4 is above greatest 3" in told[0].words


def test_no_mistake_names_a_folder_of_the_server():
    typed = {"posts": "900", "cap": "0"}
    told = check(one(**typed), is_one=True).problems
    assert told
    assert not any("/tmp" in problem.words or "familyflow-" in problem.words for problem in told)


def test_titles_that_are_the_same_are_told_apart():
    draft = Draft(options=(OptionDraft(base="core_offer", levers={"posts": "6"}),
                           OptionDraft(base="core_offer", levers={"posts": "7"}),
                           OptionDraft(base="core_offer", levers={"posts": "8"})))  # fmt: skip
    asked = check(draft)
    assert len({*asked.titles}) == len({*asked.scenarios}) == 3


@pytest.mark.parametrize(
    "title", ["no", "012", "a: b", '"', "<script>", "\N{FAMILY}", "../../x", "con", "x" * 400, "'"]
)
def test_any_title_makes_a_file_that_reads_back(title, tmp_path):
    draft = Draft(options=(OptionDraft(base="core_offer", title=title, levers={"posts": "6"}),))
    assert resolved(draft, tmp_path).title == title
    assert all(Path(name).name == name for name in check(draft, is_one=True).files)


def test_an_option_can_start_from_a_scenario_of_ones_own(tmp_path):
    text = "extends: core_offer\ntitle: Ours\nset:\n  service.team.key_workers: 6\n"
    draft = Draft(
        options=(OptionDraft(base="ours", levers={"cap": "7"}),),
        scenarios=(OwnFile(name="ours", text=text),),
    )
    stated = levers.stated(resolved(draft, tmp_path))
    assert (stated["posts"], stated["cap"]) == ("6", "7")


@pytest.mark.parametrize(
    "text",
    ["extends: /etc/passwd\ntitle: x\n", "extends: ../ours\ntitle: x\n",
     "extends: core_offer\ntitle: x\nparameters: [/etc/passwd]\n", "extends: ours\ntitle: x\n"],
)  # fmt: skip
def test_a_scenario_of_ones_own_leads_to_no_file_of_the_server(text):
    draft = Draft(options=(OptionDraft(base="ours"),), scenarios=(OwnFile(name="ours", text=text),))
    with pytest.raises(InputError) as refused:
        check(draft)
    assert "root" not in str(refused.value)


def test_sums_of_different_kinds_are_not_compared():
    told = check(started_from(("core_offer", "reaching_communities_bid"))).problems
    (year, term), core = told, quoted(base_of("core_offer").title)
    assert (year.field, term.field) == ("price_year", "term_years")
    for one, words in ((year, f"2024/25 in {core}"), (term, f"5 in {core}")):
        assert words in one.words
        assert quoted("Three-year bid to Reaching Communities") in one.words
        assert "fill in " in one.words
        assert "core_offer" not in one.words
        assert "--" not in one.words


def test_what_no_field_settles_is_to_be_added_to_each_option():
    draft = started_from(("core_offer", "grant_cut_20"))
    more = (More(key="appraisal.timing", value="mid"),)
    first = draft.options[0].model_copy(update={"more": more})
    (told,) = check(draft.model_copy(update={"options": (first, draft.options[1])})).problems

    assert told.field == ""
    assert "the timing is mid in" in told.words
    assert "add appraisal.timing to each option" in told.words


@pytest.mark.parametrize(("text", "number"), [("£1,500", 1500), ("0.75", 0.75), (" 6 ", 6)])
def test_numbers_may_be_typed_as_people_write_them(text, number):
    assert levers.number_in(text) == number


@pytest.mark.parametrize("text", ["", "six", "1e3", "-5", "1,50", "٣", "0x10", "1.2.3", "9" * 50])
def test_other_text_is_no_number(text):
    with pytest.raises(levers.NotANumberError):
        levers.number_in(text)
