"""Writes a scenario as the text of its file, so that reading it gives back the same choices."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

LONGEST_LINE: Final = 100
_STEP: Final = "  "
_KEY: Final = re.compile(r"[A-Za-z_]\w*(\.\w+)+", re.ASCII)  # service.team.posts
_NAME: Final = re.compile(r"[A-Za-z_]\w*|[0-9]+", re.ASCII)
_NOT_TEXT: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def scenario_text(
    extends: str,
    title: str,
    question: str = "",
    set: Mapping[str, Any] | None = None,
    assume: Mapping[str, Any] | None = None,
    unproven: str = "",
) -> str:
    """The text of a scenario file.

    extends: the name of the scenario it changes, or a path. set: decisions by key, each a number,
    a text, yes or no, or what an entry holds ({"price_year": ..., "table": [...]}). assume: beliefs
    by key, each {"value": ..., "because": ...}. unproven: what it changes that no evidence links to
    outcomes. Nothing is checked here: `resolve` says what is
    wrong with the file. Raises ValueError for a number that is not finite.

    >>> print(scenario_text("core_offer", "Six: yes", set={"service.team.key_workers": 6}), end="")
    extends: "core_offer"
    title: "Six: yes"
    set:
      service.team.key_workers: 6
    """
    lines = [f"extends: {quoted(extends)}", f"title: {quoted(title)}"]
    if question:
        lines.append(f"question: {quoted(question)}")
    if unproven:
        lines.append(f"unproven: {quoted(unproven)}")
    for name, choices in (("set", set), ("assume", assume)):
        if choices:
            lines.append(f"{name}:")
            lines += [line for key in choices for line in _entry(key, choices[key], _STEP)]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A text between quotes, on one line, whatever it holds; no reader takes it for a number."""
    plain = json.dumps(text, ensure_ascii=False)
    return "".join(
        character if character.isprintable() else _code(character) for character in plain
    )


def _code(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04X}" if number <= 0xFFFF else f"\\U{number:08X}"


def _entry(name: object, value: Any, indent: str) -> list[str]:
    """`name: value` on one line, or on several where that would be too long to read."""
    line = f"{indent}{_name(name)}: {_flow(value)}"
    if len(line) <= LONGEST_LINE or not isinstance(value, (Mapping, list, tuple)) or not value:
        return [line]
    below = indent + _STEP
    if isinstance(value, Mapping):
        inside = [part for key in value for part in _entry(key, value[key], below)]
    else:
        inside = [f"{below}- {_flow(item)}" for item in value]
    return [f"{indent}{_name(name)}:", *inside]


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_name(key)}: {_flow(value[key])}" for key in value) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return _single(value)


def _single(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        if not math.isfinite(value):
            raise ValueError(f"{value} is no number that a scenario can hold")
        return repr(value)
    text = str(value)
    # where a share may stand, the key of one may: it is known by having no quotes
    return text if _KEY.fullmatch(text) else quoted(text)


def _name(name: object) -> str:
    text = str(name)
    is_plain = _KEY.fullmatch(text) or (_NAME.fullmatch(text) and text.lower() not in _NOT_TEXT)
    return text if is_plain else quoted(text)
