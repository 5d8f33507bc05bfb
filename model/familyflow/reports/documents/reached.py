"""Who the service reaches: of the families of each group that are referred, how many start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Any, Final, NamedTuple

from familyflow.experiments.family_groups import GROUPINGS, Grouping
from familyflow.reports.answer import FEWEST
from familyflow.reports.documents.kept import Row
from familyflow.reports.words import share

Results = Mapping[str, Any]
DRAWS: Final = "who_is_served_draws"  # where results.json says of how many draws it is told

# Each group: what its row is called, and what follows "families"
_WORDS: Final = {
    "all families": ("All families", ""),
    "domestic abuse": ("Domestic abuse", "with domestic abuse"),
    "no domestic abuse": ("No domestic abuse", "without it"),
    "parental substance misuse": ("Parental substance misuse", "with parental substance misuse"),
    "no parental substance misuse": ("No parental substance misuse", "without it"),
    "parental mental ill health": ("Parental mental ill health", "with parental mental ill health"),
    "no parental mental ill health": ("No parental mental ill health", "without it"),
    "one need": ("One of these needs", "with one need"),
    "two needs": ("Two of these needs", "with two needs"),
    "all three needs": ("All three needs", "with all three needs"),
    "1 child in scope": ("1 child of the age group", "with 1 child"),
    "2 children in scope": ("2 children", "with 2 children"),
    "3 children in scope": ("3 children", "with 3 children"),
    "4 or more children in scope": ("4 or more children", "with 4 or more children"),
    "minority ethnic": ("Minority ethnic", "of a minority ethnic group"),
    "not minority ethnic": ("Not minority ethnic", "of no minority ethnic group"),
    "needs an interpreter": ("Needs an interpreter", "who need an interpreter"),
    "needs no interpreter": ("Needs no interpreter", "who need no interpreter"),
    "universal services only": (
        "On arrival: universal services only", "who came with universal services only",
    ),
    "early help": ("On arrival: early help", "who came with early help"),
    "child in need": ("On arrival: child in need", "who came with a child in need"),
    "child protection plan": (
        "On arrival: child protection plan", "who came with a child protection plan",
    ),
}  # fmt: skip
_REST: Final = frozenset(  # what a short table leaves to the reader to take off
    {
        "no domestic abuse",
        "no parental substance misuse",
        "no parental mental ill health",
        "one need",
        "not minority ethnic",
        "needs no interpreter",
    }
)
_BY: Final = {  # what a grouping is called, where its name alone would not do
    "substance misuse": "parental substance misuse",
    "mental ill health": "parental mental ill health",
    "interpreter": "need for an interpreter",
}
_WHY: Final = {"level of need on arrival": " (places go first where the level of need is highest)"}


class Reached(NamedTuple):
    """A group: families, means of draws, and the share that starts with its interval.

    low and high: the Monte Carlo interval (95 %) of the share; None where one draw has none.
    """

    group: str
    referred: float
    started: float
    completed: float
    share: float
    low: float | None
    high: float | None

    @property
    def label(self) -> str:
        """What its row is called; a group that is not known here keeps its name."""
        return _WORDS.get(self.group, (self.group,))[0]

    @property
    def is_rest(self) -> bool:
        """Whether it is only what another group leaves."""
        return self.group in _REST


def reached(rows: Sequence[Row]) -> list[Reached]:
    """Every group of which a family was referred, from the rows of the run's table."""
    figures: dict[str, dict[str, Row]] = {}
    for row in rows:
        figures.setdefault(str(row["group"]), {})[str(row["figure"])] = row
    return [_reached(group, told) for group, told in figures.items() if _is_told(told)]


def draws_in_words(results: Results) -> str:
    """Of how many draws these are means, and why they are not quite those of the whole run."""
    seen, draws = results.get(DRAWS, 0), results["draws"]
    if seen == draws:
        return f"means of {draws:,} draws"
    return f"first {seen:,} of {draws:,} draws: close to the means above"


def finding(results: Results, rows: Sequence[Row]) -> list[str]:
    """Who starts less often than others; nothing is claimed where intervals overlap."""
    found = reached(rows)
    if found and results[DRAWS] < FEWEST:
        return ["Whether one of these groups starts less often cannot be told from so few draws."]
    apart, alike = _compared(found)
    told = [*_apart(apart), *_alike(alike)]
    return [" ".join(told)] if told else []


def widest(results: Results, rows: Sequence[Row]) -> str:
    """The widest difference that is sure, as a sentence; nothing where there is none."""
    apart, _ = _compared(reached(rows))
    if not apart or results[DRAWS] < FEWEST:
        return ""
    return f"{apart[0][:1].upper()}{apart[0][1:]}."


def _compared(found: Sequence[Reached]) -> tuple[list[str], list[str]]:
    """What tells families apart, the widest difference first; and groupings that do not."""
    by_name = {one.group: one for one in found}
    apart, alike = [], []
    for grouping in GROUPINGS[1:]:
        groups = [by_name[one] for one in grouping.groups if one in by_name]
        pairs = [pair for pair in permutations(groups, 2) if _is_surely_less(*pair)]
        if pairs:
            widest_pair = max(pairs, key=_gap)
            apart.append((_gap(widest_pair), _clause(grouping, *widest_pair)))
        elif len(groups) > 1:
            alike.append(_BY.get(grouping.name, grouping.name))
    return [clause for _, clause in sorted(apart, key=lambda one: -one[0])], alike


def _reached(group: str, told: Mapping[str, Row]) -> Reached:
    referred, started, completed = (
        float(told[f"families_{name}"]["mean"]) for name in ("referred", "started", "completed")
    )
    starting = told["share_starting"]
    low, high = (float(starting[end]) if starting[end] != "" else None for end in ("low", "high"))
    return Reached(group, referred, started, completed, float(starting["mean"]), low, high)


def _is_told(told: Mapping[str, Row]) -> bool:
    """Whether there is a mean: there is none of a group of which nobody was referred."""
    return bool(told["share_starting"]["mean"] != "")


def _gap(pair: tuple[Reached, Reached]) -> float:
    least, most = pair
    return most.share - least.share


def _is_surely_less(least: Reached, most: Reached) -> bool:
    return least.high is not None and most.low is not None and least.high < most.low


def _clause(grouping: Grouping, least: Reached, most: Reached) -> str:
    few, many = (_WORDS[one.group][1] for one in (least, most))
    return (
        f"of families {few} {share(least.share)} start, of those {many} {share(most.share)}"
        f"{_WHY.get(grouping.name, '')}"
    )


def _apart(clauses: Sequence[str]) -> list[str]:
    return [f"Not all who are referred start alike: {'; '.join(clauses)}."] if clauses else []


def _alike(names: Sequence[str]) -> list[str]:
    """The groupings by which nothing is claimed."""
    if not names:
        return []
    *first, last = names
    listed = f"{', '.join(first)} and {last}" if first else last
    return [f"By {listed} no difference is sure: the 95% intervals of the shares overlap."]
