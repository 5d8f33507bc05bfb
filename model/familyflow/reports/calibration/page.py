"""The page of a calibration: what records tell, how well it fits, and what they do not tell."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from familyflow.records.cases import Records
from familyflow.records.curves import curves_of
from familyflow.records.estimate import NO_EFFECT, Estimates
from familyflow.records.suppress import in_words
from familyflow.records.tables import report_tables
from familyflow.reports.calibration.picture import svg_of, words
from familyflow.reports.documents.one_page import template
from familyflow.reports.documents.svg import inline

PACKAGE: Final = "familyflow.reports.calibration"
TEMPLATE: Final = "page.html.j2"
NAME: Final = "report.html"


def pages_of(records: Records, found: Estimates) -> dict[str, str]:
    """The page by the name of its file."""
    return {NAME: page_of(records, found)}


def page_of(records: Records, found: Estimates) -> str:
    """The page as HTML that needs nothing else; no row of the records, no count under 5."""
    pictures = [
        # safe as it stands: only shapes are left of it, and the words are escaped as attributes
        (Markup(inline(svg_of(curve), curve.name, words(curve))), words(curve))
        for curve in curves_of(records, found)
    ]
    still_open = sum(case.ended is None for case in records.cases)
    return template(PACKAGE, TEMPLATE).render(
        first=records.first.isoformat(),
        as_of=records.as_of.isoformat(),
        cases=in_words(len(records.cases)),
        still_open=in_words(still_open),
        weight=f"{found.prior_weight:g}",
        told=records.told,
        never=NO_EFFECT,
        tables=report_tables(records, found),
        pictures=pictures,
    )
