"""What a page leaves to the screen where one sheet of paper does not hold it all."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from familyflow.reports.documents.page.parts import Block, Page, Table

WORK_FOR_READERS: Final = "local"
BY_YEAR: Final = "council"
NOT_VERIFIED: Final = "unverified"
MOST_COLUMNS: Final = 2  # the year and one option; with more the years are left out too
EACH_YEAR: Final = "Each year stands on the screen."


def brief(page: Page) -> Page:
    """The page without work for readers; of several options only sums over the years.

    What is not verified is never left out. The sentences of the answer and warnings stay whole.
    """
    blocks = [_only_sums(one) for one in page.blocks() if one.name != WORK_FOR_READERS]
    beneath = [one for one in blocks if one.name in (BY_YEAR, NOT_VERIFIED)]
    top = len(page.top)
    right = [one for one in blocks[top:] if one not in beneath]
    return replace(
        page,
        beside=(" ".join(page.beside),) if page.beside else (),
        top=tuple(blocks[:top]),
        left=tuple(beneath),
        right=tuple(right),
        bottom=(),
    )


def _only_sums(block: Block) -> Block:
    parts = tuple(
        replace(part, rows=tuple(row for row in part.rows if row.is_sum), key=(),
                notes=(*part.notes, EACH_YEAR))
        if block.name == BY_YEAR and isinstance(part, Table) and len(part.heads) > MOST_COLUMNS
        else part
        for part in block.parts
    )  # fmt: skip
    return replace(block, parts=parts)
