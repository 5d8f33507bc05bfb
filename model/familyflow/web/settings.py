"""How the server was started: where it listens, who may ask, and what it allows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERE: Final = "127.0.0.1"
LOOPBACK: Final = (HERE, "localhost", "[::1]")
ANY: Final = ("0.0.0.0", "::")  # every address of this machine, and no name to ask for
PORT: Final = 8000
KEPT: Final = ".web"  # under the folder of runs: the table of jobs, drafts and uploaded files
LOCK: Final = "web"  # held by the one server that works in a folder


@dataclass(frozen=True)
class Limits:
    """What one server does for those who ask. Seconds, bytes, counts.

    waiting_each: jobs that one browser may have waiting or at work. waiting: those of everybody.
    listening_each, listening: pages that are told of progress as it happens; more load themselves.
    """

    draws: int = 20_000
    options: int = 4
    seconds: float = 1_800.0
    waiting_each: int = 2
    waiting: int = 20
    upload_bytes: int = 10_000_000
    body_seconds: float = 20.0
    drafts_each: int = 200
    listening_each: int = 6
    listening: int = 60


@dataclass(frozen=True)
class Settings:
    """Everything about this server.

    out: the folder of runs. host, port: where it listens. names: the names by which it may be
    asked, without a port. token: what must be shown first by whoever asks from another machine;
    None where only this machine can ask. is_behind_proxy: a reverse proxy of ours stands before
    it and speaks TLS; what it forwards about who asks is not believed, for nothing hangs on it.
    """

    out: Path
    host: str = HERE
    port: int = PORT
    names: tuple[str, ...] = LOOPBACK
    token: str | None = None
    is_behind_proxy: bool = False
    limits: Limits = Limits()

    @property
    def kept(self) -> Path:
        """Where the server keeps what is its own."""
        return self.out / KEPT


def is_here(host: str) -> bool:
    """Whether nobody but this machine can ask at an address."""
    return host in LOOPBACK or host == "::1"
