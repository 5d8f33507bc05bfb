"""The text of a parameter file that holds what was learnt from a service's own records.

What stands in it is rounded so that no count of families can be worked out from it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from textwrap import wrap
from typing import Final

from familyflow.records.estimate import NO_EFFECT, Estimate, Estimates, must_be_writable
from familyflow.records.suppress import in_words, rounded
from familyflow.scenarios.written import LONGEST_LINE, quoted

_PLAIN: Final = re.compile(r"[a-z_][a-z0-9_+]*")
_NOT_TEXT: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_UNDER: Final = "  "
_DIGITS, _DIGITS_OF_SD, _PLACES = 4, 2, 3  # significant digits; decimal places of a table


def parameter_file(
    estimates: Estimates, first: date, as_of: date, made_by: str = "familyflow calibrate"
) -> str:
    """The text, to be read by `--parameters` and `familyflow check`.

    first, as_of: the period of the records. made_by: what the first comment line names. Raises
    ValueError for a parameter that records can never tell.
    """
    lines = [
        f"# Local case records of {first.isoformat()} to {as_of.isoformat()}, made by {made_by}.",
        "# Each number holds the shipped one as well, with the weight that its reason states.",
        f"# {NO_EFFECT}",  # in one line, so that it is found
        "",
    ]
    for one in estimates.known:
        must_be_writable(one.key)
        lines += _entry(
            one, _reason(one, first, as_of, estimates.prior_weight), _source(first, as_of)
        )
    lines += ["", "# Not learnt, and why:"]
    for reason, keys in _by_reason(estimates).items():
        lines += ["#", *_comment(reason), *_comment(", ".join(keys), _UNDER)]
    return "\n".join(lines) + "\n"


def _by_reason(estimates: Estimates) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for missing in estimates.not_known:
        found.setdefault(missing.reason, []).append(missing.key)
    return found


def _comment(text: str, indent: str = "") -> list[str]:
    start = "# " + indent
    return wrap(text, LONGEST_LINE, initial_indent=start, subsequent_indent=start)


def _reason(one: Estimate, first: date, as_of: date, weight: float) -> str:
    return (
        f"Local records, {first.isoformat()} to {as_of.isoformat()}: {one.seen} "
        f"(n = {in_words(one.n)}, counts to the nearest 5). Prior weight {weight:g}: "
        f"{one.prior_words}."
    )


def _source(first: date, as_of: date) -> list[str]:
    """Where the numbers are from: monitoring of one service, together with what ships."""
    where = f"referrals of {first.isoformat()} to {as_of.isoformat()}"
    return [
        f"  source: {{title: Own case records, where: {quoted(where)}, year: {as_of.year}}}",
        "  grade: C",
        "  status: derived",
    ]


def _entry(one: Estimate, because: str, source: list[str]) -> list[str]:
    lines = [f"{one.key}:"]
    if one.is_table:
        rows = {row: figure.value for row, figure in one.posterior.items()}
        shares = (
            thousandths(rows)
            if one.distribution is not None or len(rows) > 1
            else {row: significant(share, _DIGITS) for row, share in rows.items()}
        )
        lines.append("  table:")
        lines += [f"    {_name(row)}: {share!r}" for row, share in shares.items()]
    else:
        lines.append(f"  value: {significant(one.written['value'], _DIGITS)!r}")
    for shape, settings in (one.distribution or {}).items():
        shown = ", ".join(f"{name}: {_setting(name, value)}" for name, value in settings.items())
        lines.append(f"  distribution: {{{shape}: {{{shown}}}}}")
    return [*lines, *source, f"  note: {quoted(because)}"]


def _setting(name: str, value: float) -> str:
    if name == "concentration":  # prior cases and counted ones: to the nearest 5 as other counts
        return str(rounded(value))
    return repr(significant(value, _DIGITS_OF_SD if name == "sd" else _DIGITS))


def significant(value: float, digits: int) -> float:
    """A number rounded to so many significant digits.

    >>> significant(0.0123456, 3)
    0.0123
    """
    return float(f"{value:.{digits}g}")


def thousandths(shares: Mapping[str, float]) -> dict[str, float]:
    """Shares rounded to three decimals that still sum to 1: the largest rests are rounded up.

    >>> thousandths({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3})
    {'a': 0.334, 'b': 0.333, 'c': 0.333}
    """
    whole = 10**_PLACES
    total = math.fsum(shares.values())
    exact = {row: share / total * whole for row, share in shares.items()}
    down = {row: math.floor(share) for row, share in exact.items()}
    rest = whole - sum(down.values())
    for row in sorted(exact, key=lambda row: down[row] - exact[row])[:rest]:
        down[row] += 1
    return {row: number / whole for row, number in down.items()}


def _name(row: str) -> str:
    return row if _PLAIN.fullmatch(row) and row not in _NOT_TEXT else quoted(row)
