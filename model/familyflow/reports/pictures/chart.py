"""What a chart is: a drawing that may find nothing to draw, and the words for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Results = Mapping[str, Any]
Tables = Mapping[str, pd.DataFrame]


class Chart(NamedTuple):
    """draw: axes, or None where there is nothing to draw. words: its alt text, from its numbers."""

    draw: Callable[[Results, Tables], Axes | None]
    words: Callable[[Results, Tables], str]
