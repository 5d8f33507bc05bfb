"""The page of a comparison: which option, how sure and at what; then the options side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from familyflow.reports.documents import sentences, warned
from familyflow.reports.documents.clean import MOST_OF_A_TITLE, clean
from familyflow.reports.documents.kept import Kept, of_option
from familyflow.reports.documents.moves import movers
from familyflow.reports.documents.page import choice, turning
from familyflow.reports.documents.page.columns import Column
from familyflow.reports.documents.page.local import local_block
from familyflow.reports.documents.page.options import options_block
from familyflow.reports.documents.page.parts import Block, Page, Words
from familyflow.reports.documents.page.who import who_block
from familyflow.reports.documents.page.years import council_blocks
from familyflow.reports.pictures.labels import called

Results = Mapping[str, Any]
ON_ONE_SHEET: Final = 4  # options, the reference among them; more run on to a second


def comparison_page(kept: Kept) -> Page:
    """Everything that the page of a comparison tells."""
    results = kept.results
    titles = called(results)
    columns = [
        Column(titles[row["option"]], f"options.{n}") for n, row in enumerate(results["options"])
    ]
    served = [
        column for column, row in zip(columns, results["options"], strict=True)
        if row["option"] not in results["without_service"]
    ]  # fmt: skip
    one = of_option(kept, choice.first_of(results))
    return Page(
        title="Which option?",
        about="A comparison of options",
        question=clean("; ".join(column.title for column in columns), 2 * MOST_OF_A_TITLE),
        answer=choice.answer(results),
        beside=(*warned.cautions(results), *choice.beside(results)),
        basis=(*sentences.rests_on(one), sentences.biggest(one, movers(one))),
        top=(
            options_block(results, columns),
            *((who_block(results, served),) if served else ()),
            *_warnings(kept),
        ),
        left=(
            *council_blocks(results, served),
            Block("unverified", "What is not verified", (Words(_unverified(results, one)),)),
        ),
        right=(
            Block("given", "What each option gives up", (Words(turning.given_up(results)),)),
            Block("turn", "What would change the answer", (Words((turning.turns(results),)),)),
            local_block(one),
        ),
        bottom=(),
        foot=f"Comparison {results['run_id']}, seed {results['seed']}.{_run_on(columns)}",
    )  # fmt: skip


def _unverified(results: Results, one: Kept) -> tuple[str, ...]:
    """What nobody has checked in any option.

    That an option lacks evidence stands with what it gives up.
    """
    listed = {row["key"]: row for option in results["options"]
              for row in option["unverified_inputs"]}  # fmt: skip
    every = {**one.results, "unproven": "", "unverified_inputs": [*listed.values()]}
    return (" ".join(sentences.not_verified(every, [*warned.never_start(results)])),)


def _warnings(kept: Kept) -> Iterator[Block]:
    """What to mind of single options; of the comparison itself it stands beside the answer."""
    told = warned.of_options(kept)
    if told:
        yield Block("warnings", "Warnings", (Words((" ".join(told),)),))


def _run_on(columns: list[Column]) -> str:
    if len(columns) <= ON_ONE_SHEET:
        return ""
    return f" With more than {ON_ONE_SHEET} options this page runs on to a second sheet."
