"""Times as people say them."""

from __future__ import annotations


def quoted(title: str) -> str:
    """A title as it stands in a sentence."""
    return f"\N{LEFT SINGLE QUOTATION MARK}{title}\N{RIGHT SINGLE QUOTATION MARK}"


def in_seconds(seconds: float | None) -> str:
    """Roughly how long: 'a few seconds', 'about 40 seconds', 'about 3 minutes'; '' if not known.

    >>> in_seconds(2.0), in_seconds(38.0), in_seconds(170.0)
    ('a few seconds', 'about 40 seconds', 'about 3 minutes')
    """
    if seconds is None:
        return ""
    if seconds < 7.5:
        return "a few seconds"
    if seconds < 95:
        return f"about {max(10, 10 * round(seconds / 10))} seconds"
    return f"about {round(seconds / 60)} minutes"
