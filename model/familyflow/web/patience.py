"""A connection that says nothing, or never ends what it says, is not waited for."""

from __future__ import annotations

import time
from typing import Any, Final

from uvicorn.protocols.http.h11_impl import H11Protocol

SECONDS: Final = 10.0  # until a request is whole but for its body; that has a limit of its own
LOOK: Final = 2.0  # seconds between two looks


class Impatient(H11Protocol):
    """The protocol of the server, which by itself waits for ever for the first request."""

    def connection_made(self, transport: Any) -> None:
        """Begin to look at whether anybody speaks."""
        super().connection_made(transport)
        self._since = time.monotonic()
        self._next_look = self.loop.call_later(LOOK, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there to be waited for."""
        self._next_look.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        now = time.monotonic()
        if self.cycle is not None and not self.cycle.response_complete:
            self._since = now  # it is being answered, which may take long: an event stream
        elif now - self._since > SECONDS:
            self.transport.close()
            return
        self._next_look = self.loop.call_later(LOOK, self._look)
