"""The evidence: every number with its range, its source and who changed it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from familyflow.web.answers.numbers import (
    Filter,
    Number,
    groups_of,
    numbers_of,
    shipped_numbers,
)
from familyflow.web.pages import page
from familyflow.web.routes.answer import found_of

router = APIRouter()
LONGEST = 200  # letters that are looked for
Text = Annotated[str, Query(max_length=LONGEST)]


@router.get("/evidence")
def shipped(request: Request, q: Text = "", unverified: bool = False) -> HTMLResponse:
    """The numbers that come with the model."""
    wanted = Filter(q, changed=False, unverified=unverified)
    return _page(request, shipped_numbers(), wanted, run="", is_known=True)


@router.get("/comparisons/{run}/evidence")
def of_comparison(
    request: Request, run: str, q: Text = "", changed: bool = False, unverified: bool = False
) -> HTMLResponse:
    """The numbers of a comparison; those that are shipped where its own are no longer known."""
    found = found_of(request, run)
    numbers = numbers_of(found)
    wanted = Filter(q, changed=changed, unverified=unverified)
    is_known = numbers is not None
    return _page(request, numbers or shipped_numbers(), wanted, run=found.run, is_known=is_known)


def _page(
    request: Request, numbers: Sequence[Number], wanted: Filter, *, run: str, is_known: bool
) -> HTMLResponse:
    shown = wanted.of(numbers)
    return page(
        request,
        "evidence.html.j2",
        run=run,
        is_known=is_known,
        wanted=wanted,
        groups=groups_of(one for one in shown if not one.is_line),
        lines=groups_of(one for one in shown if one.is_line),
        shown=len(shown),
        in_all=len(numbers),
    )
