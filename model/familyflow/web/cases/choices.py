"""What the form of a cost case chooses and believes, by the keys of a scenario."""

from __future__ import annotations

from typing import Any, Final

from familyflow.parameters.draws import base_values
from familyflow.planning.funding_checks import ASKED_OF, FUNDERS, NOBODY
from familyflow.scenarios.resolve import Resolved
from familyflow.web.cases.form import (
    COUNCIL,
    FIRST_YEAR,
    LOTTERY,
    NOT_PUBLIC,
    OUR_OWN,
    OVERHEAD,
    PAID_AS,
    PRICE_YEAR,
    REFERRALS,
    YEARS,
    CaseForm,
    Funder,
)
from familyflow.web.cases.made import Choices, Path, because
from familyflow.web.cases.team_choices import team_choices
from familyflow.web.mistakes import Told, index
from familyflow.web.started import Started

FUNDER_ROW: Final = "funder-{}-{}"


def choices(form: CaseForm, start: Started) -> Choices:
    """Every choice of the form; what cannot be read is noted and left out."""
    made = Choices(fields={("title",): "title"})
    if not form.title.strip():
        made.problems.append(Told("title", "Give the project a name."))
    years = made.number(form.years, "years", "Give a whole number of years, such as 3.")
    if years is not None:
        made.choose(YEARS, years, "years")
    made.choose(FIRST_YEAR, form.first_year.strip(), "first_year")
    made.choose(PAID_AS, form.paid_as, "paid_as")
    year = _price_year(start.resolved)
    if start.parent is not None and year != _price_year(start.parent):
        made.set[PRICE_YEAR] = year
    _funders(made, form, year)
    team_choices(made, form.team, start.resolved, start.parent or start.resolved)
    _overhead(made, form)
    _referrals(made, form)
    return made


def _price_year(resolved: Resolved) -> str:
    return str(base_values(resolved.parameters)[PRICE_YEAR])


def _funders(made: Choices, form: CaseForm, price_year: str) -> None:
    rows: list[dict[str, Any]] = []
    for number, funder in enumerate(form.funders):
        if funder.is_blank:
            continue
        path: Path = ("set", FUNDERS, "table", len(rows))
        made.fields[path] = FUNDER_ROW.format(number, "name")
        made.fields[*path, "agency"] = FUNDER_ROW.format(number, "whose")
        rows.append(_row(made, number, funder, path))
    made.choose(FUNDERS, {"price_year": price_year, "table": rows}, FUNDER_ROW.format(0, "name"))
    if not rows:
        words = "Name at least one funder, with what it is asked for in each year."
        made.problems.append(Told(FUNDER_ROW.format(0, "name"), words))
    made.choose(ASKED_OF, _asked_of(made, form), "asked_of")


def _row(made: Choices, number: int, funder: Funder, path: Path) -> dict[str, Any]:
    """A row of the table of funders. Whose money it is follows from the agency."""
    whose, by_year = funder.whose, {}
    for year, text in enumerate(funder.sums):
        name = FUNDER_ROW.format(number, f"year-{year}")
        if not text.strip():
            continue
        words = f"Give the sum for year {year + 1} in pounds, such as 165,000."
        pounds = made.number(text, name, words)
        if pounds is not None:
            by_year[str(year)] = pounds
            made.fields[*path, "by_year", str(year)] = name
    first = FUNDER_ROW.format(number, "year-0")
    made.fields[*path, "by_year"] = first
    if not any(text.strip() for text in funder.sums):
        words = f"Give what {funder.name.strip()} pays in at least one year, 0 if nothing."
        made.problems.append(Told(first, words))
    if not funder.name.strip():
        words = "Name the funder whose sums these are, or take them away."
        made.problems.append(Told(FUNDER_ROW.format(number, "name"), words))
    return {
        "funder": funder.name.strip(),
        "agency": whose,
        "public": whose not in NOT_PUBLIC,
        "council": whose.startswith(COUNCIL),
        "lottery": whose == LOTTERY,
        "by_year": by_year,
    }


def _asked_of(made: Choices, form: CaseForm) -> str:
    if form.asked_of == NOBODY:
        return NOBODY
    row = index(form.asked_of, len(form.funders))
    if row is not None and form.funders[row].name.strip():
        return form.funders[row].name.strip()
    words = "Choose a funder who is named below, or nobody."
    made.problems.append(Told("asked_of", words))
    return NOBODY


def _overhead(made: Choices, form: CaseForm) -> None:
    if form.overhead != OUR_OWN:
        return
    words = "Give overheads as a percentage of direct pay, from 0 to 100, such as 15."
    share = made.number(form.overhead_share, "overhead_share", words)
    if share is not None and share > 100:
        made.problems.append(Told("overhead_share", words))
        share = None
    reason = because(made, form.overhead_because, "overhead_because", "the overheads are so")
    if share is not None:
        made.assume[OVERHEAD] = {"value": round(share / 100, 6), "because": reason}
        made.fields["assume", OVERHEAD] = "overhead_share"
        made.fields["assume", OVERHEAD, "because"] = "overhead_because"


def _referrals(made: Choices, form: CaseForm) -> None:
    if not form.referrals.strip():
        return
    words = "Give the families in figures, such as 80, or leave it empty."
    families = made.number(form.referrals, "referrals", words)
    reason = because(made, form.referrals_because, "referrals_because", "so many are referred")
    if families is not None:
        made.assume[REFERRALS] = {"value": families, "because": reason}
        made.fields["assume", REFERRALS] = "referrals"
        made.fields["assume", REFERRALS, "because"] = "referrals_because"
