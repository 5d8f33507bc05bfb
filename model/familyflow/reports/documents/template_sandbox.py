"""Where the tags of a charity's template run: they read texts, and neither grow nor run on.

Only a few kinds of tag are known here. Loops, texts, numbers and the whole document are bounded,
so that a template which would run for ever or fill the memory is refused in a moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, Final, NoReturn

from jinja2 import (
    StrictUndefined,
    TemplateAssertionError,
    TemplateError,
    TemplateRuntimeError,
    nodes,
    pass_context,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from familyflow.reports.documents.template_filters import bounded_filters
from familyflow.reports.documents.template_words import told as said_of

MOST_NESTED: Final = 2  # loops in each other: the rows of a table, and the cells of a row
MOST_STEPS: Final = 20_000  # of all loops of a document together
MOST_MADE: Final = 50_000_000  # characters of one part of the document, its layout included
MOST_TAGS: Final = 5_000  # of one part of the document
MOST_WORDS: Final = 50_000  # of all tags of one part of the document: names, numbers, filters
MOST_BITS: Final = 1_000  # of a whole number
_STEPS: Final = "steps of a loop"  # no tag can name a filter with blanks in it
_KNOWN: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Name, nodes.Const,
    nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Keyword, nodes.CondExpr, nodes.Filter,
    nodes.Test, nodes.Getitem, nodes.Getattr, nodes.Slice, nodes.Call, nodes.Compare, nodes.Operand,
    nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Not,
    nodes.Neg, nodes.Pos, nodes.And, nodes.Or,
)  # fmt: skip
_APART: Final = "write the two tags one after the other instead, as in {{ title }} {{ cost }}"
_NOT_ALLOWED: Final[dict[type[nodes.Node], str]] = {
    nodes.Concat: f"'~' is not allowed: {_APART}",
    nodes.Assign: "{% set %} is not allowed: write the name itself where its text belongs",
    nodes.AssignBlock: "{% set %} is not allowed: write the name itself where its text belongs",
    nodes.ScopedEvalContextModifier: (
        "{% autoescape %} is not allowed: texts would be taken for parts of the document"
    ),
}
_OTHERWISE: Final = "only names, filters, {% for %} and {% if %} are known here"


class Sandbox(ImmutableSandboxedEnvironment):
    """Tags that can neither reach the machine nor use up its time or memory.

    One is made for each document: it counts the steps of all its loops.
    """

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self.globals.clear()
        self.filters = bounded_filters(self.filters)
        self.filters[_STEPS] = self._steps
        self._taken = 0

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Sums may be worked with, texts may be neither added nor multiplied."""
        if operator == "**" or not all(isinstance(one, int | float) for one in (left, right)):
            to_do = f": {_APART}" if operator == "+" else ""
            raise SecurityError(f"'{operator}' is not allowed here{to_do}")
        made = super().call_binop(context, operator, left, right)
        if isinstance(made, int) and made.bit_length() > MOST_BITS:
            raise SecurityError("a number is too large")
        return made

    def compile(self, source: Any, *told: Any, **named: Any) -> Any:
        """What the tags say as a program, or our own error: they may ask for one that is none."""
        try:
            return super().compile(source, *told, **named)
        except TemplateError:
            raise
        except Exception as error:
            raise TemplateRuntimeError(said_of(error)) from error

    def handle_exception(self, source: str | None = None) -> NoReturn:
        """Whatever a tag raises while it is filled is a fault of the tag, not of the machine."""
        try:
            super().handle_exception(source)
        except TemplateError:
            raise
        except Exception as error:
            raise TemplateRuntimeError(said_of(error)) from error

    def is_safe_callable(self, obj: Any) -> bool:
        """Nothing is: even a text's own functions make texts of any size."""
        return False

    @staticmethod
    def concat(pieces: Iterable[str]) -> str:
        """The document of its pieces, given up as soon as it is too long."""
        held, size = [], 0
        for piece in pieces:
            size += len(piece)
            if size > MOST_MADE:
                raise SecurityError("the document would become too long: loop over less")
            held.append(piece)
        return "".join(held)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """What the tags say, each of a kind that is known, and each loop counted."""
        if source.count("{{") + source.count("{%") > MOST_TAGS:
            raise TemplateAssertionError(f"there are more than {MOST_TAGS:,} tags in it", 1)
        tree = super()._parse(source, name, filename)
        for place, node in enumerate(tree.find_all(nodes.Node)):
            if place >= MOST_WORDS:
                raise TemplateAssertionError("the tags in it are too long", node.lineno)
            if not isinstance(node, _KNOWN):
                raise TemplateAssertionError(_NOT_ALLOWED.get(type(node), _OTHERWISE), node.lineno)
        _check_loops(tree)
        for loop in list(tree.find_all(nodes.For)):
            counted = nodes.Filter(loop.iter, _STEPS, [], [], None, None, lineno=loop.lineno)
            loop.iter = counted.set_environment(self)
        return tree

    @pass_context  # so that it is counted each time, not once when the tags are read
    def _steps(self, context: Any, items: Iterable[Any]) -> list[Any]:
        """What a loop goes through, as long as the document's loops together are not too long."""
        steps = list(islice(items, MOST_STEPS - self._taken + 1))
        self._taken += len(steps)
        if self._taken > MOST_STEPS:
            raise SecurityError(
                f"the loops have more than {MOST_STEPS:,} steps together: loop over less"
            )
        return steps


def _check_loops(tree: nodes.Node) -> None:
    """Refuse loops too deep in each other, and those that begin themselves anew."""
    deepest: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while deepest:
        node, depth = deepest.pop()
        if isinstance(node, nodes.For):
            depth += 1
            if depth > MOST_NESTED or node.recursive:
                raise TemplateAssertionError(
                    f"at most {MOST_NESTED} loops may stand in each other: the rows of a table, "
                    "and the cells of a row",
                    node.lineno,
                )
        deepest += [(child, depth) for child in node.iter_child_nodes()]
