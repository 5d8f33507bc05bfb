"""All there is to know of a number, in lines: what, how sure, from where, and who chose it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from familyflow.parameters.distributions import Distribution
from familyflow.parameters.nearest import did_you_mean, listed
from familyflow.parameters.numerals import neat
from familyflow.parameters.parameter import Parameter, Source
from familyflow.problems import bad_input

SHORTEST_WORD = 3


class Book(Protocol):
    """A library, or a resolved scenario: parameters, their places, and the choices made."""

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Every parameter by its key."""

    @property
    def choices(self) -> Mapping[str, Any]:
        """The choices made, by key; each has `because` and `where`."""

    def place(self, key: str) -> str:
        """Where the entry stands: file:line:column."""


def explain(book: Book, key: str) -> list[str]:
    """Lines about one number; for the first part of a key, the numbers that begin with it.

    Raises InputError with the nearest keys when there is none.
    """
    if key not in book.parameters:
        below = [name for name in book.parameters if name.startswith(f"{key.rstrip('.')}.")]
        if below:
            return [f"{name}: {book.parameters[name].label}" for name in below]
        raise bad_input(f"there is no '{key}'", _where_to_look(book, key), where="explain")
    parameter = book.parameters[key]
    lines = [f"{key}: {parameter.label}", *amount_lines(parameter), *_money(parameter)]
    if not parameter.is_line:
        where = "`set`" if parameter.is_decision else "`assume`, with a reason"
        lines.append(f"{parameter.role}: a scenario changes it under {where}")
    lines += _origin(parameter)
    lines.append(_chosen(book, parameter))
    return lines


def _where_to_look(book: Book, key: str) -> str:
    """Keys and labels that hold the word, else the nearest key, else what keys look like."""
    near = did_you_mean(key, book.parameters)
    if near and "." in key:
        return near
    word = key.casefold().rpartition(".")[2].replace(" ", "_")
    holding = [name for name in book.parameters if word in name.casefold()] or [
        name
        for name, parameter in book.parameters.items()
        if word.replace("_", " ") in parameter.label.casefold()
    ]
    if holding and len(word) >= SHORTEST_WORD:
        return f"These hold '{word}': {listed(holding, most=12)}."
    return near or (
        "Keys are paths, such as service.key_work.attendance. Figures of a result are explained "
        "in outputs/README.md."
    )


def amount_lines(parameter: Parameter) -> list[str]:
    """The value, table, spread between families or line of the account, in lines."""
    if parameter.is_line:
        fields = parameter.line().items()
        return [f"{name.replace('_', ' ')}: {shown(value)}" for name, value in fields]
    lines = []
    if parameter.varies is not None:
        settings = ", ".join(f"{n} {shown(v)}" for n, v in parameter.varies.settings.items())
        shape = parameter.varies.shape.replace("_", " ")
        lines.append(f"differs by {parameter.varies.by}: {shape}, {settings} ({parameter.unit})")
    elif parameter.table is not None:
        lines += ["table:", *_rows(parameter.table), f"unit: {parameter.unit}"]
    else:
        unit = "" if parameter.unit == "text" else f" {parameter.unit}"
        lines.append(f"value: {shown(parameter.value)}{unit}")
    if parameter.options:
        lines.append(f"options: {', '.join(parameter.options)}")
    if not parameter.is_line:
        lines.append(f"doubt: {doubt_in_words(parameter)}")
    return lines


def doubt_in_words(parameter: Parameter) -> str:
    """What is not known of the number: shape, settings and where 95 % of it lies."""
    distribution = parameter.distribution
    if distribution is None:
        return "none stated: the same in every draw"
    settings = ", ".join(f"{n} {shown(v)}" for n, v in distribution.settings.items())
    if not isinstance(distribution, Distribution):
        return f"{distribution.shape}, {settings}: the shares are drawn together"
    low, high = distribution.interval()
    return f"{distribution.shape}, {settings}; 95 % between {_rounded(low)} and {_rounded(high)}"


def _rounded(value: float) -> str:
    """A number with four figures and without an exponent: 27,010 rather than 2.701e+04."""
    short = float(f"{value:.4g}")
    return f"{short:,.0f}" if abs(short) >= 1000 else neat(short)


def _rows(table: Any) -> list[str]:
    if isinstance(table, dict):
        return [f"  {name}: {shown(value)}" for name, value in table.items()]
    return [f"  {shown(row)}" for row in table]


def _money(parameter: Parameter) -> list[str]:
    lines = []
    if parameter.price_year:
        lines.append(f"price year: {parameter.price_year}")
    if parameter.kind:
        lines.append(f"kind: {parameter.kind}")
    if parameter.falls_on:
        lines.append(
            "falls on: " + ", ".join(f"{a} {shown(s)}" for a, s in parameter.falls_on.items())
        )
    if parameter.transfer is not None:
        lines.append(f"transfer: {_transfer(parameter.transfer)}")
    if parameter.composed_of:
        lines.append(f"sum of: {', '.join(parameter.composed_of)}")
    if parameter.dated:
        prices = ", ".join(f"{shown(price)} in {year}" for year, price in parameter.dated.items())
        lines.append(f"published prices: {prices}; the one nearest the year of results is used")
    if parameter.code:
        times = f"; its figure times {shown(parameter.per_code)}" if parameter.per_code else ""
        lines.append(f"code: {parameter.code}{times}")
    return lines


def _transfer(transfer: bool) -> str:
    return "yes, counts for who pays and never in public value" if transfer else "no"


def _origin(parameter: Parameter) -> list[str]:
    lines = []
    if parameter.source is not None:
        lines.append(f"source: {cited(parameter.source)}")
    if parameter.grade:
        lines.append(f"grade: {parameter.grade} (A is the strongest evidence, E the weakest)")
    if parameter.status:
        lines.append(f"status: {parameter.status}")
    if parameter.note:
        lines.append(f"note: {parameter.note}")
    if parameter.sunset:
        lines.append(f"look at it again: {parameter.sunset}")
    return lines


def cited(source: Source) -> str:
    """A source on one line, with where in it."""
    who = "".join(f"{name}, " for name in (source.author, source.publisher) if name)
    url = f" <{source.url}>" if source.url else ""
    return f"{who}{source.title} ({source.year}): {source.where}{url}"


def _chosen(book: Book, parameter: Parameter) -> str:
    choice = book.choices.get(parameter.name)
    if choice is None:
        return f"stands in: {book.place(parameter.name)}"
    if parameter.is_decision or parameter.is_line:
        verb = "set"
    else:
        verb = "assumed" if parameter.is_uncertain else "fixed"
    because = f", because: {choice.because}" if choice.because else ""
    return f"{verb} by {choice.where}{because}"


def shown(value: Any) -> str:
    """Any value as text: yes and no, numbers neat, the parts of a mapping or list in a row."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return neat(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {shown(inner)}" for name, inner in value.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(shown(inner) for inner in value)
    return "nothing" if value is None else str(value)
