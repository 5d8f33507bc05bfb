"""What stands before every page: who may ask, how much may be sent, what the browser must obey.

The rules are S01 to S05, S10 and S11 of the security page that tests/web/test_guard.py follows.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import time
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from familyflow.web.errors import fault
from familyflow.web.session import COOKIE, new_session, session_in
from familyflow.web.settings import Settings

ACCESS: Final = "familyflow_access"
TOKEN: Final = "token"
# No script, style, picture or frame from anywhere else, and no script or style within a page.
POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-cache, private",
}
TOO_LARGE: Final = "This is too large: files may have 10 megabytes."
BESIDE_FILES: Final = 262_144  # bytes of a form beside the files in it
WITH_FILES: Final = "multipart/form-data"
# The reader of forms decodes in whatever charset it is told; some take hours for a megabyte.
CHARSETS: Final = ("", "utf-8", "utf8")
READING: Final = ("GET", "HEAD", "OPTIONS")
# Ports that browsers leave out of the name they ask for.
HTTP: Final = 80
HTTPS: Final = "443"
_YEAR: Final = 365 * 86_400
_log = logging.getLogger(__name__)


class TooMuchError(Exception):
    """More was sent than is allowed."""


class TooSlowError(Exception):
    """What was announced did not arrive in time."""


class Guard:
    """Wraps the application: lets through what was asked of us by name, and by whom may ask."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse before anything else has looked at it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return  # nobody here speaks over web sockets
        request = Request(scope)
        send = self._with_headers(send)
        refused = self._refusal(request)
        if refused is not None:
            await refused(scope, receive, send)
            return
        await self._let_in(request, scope, receive, send)

    def _refusal(self, request: Request) -> Response | None:
        if not self._is_asked_by_name(request):
            return PlainTextResponse("This server does not answer to that name.", 400)
        if self._settings.token is not None and not self._may_ask(request):
            return self._at_the_door(request)
        if request.method not in READING and _is_from_elsewhere(request):
            return PlainTextResponse("This form is not from a page of ours.", 403)
        kind, charset = _kind_of(request)
        if charset not in CHARSETS:
            return PlainTextResponse("Forms are read in UTF-8 alone.", 400)
        sent = request.headers.get("content-length", "0")
        if not sent.isascii() or not sent.isdigit():
            return PlainTextResponse("The length is no number.", 400)
        if int(sent[:18]) > self._most_bytes(kind):
            return PlainTextResponse(TOO_LARGE, 413)
        return None

    def _most_bytes(self, kind: str) -> int:
        """The most that may be sent: files come in forms of one kind only."""
        files = self._settings.limits.upload_bytes if kind == WITH_FILES else 0
        return files + BESIDE_FILES

    def _is_asked_by_name(self, request: Request) -> bool:
        """Whether the browser asked for a name of ours: another site's name may lead here too."""
        asked = request.headers.getlist("host")
        if len(asked) != 1:
            return False
        name, port = _name_and_port(asked[0].lower())
        own = {str(self._settings.port), *([""] if self._settings.port == HTTP else [])}
        return name in self._settings.names and port in (
            {"", HTTPS} if self._settings.is_behind_proxy else own
        )

    def _may_ask(self, request: Request) -> bool:
        return _same(request.cookies.get(ACCESS, ""), str(self._settings.token))

    def _at_the_door(self, request: Request) -> Response:
        shown = parse_qs(request.url.query).get(TOKEN, [""])[0]
        if not _same(shown, str(self._settings.token)):
            said = (
                "Open the address that the server printed when it was started: it ends in a token."
            )
            return PlainTextResponse(said, 403)
        answer = RedirectResponse("/", 303)  # so that the token leaves the address line
        self._give(answer, ACCESS, shown)
        return answer

    def _give(self, answer: Response, name: str, value: str) -> None:
        answer.set_cookie(
            name, value, max_age=_YEAR, httponly=True, samesite="strict",
            secure=self._settings.is_behind_proxy,
        )  # fmt: skip

    async def _let_in(self, request: Request, scope: Scope, receive: Receive, send: Send) -> None:
        known = session_in(request)
        session = known or new_session()
        scope.setdefault("state", {})["session"] = session
        begun = False

        async def answer(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                if known is None:
                    cookie = Response()
                    self._give(cookie, COOKIE, session)
                    MutableHeaders(scope=message).append("set-cookie", cookie.headers["set-cookie"])
            await send(message)

        try:
            most = self._most_bytes(_kind_of(request)[0])
            await self._app(scope, self._measured(receive, most), answer)
        except TooMuchError:
            said: Response = PlainTextResponse(TOO_LARGE, 413)
        except TooSlowError:
            said = PlainTextResponse("This took too long to arrive.", 408)
        except ClientDisconnect:  # who broke off hears nothing, and it is no fault of ours
            return
        except Exception:  # told to the log whole, to the person in general, and never dropped
            _log.exception("a fault while answering %s", scope["method"])
            said = fault(request)
        else:
            return
        if not begun:
            await said(scope, _nothing_more, send)

    def _measured(self, receive: Receive, most: int) -> Receive:
        """What arrives, as long as it is neither too much nor too slow."""
        seen, until = 0, time.monotonic() + self._settings.limits.body_seconds
        is_whole = False

        async def measured() -> Message:
            nonlocal seen, is_whole
            if is_whole:  # then only the end of the connection is waited for
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), max(0.0, until - time.monotonic()))
            except TimeoutError:
                raise TooSlowError from None
            seen += len(message.get("body", b""))
            if seen > most:
                raise TooMuchError
            is_whole = not message.get("more_body", False)
            return message

        return measured

    def _with_headers(self, send: Send) -> Send:
        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if self._settings.is_behind_proxy:
                    headers.setdefault("strict-transport-security", f"max-age={_YEAR}")
            await send(message)

        return answer


def _is_from_elsewhere(request: Request) -> bool:
    """Whether the browser says that another site sends this; old ones say nothing.

    Our own forms come with the origin "null", since our pages let no address be told.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin", "null")
    return origin != "null" and origin.partition("://")[2] != request.headers["host"]


def _kind_of(request: Request) -> tuple[str, str]:
    """The kind of what is sent, and the charset it names; '' where it names none."""
    kind, _, rest = request.headers.get("content-type", "").partition(";")
    parts = [part.strip().lower() for part in rest.split(";")]
    named = [part.partition("=")[2].strip(' "') for part in parts if part.startswith("charset")]
    return kind.strip().lower(), named[0] if len(named) == 1 else "two" if named else ""


def _name_and_port(host: str) -> tuple[str, str]:
    """A Host header in its two parts; [::1] keeps its brackets.

    >>> _name_and_port("[::1]:8000"), _name_and_port("localhost")
    (('[::1]', '8000'), ('localhost', ''))
    """
    name, colon, port = host.rpartition(":")
    if not colon or host.endswith("]"):
        return host, ""
    return name, port


def _same(shown: str, due: str) -> bool:
    return hmac.compare_digest(shown.encode("utf-8", "replace"), due.encode())


async def _nothing_more() -> Message:
    return {"type": "http.disconnect"}
