"""How large a chart is drawn, so that a page keeps its place before the chart is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_BOX: Final = re.compile(r'<svg [^>]*viewBox="0 0 (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)"')
_HEAD: Final = 1_000  # letters in which the first element stands


def size_of(file: Path) -> tuple[int, int] | None:
    """Width and height of an SVG file in hundredths of its unit; None where it does not tell them.

    A page asks for their ratio alone, which whole units would miss by enough to move what follows.
    """
    with file.open(encoding="utf-8") as text:
        found = _BOX.search(text.read(_HEAD))
    return None if found is None else (round(100 * float(found[1])), round(100 * float(found[2])))
