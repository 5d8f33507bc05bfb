"""The filters that a charity's template may use, none of them given or giving more than fits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sized
from functools import wraps
from itertools import islice
from typing import Any, Final

from jinja2.exceptions import SecurityError

MOST_IN_TEXT: Final = 100_000  # characters that a filter may make, or entries of a list
MOST_PLACES: Final = 20  # to round to
# Filters that neither differ from time to time, nor let a text pass for a part of the document.
_FILTERS: Final = frozenset((
    "abs", "capitalize", "count", "d", "default", "e", "escape", "first", "float", "int", "join",
    "last", "length", "list", "lower", "replace", "reverse", "round", "select", "selectattr",
    "rejectattr", "sort", "string", "title", "trim", "truncate", "upper",
))  # fmt: skip


def bounded_filters(filters: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Those of the library's that may be used, each bounded."""
    own = {"join": _joined(filters["join"]), "replace": _replaced(filters["replace"]),
           "round": _rounded(filters["round"])}  # fmt: skip
    return {name: _bounded(own.get(name, filters[name])) for name in _FILTERS}


def _size(made: Any) -> int:
    return len(made) if isinstance(made, Sized) else 0


def _check_size(size: int) -> None:
    if size > MOST_IN_TEXT:
        raise SecurityError(f"a text has more than {MOST_IN_TEXT:,} characters")


def _bounded(work: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, neither given nor giving more than fits."""

    @wraps(work)  # which keeps what the library notes on it
    def bounded(*given: Any, **named: Any) -> Any:
        for one in given:
            if isinstance(one, str | list | tuple):
                _check_size(len(one))
        made = work(*given, **named)
        _check_size(_size(made))
        return made

    return bounded


def _joined(work: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(work)
    def joined(context: Any, value: Iterable[Any], d: str = "", attribute: Any = None) -> Any:
        held = list(islice(value, MOST_IN_TEXT + 1))
        _check_size(len(held) * max(1, len(str(d))))
        if attribute is None:
            _check_size(sum(_size(one) for one in held))
        return work(context, held, d, attribute)

    return joined


def _replaced(work: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(work)
    def replaced(context: Any, s: Any, old: str, new: str, count: int | None = None) -> Any:
        text, told = str(s), str(old)
        places = text.count(told) if told else len(text) + 1
        _check_size(len(text) + places * len(str(new)))
        return work(context, s, old, new, count)

    return replaced


def _rounded(work: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(work)
    def rounded(value: Any, precision: int = 0, method: str = "common") -> Any:
        if not -MOST_PLACES <= precision <= MOST_PLACES:
            raise SecurityError(f"round to at most {MOST_PLACES} places")
        return work(value, precision, method)

    return rounded
