"""What a form of a cost case has chosen so far, and the mistakes found on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from familyflow.web.levers import NotANumberError, number_in
from familyflow.web.mistakes import Told

Path = tuple[str | int, ...]  # of a choice in the file: names, and places in lists


@dataclass
class Choices:
    """What is set and assumed, the field behind each place in the file, and what is no number.

    unproven: what is changed that no evidence links to outcomes.
    """

    set: dict[str, Any] = field(default_factory=dict)
    assume: dict[str, Any] = field(default_factory=dict)
    fields: dict[Path, str] = field(default_factory=dict)
    problems: list[Told] = field(default_factory=list)
    unproven: list[str] = field(default_factory=list)

    def choose(self, key: str, value: Any, name: str) -> None:
        """Set a decision that was typed in the field of this name."""
        self.set[key] = value
        self.fields["set", key] = name

    def number(self, text: str, name: str, words: str) -> int | float | None:
        """What was typed, or None with the mistake noted."""
        try:
            return number_in(text)
        except NotANumberError:
            self.problems.append(Told(name, words))
            return None


def because(made: Choices, text: str, name: str, so: str) -> str:
    """The reason of a belief; a reader will ask, so its lack is a mistake."""
    if not text.strip():
        made.problems.append(Told(name, f"Say how you know that {so}: a reader will ask."))
    return text.strip() or "."
