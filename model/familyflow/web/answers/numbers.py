"""Every number of the model: how large, how sure, from where, and changed by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from familyflow.experiments.options.load import Option
from familyflow.parameters.explain import cited
from familyflow.parameters.library import read_library
from familyflow.parameters.parameter import Parameter
from familyflow.problems import Problems
from familyflow.reports.documents.clean import MOST_OF_A_TITLE, clean
from familyflow.reports.review.kept import MOST_OF_A_NOTE, harmless, shown_file
from familyflow.scenarios.canonical import canonical
from familyflow.scenarios.resolve import BY_HAND
from familyflow.store import read_manifest
from familyflow.web.answers.in_words import doubt_told, line_told, value_told
from familyflow.web.answers.made_of import options_of
from familyflow.web.answers.runs import Finished

UNVERIFIED: Final = frozenset(("recalled", "assumed"))
MOST_OF_A_VALUE: Final = 2_000
READ: Final = 8  # comparisons whose numbers stand ready in memory
EVERYWHERE: Final = ""  # for whom a value holds, where it holds for every option


@dataclass(frozen=True)
class Number:
    """A number, text, table or line of the account.

    values: its value, by the options for which it holds (EVERYWHERE where all have the same).
    doubts: in what range it lies, likewise. is_line: it is no number but says
    what is counted and priced. changed: who changed it from what is shipped, and why.
    """

    key: str
    label: str
    values: tuple[tuple[str, str], ...]
    doubts: tuple[tuple[str, str], ...]
    price_year: str
    source: str
    grade: str
    status: str
    note: str
    changed: tuple[str, ...] = ()
    is_line: bool = False

    @property
    def is_unverified(self) -> bool:
        """Whether nobody has checked it against a source."""
        return self.status in UNVERIFIED

    @property
    def words(self) -> str:
        """Everything by which somebody may look for it, in small letters."""
        told = (self.key, self.key.replace("_", " "), self.label, self.source, self.note)
        return " ".join((*told, *(value for _, value in self.values))).casefold()


@dataclass(frozen=True)
class Filter:
    """Which numbers are asked for. text: every word of it must be found."""

    text: str = ""
    changed: bool = False
    unverified: bool = False

    def of(self, numbers: Iterable[Number]) -> list[Number]:
        """Those asked for, in their order."""
        wanted = self.text.casefold().split()
        return [
            one
            for one in numbers
            if (one.changed or not self.changed)
            and (one.is_unverified or not self.unverified)
            and all(word in one.words for word in wanted)
        ]


def groups_of(numbers: Iterable[Number]) -> dict[str, list[Number]]:
    """The numbers under the first words of their keys: 'Service: team'."""
    groups: dict[str, list[Number]] = {}
    for one in numbers:
        parts = [part.replace("_", " ") for part in one.key.split(".")[:-1][:2]]
        name = ": ".join(parts or ["other"])
        groups.setdefault(name[:1].upper() + name[1:], []).append(one)
    return groups


@cache
def shipped_numbers() -> tuple[Number, ...]:
    """Every number that comes with the model, in the order of their keys."""
    return tuple(_number({EVERYWHERE: one}, ()) for _, one in sorted(_shipped().items()))


def numbers_of(found: Finished) -> tuple[Number, ...] | None:
    """Every number of a comparison; None where its files are gone or not what they were then."""
    return _numbers_of(found.folder, found.manifest.content_hash)


@lru_cache(READ)
def _numbers_of(folder: Path, _: str) -> tuple[Number, ...] | None:
    options = options_of(read_manifest(folder))
    if options is None:
        return None
    keys = sorted({key for option in options for key in option.resolved.parameters})
    return tuple(_of_options(key, options) for key in keys)


def _of_options(key: str, options: Sequence[Option]) -> Number:
    """The number as each option has it, and who changed it."""
    titles = _titles(options)
    having = [option for option in options if key in option.resolved.parameters]
    held = {titles[one.name]: one.resolved.parameters[key] for one in having}
    return _number(held, tuple(_changes(key, having, titles)))


def _changes(key: str, options: Sequence[Option], titles: Mapping[str, str]) -> Iterator[str]:
    """Which option changed the number from what is shipped, where, and why."""
    before = canonical(_shipped()[key]) if key in _shipped() else None
    told: dict[str, list[str]] = {}
    for option in options:
        if canonical(option.resolved.parameters[key]) != before:
            told.setdefault(_how(key, option), []).append(titles[option.name])
    for how, names in told.items():
        yield f"{_whose(names, len(options)) or 'Every option'}: {how}"


def _whose(names: Sequence[str], of: int) -> str:
    """The options that have something, or EVERYWHERE where all of them have it."""
    return EVERYWHERE if len(names) == of else ", ".join(names)


def _how(key: str, option: Option) -> str:
    """Who changed a number for an option, and why."""
    choice = option.resolved.choices.get(key)
    if choice is not None and choice.where == BY_HAND:
        return "changed by hand for all options"
    because = f", because: {clean(choice.because)}" if choice and choice.because else ""
    return f"changed in {shown_file(option.resolved.spot(key).file)}{because}"


def _titles(options: Sequence[Option]) -> dict[str, str]:
    """What each option is called, by its name: its title, with its name where two share one."""
    titles = {one.name: clean(one.resolved.title, MOST_OF_A_TITLE) for one in options}
    told = list(titles.values())
    return {name: title if told.count(title) == 1 else f"{title} ({name})"
            for name, title in titles.items()}  # fmt: skip


def _number(held: Mapping[str, Parameter], changed: tuple[str, ...]) -> Number:
    """What is told of a number: values and ranges by option, the rest as the first has it."""
    made = {whose: harmless(one) for whose, one in held.items()}
    one = next(iter(made.values()))
    source = one.source
    return Number(
        key=one.name,
        label=one.label,
        values=tuple(_by_option(made, _value)),
        doubts=() if one.is_line else tuple(_by_option(made, doubt_told)),
        price_year=one.price_year or "",
        source=clean(cited(source), MOST_OF_A_NOTE) if source else "",
        grade=one.grade or "",
        status=one.status or "",
        note=one.note or "",
        changed=changed,
        is_line=one.is_line,
    )


def _value(one: Parameter) -> str:
    return line_told(one, _labels()) if one.is_line else value_told(one)


@cache
def _labels() -> Mapping[str, str]:
    """What numbers are called that come with the model: a line names its unit cost by it."""
    return {key: clean(one.label, MOST_OF_A_TITLE) for key, one in _shipped().items()}


def _by_option(
    made: Mapping[str, Parameter], words: Callable[[Parameter], str]
) -> Iterator[tuple[str, str]]:
    """Each thing that is said once, with the options for which it holds."""
    told: dict[str, list[str]] = {}
    for whose, one in made.items():
        told.setdefault(clean(words(one), MOST_OF_A_VALUE) or "none", []).append(whose)
    for text, names in told.items():
        yield _whose(names, len(made)), text


@cache
def _shipped() -> Mapping[str, Parameter]:
    return dict(read_library(None, Problems()))
