"""How what was seen of times lies beside the constant chance that the model has."""

from __future__ import annotations

import io

import numpy as np

from familyflow.records.curves import FitCurve
from familyflow.reports.figures import NO_TRACES
from familyflow.reports.style import PALETTE, chart_style, headings, new_figure
from familyflow.reports.words import share

_LINES = (("shipped", "--", PALETTE[2]), ("both together", "-", PALETTE[0]))


def svg_of(curve: FitCurve) -> str:
    """Points with their intervals, and the two curves of the model, as an SVG document."""
    with chart_style():
        figure, axes = new_figure()
        weeks = [point.week for point in curve.points]
        shares = np.array([point.share for point in curve.points])
        ends = np.array([[point.low, point.high] for point in curve.points]).T
        reach = np.nan_to_num(np.abs(ends - shares))
        axes.errorbar(
            weeks, shares, yerr=reach, fmt="o", ms=9, capsize=5, color=PALETTE[4],
            label="these records, 95 % interval", zorder=3,
        )  # fmt: skip
        at = np.linspace(0.0, 1.1 * max(weeks), 200)
        for (name, line, colour), rate in zip(_LINES, (curve.shipped, curve.both), strict=True):
            axes.plot(at, np.exp(-rate * at), ls=line, lw=2, color=colour, label=name)
        axes.set_ylim(0.0, 1.02)
        axes.set_xlim(left=0.0)
        axes.yaxis.set_major_formatter(lambda value, _: share(value))
        axes.set_xlabel("Weeks")
        axes.set_ylabel(f"Share {curve.still}")
        axes.legend(frameon=False, loc="lower left")
        headings(axes, words(curve), "Share of families, other endings counted as not seen")
        made = io.StringIO()
        about = {"Title": curve.name, "Description": words(curve), **NO_TRACES["svg"]}
        figure.savefig(made, format="svg", metadata=about)
    return made.getvalue()


def words(curve: FitCurve) -> str:
    """What the picture shows, from its numbers."""
    last = curve.points[-1]
    shipped, both = (float(np.exp(-rate * last.week)) for rate in (curve.shipped, curve.both))
    return (
        f"{curve.title}: {share(last.share)} after {last.week} weeks; "
        f"{share(both)} by both together, {share(shipped)} by the shipped number"
    )
