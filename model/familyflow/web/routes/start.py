"""The first page: a ready-made option to start with, or a comparison that was saved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from familyflow.experiments.experiment import RESULTS
from familyflow.problems import InputError
from familyflow.reports.documents.clean import MOST_OF_A_TITLE, clean
from familyflow.reports.pictures.labels import called
from familyflow.reports.words import one_or_more
from familyflow.store.canonical import slug
from familyflow.store.run_folder import list_runs
from familyflow.web.drafts import MOST_OPTIONS, Draft, opened, ready_made, started_from
from familyflow.web.files import content_of
from familyflow.web.known import base_of, check_parameter_file, own_scenario
from familyflow.web.mistakes import Told, in_words
from familyflow.web.pages import page
from familyflow.web.session import OurForm, session_of
from familyflow.web.started import CASE

router = APIRouter()
MOST_SHOWN: Final = 10
STAFF: Final = "staff"  # the kind of results in which teams were tried
LEAST: Final = 2


class Kind(NamedTuple):
    """What may have been made before. begins: how its folders' names do; address: of its pages."""

    heading: str
    begins: str
    address: str


class Made(NamedTuple):
    """What was made of one kind, each as its address and a line."""

    heading: str
    runs: list[tuple[str, str]]


KINDS: Final = (
    Kind("Compared here before", "compare_", "/comparisons"),
    Kind("Teams tried here before", "staff_", "/staffing"),
    Kind("Cost cases made here before", f"{slug(CASE.removesuffix('.yaml'))}-", "/cost-case"),
)


@router.get("/")
def start(request: Request) -> HTMLResponse:
    """Ready-made options, saved ones, and what was compared before."""
    return _page(request, [])


@router.post("/")
def begin(request: Request, form: OurForm) -> Response:
    """A draft of the options that were ticked."""
    names = [name for name in _in_order() if form.get(f"take-{name}") == "yes"]
    if not LEAST <= len(names) <= MOST_OPTIONS:
        many = f"{len(names)} are" if len(names) > 1 else "one is" if names else "none is"
        words = f"Tick two to four options; {many} ticked."
        return _page(request, [Told("take-core_offer", words)], names, 422)
    draft = request.app.state.drafts.begin(started_from(tuple(names)), session_of(request))
    return RedirectResponse(f"/options/{draft}", 303)


@router.post("/open")
def open_saved(request: Request, form: OurForm) -> Response:
    """A saved comparison, as it was."""
    try:
        draft = opened(content_of(form, "saved"))
        for scenario in draft.scenarios:
            own_scenario(scenario.name, scenario.text)
        for file in draft.parameter_files:
            check_parameter_file(file)
    except InputError as error:
        told = [Told("saved", in_words(one)) for one in error.problems]
        return _page(request, told, status=422)
    return RedirectResponse(f"/options/{_begun(request, draft)}", 303)


def _begun(request: Request, draft: Draft) -> str:
    return str(request.app.state.drafts.begin(draft, session_of(request)))


def _page(
    request: Request, told: list[Told], ticked: list[str] | None = None, status: int = 200
) -> HTMLResponse:
    wanted = ["core_offer", "grant_cut_20"] if ticked is None else ticked
    options = [
        {"name": name, "title": base_of(name).title, "question": base_of(name).question,
         "ticked": name in wanted}
        for name in _in_order()
    ]  # fmt: skip
    return page(
        request,
        "start.html.j2",
        status=status,
        options=options,
        problems=[(one.field, one.words) for one in told],
        saved_problem=next((one.words for one in told if one.field == "saved"), ""),
        before=_before(request),
    )


def _in_order() -> list[str]:
    """The core offer first, no service last: they are what the others are set against."""
    names = [name for name in ready_made() if name not in ("core_offer", "no_service")]
    return ["core_offer", *names, "no_service"]


def _before(request: Request) -> list[Made]:
    """What was made in this folder, each kind under its heading, the newest first."""
    folders = sorted(
        list_runs(request.app.state.settings.out),
        key=lambda one: one.stat().st_mtime,
        reverse=True,
    )
    kinds = [(kind, [one for one in folders if one.name.startswith(kind.begins)]) for kind in KINDS]
    return [
        Made(kind.heading, [(f"{kind.address}/{one.name}", _told(one)) for one in of[:MOST_SHOWN]])
        for kind, of in kinds
        if of
    ]


@lru_cache(maxsize=256)
def _told(folder: Path) -> str:
    """What was made, in a line. A finished run never changes, so it is read once."""
    try:
        results = json.loads((folder / RESULTS).read_text(encoding="utf-8"))
        what = _teams(results) if results.get("kind") == STAFF else _titles(results)
        return f"{clean(what, 2 * MOST_OF_A_TITLE)} ({results['draws']:,} draws)"
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return f"{folder.name} (damaged: it cannot be read)"


def _titles(results: Mapping[str, Any]) -> str:
    """The options of a comparison, or what a case is called."""
    return "; ".join(called(results).values()) if "options" in results else str(results["title"])


def _teams(results: Mapping[str, Any]) -> str:
    """Whose teams were tried, from the least number of posts to the greatest."""
    posts = sorted({int(row["posts"]) for row in results["teams"]})
    tried = one_or_more(f"{posts[0]}", "post", "posts")
    if len(posts) > 1:
        tried = f"{posts[0]} to {posts[-1]} posts"
    return f"{results['title']}: {tried}"
