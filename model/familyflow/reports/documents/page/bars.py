"""Bars that lie on one scale from nothing: cashable solid, the rest of a saving hatched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from familyflow.reports.documents.page.parts import CASH, GAIN, LOSS, NOT_CASH, PAID, Bar, Piece


@dataclass(frozen=True)
class Scale:
    """The pounds at both ends of every bar of a chart; nothing always lies between them."""

    low: float
    high: float

    def at(self, pounds: float) -> float:
        """Where pounds lie along the chart, 0 to 1.

        >>> Scale(-100.0, 300.0).at(0.0)
        0.25
        """
        return (pounds - self.low) / (self.high - self.low)


def scale_of(pounds: Iterable[float]) -> Scale:
    """The scale on which all of these and nothing can be drawn."""
    sums = [0.0, *pounds]
    low, high = min(sums), max(sums)
    return Scale(low, high if high > low else low + 1.0)


def paid(scale: Scale, pounds: float) -> Bar:
    """What somebody pays."""
    return _bar(scale, [(0.0, pounds, PAID)])


def saved(scale: Scale, pounds: float, cash: float | None) -> Bar:
    """What somebody saves: the cashable part solid, the rest hatched.

    cash: None where it is not told, and all is hatched. More is never drawn solid than is saved.
    """
    if pounds <= 0.0:
        return _bar(scale, [(0.0, pounds, LOSS)])
    solid = min(max(cash or 0.0, 0.0), pounds)
    return _bar(scale, [(0.0, solid, CASH), (solid, pounds, NOT_CASH)])


def net(scale: Scale, pounds: float) -> Bar:
    """A sum that may lie on either side of nothing."""
    return _bar(scale, [(0.0, pounds, GAIN if pounds >= 0.0 else LOSS)])


def _bar(scale: Scale, pieces: Iterable[tuple[float, float, str]]) -> Bar:
    drawn = []
    for begins, ends, look in pieces:
        start, end = sorted((scale.at(begins), scale.at(ends)))
        if end > start:
            drawn.append(Piece(round(start, 5), round(end - start, 5), look))
    return Bar(round(scale.at(0.0), 5), tuple(drawn))
