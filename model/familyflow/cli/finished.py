"""A finished experiment at the command line: its page and where it is kept, or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from familyflow.cli.output import one_line, say, say_json, warn


class Finished(Protocol):
    """What every experiment gives back."""

    @property
    def folder(self) -> Path:
        """Where it is kept."""

    @property
    def results(self) -> Mapping[str, Any]:
        """What its results.json holds."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader must know beside it."""

    @property
    def already_there(self) -> bool:
        """Whether it was made before, and only checked now."""

    def text(self) -> str:
        """The printed answer."""


def show_finished(result: Finished, *, as_json: bool) -> None:
    """Print it; warnings that stand on its page are not said twice."""
    warn(one for one in result.warnings if one not in result.results.get("warnings", ()))
    if as_json:
        say_json({**result.results, "folder": str(result.folder)})
        return
    say(result.text().rstrip("\n"))
    again = " (already there, checked and unchanged)" if result.already_there else ""
    say(f"\nFiles: {one_line(str(result.folder))}{again}")
