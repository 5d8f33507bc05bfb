"""The chart over the slider: places in use and families waiting, week by week, with holidays."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from markupsafe import Markup, escape

from familyflow.reports.journey.frames import Ints
from familyflow.reports.journey.story import Story
from familyflow.reports.journey.told import people
from familyflow.specification.variates import DAYS_IN_YEAR

HEIGHT: Final = 100  # of the inner drawing, which is stretched to the page's width
ROOM: Final = 1.08  # above the highest point


def strip(story: Story) -> Markup:
    """An SVG of the whole width: its lines stretch, its writing keeps its size."""
    top = ROOM * max(int(story.held.max()), int(story.waiting.max()), story.places, 1)
    places = _up(story.places, top)
    lines = (
        f'<path class="places" d="M0 {places}H{_last(story)}"/>'
        f'<path class="held" d="{_steps(story.held, top)}"/>'
        f'<path class="waiting" d="{_steps(story.waiting, top)}"/>'
    )
    inner = (
        f'<svg viewBox="0 0 {_last(story)} {HEIGHT}" preserveAspectRatio="none" width="100%" '
        f'height="{HEIGHT}">{_holidays(story)}{lines}</svg>'
    )
    return Markup(
        f'<svg class="strip" role="img" aria-label="{escape(alt_text(story))}" width="100%" '
        f'height="{HEIGHT + 24}">{inner}{_years(story)}'
        f'<text x="0" dx="5" y="{places}" dy="-4">{story.places} places</text>'
        f'<line id="now" x1="0%" x2="0%" y1="0" y2="{HEIGHT}"/></svg>'
    )


def alt_text(story: Story) -> str:
    """What the chart shows at the beginning, in the middle and near the end."""
    weeks = len(story.days) - 1
    told = [
        f"week {frame + 1}: {people(int(story.held[frame]))} with a key worker, "
        f"{int(story.waiting[frame])} waiting"
        for frame in sorted({0, weeks // 4, weeks // 2, 3 * weeks // 4, weeks - 1})
    ]
    return f"Line chart over {weeks} weeks, with {story.places} places. " + "; ".join(told) + "."


def _last(story: Story) -> int:
    return len(story.days) - 1


def _up(number: float, top: float) -> str:
    return f"{HEIGHT * (1 - number / top):.1f}"


def _steps(counts: Ints, top: float) -> str:
    """A line that holds its height through each week."""
    parts = [f"M0 {_up(int(counts[0]), top)}"]
    for frame, number in enumerate(counts[1:].tolist(), start=1):
        parts.append(f"H{frame}V{_up(number, top)}")
    return "".join(parts)


def _holidays(story: Story) -> str:
    bands, frame = [], 0
    for is_holiday, weeks in groupby(story.holidays, key=bool):
        wide = len(list(weeks))
        if is_holiday:
            bands.append(
                f'<rect class="holiday" x="{frame}" y="0" width="{wide}" height="{HEIGHT}"/>'
            )
        frame += wide
    return "".join(bands)


def _years(story: Story) -> str:
    """A tick where each year of the funding begins."""
    years = story.world.last_day // DAYS_IN_YEAR
    marks = []
    for year in range(years):
        left = f"{100 * year / years:.2f}%"
        word = f"Year {year + 1}" if years <= 6 else str(year + 1)
        marks.append(
            f'<line class="year" x1="{left}" x2="{left}" y1="0" y2="{HEIGHT + 22}"/>'
            f'<text x="{left}" dx="5" y="{HEIGHT + 19}">{word}</text>'
        )
    return "".join(marks)
