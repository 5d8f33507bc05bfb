"""Numbers as people type them, in a command or a form, with the same words of refusal."""

from __future__ import annotations

import re
from typing import Final

from familyflow.problems import bad_input

MOST_POSTS: Final = 100
_DECIMAL: Final = re.compile(r"([0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,12})(\.[0-9]{1,6})?", re.ASCII)
_RANGE: Final = re.compile(r"([0-9]{1,3})-([0-9]{1,3})", re.ASCII)


def whole_number(text: str, option: str, *, least: int, most: int) -> int:
    """The number behind the text, or an InputError that says what is expected.

    >>> whole_number("200", "--draws", least=1, most=1000)
    200
    """
    shown = text if len(text) <= 40 else text[:40] + "..."
    try:
        if not text.isascii():
            raise ValueError
        number = int(text)
    except ValueError:
        raise bad_input(
            f"{option} is {shown!r}, which is not a whole number", "Write it in digits, e.g. 200."
        ) from None
    if number < least:
        raise bad_input(f"{option} is {shown}; it must be {least:,} or more")
    if number > most:
        raise bad_input(f"{option} is {shown}; it must be {most:,} or less")
    return number


def decimal(text: str | None, option: str) -> float | None:
    """A number as typed, or an InputError that says what is expected.

    >>> decimal("0.8", "--wait"), decimal("£300,000", "--grant")
    (0.8, 300000.0)
    """
    if text is None:
        return None
    plain = text.strip().removeprefix("£").strip()
    if not _DECIMAL.fullmatch(plain):
        shown = text if len(text) <= 40 else text[:40] + "..."
        raise bad_input(
            f"{option} is {shown!r}, which is not a number of 0 or more",
            "Write it in digits, e.g. 4 or 0.8.",
        )
    return float(plain.replace(",", ""))


def share_of(text: str | None, option: str) -> float | None:
    """A share as typed, as a number or a percentage, or an InputError.

    >>> share_of("0.8", "--confidence"), share_of("80%", "--confidence")
    (0.8, 0.8)
    """
    if text is None or not text.strip().endswith("%"):
        return decimal(text, option)
    percent = decimal(text.strip().removesuffix("%"), option)
    return None if percent is None else round(percent / 100, 8)


def posts_in(text: str, option: str = "--posts") -> list[int]:
    """Numbers of posts as typed: '3-8', or '3,5,7'; nothing gives none.

    option: what a mistake calls it.

    >>> posts_in("3-5"), posts_in("2,4")
    ([3, 4, 5], [2, 4])
    """
    if not text.strip():
        return []
    found: list[int] = []
    for part in text.split(","):
        stretch = _RANGE.fullmatch(part.strip())
        if stretch:
            first, last = int(stretch[1]), int(stretch[2])
            if first > last:
                raise bad_input(f"{option} goes from {first} to {last}", f"Write {last}-{first}.")
            found += range(first, last + 1)
        else:
            found.append(whole_number(part.strip(), option, least=1, most=MOST_POSTS))
    if any(not 1 <= number <= MOST_POSTS for number in found):
        raise bad_input(f"{option} is {text!r}; posts count from 1 to {MOST_POSTS}")
    return list(dict.fromkeys(found))


def decimals_in(text: str, option: str) -> list[float]:
    """Numbers as typed, with commas between them; nothing gives none."""
    parts = [part for part in text.split(",") if part.strip()]
    return list(dict.fromkeys(float(str(decimal(part, option))) for part in parts))
