"""Which team to have: teams tried, each with its families, waits, cost and savings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from familyflow.problems import InputError
from familyflow.store import Manifest, read_manifest
from familyflow.web.answers.runs import folder_of
from familyflow.web.errors import NothingHereError
from familyflow.web.jobs.jobs import TooManyError
from familyflow.web.mistakes import Told, field_id
from familyflow.web.pages import page
from familyflow.web.refused import TOO_MANY, why
from familyflow.web.session import OurForm, session_of
from familyflow.web.staffing import view
from familyflow.web.staffing.again import BESIDE, began_with, beside, other_teams, use_of
from familyflow.web.staffing.form import StaffForm, check, sent
from familyflow.web.started import Started, named_in, started, with_a_service

router = APIRouter()
USUAL: Final = "core_offer"
CHART: Final = "teams"


@router.get("/staffing")
def form(request: Request) -> HTMLResponse:
    """The form, for a ready-made scenario or an option of a draft, as its address fills it in."""
    start = started(request, named_in(request.query_params), USUAL)
    return _form(request, start, sent(request.query_params), [])


@router.post("/staffing")
def ask(request: Request, form: OurForm) -> Response:
    """Try the teams, or show what stands in the way."""
    start, typed = started(request, named_in(form), USUAL), sent(form)
    checked = check(typed, start)
    if checked.problems:
        return _form(request, start, typed, checked.problems, 422)
    asked = checked.asked | ({"draft": start.query["draft"]} if "draft" in start.query else {})
    then = f"/staffing/{{run}}?{urlencode(start.query)}"
    try:
        job = request.app.state.jobs.ask("staff", asked, session_of(request), then)
    except (InputError, TooManyError) as error:
        return _form(request, start, typed, why(error), TOO_MANY)
    return RedirectResponse(f"/jobs/{job}", 303)


@router.get("/staffing/{run}")
def answer(request: Request, run: str) -> HTMLResponse:
    """What the teams bring, and which to have."""
    folder, manifest = _found(request, run)
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    named = began_with(request, folder.name, manifest)
    use = use_of(request, folder.name, named)
    return page(
        request,
        "staffing.html.j2",
        run=folder.name,
        results=results,
        sentences=view.sentences(results, wait_is_asked=manifest.asked.get("wait") is not None),
        draws=view.draws_words(results),
        teams=view.teams(results),
        heads=[head for head, *_ in view.COLUMNS],
        steps=view.steps(results),
        basis=view.basis(results),
        is_sure=view.is_sure(results),
        chart=_chart(folder, manifest),
        use=use,
        draft=named["draft"] if use and "draft" in named else "",
        other_teams=other_teams(named, manifest.asked),
        has_months=bool(manifest.asked.get("months")),
    )


@router.post("/staffing/{run}")
def use(request: Request, run: str, form: OurForm) -> Response:
    """Set the scenario with the team beside the scenario as it is."""
    _found(request, run)
    draft = beside(str(form.get("scenario", "")), str(form.get("use_team", "")))
    if draft is None:
        raise NothingHereError
    name = request.app.state.drafts.begin(draft, session_of(request))
    return RedirectResponse(f"/options/{name}#{field_id(BESIDE, 'posts')}", 303)


def _found(request: Request, run: str) -> tuple[Path, Manifest]:
    """The folder of teams that were tried, with what it says of itself."""
    folder = folder_of(request.app.state.settings.out, run)
    manifest = read_manifest(folder)
    if "staff" not in manifest.asked:
        raise NothingHereError
    return folder, manifest


def _form(
    request: Request, start: Started, typed: StaffForm, told: list[Told], status: int = 200
) -> HTMLResponse:
    return page(
        request,
        "staffing_form.html.j2",
        status=status,
        form=typed,
        start=start,
        scenarios=with_a_service(),
        problems=[(one.field, one.words) for one in told],
        by_field={one.field: one.words for one in reversed(told)},
    )


def _chart(folder: Path, manifest: Manifest) -> str:
    """The words of the chart; nothing where none was drawn."""
    if f"figures/{CHART}.svg" not in manifest.files:
        return ""
    words = json.loads((folder / "figures" / "alt_text.json").read_text(encoding="utf-8"))
    return str(words[CHART])
