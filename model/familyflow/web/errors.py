"""What a person is told when something cannot be done: never paths, versions or a traceback."""

from __future__ import annotations

import logging
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from familyflow.problems import InputError, MachineError, RefusedError
from familyflow.web.jobs.jobs import TooManyError
from familyflow.web.mistakes import in_words
from familyflow.web.pages import page
from familyflow.web.session import ForgedFormError

SAID: Final = {
    400: ("This cannot be read", "The address or the form is not as this page makes it."),
    403: ("This form is too old", "Go back, load the page again and send it once more."),
    404: ("There is nothing here", "The address is wrong, or what stood here has been removed."),
    405: ("This cannot be done here", "Go back and use the buttons of the page."),
    413: ("This is too large", "Files may have up to 10 megabytes."),
    429: ("Enough is waiting already", "Wait until one is done, or stop it, and ask again."),
    503: (
        "This machine stands in the way",
        "Nothing was kept of what you sent: go back in your browser to have it before you. Tell "
        "whoever looks after the machine: its log says what.",
    ),
}
FAULT: Final = ("Something is wrong with this page", "It is our fault; the log says what happened.")
_log = logging.getLogger(__name__)


class NothingHereError(Exception):
    """There is no such thing, or it is not for this page."""


def add_to(app: FastAPI) -> None:
    """Let every error end in a page."""
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(ForgedFormError, _forged)
    app.add_exception_handler(NothingHereError, _nothing)
    app.add_exception_handler(TooManyError, _too_many)
    app.add_exception_handler(InputError, _input)
    app.add_exception_handler(RefusedError, _refused)
    app.add_exception_handler(MachineError, _machine)


def told(request: Request, status: int, heading: str, to_do: str) -> Response:
    """A page that says what happened and what to do."""
    return page(request, "error.html.j2", status=status, heading=heading, lines=[to_do])


def _said(request: Request, status: int) -> Response:
    return told(request, status, *SAID.get(status, FAULT))


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    answer = _said(request, error.status_code)
    answer.headers.update(error.headers or {})
    return answer


def _unreadable(request: Request, _: Exception) -> Response:
    return _said(request, 400)


def _forged(request: Request, _: Exception) -> Response:
    return _said(request, 403)


def _nothing(request: Request, _: Exception) -> Response:
    return _said(request, 404)


def _too_many(request: Request, _: Exception) -> Response:
    return _said(request, 429)


def _input(request: Request, error: Exception) -> Response:
    assert isinstance(error, InputError)
    lines = [in_words(one) for one in error.problems]
    return page(request, "error.html.j2", status=400, heading="This cannot be used", lines=lines)


def _refused(request: Request, error: Exception) -> Response:
    return told(request, 409, "This cannot be done as asked", str(error))


def _machine(request: Request, error: Exception) -> Response:
    _log.error("machine: %s", type(error).__name__)
    return _said(request, 503)


def fault(request: Request) -> Response:
    """The page of a fault of ours."""
    return told(request, 500, *FAULT)
