"""The application: what answers each address, and what stands before all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool

from familyflow.web import errors
from familyflow.web.drafts import Drafts
from familyflow.web.guard import Guard
from familyflow.web.jobs.jobs import Jobs
from familyflow.web.known import read_ready_made
from familyflow.web.listeners import Listeners
from familyflow.web.pages import PACKAGE
from familyflow.web.routes import (
    about,
    answer,
    cost_case,
    evidence,
    jobs,
    options,
    staffing,
    start,
    take_away,
)
from familyflow.web.session import secret_in
from familyflow.web.settings import Settings

ROUTES: Final = (
    start, options, jobs, answer, evidence, take_away, cost_case, staffing, about,
)  # fmt: skip
# Newer releases of FastAPI report to whatever the environment names; nothing is told of users here.
NOTHING_SENT: Final[Mapping[str, Any]] = {
    "telemetry": {"auto_configure": False, "tracing": False, "metrics": False, "logs": False}
}


def create_app(settings: Settings, jobs: Jobs | None = None) -> FastAPI:
    """The application for one folder of runs; its jobs begin when it is served, and end with it.

    jobs: who does the work; None for workers of its own.
    """
    settings.kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    app = FastAPI(
        lifespan=_at_work, docs_url=None, redoc_url=None, openapi_url=None, **NOTHING_SENT
    )
    app.state.settings = settings
    app.state.secret = secret_in(settings.kept)
    app.state.jobs = jobs or Jobs(settings.out, settings.limits)
    app.state.drafts = Drafts(settings.kept, settings.limits)
    app.state.listeners = Listeners(settings.limits)
    for routes in ROUTES:
        app.include_router(routes.router)
    app.mount("/static", StaticFiles(packages=[(PACKAGE, "static")]), name="static")
    errors.add_to(app)
    app.add_middleware(Guard, settings=settings)
    return app


@asynccontextmanager
async def _at_work(app: FastAPI) -> AsyncIterator[None]:
    await run_in_threadpool(app.state.jobs.start)
    await run_in_threadpool(read_ready_made)
    try:
        yield
    finally:
        await run_in_threadpool(app.state.jobs.stop)
