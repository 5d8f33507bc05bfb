"""What is taken away of a comparison: documents, tables, and all of it as one archive."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, StreamingResponse

from familyflow.web.answers.archive import archive_of
from familyflow.web.answers.files import TABLES, documents_there
from familyflow.web.answers.findings import DONE, LOOKED_AT, RUNNING
from familyflow.web.answers.own_files import laid_out
from familyflow.web.answers.runs import Finished
from familyflow.web.known import scenario_of
from familyflow.web.levers import stated
from familyflow.web.pages import page
from familyflow.web.routes.answer import SEE_OTHER, found_of
from familyflow.web.session import OurForm, session_of
from familyflow.web.told import in_seconds

router = APIRouter()
REPORT: Final = "report"
DOCUMENTS: Final = {  # of a comparison: kind -> its file, and what it is called
    "html": ("one_page.html", "The answer on one page, for a browser (HTML)"),
    "pdf": ("one_page.pdf", "The answer on one page, to send or print (PDF)"),
    "xlsx": ("workbook.xlsx", "A workbook with live sums (Excel)"),
}


@router.get("/comparisons/{run}/take-away")
def take_away(request: Request, run: str) -> HTMLResponse:
    """What there is to take away, and what is still to be made."""
    found = found_of(request, run)
    jobs = request.app.state.jobs
    made = documents_there(found.folder, [name for name, _ in DOCUMENTS.values()])
    laid, job = laid_out(found.manifest), _newest(jobs, found)
    return page(
        request,
        "take_away.html.j2",
        run=found.run,
        documents=DOCUMENTS,
        made=made,
        has_pdf=_has_pdf(),
        is_all_made=all(DOCUMENTS[kind][0] in made for kind in _kinds()),
        estimate=in_seconds(jobs.estimate(REPORT, _asked(found))),
        job=job if job is not None and job.state in RUNNING else None,
        problems=[] if job is None or job.state == DONE else job.problems,
        tables=_tables(found),
        command=None if laid is None else laid.command,
        cost_cases=_cost_cases(request, found),
    )


@router.post("/comparisons/{run}/take-away")
def make(request: Request, run: str, form: OurForm) -> RedirectResponse:
    """Have the documents of a comparison made."""
    found = found_of(request, run)
    then = f"/comparisons/{found.run}/take-away"
    job = request.app.state.jobs.ask(REPORT, _asked(found), session_of(request), then)
    return RedirectResponse(f"/jobs/{job}", SEE_OTHER)


@router.get("/comparisons/{run}/archive.zip")
def archive(request: Request, run: str) -> StreamingResponse:
    """Everything in one archive."""
    found = found_of(request, run)
    named = {"Content-Disposition": f'attachment; filename="{found.run}.zip"'}
    return StreamingResponse(archive_of(found), media_type="application/zip", headers=named)


def _cost_cases(request: Request, found: Finished) -> list[tuple[str, str]]:
    """Where a cost case of each option begins, and its title; none where no draft is known."""
    job = request.app.state.jobs.of_run(found.run)
    name = None if job is None else job.asked.get("draft")
    draft = request.app.state.drafts.get(name) if isinstance(name, str) else None
    if draft is None:
        return []
    bases = [scenario_of(draft, option.base) for option in draft.options]
    return [
        (f"/cost-case?draft={name}&option={number}", option.title.strip() or base.title)
        for number, (option, base) in enumerate(zip(draft.options, bases, strict=True))
        if stated(base)
    ]


def _kinds() -> list[str]:
    return [kind for kind in DOCUMENTS if kind != "pdf" or _has_pdf()]


def _has_pdf() -> bool:
    return find_spec("typst") is not None


def _asked(found: Finished) -> dict[str, Any]:
    return {"run": found.run, "to": ",".join(_kinds())}


def _newest(jobs: Any, found: Finished) -> Any:
    """The newest job that makes documents of the comparison; None where nobody asked."""
    mine = [
        job
        for job in jobs.recent(LOOKED_AT)
        if job.kind == REPORT and job.asked.get("run") == found.run
    ]
    return max(mine, key=lambda job: str(job.asked_at), default=None)


def _tables(found: Finished) -> list[str]:
    """The names of the tables, by which they are downloaded."""
    start = f"{TABLES}/"
    return [name.removeprefix(start) for name in found.manifest.files if name.startswith(start)]
