"""The reviewer's pack of a run: one page for reading, two tables for working on, all generated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from markupsafe import Markup

from familyflow.reports.answer import headline
from familyflow.reports.commands import commands, verify_command
from familyflow.reports.documents.clean import clean
from familyflow.reports.documents.one_page import template
from familyflow.reports.documents.sentences import not_verified, rests_on
from familyflow.reports.documents.svg import inline
from familyflow.reports.review import (
    checks,
    decisions,
    good_practice,
    map_picture,
    model_map,
    ratings,
    stress,
    uncertainty,
    verified,
)
from familyflow.reports.review.csv_files import ASSUMPTIONS, PARAMETERS, csv_bytes
from familyflow.reports.review.kept import Reviewed, read_reviewed
from familyflow.reports.review.log import Assumption, by_file, log_of, look_first

PAGE: Final = "reviewers_pack.html"
STATUSES: Final = ("verified", "derived", "recalled", "assumed")
SIGN_OFF: Final = (
    "Analyst who ran it", "Analyst who checked it", "Owner of the evidence", "Commissioner",
    "Independent reviewer",
)  # fmt: skip
JOURNEY: Final = "journey"  # a figure of the run
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
MOST_OF_A_COMMAND: Final = 2_000


def review_files(run_folder: Path) -> dict[str, bytes]:
    """The files of the pack by name; the same run and verifications give the same bytes.

    Raises InputError (damaged, no run of one scenario), RefusedError (other code or inputs).
    """
    reviewed = read_reviewed(run_folder)
    found = verified.find_kept(run_folder.resolve().parent, reviewed.manifest.inputs)
    return files_of(reviewed, found)


def files_of(reviewed: Reviewed, found: verified.Found) -> dict[str, bytes]:
    """The files of a run that has been read, with the verifications found of its inputs."""
    log = log_of(reviewed)
    return {
        PAGE: page(reviewed, log, found).encode("utf-8"),
        "assumptions_log.csv": csv_bytes(log, ASSUMPTIONS),
        "parameters.csv": csv_bytes(log, PARAMETERS),
    }


def page(reviewed: Reviewed, log: Sequence[Assumption], found: verified.Found) -> str:
    """The page for reading, as HTML."""
    results = reviewed.results
    parts = model_map.parts()
    return template("familyflow.reports.review", f"{PAGE}.j2").render(
        results=results,
        manifest=reviewed.manifest,
        headline=headline(results),
        rests_on=rests_on(reviewed.told),
        commands=[clean(one, MOST_OF_A_COMMAND) for one in commands(reviewed.manifest.asked)],
        verify_command=clean(verify_command(reviewed.manifest.asked), MOST_OF_A_COMMAND),
        log=log,
        files=by_file(log),
        look_first=look_first(log),
        counts=_counts(log),
        unverified=_unverified(log),
        quality_rule=ratings.QUALITY_RULE,
        impact_rule=ratings.IMPACT_RULE,
        decisions=decisions.decisions(reviewed),
        structural=decisions.structural(reviewed),
        under=decisions.under_other_rules(results),
        uncertainty=uncertainty.statement(reviewed, log),
        left_out=not_verified(results)[1:],  # the first sentence counts what the log lists
        sums=checks.sums(results),
        beside=checks.beside_others(results),
        rough_sums=checks.rough_sums(results),
        aimed_at=[checks.aimed_at(row) for row in reviewed.reached],
        found=found,
        stress=stress.items(reviewed, log),
        stress_source=stress.SOURCE,
        practices=good_practice.PRACTICES,
        practices_source=good_practice.SOURCE,
        practices_met=Counter(one.met for one in good_practice.PRACTICES),
        parts=parts,
        picture=map_picture.picture(parts),
        sign_off=SIGN_OFF,
        journey=_journey(reviewed),
        when=when,
    )


def when(finished: str) -> str:
    """A moment as people read it.

    >>> when("2026-03-01T09:05:00+00:00")
    '1 March 2026, 09:05 UTC'
    """
    told = datetime.fromisoformat(finished).astimezone(UTC)
    return f"{told.day} {MONTHS[told.month - 1]} {told.year}, {told:%H:%M} UTC"


def _journey(reviewed: Reviewed) -> tuple[Markup, str] | None:
    """The chart of families through the service, drawn with its words; None in a run without."""
    for one in reviewed.told.pictures:
        if one.name == JOURNEY:
            # safe as it stands: only shapes are left of it, and the words are escaped
            return Markup(inline(one.svg, one.name, one.alt_text)), one.alt_text
    return None


def _counts(log: Sequence[Assumption]) -> dict[str, int]:
    """How many entries there are of each status, choices and lines apart."""
    counted = Counter(one.status or "none" for one in log)
    return {name: counted[name] for name in (*STATUSES, "none")}


def _unverified(log: Sequence[Assumption]) -> dict[str, list[Assumption]]:
    """The recalled and the assumed, the fewer first."""
    return {
        status: [one for one in log if one.status == status] for status in ("recalled", "assumed")
    }
