"""The cost case of a bid: a form for whoever writes it, a preview, and the documents."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from familyflow.problems import InputError
from familyflow.reports.documents.kept import RUN, kind_of
from familyflow.store import read_manifest
from familyflow.web.answers.files import documents_there
from familyflow.web.answers.runs import folder_of
from familyflow.web.cases.checked import check
from familyflow.web.cases.facts import facts
from familyflow.web.cases.form import CaseForm, sent, usual
from familyflow.web.cases.preview import preview
from familyflow.web.errors import NothingHereError
from familyflow.web.jobs.jobs import TooManyError
from familyflow.web.mistakes import Told
from familyflow.web.pages import page
from familyflow.web.refused import TOO_MANY, why
from familyflow.web.session import OurForm, session_of
from familyflow.web.started import CASE, Started, named_in, started, with_a_service

router = APIRouter()
USUAL: Final = "reaching_communities_bid"
DRAWS: Final = 1_000
DOCUMENTS: Final = {  # of a cost case: their files, and what they are called
    "cost_case.docx": "The cost case (Word)",
    "workbook.xlsx": "The budget and every sum (Excel)",
}
KINDS: Final = "docx,xlsx"


@router.get("/cost-case")
def form(request: Request) -> HTMLResponse:
    """The form, filled in as a ready-made scenario, an option or an earlier case has it."""
    start = started(request, named_in(request.query_params), USUAL)
    return _form(request, start, usual(start.resolved), [])


@router.post("/cost-case")
def ask(request: Request, form: OurForm) -> Response:
    """Simulate the service of the form, or show what stands in the way."""
    start, typed = started(request, named_in(form), USUAL), sent(form)
    checked = check(typed, start)
    if checked.problems:
        return _form(request, start, typed, list(checked.problems), 422)
    asked = checked.asked | {"draws": DRAWS} | _of_draft(start)
    try:
        job = request.app.state.jobs.ask("run", asked, session_of(request), "/cost-case/{run}")
    except (InputError, TooManyError) as error:
        return _form(request, start, typed, why(error), TOO_MANY)
    return RedirectResponse(f"/jobs/{job}", 303)


@router.get("/cost-case/{run}")
def show(request: Request, run: str) -> HTMLResponse:
    """The cost case of a finished run, as the Word document will have it."""
    folder = folder_of(request.app.state.settings.out, run)
    if kind_of(read_manifest(folder)) != RUN:
        raise NothingHereError
    job = request.app.state.jobs.of_run(folder.name)
    return page(
        request,
        "cost_case.html.j2",
        run=folder.name,
        case=preview(folder),
        documents={name: DOCUMENTS[name] for name in documents_there(folder, DOCUMENTS)},
        can_change=job is not None and CASE in job.asked.get("files", {}),
    )


@router.post("/cost-case/{run}/documents")
def make(request: Request, run: str, form: OurForm) -> RedirectResponse:
    """Make the Word document and the workbook; they then stand on the same page."""
    folder = folder_of(request.app.state.settings.out, run)
    if kind_of(read_manifest(folder)) != RUN:
        raise NothingHereError
    then = f"/cost-case/{folder.name}"
    asked = {"run": folder.name, "to": KINDS}
    job = request.app.state.jobs.ask("report", asked, session_of(request), then)
    return RedirectResponse(f"/jobs/{job}", 303)


def _form(
    request: Request, start: Started, typed: CaseForm, told: list[Told], status: int = 200
) -> HTMLResponse:
    return page(
        request,
        "cost_case_form.html.j2",
        status=status,
        form=typed,
        start=start,
        scenarios=with_a_service(),
        facts=facts(start.resolved),
        problems=[(one.field, one.words) for one in told],
        by_field={one.field: one.words for one in reversed(told)},
    )


def _of_draft(start: Started) -> dict[str, str]:
    return {"draft": start.query["draft"]} if "draft" in start.query else {}
