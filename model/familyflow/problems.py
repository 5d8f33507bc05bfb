"""What is wrong with the input, said to a person: where, what, and what to do about it.

Readers collect every mistake they find and raise once, so that a user mends a file in one go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

MOST_SHOWN = 50
COMMAND_LINE = "command line"
Read = TypeVar("Read")
Instead = TypeVar("Instead")


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: the place (file, line and column; 0 means not known), what, and what to do."""

    file: str
    line: int
    column: int
    what: str
    to_do: str = ""

    def __str__(self) -> str:
        place = ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])
        return f"{place}: {self.what}" + (f"\n    {self.to_do}" if self.to_do else "")


class InputError(ValueError):
    """The input cannot be used. Carries every problem found; nothing was run or written."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        # SimPy and pickle make an error again from what it was made of
        super().__init__(self.problems)

    def __str__(self) -> str:
        count = len(self.problems)
        heading = f"{count} problem{'' if count == 1 else 's'} in the input"
        shown = [str(problem) for problem in self.problems[:MOST_SHOWN]]
        if count > MOST_SHOWN:
            shown.append(f"... and {count - MOST_SHOWN} more")
        return "\n\n".join([heading, *shown])


class MachineError(OSError):
    """This machine stands in the way: no space, no permission, a folder that went away."""

    exit_code = 4


class RefusedError(RuntimeError):
    """Results that must not be mixed (versions, terms, price years), or a folder in use."""

    exit_code = 5


@dataclass(frozen=True)
class Unlike:
    """What options do not have in common. values: that of each option, in their order."""

    key: str
    words: str
    values: tuple[str, ...]


class UnlikeError(RefusedError):
    """Options that cannot be set side by side. Carries everything in which they are unlike."""

    def __init__(self, said: str, unlike: Iterable[Unlike]) -> None:
        self.said, self.unlike = said, tuple(unlike)
        # pickle makes an error again from what it was made of
        super().__init__(said, self.unlike)

    def __str__(self) -> str:
        return self.said


@dataclass
class Problems:
    """Collects mistakes while files are read, then raises them together."""

    found: list[Problem] = field(default_factory=list)
    unread: set[tuple[str, int, int]] = field(default_factory=set)

    def add(self, file: str, line: int, column: int, what: str, to_do: str = "") -> None:
        """Note one mistake, unless it only follows from what could not be read there."""
        if (file, line, column) in self.unread:
            return
        problem = Problem(file, line, column, what, to_do)
        if problem not in self.found:
            self.found.append(problem)

    def add_unread(self, file: str, line: int, column: int, what: str, to_do: str = "") -> None:
        """Note a mistake after which nothing more is said of what stands there."""
        self.add(file, line, column, what, to_do)
        self.unread.add((file, line, column))

    def reading(
        self, instead: Instead, read: Callable[..., Read], *given: object
    ) -> Read | Instead:
        """What `read` makes of what was given; of a mistake, note it and go on with `instead`.

        >>> found = Problems()
        >>> found.reading(0, int, "7")
        7
        """
        try:
            return read(*given)
        except InputError as error:
            self.found += [one for one in error.problems if one not in self.found]
            return instead

    def raise_if_any(self) -> None:
        """Raise InputError with everything found, in the order of the files' lines."""
        if self.found:
            raise InputError(sorted(self.found))


def bad_input(what: str, to_do: str = "", *, where: str = COMMAND_LINE) -> InputError:
    """An InputError with a single problem that has no line in a file."""
    return InputError([Problem(where, 0, 0, what, to_do)])
