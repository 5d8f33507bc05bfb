"""Makes names, notes and titles that somebody wrote harmless, before any document holds them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

MOST: Final = 400  # characters of one text: a note is a sentence or two, not a book
MOST_OF_A_NAME: Final = 80  # of a funder, an agency or a post
MOST_OF_A_TITLE: Final = 160
CUT: Final = "\N{HORIZONTAL ELLIPSIS}"
_LAYOUT: Final = {"\n", "\t", "\r"}
_FORMULA: Final = ("=", "+", "@", "-")
_PLAIN: Final = re.compile(r"[+-]?[\w\s.,%]*")  # a number or words, which calculate nothing


def clean(text: str, most: int = MOST) -> str:
    r"""The text on one line, without what cannot be seen or printed, and of bearable length.

    Control characters, marks that turn the direction of writing and halves of characters go. A
    text that a spreadsheet would take for a formula once pasted begins with an apostrophe.

    >>> clean("Homestart\x00  and" + chr(0x202E) + "\nfriends"), clean("=cmd|' /C calc'!A0")
    ('Homestart and friends', "'=cmd|' /C calc'!A0")
    """
    seen = text[: 4 * most]
    if not seen.isprintable():  # nearly every text is, and need not be looked at letter by letter
        seen = "".join(map(_seen, seen))
    line = " ".join(seen.split())
    if line.startswith(_FORMULA) and not _PLAIN.fullmatch(line):
        line = f"'{line}"
    return line if len(line) <= most else line[: most - 1].rstrip() + CUT


def cleaned(value: Any) -> Any:
    """The same lists and mappings with every text in them, and every key, made harmless."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {cleaned(key): cleaned(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(held) for held in value]
    return value


def _seen(character: str) -> str:
    if character in _LAYOUT:
        return " "
    # C: control, format, half of a character, private or not assigned
    return "" if unicodedata.category(character).startswith("C") else character
