"""The commissioner's one page: a single HTML file that needs nothing else and prints on one A4."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from familyflow.reports.answer import headline
from familyflow.reports.documents import sentences
from familyflow.reports.documents.kept import Kept, read_kept
from familyflow.reports.documents.lines import WIDE, economic, fiscal, reach, unit_costs
from familyflow.reports.documents.moves import movers
from familyflow.reports.documents.parties import MOST_ROWS, left_out, payers, savers
from familyflow.reports.documents.svg import inline
from familyflow.reports.words import window

TEMPLATE: Final = "one_page.html.j2"
MOST_WARNINGS: Final = 3


def one_page(run_folder: Path) -> str:
    """The page of a finished run, as HTML in UTF-8.

    Raises InputError where the folder holds no run of one scenario, or a damaged one.
    """
    return page_of(read_kept(run_folder))


def page_of(kept: Kept) -> str:
    """The page of what a run keeps."""
    results = kept.results
    paid, saved, found = payers(results, WIDE), savers(results, WIDE), movers(kept)
    return template("familyflow.reports.documents", TEMPLATE).render(
        results=results,
        headline=headline(results),
        one_service=sentences.one_service(results),
        window=window(results),
        interval=WIDE.words,
        payers=paid[:MOST_ROWS],
        more_payers=left_out(paid, "by_funder"),
        savers=saved[:MOST_ROWS],
        more_savers=left_out(saved, "by_agency"),
        reach=reach(results, WIDE),
        fiscal=fiscal(results, WIDE),
        economic=economic(results, WIDE),
        unit_costs=unit_costs(results, WIDE),
        after_the_grant=sentences.after_the_grant(results, WIDE),
        break_even=sentences.break_even(results),
        other_rules=sentences.other_rules(results),
        biggest=sentences.biggest(kept, found),
        rests_on=sentences.rests_on(kept),
        not_verified=sentences.not_verified(results),
        warnings=results["warnings"][:MOST_WARNINGS],
        more_warnings=max(0, len(results["warnings"]) - MOST_WARNINGS),
        pictures=[(one, _drawn(one.svg, one.name, one.alt_text)) for one in kept.pictures],
    )


def _drawn(svg: str, name: str, alt_text: str) -> Markup:
    # safe as it stands: only shapes are left of it, and the words are escaped as attributes
    return Markup(inline(svg, name, alt_text))


def template(package: str, name: str) -> Template:
    """A template that stands in a package: it escapes all that it is given, and misses nothing."""
    environment = Environment(
        loader=PackageLoader(package, "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
