"""Says in plain words what a YAML parser could not read, and where."""

from __future__ import annotations

import yaml

DEEPEST = 32
TOO_DEEP = f"more than {DEEPEST} levels of nesting", "Flatten the file."

# Pieces of what the parsers (the Python one and libyaml) say -> what is wrong, what to do, and
# whether the place meant is where the unfinished thing began.
_WORDS: tuple[tuple[str, str, str, bool], ...] = (
    ("maximum nesting depth", *TOO_DEEP, False),  # libyaml 0.2.6 gives up a thousand levels down
    ("while scanning a quoted scalar", "a quote that is opened here is never closed",
     "Close it, or take it away.", True),
    ("while parsing a flow sequence", "a '[' that is opened here is not closed properly",
     "Check the commas and the ']'.", True),
    ("while parsing a flow mapping", "a '{' that is opened here is not closed properly",
     "Check the commas and the '}'.", True),
    ("while parsing a flow node", "something is missing inside the brackets",
     "Check the commas and the closing bracket.", False),
    ("mapping values are not allowed", "a second ':' on one line, or a line indented too far",
     "If the text itself holds ': ', put it in quotes.", False),
    ("could not find expected ':'", "a name here has no ':' after it",
     "Write 'name: value', and check the line above for an unclosed quote.", True),
    ("while scanning an alias", "'*' begins an alias, and aliases are not supported",
     "Put the text in quotes.", False),
    ("while scanning an anchor", "'&' begins an anchor, and anchors are not supported",
     "Put the text in quotes.", False),
    ("while scanning a block scalar", "the text after '|' or '>' is not laid out properly",
     "Indent its lines by spaces, all by the same number.", False),
    ("while parsing a block mapping", "this line does not line up with the names around it",
     "Check the indentation: names of one section begin in the same column.", False),
    ("while parsing a block collection", "this line does not line up with the list around it",
     "Check the indentation: dashes of one list stand in the same column.", False),
    ("block sequence entries are not allowed", "a list item ('-') cannot stand here",
     "Begin the list on a line of its own, under its name.", False),
    ("escape character", "a backslash in double quotes that stands for nothing",
     "Use single quotes, or write two backslashes.", False),
    ("cannot start any token", "this character cannot begin a value",
     "Put the text in quotes.", False),
    ("directive", "a line that begins with '%' is not supported", "Take it away.", False),
    ("tag", "'!' begins a tag, and tags are not supported", "Put the text in quotes.", False),
    ("document start", "something stands here that belongs to no section",
     "Check the indentation, and keep one document per file.", False),
)  # fmt: skip


def plain_words(error: yaml.YAMLError, text: str) -> tuple[int, int, str, str]:
    """Line, column (from 1), what is wrong, and what to do."""
    said = " ".join(
        str(part) for part in (getattr(error, "context", ""), getattr(error, "problem", "")) if part
    )
    for piece, what, to_do, from_the_start in _WORDS:
        if piece in said:
            line, column = _place(error, from_the_start)
            return line, column, what, to_do
    line, column = _place(error, False)
    return line, column, "this cannot be read", "Check the indentation, quotes and brackets here."


def _place(error: yaml.YAMLError, from_the_start: bool) -> tuple[int, int]:
    marks = [getattr(error, "problem_mark", None), getattr(error, "context_mark", None)]
    for mark in reversed(marks) if from_the_start else marks:
        if mark is not None:
            return mark.line + 1, mark.column + 1
    return 0, 0
