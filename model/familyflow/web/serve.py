"""Starts the server: on this machine alone, unless it is told otherwise and says so."""

from __future__ import annotations

import logging
import secrets
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

import uvicorn
from fastapi import FastAPI

from familyflow.problems import MachineError
from familyflow.store.machine import ensure_writable
from familyflow.web.app import create_app
from familyflow.web.patience import Impatient
from familyflow.web.settings import ANY, LOOPBACK, Settings, is_here

TOKEN_BYTES: Final = 16
AT_ONCE: Final = 200  # connections; more are told to come again
IDLE_SECONDS: Final = 10
GOODBYE_SECONDS: Final = 3  # for answers under way when the server is stopped
WAITING_TO_CONNECT: Final = 128


def settings_for(
    out: Path, host: str, port: int, names: tuple[str, ...], *, is_behind_proxy: bool
) -> Settings:
    """Settings for this address: with a token where other machines can ask."""
    own = (*LOOPBACK, *(name.lower() for name in names), *(() if host in ANY else (host,)))
    token = None if is_here(host) and not is_behind_proxy else secrets.token_hex(TOKEN_BYTES)
    return Settings(out, host, port, own, token, is_behind_proxy)


def serve(settings: Settings, say: Callable[[str], object]) -> None:
    """Serve until stopped. say: is told the address. Raises MachineError, RefusedError."""
    ensure_writable(settings.out)
    with _listening(settings) as listening:
        bound = replace(settings, port=listening.getsockname()[1])
        app = create_app(bound)
        logging.basicConfig(format="%(asctime)s %(name)s: %(message)s", level=logging.WARNING)
        config = config_for(app, bound)
        app.state.jobs.start()  # first: whoever cannot work here is told so, and nothing else
        try:
            for line in _said(bound):
                say(line)
            uvicorn.Server(config).run(sockets=[listening])
        finally:
            app.state.jobs.stop()


def config_for(app: FastAPI, settings: Settings) -> uvicorn.Config:
    """How the application is served: says nothing of itself, and waits for nobody long."""
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # nothing here hangs on who a proxy says is asking
        limit_concurrency=AT_ONCE,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=GOODBYE_SECONDS,
        http=Impatient,
        ws="none",
        lifespan="on",
    )


def _listening(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((settings.host, settings.port))
    except OSError as error:
        made.close()
        raise MachineError(
            f"nobody can listen at {settings.host}, port {settings.port} ({error.strerror}); "
            "another program may: give another with --port"
        ) from None
    made.listen(WAITING_TO_CONNECT)
    return made


def _said(settings: Settings) -> list[str]:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    if settings.host in ANY:  # then the first name that was given is the one to ask for
        host = next(name for name in settings.names if name not in LOOPBACK)
    port = "" if settings.is_behind_proxy else f":{settings.port}"
    address = f"{'https' if settings.is_behind_proxy else 'http'}://{host}{port}/"
    if settings.token is None:
        return [f"Open {address} in a browser on this machine. Ctrl-C stops it."]
    return [
        "Other machines can ask this server. Whoever has this address can use it; it is told once:",
        f"{address}?token={settings.token}",
        "Without TLS in front of it, what is sent can be read on the way. Ctrl-C stops it.",
    ]
