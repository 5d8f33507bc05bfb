"""Times as people say them."""

from __future__ import annotations


def quoted(title: str) -> str:
    """A title as it stands in a sentence."""
    return f"\N{LEFT SINGLE QUOTATION MARK}{title}\N{RIGHT SINGLE QUOTATION MARK}"


def in_seconds(seconds: float | None) -> str:
    """A length of time that nobody can know exactly, in words; '' where nothing is known of it.

    >>> in_seconds(2.0), in_seconds(48.0), in_seconds(65.0), in_seconds(170.0)
    ('a few seconds', 'about 50 seconds', 'about a minute', 'about 3 minutes')
    """
    if seconds is None:
        return ""
    if seconds < 10.0:
        return "a few seconds"
    if seconds < 55.0:
        return f"about {10 * round(seconds / 10.0)} seconds"
    minutes = round(seconds / 60.0)
    return "about a minute" if minutes <= 1 else f"about {minutes} minutes"
