"""What only a unit cost has: payments that are transfers, parts, a price series, a database code.

These look at the entry as it stands, so that they can speak up beside other mistakes.
"""

from __future__ import annotations

import math

from familyflow.parameters import numerals
from familyflow.parameters.dates import last_day
from familyflow.parameters.origin import check_year
from familyflow.parameters.units import Unit
from familyflow.parameters.validation import Report
from familyflow.parameters.yaml_tree import Node, Scalar, Section, Wrong

FIELDS = ("transfer", "composed_of", "dated", "per_code")
_PAY = "GBP per full-time"


def check_unit_cost(section: Section, unit: Unit, report: Report) -> None:
    """Note what a unit cost says of itself that cannot be."""
    for field in FIELDS:
        if field in section.entries and not (unit.is_money and "value" in section.entries):
            what = f".{field}: only one sum of money has it; the unit is '{unit.name}'"
            report.at(section.names[field], what, f"Take '{field}' away.")
    if "dated" in section.entries and unit.name.startswith(_PAY):
        what = ".dated: on-costs of pay follow the rules of one year, so pay has one price year"
        report.at(section.names["dated"], what, "Take 'dated' away.")
    if "per_code" in section.entries and "code" not in section.entries:
        what = ".per_code: there is no code that it multiplies"
        report.at(section.names["per_code"], what, "Add 'code:', or take it away.")
    _check_code(section, report)
    _check_sunset(section, report)
    series = section.entries.get("dated")
    if isinstance(series, Section):
        _check_series(series, section, unit, report)


def _check_code(section: Section, report: Report) -> None:
    """A code is one of the database, or several joined by +, none of them empty."""
    code = section.entries.get("code")
    if not isinstance(code, Scalar) or "+" not in code.text:
        return
    if not all(part.strip() for part in code.text.split("+")):
        wrong = Wrong("a code is missing beside the '+'", "Write A+B, or one code alone.")
        report.value(code, wrong, "code")


def _check_sunset(section: Section, report: Report) -> None:
    sunset = section.entries.get("sunset")
    if isinstance(sunset, Scalar) and not sunset.blank:
        try:
            last_day(sunset.text.strip())
        except Wrong as wrong:
            report.value(sunset, wrong, "sunset")


def _check_series(series: Section, section: Section, unit: Unit, report: Report) -> None:
    """Every year is a year with a price above 0, and the entry's own figure is among them."""
    before = report.count
    prices = {year: _price(year, node, unit, report) for year, node in series.entries.items()}
    own, value = section.entries.get("price_year"), section.entries.get("value")
    if report.count > before or not isinstance(own, Scalar) or not isinstance(value, Scalar):
        return
    try:
        due = float(numerals.number(value))
    except Wrong:
        return  # noted where the value is read
    if own.text not in prices:
        what = f".dated: the entry's own price year {own.text} is not in the series"
        report.at(series.place, what, f"Add '\"{own.text}\": {numerals.neat(due)}'.")
    elif not math.isclose(prices[own.text], due, rel_tol=1e-9):
        wrong = Wrong(
            f"the entry's own value is {numerals.neat(due)}", "Give one figure for one year."
        )
        report.value(series.entries[own.text], wrong, f"dated[{own.text}]")


def _price(year: str, node: Node, unit: Unit, report: Report) -> float:
    try:
        check_year(year)
        price = float(numerals.number(node))
        if price <= 0.0:
            raise Wrong("a price is above 0")
        unit.check(price)
    except Wrong as wrong:
        report.value(node, wrong, f"dated[{year}]")
        return 0.0
    return price
