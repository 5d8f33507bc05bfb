"""A server of our own on a free port of this machine, asked as a browser asks it."""

import contextlib
import re
import secrets
import socket
import threading
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import uvicorn
from tests.reports.once import made_once  # noqa: F401

from familyflow.web.app import create_app
from familyflow.web.jobs.job import Job
from familyflow.web.serve import config_for
from familyflow.web.settings import Settings

TOKEN = re.compile(r'name="form_token" value="([0-9a-f]{64})"')


@dataclass
class NobodyAtWork:
    """Takes jobs and does none: for pages that only ask."""

    asked: dict[str, Job] = field(default_factory=dict)
    is_warm = True

    def start(self):
        """Nobody is woken."""

    def stop(self):
        """Nobody is sent home."""

    def ask(self, kind, asked, session, then):
        name = secrets.token_hex(16)
        given: dict[str, Any] = dict.fromkeys(Job.__dataclass_fields__)
        given |= {"id": name, "kind": kind, "asked": dict(asked), "session": session, "then": then,
                  "state": "waiting", "stage": "", "done": 0, "of": 0, "problems": ()}  # fmt: skip
        self.asked[name] = Job(**given)
        return name

    def get(self, name):
        return self.asked.get(name)

    def cancel(self, name):
        """Nothing to stop."""

    def before(self, name):
        return 0

    def estimate(self, kind, asked):
        return 30.0

    def recent(self, most=20):
        return [*self.asked.values()]

    def of_run(self, run):
        return next((job for job in self.asked.values() if job.run == run), None)


class Site(httpx.Client):
    """A browser without scripts: keeps its cookie, and knows the token of the forms it is shown."""

    def __init__(self, address, app, **more):
        super().__init__(base_url=address, timeout=60, follow_redirects=False, **more)
        self.app, self.token = app, ""

    def form_token(self):
        if not self.token:
            self.token = TOKEN.search(self.get("/").text)[1]
        return self.token

    def send_form(self, address, files=None, **fields):
        """Send a form; fields with a minus in their name are given in `fields={}`."""
        more = fields.pop("fields", {})
        data = {"form_token": self.form_token(), **fields, **more}
        return self.post(address, data=data, files=files)


@contextlib.contextmanager
def serving(settings, jobs=None):
    """The site as it is served on a free port; jobs: None for real workers."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    own = Settings(settings.out, "127.0.0.1", port, settings.names, settings.token,
                   settings.is_behind_proxy, settings.limits)  # fmt: skip
    app = create_app(own, jobs)
    server = uvicorn.Server(config_for(app, own))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the server did not start")
        time.sleep(0.02)
    try:
        yield Site(f"http://127.0.0.1:{port}", app)
    finally:
        server.should_exit = True
        thread.join(30)
        listening.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """A server with nobody at work, on an empty folder of runs: starting one takes a second."""
    with serving(Settings(tmp_path_factory.mktemp("served")), NobodyAtWork()) as one, one:
        yield one


@pytest.fixture
def site(served):
    """That site, to a browser that it has never seen; nothing was asked of it yet."""
    served.app.state.jobs.asked.clear()
    with Site(str(served.base_url), served.app) as one:
        yield one
