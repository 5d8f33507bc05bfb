"""The cost case of a bid in Word: what it costs, does and rests on, ready to paste into a form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from familyflow.problems import bad_input
from familyflow.reports.answer import headline
from familyflow.reports.documents import bid_rows, bid_texts, sentences
from familyflow.reports.documents.kept import Kept, read_kept
from familyflow.reports.documents.limits import outside_limits
from familyflow.reports.documents.lines import NARROW, Line, economic, fiscal, reach, unit_costs
from familyflow.reports.documents.moves import movers
from familyflow.reports.documents.parties import MOST_ROWS, left_out, savers
from familyflow.reports.documents.word_parts import (
    WIDTH,
    add_list,
    add_picture,
    add_table,
    as_bytes,
    new_document,
)
from familyflow.reports.words import window

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

PICTURES: Final = ("cost_and_savings",)
PICTURE_WIDTH: Final = 12.0  # cm
THREE: Final = (8.2, 3.2, 5.8)  # cm: a label, a figure and its interval


def cost_case(run_folder: Path) -> bytes:
    """The cost case of a finished run, as the bytes of a .docx file.

    Raises InputError where the folder holds no run of one scenario, a damaged one, or one in which
    there is no service to be paid for.
    """
    return case_of(read_kept(run_folder))


def case_of(kept: Kept) -> bytes:
    """The cost case of what a run keeps."""
    if not kept.results["money"]["cost"]["mean"] or not kept.tables["budget"]:
        raise bad_input(
            "there is no service in that run, so there is no cost case",
            "Give a run of a scenario with a service.",
            where=str(kept.results["run_id"]),
        )
    document = new_document(f"{kept.results['title']}: cost case", kept.finished)
    document.add_paragraph(f"{kept.results['title']}: cost case", style="Title")
    for part in (_short, _needs, _service, _budget, _posts, _value, _outcomes, _assumptions):
        part(document, kept)
    _not_verified(document, kept)
    return as_bytes(document)


def _short(document: WordDocument, kept: Kept) -> None:
    outside = outside_limits(kept)
    if outside:
        document.add_heading("Before this is sent", level=1)
        add_list(document, outside)
    document.add_heading("In short", level=1)
    document.add_paragraph(headline(kept.results))
    document.add_paragraph(bid_texts.value_for_money(kept.results))
    document.add_paragraph(sentences.break_even(kept.results))


def _needs(document: WordDocument, kept: Kept) -> None:
    document.add_heading("The needs", level=1)
    _paragraphs(document, bid_texts.needs(kept))


def _service(document: WordDocument, kept: Kept) -> None:
    document.add_heading("What the service does, and whom it reaches", level=1)
    _paragraphs(document, bid_texts.service(kept))
    caption = f"Families and waits, over {kept.results['term_years']} years"
    _figures(document, caption, "Families", reach(kept.results, NARROW))
    document.add_paragraph("Fewer risks at the end: a change during support, not an effect of it.")


def _budget(document: WordDocument, kept: Kept) -> None:
    document.add_heading("Budget", level=1)
    _paragraphs(document, bid_texts.full_cost(kept))
    for heads, rows in bid_rows.budget_blocks(kept):
        others = [bid_rows.width_of(column) for column in list(zip(*rows, strict=True))[1:]]
        caption = "Budget by year and heading (pounds as they are paid)"
        add_table(document, caption, heads, rows, [WIDTH - sum(others), *others])
    heads, rows = bid_rows.budget_by_funder(kept)
    caption = "Budget by heading and funder, all years (pounds as they are paid)"
    add_table(document, caption, heads, rows, (4.8, 3.1, 3.1, 3.1, 3.1))


def _posts(document: WordDocument, kept: Kept) -> None:
    document.add_heading("Posts and salaries", level=1)
    posts = kept.results["posts"]
    years = " and ".join(sorted({str(post["price_year"]) for post in posts}))
    heads = ("Post", "Full time", "Full-time salary", "Pay", "On-costs", "Cost a year")
    caption = f"Each post for a year ({years} pay); on-costs are national insurance and pension"
    add_table(
        document, caption, heads, bid_rows.posts(kept.results), (6.2, 1.7, 2.5, 2.2, 2.2, 2.4)
    )


def _value(document: WordDocument, kept: Kept) -> None:
    results = kept.results
    base = f"present value, {results['price_year']} prices"
    document.add_heading("Value for money", level=1)
    caption = f"Cost for each ({base}, gifts in kind included)"
    _figures(document, caption, "Cost", unit_costs(results, NARROW))
    document.add_heading("Public money (fiscal)", level=2)
    caption = f"What falls {window(results)} ({base})"
    _figures(document, caption, "Fiscal", fiscal(results, NARROW))
    document.add_paragraph(sentences.after_the_grant(results, NARROW))
    _savers(document, kept)
    for picture in kept.pictures:
        if picture.name in PICTURES:
            add_picture(document, picture.png, picture.alt_text, PICTURE_WIDTH)
    document.add_heading("Value to everybody (economic)", level=2)
    caption = f"Fiscal, economic and social value together, of studied lines ({base})"
    _figures(document, caption, "Economic", economic(results, NARROW))
    document.add_paragraph(
        "Weaker evidence: benefits known only before and after support, of which a part is counted."
    )
    worth = sentences.worth_needed(results)
    if worth:
        document.add_paragraph(worth)


def _savers(document: WordDocument, kept: Kept) -> None:
    """Who saves, the cashable part apart."""
    found = savers(kept.results, NARROW)
    if not found:
        return
    rows = [
        [one.saves.label, one.saves.value, one.saves.between, one.cashable.value, one.cash_from]
        for one in found[:MOST_ROWS]
    ]
    heads = ("Who saves", "Saves", NARROW.words, "Of which cashable", "Cash from")
    add_table(
        document, f"Who saves, {window(kept.results)}", heads, rows, (5.2, 2.5, 5.2, 2.5, 1.8)
    )
    more = left_out(found, "by_agency")
    if more:
        document.add_paragraph(more)


def _outcomes(document: WordDocument, kept: Kept) -> None:
    document.add_heading("Outcomes", level=1)
    rows = bid_rows.outcomes(kept.results, NARROW)
    caption = f"Outcomes {window(kept.results)}: without the service, and with it"
    heads = ("Outcome", "Without", "With", "Fewer", NARROW.words)
    add_table(document, caption, heads, rows, (7.0, 2.3, 2.3, 2.0, 3.6))
    document.add_paragraph(
        "Below zero means more: a need that is noticed is met sooner. Compared with "
        f"{kept.results['comparator']}, so what would have happened anyway is taken off."
    )


def _assumptions(document: WordDocument, kept: Kept) -> None:
    document.add_heading("What this rests on", level=1)
    add_list(document, sentences.rests_on(kept))
    rules = sentences.other_rules(kept.results)
    if rules:
        document.add_paragraph(rules)
    found = movers(kept)
    document.add_paragraph(sentences.biggest(kept, found))
    if found:
        heads = ("Number", "Value", "Grade, status", "Source")
        caption = "The numbers that move the answer most (grade A is the strongest evidence)"
        rows, widths = bid_rows.assumptions(found), (4.6, 2.0, 2.6, 8.0)
        add_table(document, caption, heads, rows, widths, words_in=(0, 2, 3))


def _not_verified(document: WordDocument, kept: Kept) -> None:
    document.add_heading("What is not verified", level=1)
    add_list(document, [*sentences.not_verified(kept.results), *kept.results["warnings"]])


def _figures(document: WordDocument, caption: str, first: str, lines: list[Line]) -> None:
    heads = (first, "Mean", NARROW.words)
    add_table(document, caption, heads, bid_rows.line_rows(lines), THREE)


def _paragraphs(document: WordDocument, told: list[str]) -> None:
    for sentence in told:
        document.add_paragraph(sentence)
