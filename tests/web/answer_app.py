"""The pages of a finished comparison, served without the rest, with jobs that are only noted."""

import asyncio
from dataclasses import dataclass, field

import httpx
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from familyflow.web import errors
from familyflow.web.pages import PACKAGE
from familyflow.web.routes import answer, evidence, take_away
from familyflow.web.session import new_session
from familyflow.web.settings import Settings

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
    "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass
class Job:
    """A job as pages see it."""

    id: str
    kind: str
    asked: dict
    then: str = ""
    state: str = "waiting"
    run: str | None = None
    problems: list = field(default_factory=list)
    asked_at: str = "2026-01-01T00:00:00+00:00"


class NotedJobs:
    """Jobs that nobody does."""

    def __init__(self):
        self.noted = []
        self.made = {}

    def ask(self, kind, asked, session, then):
        self.noted.append(Job(f"{len(self.noted):032x}", kind, dict(asked), then))
        return self.noted[-1].id

    def recent(self, most=20):
        return self.noted[::-1][:most]

    def of_run(self, run):
        return self.made.get(run)

    def estimate(self, kind, asked):
        return 65.0


def app_of(out, jobs=None):
    """The application for a folder of runs."""
    app = FastAPI()
    app.state.settings = Settings(out)
    app.state.jobs = NotedJobs() if jobs is None else jobs
    app.state.secret = b"secret"
    for routes in (answer, evidence, take_away):
        app.include_router(routes.router)
    app.mount("/static", StaticFiles(packages=[(PACKAGE, "static")]), name="static")
    errors.add_to(app)
    session = new_session()

    @app.middleware("http")
    async def guarded(request, call_next):
        request.state.session = session
        response = await call_next(request)
        response.headers["Content-Security-Policy"] = POLICY
        return response

    return app


class Browser:
    """Asks an application without a network, and follows nothing by itself."""

    def __init__(self, app):
        self._app = app

    def get(self, address, **more):
        return asyncio.run(self._ask("GET", address, **more))

    def post(self, address, **more):
        return asyncio.run(self._ask("POST", address, **more))

    async def _ask(self, method, address, **more):
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.request(method, address, **more)
