"""The numbers that move the answer most: net saving where each is lowest, and where highest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from familyflow.reports.pictures.chart import Results, Tables
from familyflow.reports.pictures.swept import PLATE, in_unit, rows_of
from familyflow.reports.style import HATCH, PALETTE, SMALLEST, headings, source_of
from familyflow.reports.units import figure, figures_apart
from familyflow.reports.words import pounds, window

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHOWN: Final = 10
_THICK: Final = 0.3  # inches
_ENDS: Final = (("lowest", "ends", PALETTE[1], HATCH), ("highest", "begins", PALETTE[0], ""))

Mover = Mapping[str, Any]


def draw(results: Results, tables: Tables) -> Axes | None:
    """A bar to each end of each number, from the mean. None where no number moves the answer."""
    shown = results["movers"][:SHOWN]
    if not shown:
        return None
    axes, places = rows_of([name_of(one) for one in shown], least=3.4)
    axes.tick_params(axis="y", labelsize=SMALLEST)
    mean = results["money"]["net_saving"]["mean"]
    for place, mover in zip(places, shown, strict=True):
        _draw_bar(axes, place, mover, mean)
    axes.axvline(mean, color=PALETTE[4], lw=1.5)
    low, high = _limits(shown, mean)
    axes.set_xlim(low, high)
    if low < 0.0 < high:
        axes.axvline(0.0, color=PALETTE[2], lw=2, ls="--", zorder=1)
    in_unit(axes.xaxis, "GBP")
    axes.set_xlabel("Net saving")
    headings(axes, finding(results), _about(results), source_of(results, "movers"))
    return axes


def finding(results: Results) -> str:
    """The number that moves the answer most, and between what."""
    most = results["movers"][0]
    low, high = (most[f"net_saving_in_{end}_fifth"] for end in ("lowest", "highest"))
    return (
        f"Net saving moves most with \N{LEFT SINGLE QUOTATION MARK}{name_of(most)}"
        f"\N{RIGHT SINGLE QUOTATION MARK}: {pounds(low)} where it is lowest, {pounds(high)} where "
        "it is highest"
    )


def words(results: Results, tables: Tables) -> str:
    """Every number with both its ends."""
    told = "; ".join(
        f"{name_of(one)}: "
        + ", ".join(f"{pounds(one[f'net_saving_in_{end}_fifth'])} at {value}"
                    for (end, *_), value in zip(_ENDS, values(one), strict=True))
        for one in results["movers"][:SHOWN]
    )  # fmt: skip
    return f"Tornado chart. {finding(results)}. {told}. {_about(results)}"


def name_of(mover: Mover) -> str:
    """What people call a number; of a table, with the part."""
    return f"{mover['label']} ({mover['part']})" if mover["part"] else str(mover["label"])


def values(mover: Mover) -> tuple[str, str]:
    """The number where its lowest fifth ends and where its highest begins, as people read it."""
    low, high = mover["lowest_fifth_ends_at"], mover["highest_fifth_begins_at"]
    figures = figures_apart([low, high], mover["unit"])
    told = (figure(end, mover["unit"], figures) for end in (low, high))
    return tuple(f"{word} {text}" for word, text in zip(("up to", "from"), told, strict=True))  # type: ignore[return-value]


def _draw_bar(axes: Axes, place: float, mover: Mover, mean: float) -> None:
    """Both ends in one line; one above the other where they lie on the same side."""
    sides = [mover[f"net_saving_in_{end}_fifth"] - mean for end, *_ in _ENDS]
    apart = sides[0] * sides[1] > 0.0
    for k, ((_, _, colour, hatch), side, value) in enumerate(
        zip(_ENDS, sides, values(mover), strict=True)
    ):
        thick = _THICK * (0.7 if apart else 1.0)
        at = place + (k - 0.5) * thick if apart else place
        axes.barh(
            at, side, thick, left=mean, color=colour, hatch=hatch, edgecolor="white", linewidth=0.5
        )
        left = side < 0.0
        axes.annotate(
            value, (mean + side, at), xytext=(-5 if left else 5, 0), textcoords="offset points",
            ha="right" if left else "left", va="center", color=PALETTE[4], bbox=PLATE, zorder=3,
        )  # fmt: skip


def _limits(shown: Sequence[Mover], mean: float) -> tuple[float, float]:
    ends = [one[f"net_saving_in_{end}_fifth"] for one in shown for end, *_ in _ENDS] + [mean]
    span = (max(ends) - min(ends)) or 1.0
    return min(ends) - 0.28 * span, max(ends) + 0.28 * span


def _about(results: Results) -> str:
    more = len(results["movers"]) - SHOWN
    rest = f" {more} more in the results." if more > 0 else ""
    mean = results["money"]["net_saving"]["mean"]
    return (
        f"Net saving, present value, {results['price_year']} prices; savings {window(results)}: "
        "mean of the fifth of draws in which a number is lowest (hatched) and highest (solid), all "
        f"else varying. Line: mean of all, {pounds(mean)}. Numbers that luck alone would name are "
        f"left out.{rest}"
    )
