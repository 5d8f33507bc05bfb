"""How many pages listen at once: so many of a browser, so many in all, and each is let out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

from familyflow.web.listeners import Listeners
from familyflow.web.settings import Limits

LIMITS = replace(Limits(), listening_each=2, listening=3)


async def words(number: int) -> AsyncIterator[str]:
    for place in range(number):
        yield str(place)


def test_a_browser_may_listen_so_often_and_everybody_together_so_often() -> None:
    async def asked() -> list[bool]:
        listeners = Listeners(LIMITS)
        room = [listeners.has_room("one")]
        open_ = []
        for browser in ("one", "one", "two"):
            stream = listeners.while_listening(browser, words(5))
            await anext(stream)
            open_.append(stream)
            room.append(listeners.has_room("one"))
        room.append(listeners.has_room("three"))
        for stream in open_:
            await stream.aclose()
        room.append(listeners.has_room("one"))
        return room

    # empty; one of two; two of two; three of three; a third browser too; all let out
    assert asyncio.run(asked()) == [True, True, False, False, False, True]


def test_who_goes_before_the_first_word_or_hears_the_last_is_not_counted() -> None:
    async def asked() -> list[bool]:
        listeners = Listeners(replace(LIMITS, listening_each=1))
        never_begun = listeners.while_listening("one", words(1))
        room = [listeners.has_room("one")]
        heard = [word async for word in listeners.while_listening("one", words(3))]
        room += [heard == ["0", "1", "2"], listeners.has_room("one")]
        await never_begun.aclose()
        return [*room, listeners.has_room("one")]

    assert asyncio.run(asked()) == [True, True, True, True]
