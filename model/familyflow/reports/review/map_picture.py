"""The map of the model drawn as shapes and words: who may use whom, from the top down."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import Final

from markupsafe import Markup

from familyflow.reports.review.model_map import Part
from familyflow.reports.style import PALETTE

_WIDTH: Final = 880
_BOX: Final = 40  # high
_STEP: Final = 56  # from one level to the next
_GAP: Final = 12
_EDGE: Final = 40  # left of the boxes, for the arrow
_SIZE: Final = 17  # of the words


def picture(parts: Sequence[Part]) -> Markup:
    """The map as an element for HTML: a row a level, each part may use those in rows below it."""
    levels = [list(held) for _, held in groupby(parts, key=lambda part: part.level)]
    height = _STEP * len(levels)
    drawn = [_arrow(height)]
    for row, held in enumerate(levels):
        width = (_WIDTH - _EDGE - 2 - _GAP * (len(held) - 1)) / len(held)
        drawn += [
            _box(part.name, _EDGE + place * (width + _GAP), row * _STEP + 4, width)
            for place, part in enumerate(held)
        ]
    # every name is escaped where it is drawn
    return Markup(
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(alt_text(parts))}">'
        f"{''.join(drawn)}</svg>"
    )


def alt_text(parts: Sequence[Part]) -> str:
    """What the picture shows, row by row from the top."""
    rows = [
        " and ".join(part.name for part in held)
        for _, held in groupby(parts, key=lambda part: part.level)
    ]
    return (
        f"The parts of the model in {len(rows)} rows; each uses only parts in rows below its own. "
        f"From the top: {'; '.join(rows)}."
    )


def _arrow(height: int) -> str:
    low = height - 12
    return (
        f'<line x1="14" y1="6" x2="14" y2="{low - 10}" stroke="{PALETTE[4]}" stroke-width="3"/>'
        f'<polygon points="4,{low - 12} 24,{low - 12} 14,{low}" fill="{PALETTE[4]}"/>'
    )


def _box(name: str, left: float, top: int, width: float) -> str:
    middle = left + width / 2
    return (
        f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{_BOX}" fill="#fff" '
        f'stroke="{PALETTE[0]}" stroke-width="2"/>'
        f'<text x="{middle:.1f}" y="{top + 26}" text-anchor="middle" font-size="{_SIZE}" '
        f'fill="#0b0c0c">{escape(name)}</text>'
    )
