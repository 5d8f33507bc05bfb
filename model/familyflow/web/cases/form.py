"""The form of a cost case, as text: what was typed, or what the scenario it begins with has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.datastructures import FormData

from familyflow.parameters.draws import base_values
from familyflow.parameters.numerals import neat
from familyflow.planning.funding_checks import AGENCIES, ASKED_OF, FUNDERS, NOBODY
from familyflow.scenarios.resolve import Resolved
from familyflow.web.cases.team import TeamForm, sent_team, usual_team

YEARS: Final = "appraisal.term_years"
FIRST_YEAR: Final = "appraisal.first_year"
PRICE_YEAR: Final = "appraisal.price_year"
PAID_AS: Final = "funding.paid_as"
OVERHEAD: Final = "unit_costs.staff.overhead_share"
REFERRALS: Final = "families.referrals.suitable_per_year"
MOST_FUNDERS: Final = 4
YEARS_SHOWN: Final = 5  # columns for sums, or as many as the term has
MOST_YEARS_SHOWN: Final = 50
MOST_TEXT: Final = 1_000  # characters of a field that are kept
AS_PUBLISHED: Final = "published"
OUR_OWN: Final = "own"
LOTTERY: Final = "national_lottery_community_fund"
CHARITY: Final = "charity"
COUNCIL: Final = "local_authority_"
NOT_PUBLIC: Final = (CHARITY, "individuals")


@dataclass(frozen=True)
class Funder:
    """A row of funders. whose: the agency whose money it is; sums: by year, the first first."""

    name: str = ""
    whose: str = CHARITY
    sums: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed in it."""
        return not self.name.strip() and not any(one.strip() for one in self.sums)


@dataclass(frozen=True)
class CaseForm:
    """Every field as text. asked_of: the number of a row of funders, or nobody."""

    title: str
    years: str
    first_year: str
    paid_as: str
    asked_of: str
    funders: tuple[Funder, ...]
    overhead: str = AS_PUBLISHED
    overhead_share: str = ""
    overhead_because: str = ""
    referrals: str = ""
    referrals_because: str = ""
    team: TeamForm = field(default_factory=TeamForm)

    @property
    def years_shown(self) -> int:
        """For how many years sums can be typed."""
        return shown_years(self.years)


def shown_years(years: str) -> int:
    """Columns for sums where the term is so long as was typed."""
    typed = int(years) if years.isascii() and years.isdigit() and len(years) < 3 else 0
    return max(YEARS_SHOWN, min(typed, MOST_YEARS_SHOWN))


def usual(start: Resolved) -> CaseForm:
    """The form as a scenario fills it in."""
    values: dict[str, Any] = base_values(start.parameters)
    rows = [row for row in values[FUNDERS] if isinstance(row, Mapping)][:MOST_FUNDERS]
    names, asked = [str(row.get("funder", "")) for row in rows], str(values[ASKED_OF])
    overhead, referrals = start.choices.get(OVERHEAD), start.choices.get(REFERRALS)
    return CaseForm(
        title=start.title,
        years=neat(values[YEARS]),
        first_year=str(values[FIRST_YEAR]),
        paid_as=str(values[PAID_AS]),
        asked_of=str(names.index(asked)) if asked in names else NOBODY,
        funders=_filled_up([_funder(row) for row in rows]),
        overhead=AS_PUBLISHED if overhead is None else OUR_OWN,
        overhead_share="" if overhead is None else neat(100 * float(values[OVERHEAD])),
        overhead_because="" if overhead is None else overhead.because,
        referrals="" if referrals is None else neat(values[REFERRALS]),
        referrals_because="" if referrals is None else referrals.because,
        team=usual_team(start),
    )


def sent(form: FormData) -> CaseForm:
    """The form as it was sent."""

    def text(name: str) -> str:
        given = form.get(name, "")
        return given[:MOST_TEXT] if isinstance(given, str) else ""

    years = text("years")
    funders = [
        Funder(
            text(f"funder-{row}-name"),
            text(f"funder-{row}-whose"),
            tuple(text(f"funder-{row}-year-{year}") for year in range(MOST_YEARS_SHOWN)),
        )
        for row in range(MOST_FUNDERS)
    ]
    return CaseForm(
        title=text("title"),
        years=years,
        first_year=text("first_year"),
        paid_as=text("paid_as"),
        asked_of=text("asked_of"),
        funders=tuple(funders),
        overhead=text("overhead"),
        overhead_share=text("overhead_share"),
        overhead_because=text("overhead_because"),
        referrals=text("referrals"),
        referrals_because=text("referrals_because"),
        team=sent_team(form),
    )


def agencies(start: Resolved) -> list[tuple[str, str]]:
    """Whose money there is: the name of an agency and its title."""
    values: dict[str, Any] = base_values(start.parameters)
    return [(str(row["agency"]), str(row["title"])) for row in values[AGENCIES]]


def _funder(row: Mapping[str, Any]) -> Funder:
    by_year = {str(year): pounds for year, pounds in row.get("by_year", {}).items()}
    last = max((int(year) for year in by_year), default=-1)
    sums = tuple(
        f"{by_year[str(year)]:,}" if str(year) in by_year else "" for year in range(last + 1)
    )
    return Funder(str(row.get("funder", "")), _whose(row), sums)


def _whose(row: Mapping[str, Any]) -> str:
    """The agency of a row; where it names none, the one of which the same is true."""
    if row.get("agency"):
        return str(row["agency"])
    if row.get("lottery"):
        return LOTTERY
    if row.get("council"):
        return f"{COUNCIL}childrens_services"
    return "treasury" if row.get("public") else CHARITY


def _filled_up(funders: list[Funder]) -> tuple[Funder, ...]:
    return (*funders, *[Funder()] * (MOST_FUNDERS - len(funders)))
