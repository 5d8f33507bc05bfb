"""Where a number comes from and whose money it is: sources, price years and who pays.

These look at the entry as it stands, so that they can speak up beside other mistakes.
"""

from __future__ import annotations

import math
import re

from familyflow.parameters import numerals
from familyflow.parameters.units import TOLERANCE, Unit
from familyflow.parameters.validation import Report
from familyflow.parameters.yaml_tree import Place, Scalar, Section, Wrong


def check_origin(section: Section, place: Place, report: Report) -> None:
    """Ask for a source, or for the reason of an assumption. Decisions need neither."""
    status = _text(section, "status")
    has_source = "source" in section.entries
    if _text(section, "role") == "decision" and not status and not has_source:
        return  # a choice needs no evidence
    if "status" not in section.entries:
        report.at(place, " has no 'status'", "Write verified, derived, recalled or assumed.")
    if "grade" not in section.entries:
        report.at(place, " has no 'grade'", "Grades run from A (best) to E.")
    if status == "assumed" and not _text(section, "note"):
        report.at(place, " is assumed but gives no reason", "Say why in 'note'.")
    if status in ("verified", "derived", "recalled") and not has_source:
        report.at(
            place,
            f" is {status} but has no source",
            "Add 'source: {title: ..., where: ..., year: ...}', or make it 'assumed' with the "
            "reason in 'note'.",
        )


def check_money(section: Section, unit: Unit, place: Place, report: Report) -> None:
    """Ask for a price year, and for shares of agencies that sum to 1."""
    year = section.entries.get("price_year")
    if unit.is_money and year is None:
        to_do = "State price_year, e.g. 'price_year: 2021/22'."
        report.at(place, " is money but has no price_year", to_do)
    if isinstance(year, Scalar) and not year.blank:
        try:
            check_year(year.text)
        except Wrong as wrong:
            report.value(year, wrong, "price_year")
    shares = section.entries.get("falls_on")
    if isinstance(shares, Section):
        _check_shares(shares, report)


def check_year(text: str) -> None:
    """Refuse what is not a financial year such as 2016/17. Raises Wrong."""
    found = re.fullmatch(r"([0-9]{4})/([0-9]{2})", text)
    if found and (int(found[1]) + 1) % 100 == int(found[2]):
        return
    year = re.match(r"[0-9]{4}", text)
    near = "For example 2016/17."
    if year:
        near = f"Did you mean {year[0]}/{(int(year[0]) + 1) % 100:02d}?"
    raise Wrong("is not a financial year", near)


def _check_shares(shares: Section, report: Report) -> None:
    try:
        numbers = [float(numerals.number(share)) for share in shares.entries.values()]
    except Wrong:
        return  # noted where the fields are read
    total = math.fsum(numbers)
    if any(number < 0.0 for number in numbers):
        report.at(shares.place, ".falls_on: a share is below 0")
    elif abs(total - 1.0) > TOLERANCE:
        what = f".falls_on: the shares sum to {numerals.neat(total)}, not 1"
        report.at(shares.place, what, numerals.short_or_beyond(total, 1.0))


def _text(section: Section, field: str) -> str:
    node = section.entries.get(field)
    return node.text.strip() if isinstance(node, Scalar) and not node.blank else ""
