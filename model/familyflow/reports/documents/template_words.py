"""A tag that cannot be filled, in words: what is wrong with it, where it stands, what to do."""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from typing import Final

from jinja2 import TemplateError

from familyflow.problems import InputError, bad_input
from familyflow.reports.documents.clean import clean

MOST_QUOTED: Final = 60  # characters around a tag in a message
SAMPLE: Final = "`familyflow report --template-sample FILE.docx` writes one with every name."
COMPILED_AS: Final = "<template>"  # the file that the library says its tags stand in
_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
# What Python says of these names our own parts, or nothing that a reader could mend.
_TOLD: Final[tuple[tuple[type[Exception], str], ...]] = (
    (RecursionError, "brackets or tags stand too deep in each other"),
    (SyntaxError, "too many tags stand in each other"),
    (ZeroDivisionError, "a number is divided by zero"),
    (OverflowError, "a number is too large"),
    (NameError, "a number is too large, or is none"),
    (AssertionError, "the length to shorten to has no room for the ending, three dots or your own"),
    (UnicodeError, "it has a character that no document can hold"),
    (TypeError, "a filter or a sum has a value that it cannot take, or one too many or too few"),
    (LookupError, "it asks for something that is not there"),
)
_OTHERWISE: Final = "what it asks for cannot be worked out"


def told(error: Exception) -> str:
    """What an error that tags raise says to who wrote them."""
    if not isinstance(error, TemplateError):
        return next((words for kind, words in _TOLD if isinstance(error, kind)), _OTHERWISE)
    said = clean(error.message or str(error))
    said = re.sub(r"'[\w.]+ object' has no", "it has no", said)
    return re.sub(
        r"<.*> is not safely callable",
        "no function can be called; a filter may do it, as in {{ title|upper }}",
        said,
    )


def wrong_tag(file: Path, error: Exception, source: str = "") -> InputError:
    """The error to raise for a tag that cannot be filled.

    source: what was read when it was raised, a paragraph a line, where that is known.
    """
    near = _near_line(source, _line(error))
    return bad_input(
        f"a tag cannot be filled: {told(error)}" + (f", near: {near}" if near else ""),
        f"Mend the tag. {SAMPLE}",
        where=str(file),
    )


def near_name(source: str, name: str) -> str:
    """Where a name stands, in the words around it."""
    for paragraph in source.split("\n"):
        words = _words(paragraph)
        if name in words:
            at = max(0, words.index(name) - MOST_QUOTED // 2)
            return f", near: {clean(words[at : at + MOST_QUOTED])}"
    return ""


def by_paragraph(xml: str) -> str:
    """The part of a document with each of its paragraphs on a line, as the library counts them."""
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", xml)


def _line(error: Exception) -> int:
    """The line of the tags at which an error was raised; 0 if that is not known."""
    line = getattr(error, "lineno", None)
    if isinstance(error, TemplateError) and line:
        return int(line)
    raised = traceback.extract_tb((error.__cause__ or error).__traceback__)
    lines = [frame.lineno for frame in raised if frame.filename == COMPILED_AS and frame.lineno]
    return lines[-1] if lines else 0


def _near_line(source: str, line: int) -> str:
    """The tag of a line if it has one, else the line's words from its first tag on."""
    lines = source.split("\n")
    if not 0 < line <= len(lines):
        return ""
    words = _words(lines[line - 1])
    tags = _TAG.findall(words)
    return clean(tags[0] if len(tags) == 1 else words[max(0, words.find("{")) :], MOST_QUOTED)


def _words(xml: str) -> str:
    """What a reader sees of a paragraph."""
    return " ".join(re.sub(r"</?[A-Za-z][^>]*>", "", xml).split())
