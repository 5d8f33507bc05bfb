"""The page of a comparison: the answer first, every figure that of the results, nobody hurt."""

import json
from dataclasses import replace

import pytest
from tests.reports.documents.page.conftest import Read, written_as

from familyflow.problems import InputError
from familyflow.reports.comparison import comparison_text
from familyflow.reports.comparison_sure import at_point
from familyflow.reports.documents.lines import found
from familyflow.reports.documents.one_page import built, one_page, page_of
from familyflow.reports.documents.page.choice import answer, beside
from familyflow.reports.documents.page.turning import given_up, turns
from familyflow.reports.pictures.labels import called
from familyflow.reports.words import NOT_PLACED


@pytest.fixture(scope="module")
def text(compared):
    return one_page(compared.folder)


@pytest.fixture(scope="module")
def page(text):
    return Read(text)


def test_every_figure_is_that_of_the_results(page, compared):
    assert len(page.figures) > 60
    for path, (value, written) in page.figures.items():
        exact = found(compared.results, path)["mean"]
        assert value == exact, path
        assert written_as(exact, written), (path, written)


def test_every_number_of_a_year_and_every_chance_of_being_best_is_that_of_the_results(
    page, compared
):
    assert len(page.years) > 15
    for path, (value, written) in page.years.items():
        assert value == found(compared.results, path), path
        assert written_as(value, written), (path, written)


def test_a_wrong_figure_is_seen(compared):
    wrong = json.loads(json.dumps(compared.results))
    wrong["options"][1]["money"]["cost"]["mean"] *= 1.01
    value, written = Read(one_page(compared.folder)).figures["options.1.money.cost"]

    assert value != wrong["options"][1]["money"]["cost"]["mean"]
    assert not written_as(1.03 * value, written)


@pytest.mark.parametrize(
    "figure",
    [
        "flow.families_started", "flow.mean_wait_weeks", "flow.families_gave_up_waiting",
        "flow.families_turned_away", "flow.care_weeks_avoided", "money.cost",
        "money.cost_per_family_started", "money.fiscal_saving", "money.cashable_saving",
        "money.net_present_value", "money.net_present_value_with_weaker_evidence",
        "money.probability_net_saving", "by_funder.0.paid", "by_agency.0.fiscal_saving",
        "by_agency.0.cashable_saving", "nets.0.after_the_term",
    ],
)  # fmt: skip
def test_what_a_commissioner_asks_for_is_told_of_every_option(page, figure):
    for option in range(3):
        assert f"options.{option}.{figure}" in page.figures


def test_the_first_sentence_is_the_answer_and_not_by_saving_alone(page, comparison):
    results = comparison.results
    answered = answer(results)
    first = page.said.index(answered)

    assert first < page.said.index("What this rests on")
    for way in ("probability_best", "with_weaker_evidence"):
        best = results[way]["best_on_the_mean"]
        title = next(row["title"] for row in results["options"] if row["option"] == best)
        assert title in answered
    assert "evidence" in answered
    assert "public value less cost" in answered
    assert " in 10" in answered or " in 20" in answered


def test_no_service_is_the_reference_and_no_competitor(page, comparison):
    assert "is the reference and no competitor" in page.said
    assert not any(path.endswith(".no_service") for path in page.years)
    assert "No service" not in answer(comparison.results)


def test_what_the_page_rests_on_is_in_sight_of_the_answer(page, comparison):
    results = comparison.results
    basis = page.said[page.said.index("What this rests on") :][:900]

    for words in (
        f"Prices: {results['price_year']}", results["comparator"], "3.5% a year",
        f"within {results['follow_up_years']} years", f"{results['draws']} draws",
        "Biggest assumption",
    ):  # fmt: skip
        assert words in basis or "no single number stands out" in basis, words


def test_the_end_of_the_grant_stands_between_its_last_year_and_the_next(page, comparison):
    term = comparison.results["term_years"]
    said = page.said

    mark = said.index(f"The funding term ends with year {term}")
    assert said.index(f"Year {term} ") < mark < said.index(f"Year {term + 1} ")


def test_who_would_go_without_and_what_is_given_up_are_told(page):
    assert "who would go without" in page.said
    assert "What each option gives up" in page.said
    assert "fewer families start" in page.said
    assert "No evidence says that outcomes change with" in page.said


def test_families_who_moved_or_still_wait_are_not_said_to_be_turned_away(page, comparison):
    assert NOT_PLACED in page.said
    assert NOT_PLACED in comparison_text(comparison.results)
    assert "turned away" not in page.said.lower()


def changed(comparison, option, started=None, cost=None):
    """The results with other families started, or another cost, of an option."""
    results = json.loads(json.dumps(comparison.results))
    given = next(row for row in results["given_up"] if row["option"] == option)
    row = next(row for row in results["options"] if row["option"] == option)
    if started is not None:
        given["means"]["families_started"] = started
    if cost is not None:
        row["money"]["cost"]["mean"] = cost
    for one in results["options"]:  # studied lines hold nothing but spending avoided
        one["money"]["public_value"] = one["money"]["fiscal_saving"]
    return results


def test_the_cheapest_is_said_to_be_ranked_first_only_where_it_is(comparison):
    best = comparison.results["probability_best"]["best_on_the_mean"]
    words = "ranks the cheapest service first, whomever it leaves out"

    assert words in " ".join(beside(changed(comparison, best, started=1.0, cost=1.0)))
    dear = " ".join(beside(changed(comparison, best, started=1.0, cost=9e9)))
    assert words not in dear
    assert "prices is public spending avoided" in dear
    # it leaves nobody out
    assert words not in " ".join(beside(changed(comparison, best, started=999.0, cost=1.0)))


def test_how_many_fewer_start_is_the_difference_of_the_numbers_that_are_shown(comparison):
    results = changed(comparison, "two_more_key_workers", started=282.6)
    results["competing"] = ["two_more_key_workers", "core_offer"]
    given = next(row for row in results["given_up"] if row["option"] == "core_offer")
    given["means"]["families_started"] = 192.4  # 90.2 apart, shown as 283 and 192
    results["probability_best"]["best_on_the_mean"] = "core_offer"

    assert "starts work with 283" in " ".join(beside(results))
    assert "with 91 fewer" in " ".join(beside(results))
    assert "with 91 fewer" in comparison_text(results)
    first, more = results["given_up"][:2]
    first["means"]["families_gave_up_waiting"] = 192.4
    more["means"]["families_gave_up_waiting"] = 282.6
    assert "91 more give up waiting" in " ".join(given_up(results))


def test_what_turns_the_order_is_said_as_a_condition_that_can_be_understood(comparison):
    results = json.loads(json.dumps(comparison.results))
    best = results["probability_best"]["best_on_the_mean"]
    other = next(name for name in results["competing"] if name != best)
    for row in results["structures"]:
        if row["kind"] != "headline":
            row["best_on_the_mean"] = best
    for row in results["structures"]:
        if (row["kind"], row["name"]) == ("window", "everything"):
            row["best_on_the_mean"] = other
    for axis in results["frontier"]:
        for number, point in enumerate(axis["points"]):
            point["best_on_the_mean"] = other if number else best
    titles = called(results)
    told = turns(results).translate({0x2018: None, 0x2019: None})

    first = titles[best].translate({0x2018: None, 0x2019: None})
    assert (
        f"If savings are counted for as long as children are followed, {titles[other]} comes first."
    ) in told
    assert f"As the discount rate rises, first comes {first} from 0%, then {titles[other]}" in told
    assert "window" not in told
    assert at_point("follow_up", "") == "the follow-up"


def test_options_that_are_the_same_are_said_to_be(comparison):
    same = {**comparison.results, "what_differs": []}

    assert answer(same) == "The options are the same in every number, so they differ in nothing."


def test_options_that_are_the_same_are_said_to_be_beside_their_chance(comparison):
    same = {**comparison.results, "same": [["core_offer", "grant_cut_20"]]}
    (block,) = [b for b in built(replace(comparison, results=same)).blocks() if b.name == "options"]
    titles = called(same)

    (note,) = block.parts[0].notes
    assert titles["core_offer"] in note
    assert titles["grant_cut_20"] in note
    assert "count as one" in note


def test_few_draws_say_nothing_of_how_sure_the_choice_is(comparison):
    few = {**comparison.results, "draws": 5}
    said = Read(page_of(replace(comparison, results=few))).said

    assert "it cannot be told how surely" in said
    assert " in 10)" not in answer(few)
    assert "too few draws" in said


def test_one_option_beside_its_absence_is_told_without_a_rank(comparison):
    alone = {**comparison.results, "competing": ["core_offer"], "what_ifs": []}

    assert "is the only option to choose" in answer(alone)


def test_an_option_that_is_first_either_way_is_said_to_be(comparison):
    results = comparison.results
    both = {**results, "with_weaker_evidence": results["probability_best"]}

    assert "still comes first" in answer(both)
    assert "turns on what counts" not in answer(both)


def test_no_option_with_a_service_gives_a_page_without_a_choice(comparison):
    reason = {"reason": "no option runs a service, so there is nothing to choose between"}
    none = {
        **comparison.results, "competing": [], "without_service": ["no_service"], "frontier": [],
        "probability_best": reason, "with_weaker_evidence": reason, "structures": [],
        "extra_costs": [], "options": [comparison.results["options"][3]], "what_differs": [],
        "given_up": [comparison.results["given_up"][3]],
    }  # fmt: skip

    assert "nothing to choose between" in Read(page_of(replace(comparison, results=none))).said


def test_more_than_four_options_are_said_to_run_on(comparison):
    results = comparison.results
    more = {**results, "options": [*results["options"], *results["options"][:1]]}

    assert "runs on to a second sheet" in built(replace(comparison, results=more)).foot
    assert "runs on" not in built(comparison).foot


def test_hostile_titles_come_out_harmless(hostile_comparison):
    text = one_page(hostile_comparison)
    page = Read(text)

    assert not page.all("script")
    assert not [c for c in text if ord(c) < 32 and c != "\n"]
    assert not {"\u202e", "\uffff", "\ud800"} & set(text)
    assert len(text) < 200_000
    assert ">=cmd" not in text


def test_a_run_is_no_comparison_and_a_damaged_one_is_refused(ran, compared, tmp_path):
    from shutil import copytree

    from familyflow.reports.documents.kept import read_comparison

    with pytest.raises(InputError, match="no comparison of options"):
        read_comparison(ran.folder)
    folder = copytree(compared.folder, tmp_path / "copy")
    (folder / "draws.parquet").write_bytes(b"")
    with pytest.raises(InputError, match=r"draws.parquet is not as it was written"):
        one_page(folder)


def test_the_same_comparison_gives_the_same_page(text, compared):
    assert one_page(compared.folder) == text
