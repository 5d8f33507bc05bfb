"""What a commissioner reads of a finished comparison, its charts, and what would change it."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse

from familyflow.reports.documents.one_page import built
from familyflow.reports.pictures.labels import called
from familyflow.store import read_manifest
from familyflow.web.answers import files
from familyflow.web.answers.charts import charts_of
from familyflow.web.answers.findings import questions
from familyflow.web.answers.known import known
from familyflow.web.answers.questions import asked_of, first_with_service, question_named
from familyflow.web.answers.runs import Finished, comparison, folder_of
from familyflow.web.pages import page
from familyflow.web.session import OurForm, session_of

router = APIRouter()
SEE_OTHER: Final = 303


@router.get("/comparisons/{run}")
def answer(request: Request, run: str) -> HTMLResponse:
    """The answer on one screen, with its charts beneath."""
    found = found_of(request, run)
    return page(
        request,
        "answer.html.j2",
        run=found.run,
        page=built(found.kept),
        charts=charts_of(found.folder, found.manifest, called(found.results), found.results),
        draft=_draft(request, found),
    )


@router.get("/comparisons/{run}/change")
def change(request: Request, run: str) -> HTMLResponse:
    """What would change the answer: what is known already, and what can still be asked."""
    found = found_of(request, run)
    return page(
        request,
        "change.html.j2",
        run=found.run,
        known=known(found.results),
        questions=questions(request.app.state.jobs, request.app.state.settings, found),
        option=_swept(found),
    )


@router.post("/comparisons/{run}/change/{name}")
def ask(request: Request, run: str, name: str, form: OurForm) -> RedirectResponse:
    """Ask a further question of a comparison; its answer will stand on the same page."""
    found = found_of(request, run)
    one = question_named(name)
    then = f"/comparisons/{found.run}/change"
    asked = asked_of(one, found, request.app.state.settings.limits.draws)
    job = request.app.state.jobs.ask(one.kind, asked, session_of(request), then)
    return RedirectResponse(f"/jobs/{job}", SEE_OTHER)


@router.get("/runs/{run}/figures/{name}")
def figure(request: Request, run: str, name: str) -> FileResponse:
    """A chart of a finished run, to be shown on a page."""
    folder = folder_of(request.app.state.settings.out, run)
    file = files.figure(folder, read_manifest(folder), name)
    return FileResponse(file, media_type=files.kind(file))


@router.get("/runs/{run}/files/{name}")
def file(request: Request, run: str, name: str) -> FileResponse:
    """A file of a finished run, to be kept."""
    folder = folder_of(request.app.state.settings.out, run)
    found = files.file(folder, read_manifest(folder), name)
    return FileResponse(found, media_type=files.kind(found), filename=found.name)


def found_of(request: Request, run: str) -> Finished:
    """The comparison that an address names. Raises NothingHereError, InputError."""
    return comparison(request.app.state.settings.out, run)


def _swept(found: Finished) -> str:
    """What the option is called whose numbers are varied; nothing where none runs a service."""
    number = first_with_service(found)
    return "" if number is None else [*called(found.results).values()][number]


def _draft(request: Request, found: Finished) -> Any:
    """The id of the draft that the comparison was made of; None where there was none."""
    job = request.app.state.jobs.of_run(found.run)
    name = None if job is None else job.asked.get("draft")
    return name if isinstance(name, str) and request.app.state.drafts.get(name) else None
