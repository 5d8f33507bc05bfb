"""Work in hand: how far it is, a first rough answer, and a button that stops it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from familyflow.web.errors import NothingHereError
from familyflow.web.jobs.job import Job
from familyflow.web.listeners import Listeners
from familyflow.web.pages import environment, page
from familyflow.web.session import OurForm, session_of
from familyflow.web.told import in_seconds, quoted

router = APIRouter()
# What a first answer shows: the figure, how it is headed, how it is said. No chance of a saving: in
# so few draws luck is not taken out of it, and it would be remembered beside the one that counts.
ROUGH: Final = (
    ("families_started", "Families who start", "count"),
    ("mean_wait_weeks", "Mean wait, weeks", "count"),
    ("cost", "Cost", "pounds"),
    ("fiscal_saving", "Saved by public services", "pounds"),
    ("net_saving", "Saved less cost", "pounds"),
    ("cost_per_family_started", "Cost for each family", "pounds"),
    ("care_weeks_avoided", "Weeks in care avoided", "count"),
)
GETTING_READY: Final = (
    "Getting ready. The first time on a machine this takes about half a minute: the simulation is "
    "made into machine code, once."
)
NOTHING_LEFT: Final = "Nothing half-finished was left."
ENDED: Final = ("done", "failed", "stopped")
PAUSE: Final = 0.5  # seconds between two looks
LONGEST_STREAM: Final = 3_600.0  # seconds; a browser asks again by itself
AGAIN: Final = 2  # seconds after which a page without scripts loads itself again
KINDS: Final = {
    "compare": "Comparing the options",
    "run": "Simulating the service",
    "staff": "Trying teams",
    "sweep": "Finding what the answer hangs on",
    "voi": "Finding what more knowledge is worth",
    "report": "Making documents",
}
_ID: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)


@router.get("/jobs/{job}")
def show(request: Request, job: str) -> Response:
    """How far it is; the result itself once it is there."""
    one = _job(request, job)
    if one.state == "done":
        return RedirectResponse(_result(one), 303)
    status = 200 if one.state != "failed" else 422
    return page(request, "job.html.j2", status=status, **_told(request, one))


@router.post("/jobs/{job}/stop")
def stop(request: Request, job: str, form: OurForm) -> Response:
    """Stop it; what was finished stays."""
    request.app.state.jobs.cancel(_job(request, job).id)
    return RedirectResponse(f"/jobs/{job}", 303)


@router.get("/jobs/{job}/events")
def events(request: Request, job: str) -> Response:
    """The same, told as it changes, for a page with scripts.

    Where too many listen the page is told so, and loads itself again as one without scripts does.
    """
    _job(request, job)
    listeners: Listeners = request.app.state.listeners
    browser = session_of(request)
    if not listeners.has_room(browser):
        return Response(status_code=503, headers={"retry-after": str(AGAIN)})
    return StreamingResponse(
        listeners.while_listening(browser, _changes(request, job)),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


async def _changes(request: Request, job: str) -> AsyncIterator[str]:
    """An event whenever something changed, until it has ended or nobody listens."""
    before = ""
    for _ in range(int(LONGEST_STREAM / PAUSE)):
        if await request.is_disconnected():
            return
        one = await run_in_threadpool(request.app.state.jobs.get, job)
        if one is None:
            return
        told = _event(request, one)
        if told != before:
            yield f"data: {told}\n\n"
            before = told
        if one.state in ENDED:
            return
        await asyncio.sleep(PAUSE)


def _event(request: Request, job: Job) -> str:
    told = _told(request, job)
    shown = {"rough": job.rough, "figures": ROUGH, "has_ended": told["has_ended"]}
    rough = environment().get_template("rough.html.j2").render(**shown)
    return json.dumps(
        {
            "state": job.state,
            "words": told["words"],
            "done": job.done,
            "of": job.of,
            "rough": rough if job.rough else "",
            "address": _result(job) if job.state == "done" else "",
        }
    )


def _job(request: Request, name: str) -> Job:
    found: Job | None = request.app.state.jobs.get(name) if _ID.fullmatch(name) else None
    if found is None:
        raise NothingHereError
    return found


def _titled(job: Job) -> str:
    """The step it is at, with the title of an option in place of its file's name."""
    what, _, name = job.stage.rpartition(" ")
    titles = {one["name"]: one["title"] for one in (job.rough or {}).get("options", ())}
    return f"{what} {quoted(titles[name])}" if name in titles else job.stage


def _result(job: Job) -> str:
    """Where the result stands. `then` was written by a route of ours, the run by the store."""
    return job.then.replace("{run}", job.run or "")


def _told(request: Request, job: Job) -> dict[str, Any]:
    before = request.app.state.jobs.before(job.id) if job.state == "waiting" else 0
    draft = job.asked.get("draft")
    return {
        "job": job,
        "figures": ROUGH,
        "heading": KINDS.get(job.kind, "At work"),
        "words": _words(job, before, is_warm=request.app.state.jobs.is_warm),
        "has_ended": job.state in ENDED,
        "again": AGAIN,
        "back": f"/options/{draft}/again" if isinstance(draft, str) else "/",
        "problems": [f"{one['what']} {one['to_do']}".strip() for one in job.problems],
    }


def _words(job: Job, before: int, *, is_warm: bool) -> str:
    """Where it stands, in a sentence."""
    if job.state == "waiting" and not is_warm:
        return GETTING_READY
    if job.state == "waiting":
        others = f"{before} other{'' if before == 1 else 's'}"
        if job.kind == "compare" and job.rough is None:
            return "A first rough answer is being made."
        return f"Waiting for {others}." if before else "About to begin."
    if job.state == "stopped":
        left = "Only the first rough answer is there." if job.rough else NOTHING_LEFT
        return f"It was stopped. {left}"
    if job.state == "failed":
        return "It could not be done."
    if job.state == "done":
        return "Done."
    left = in_seconds(job.seconds_left)
    left = f", {left} left" if left else ""
    stage = _titled(job) or "beginning"
    stage = stage[:1].upper() + stage[1:]
    many = f": {job.done:,} of {job.of:,}" if job.of > 1 else ""
    return f"{stage}{many}{left}."
