"""What a comparison itself knows of what would change its answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from familyflow.reports.answer import FEWEST
from familyflow.reports.comparison_sure import at_point, stretches
from familyflow.reports.documents import sentences
from familyflow.reports.documents.page.turning import given_up, turning_points
from familyflow.reports.pictures.labels import called, said
from familyflow.reports.words import share

Results = Mapping[str, Any]
_BEGINS: Final = "Break-even: "  # the heading says it


@dataclass(frozen=True)
class Table:
    """A table as it is read."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Known:
    """Sentences on what turns the order, what options give up and need; tables along axes."""

    turns: tuple[str, ...]
    gives_up: tuple[str, ...]
    breaks_even: tuple[str, ...]
    along: tuple[Table, ...]


def known(results: Results) -> Known:
    """What the results of a comparison say of what would change its answer."""
    return Known(
        turning_points(results),
        given_up(results),
        tuple(_breaks_even(results)),
        tuple(_along(results)),
    )


def _breaks_even(results: Results) -> Iterator[str]:
    """What each option with a service would need to pay for itself."""
    titles = said(results)
    for row in results["options"]:
        if row["option"] not in results["without_service"]:
            told = f"{sentences.break_even(row)} {sentences.worth_needed(row)}".strip()
            yield f"{titles[row['option']]}: {told.removeprefix(_BEGINS)}"


def _along(results: Results) -> Iterator[Table]:
    """Which option is best along each thing that a choice hangs on, and how likely it is."""
    names, is_rough = called(results), results["draws"] < FEWEST
    heads = ("At", "Best on the mean", *(() if is_rough else ("Chance that it is best",)))
    for axis in results["frontier"]:
        rows = []
        for part in stretches(axis["points"]):
            ends = dict.fromkeys(at_point(part[end]["at"], axis["unit"]) for end in (0, -1))
            chances = dict.fromkeys(share(part[end]["frontier"]) for end in (0, -1))
            told = (" to ".join(ends), names[part[0]["best_on_the_mean"]])
            rows.append((*told, *(() if is_rough else (" to ".join(chances),))))
        yield Table(f"Along the {axis['axis']}", heads, tuple(rows))
