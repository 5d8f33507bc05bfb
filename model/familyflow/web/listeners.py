"""How many pages are told of progress as it happens: each holds a connection open."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator

from familyflow.web.settings import Limits


class Listeners:
    """Counts those who listen, by browser. Used by the one thread that serves."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._by_browser: Counter[str] = Counter()

    def has_room(self, browser: str) -> bool:
        """Whether one more of a browser may listen."""
        each, every = self._by_browser.get(browser, 0), self._by_browser.total()
        return each < self._limits.listening_each and every < self._limits.listening

    async def while_listening(self, browser: str, told: AsyncIterator[str]) -> AsyncIterator[str]:
        """What is told to one who listens, counted from the first word to the end, whatever it is.

        Nobody is counted before: a browser that has gone by then would never be let out.
        """
        self._by_browser[browser] += 1
        try:
            async for one in told:
                yield one
        finally:
            self._by_browser[browser] -= 1
            if not self._by_browser[browser]:
                del self._by_browser[browser]
