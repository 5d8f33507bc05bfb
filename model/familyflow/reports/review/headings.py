"""Cuts a Markdown document at its headings, and shows a part of it as HTML or as plain steps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_NUMBERED: Final = re.compile(r"(\d+(?:\.\d+)+)\s+(.+)")
_NODE: Final = re.compile(r"^(\w+)\s*(?:\(\[(.*?)\]\)|\[\[(.*?)\]\]|\{(.*?)\}|\[(.*?)\])?$")
_ARROW: Final = re.compile(r"\s*(<-->|-->|-\.->)\s*(?:\|(.*?)\|)?\s*")
_DRAWN: Final = {
    "-->": "\N{RIGHTWARDS ARROW}",
    "<-->": "\N{LEFT RIGHT ARROW}",
    "-.->": "\N{RIGHTWARDS DASHED ARROW}",
}


@dataclass(frozen=True)
class Part:
    """What stands under one numbered heading, without the parts below it."""

    number: str
    title: str
    body: Markup

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said under the heading itself."""
        return not self.body.strip()


def parts_of(text: str) -> list[Part]:
    """The parts under headings such as '2.5.1 Entities', in their order.

    A heading without a number ends the part before it.
    """
    reader = _reader()
    parts: list[tuple[str, str, list[Token]]] = []
    inside: list[Token] | None = None
    tokens = reader.parse(text)
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            told = _NUMBERED.fullmatch(tokens[place + 1].content)
            inside = []
            if told:
                parts.append((told[1], told[2], inside))
        elif inside is not None and not _of_a_heading(tokens, place):
            inside.append(token)
    return [Part(number, title, _html(reader, held)) for number, title, held in parts]


def arrows(diagram: str) -> list[str]:
    """A flow chart as lines of text, one an arrow; a node is told in full once.

    >>> print(*arrows("flowchart" + chr(10) + "S{Screening} -->|accepted| W[Waiting list]"))
    Screening → Waiting list (accepted)
    """
    names: dict[str, str] = {}
    told = []
    for line in diagram.splitlines()[1:]:
        pieces = _ARROW.split(line.strip())
        groups = [[_name(one, names) for one in piece.split("&")] for piece in pieces[::3]]
        for place, (before, after) in enumerate(pairwise(groups)):
            arrow, label = pieces[3 * place + 1], pieces[3 * place + 2]
            told += [(one, _DRAWN[arrow], other, label) for one in before for other in after]
    return [*_in_full_once(names, told)]


def _in_full_once(
    names: dict[str, str], told: Sequence[tuple[str, str, str, str | None]]
) -> Iterator[str]:
    """Each arrow in words; what follows a colon in a node's name is said the first time only."""
    said: set[str] = set()
    for one, arrow, other, label in told:
        ends = [
            names[name].partition(":")[0] if name in said else names[name] for name in (one, other)
        ]
        said |= {one, other}
        yield f"{ends[0]} {arrow} {ends[1]}{f' ({label})' if label else ''}"


def _reader() -> MarkdownIt:
    """Reads Markdown; markup within it is shown, not obeyed, and links lead nowhere."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("link_open", _nothing)
    reader.add_render_rule("link_close", _nothing)
    reader.add_render_rule("image", _nothing)
    reader.add_render_rule("fence", _fence)
    return reader


def _html(reader: MarkdownIt, tokens: Sequence[Token]) -> Markup:
    # every text in it was escaped by the reader, which obeys no markup
    return Markup(reader.renderer.render(tokens, reader.options, {}))


def _nothing(*_: Any) -> str:
    return ""


def _fence(_: Any, tokens: Sequence[Token], place: int, *__: Any) -> str:
    """A flow chart becomes a list of its arrows: no program draws it here."""
    token = tokens[place]
    if token.info != "mermaid":
        return f"<pre>{escape(token.content)}</pre>\n"
    rows = "".join(f"<li>{escape(one)}</li>\n" for one in arrows(token.content))
    return f'<ul class="arrows">\n{rows}</ul>\n'


def _of_a_heading(tokens: Sequence[Token], place: int) -> bool:
    return tokens[place].type == "heading_close" or (
        place > 0 and tokens[place - 1].type == "heading_open"
    )


def _name(node: str, names: dict[str, str]) -> str:
    """The short name of a node, whose words are noted where they stand."""
    told = _NODE.fullmatch(node.strip())
    if told is None:
        raise ValueError(f"no node of a flow chart: {node!r}")
    words = next((one for one in told.groups()[1:] if one), None)
    if words is not None:
        names[told[1]] = words
    names.setdefault(told[1], told[1].replace("_", " "))
    return told[1]
