"""Printing: answers to stdout, everything else to stderr, and no text of others' as commands."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from familyflow.problems import MOST_SHOWN, InputError, Problem

_KEPT = "\n\t"
# Marks that turn the direction of text round or break lines unseen.
_HIDDEN = frozenset(
    "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)


def plain(text: str) -> str:
    r"""The text with everything a terminal could obey made visible; line ends and tabs stay.

    >>> print(plain("red: \x1b[31m"))
    red: \x1b[31m
    """
    return "".join(letter if _harmless(letter) else _visible(letter) for letter in text)


def one_line(text: str) -> str:
    """``plain``, with line ends and tabs made visible too: for a name or a value in a line."""
    return plain(text).replace("\n", "\\n").replace("\t", "\\t")


class NobodyReadsError(Exception):
    """Whoever read what is printed has gone, as in 'familyflow runs list | head -1'."""


def say(text: str) -> None:
    """Print part of the answer."""
    _print(sys.stdout, plain(text))


def say_json(value: object) -> None:
    """Print the answer for machines: one JSON document in ASCII."""
    _print(sys.stdout, json.dumps(value, indent=2, allow_nan=False))


def note(text: str) -> None:
    """Print a remark that is not part of the answer."""
    _print(sys.stderr, plain(text))


def warn(warnings: Iterable[object]) -> None:
    """Print warnings, each on a line of its own."""
    for warning in warnings:
        told = problem_text(warning) if isinstance(warning, Problem) else one_line(str(warning))
        note(f"Warning: {told}")


def tell_problems(error: InputError) -> None:
    """Print what is wrong with the input: each place, what, and what to do."""
    count = len(error.problems)
    note(f"{count} problem{'' if count == 1 else 's'} in the input\n")
    for problem in error.problems[:MOST_SHOWN]:
        note(problem_text(problem) + "\n")
    if count > MOST_SHOWN:
        note(f"... and {count - MOST_SHOWN} more")


def problem_text(problem: Problem) -> str:
    """A problem as it is printed, with nothing in it that could pass for another line."""
    numbers = (str(number) for number in (problem.line, problem.column) if number)
    place = ":".join([one_line(problem.file), *numbers])
    to_do = "".join(f"\n    {plain(line)}" for line in problem.to_do.splitlines())
    return f"{place}: {one_line(problem.what)}{to_do}"


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows in aligned columns, the last one unpadded."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    padded = ([*map(str.ljust, row, widths)] for row in cells)
    return "\n".join("  ".join(row).rstrip() for row in padded)


def _print(stream: TextIO, text: str) -> None:
    try:
        stream.write(text + "\n")
    except BrokenPipeError:
        raise NobodyReadsError from None  # Typer would end the process on a broken pipe


def _harmless(letter: str) -> bool:
    code = ord(letter)
    if letter in _KEPT:
        return True
    surrogate = 0xD800 <= code <= 0xDFFF
    return not (code < 0x20 or 0x7F <= code < 0xA0 or surrogate or letter in _HIDDEN)


def _visible(letter: str) -> str:
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
