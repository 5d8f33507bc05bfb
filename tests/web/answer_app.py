"""A finished comparison in a browser, with jobs that are only noted."""

import asyncio
from dataclasses import dataclass, field

import httpx

from familyflow.web.app import create_app
from familyflow.web.settings import Settings

PORT = 8000


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

    def start(self):
        """Nobody is woken."""

    def stop(self):
        """Nobody is sent home."""

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
    return create_app(Settings(out, port=PORT), NotedJobs() if jobs is None else jobs)


class Browser:
    """Asks an application without a network, and follows nothing by itself."""

    def __init__(self, app):
        self._app = app
        self._cookies = httpx.Cookies()

    def get(self, address, **more):
        return asyncio.run(self._ask("GET", address, **more))

    def post(self, address, **more):
        return asyncio.run(self._ask("POST", address, **more))

    async def _ask(self, method, address, **more):
        transport = httpx.ASGITransport(app=self._app)
        own = {"base_url": f"http://127.0.0.1:{PORT}", "cookies": self._cookies}
        async with httpx.AsyncClient(transport=transport, **own) as client:
            answered = await client.request(method, address, **more)
            self._cookies = client.cookies
            return answered
