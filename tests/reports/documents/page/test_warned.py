"""What compare warns of stands on the page: with titles, without keys and without advice."""

from dataclasses import replace

from tests.reports.documents.page.conftest import Read

from familyflow.experiments.comparison import ALONE
from familyflow.planning.advice import NAME_WHAT_GOES, ROUGH_SUM
from familyflow.reports.documents import warned
from familyflow.reports.documents.one_page import built, page_of
from familyflow.reports.pictures.labels import said

MORE = f"It costs more than its funding. {NAME_WHAT_GOES}"
KEY = "unit_costs.staff.key_worker_salary"


def warning(comparison, *of_options, cautions=()):
    """The comparison with these warnings of its first options, and none of the others."""
    each = [*of_options, *([()] * (len(comparison.results["options"]) - len(of_options)))]
    options = [{**row, "warnings": list(own)} for row, own in
               zip(comparison.results["options"], each, strict=True)]  # fmt: skip
    results = {**comparison.results, "options": options, "cautions": list(cautions)}
    return replace(comparison, results=results)


def test_every_warning_that_compare_gave_is_on_the_page(comparison):
    page = Read(page_of(comparison)).said
    told = [*comparison.results["cautions"]]
    told += [one.partition(f" {ROUGH_SUM}")[0] for row in comparison.results["options"]
             for one in row["warnings"]]  # fmt: skip
    assert len(told) > 3
    for one in told:
        for part in one.split(" of the cost "):  # the pounds of all options stand together
            assert part in page


def test_an_option_is_named_by_its_title_and_told_no_advice(comparison):
    titles = said(comparison.results)
    (told,) = warned.of_options(warning(comparison, (), [MORE]))

    assert told == f"{titles['two_more_key_workers']}: It costs more than its funding."


def test_what_all_options_with_a_service_share_is_said_once(comparison):
    assert warned.of_options(warning(comparison, [MORE], [MORE], [MORE])) == (
        f"{warned.EVERY}: It costs more than its funding.",
    )


def test_warnings_that_differ_in_pounds_alone_are_one_with_the_pounds_in_their_order(comparison):
    titles = said(comparison.results)
    (told,) = warned.of_options(warning(comparison, ["£1,200 of £9 lacks"], ["£30 of £9 lacks"]))

    assert told == (
        f"{titles['core_offer']}, {titles['two_more_key_workers']}: £1,200 and £30 of £9 lacks."
    )


def test_a_number_is_called_by_its_label(comparison):
    rows = [{"key": KEY, "label": "Salary"}]
    kept = replace(warning(comparison, [f"{KEY} = 9 is far from 3"]), tables={"assumptions": rows})

    assert (
        "\N{LEFT SINGLE QUOTATION MARK}Salary\N{RIGHT SINGLE QUOTATION MARK} = 9"
        in (warned.of_options(kept)[0])
    )


def test_what_to_mind_of_the_comparison_stands_beside_its_answer(comparison):
    belief = "The options differ in what is believed: x."
    page = built(warning(comparison, cautions=[ALONE, belief]))

    assert page.beside[0] == f"{ALONE[:1].upper()}{ALONE[1:]}."
    assert page.beside[1] == belief


def test_a_page_without_a_warning_has_no_heading_for_any(comparison):
    assert "warnings" not in [block.name for block in built(warning(comparison)).blocks()]
