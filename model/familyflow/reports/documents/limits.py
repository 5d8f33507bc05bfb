"""Where what a bid asks lies outside what the funder's programme pays, as far as is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from familyflow.planning.funding_checks import ASKED_OF, NOBODY
from familyflow.planning.funding_limits import LIMITS
from familyflow.reports.documents.clean import MOST_OF_A_NAME, clean
from familyflow.reports.documents.kept import Kept
from familyflow.reports.documents.lines import whole_pounds
from familyflow.reports.words import in_years

TOTAL: Final = "Total"
ASKS_NOTHING: Final = "The budget asks nothing of any funder"


def asked_of(kept: Kept) -> str:
    """The funder whom the budget asks; nobody also where the one named offers nothing at all."""
    named = _named(kept.parameters[ASKED_OF]["value"])
    return named if named in {_named(row["funder"]) for row in kept.results["funding"]} else NOBODY


def _named(funder: object) -> str:
    return clean(str(funder), MOST_OF_A_NAME)


def total_row(kept: Kept) -> Mapping[str, Any]:
    """The last row of the budget, in pounds as they are paid."""
    return next(row for row in kept.tables["budget"] if row["heading"] == TOTAL)


def outside_limits(kept: Kept) -> list[str]:
    """A sentence for each limit that the bid does not keep, and for what has no funder."""
    funder, total = asked_of(kept), total_row(kept)
    told = list(_asking(kept, funder, float(total["asked"])))
    if float(total["unfunded"]) >= 1.0:
        told.append(f"{whole_pounds(total['unfunded'])} of the budget has no funder yet.")
    return told


def _asking(kept: Kept, funder: str, asked: float) -> Iterator[str]:
    if funder == NOBODY or asked < 1.0:
        yield f"{ASKS_NOTHING}."
        return
    rows = kept.parameters.get(LIMITS, {}).get("table", ())
    known = next((row for row in rows if _named(row["funder"]) == funder), None)
    if known is None:
        yield f"What {funder} pays at least and at most is not known here, so it was not checked."
        return
    programme, term = _named(known["programme"]), kept.results["term_years"]
    if asked < known["least"]:
        least = whole_pounds(known["least"])
        yield f"The bid asks {whole_pounds(asked)}: {programme} pays {least} or more."
    if asked >= known["most_awards_under"]:
        most = whole_pounds(known["most_awards_under"])
        yield (
            f"The bid asks {whole_pounds(asked)}: most awards of {programme} are under {most} in "
            "all. Speak to the funder before asking for more."
        )
    if term > known["longest_years"]:
        yield (
            f"The bid runs for {in_years(term)}: {programme} pays for up to "
            f"{in_years(known['longest_years'])}."
        )
