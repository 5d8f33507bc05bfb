"""What the model can and cannot tell, and how far the pages can be used by everybody."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse

from familyflow.web.pages import page

router = APIRouter()


@router.get("/about")
def about(request: Request) -> HTMLResponse:
    """What this can and cannot tell."""
    return page(request, "about.html.j2")


@router.get("/accessibility")
def accessibility(request: Request) -> HTMLResponse:
    """What was tested, and what was not."""
    return page(request, "accessibility.html.j2")


@router.get("/health")
def health(request: Request) -> JSONResponse:
    """Whether the server answers and its jobs can be read, for whatever watches it."""
    request.app.state.jobs.recent(1)
    return JSONResponse({"state": "up"})
