"""Pages from templates: every one is whole as it arrives, and escapes all that it is given."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from familyflow.reports import words
from familyflow.web.session import form_token

PACKAGE: Final = "familyflow.web"


def page(request: Request, name: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """The page made of a template in `templates/`, with a token for the forms on it.

    context: what the template names, beside `here` (this page's path) and `form_token`.
    """
    told = environment().get_template(name).render(
        here=request.url.path, form_token=form_token(request), **context
    )  # fmt: skip
    return HTMLResponse(told, status_code=status)


@cache
def environment() -> Environment:
    """The templates, read once; `pounds`, `count` and `share` say numbers as documents do."""
    made = Environment(
        loader=PackageLoader(PACKAGE, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"pounds": words.pounds, "count": words.count, "percent": words.share}
    return made
