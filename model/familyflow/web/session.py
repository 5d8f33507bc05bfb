"""Whose browser it is, and whether a form is one that we gave to it.

A cookie names the browser; a form carries a code of that name which only this server can make, so
that no other site can send a form for somebody who is using ours.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.datastructures import FormData

from familyflow.store.atomic import write_file

COOKIE: Final = "familyflow"
FIELD: Final = "form_token"
SECRET: Final = "secret"
_BYTES: Final = 16
_NAME: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)
MOST_FIELDS: Final = 600


class ForgedFormError(Exception):
    """A form without the code that belongs to this browser."""


def new_session() -> str:
    """A name for a browser: 128 random bits."""
    return secrets.token_hex(_BYTES)


def session_in(request: Request) -> str | None:
    """The browser's name, if it shows one of ours."""
    shown = request.cookies.get(COOKIE, "")
    return shown if _NAME.fullmatch(shown) else None


def session_of(request: Request) -> str:
    """The browser's name; the guard has given it one if it had none."""
    return str(request.state.session)


def form_token(request: Request) -> str:
    """The code that forms of this browser carry."""
    secret: bytes = request.app.state.secret
    return hmac.new(secret, session_of(request).encode(), hashlib.sha256).hexdigest()


async def our_form(request: Request) -> AsyncIterator[FormData]:
    """The form that was sent; its files are gone once it was answered.

    Raises ForgedFormError unless it is one that we gave out.
    """
    async with request.form(max_files=4, max_fields=MOST_FIELDS) as form:
        shown = form.get(FIELD)
        if not isinstance(shown, str) or not hmac.compare_digest(
            shown.encode(), form_token(request).encode()
        ):
            raise ForgedFormError
        yield form


OurForm = Annotated[FormData, Depends(our_form)]


def secret_in(kept: Path) -> bytes:
    """The secret that codes are made with: the same after a restart, its owner's alone."""
    file = kept / SECRET
    if file.is_file() and len(there := file.read_bytes()) == 2 * _BYTES:
        return there
    made = secrets.token_bytes(2 * _BYTES)  # there is none, or one that a crash cut short
    write_file(file, made)
    file.chmod(0o600)
    return made
