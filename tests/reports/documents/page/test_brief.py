"""What one sheet does not hold is left out in one order, and never what a decision rests on."""

from familyflow.reports.documents.one_page import built, kept_in
from familyflow.reports.documents.page.brief import EACH_YEAR, brief


def names(page):
    return [one.name for one in page.blocks()]


def council(page):
    (table,) = (part for one in page.blocks() if one.name == "council" for part in one.parts
                if part.kind == "table")  # fmt: skip
    return table


def test_only_work_for_readers_is_left_out_and_the_rest_is_there_once(comparison, ran):
    for page in (built(comparison), built(kept_in(ran.folder))):
        short = brief(page)

        assert sorted(names(short)) == sorted(set(names(page)) - {"local"})
        assert (short.answer, " ".join(short.beside), short.basis, short.foot, short.top) == (
            page.answer, " ".join(page.beside), page.basis, page.foot, page.top
        )  # fmt: skip


def test_of_several_options_only_sums_over_the_years_stay(comparison):
    page = built(comparison)
    before, after = council(page), council(brief(page))

    assert len(before.heads) > 3
    assert after.rows == tuple(row for row in before.rows if row.is_sum)
    assert len(after.rows) == 3
    assert EACH_YEAR in after.notes


def test_of_a_run_every_year_stays(ran):
    page = built(kept_in(ran.folder))

    assert council(brief(page)) == council(page)
