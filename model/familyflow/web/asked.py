"""What a draft asks for: scenario files as anybody could have written them, checked as any are.

A mistake is told beside the field in which it was typed, in the words of `familyflow check`.
"""

from __future__ import annotations

import math
import re
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from familyflow.experiments.inputs import load_inputs
from familyflow.experiments.options.load import PRICE_YEAR, load_options
from familyflow.parameters.nearest import did_you_mean
from familyflow.parameters.parameter import Parameter
from familyflow.problems import InputError, Problem, Unlike, UnlikeError
from familyflow.scenarios.names import name_problem
from familyflow.scenarios.resolve import Resolved
from familyflow.scenarios.written import scenario_text
from familyflow.web import levers
from familyflow.web.drafts import Draft, More, OptionDraft, ready_made
from familyflow.web.known import scenario_of
from familyflow.web.mistakes import Told, field_id, in_words, of_file
from familyflow.web.told import quoted

LONGEST_STEM: Final = 40
MOST_READINGS: Final = 4
TERM: Final = "appraisal.term_years"
# where the command line says that a choice for all options stands, and which field it is here
OF_ALL: Final = {
    f"--set {TERM}": "term_years",
    "--price-year": "price_year",
    f"--set {PRICE_YEAR}": "price_year",
}
# what options must have in common and one field here settles: the field, and what it is called
SHARED: Final = {
    PRICE_YEAR: ("price_year", "Price year"),
    TERM: ("term_years", "Years of the service"),
}
_PLAIN: Final = re.compile(r"[^a-z0-9]+")
_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)


@dataclass
class Checked:
    """A draft that was looked at. files: name to text; scenarios: what `compare` is given.

    titles: of the scenarios; named: what the options are called on the page.
    """

    files: dict[str, str] = field(default_factory=dict)
    scenarios: list[str] = field(default_factory=list)
    parameter_files: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    problems: list[Told] = field(default_factory=list)
    sets: list[str] = field(default_factory=list)
    price_year: str | None = None

    def sets_alone(self) -> list[str]:
        """What all options share, as a single one of them is given it."""
        return [*self.sets, *([f"{PRICE_YEAR}={self.price_year}"] if self.price_year else [])]

    def asked(self) -> dict[str, Any]:
        """What a job is asked: its files, and which of them are scenarios and parameters."""
        return {
            "files": self.files,
            "scenarios": self.scenarios,
            "parameter_files": self.parameter_files,
            "sets": self.sets,
        }


def check(draft: Draft, *, is_one: bool = False) -> Checked:
    """Every option as a scenario file, with every mistake that `compare` would find.

    The loader looks at ranges first, and at what fits together only where those are kept: so what
    is wrong is taken out, and the rest is read again until nothing more is found.
    is_one: the options are looked at each by itself, not whether they can be compared.
    """
    found = _check_once(draft, is_one=is_one)
    told = found.problems
    for _ in range(MOST_READINGS):
        if not told:
            break
        draft = _without(draft, {one.field for one in told})
        told = [
            one for one in _check_once(draft, is_one=is_one).problems if one not in found.problems
        ]
        found.problems += told
    return found


def _without(draft: Draft, fields: Collection[str]) -> Draft:
    """The draft without what stands in these fields."""
    options = []
    for number, option in enumerate(draft.options):
        levers_left = {
            name: text
            for name, text in option.levers.items()
            if field_id(number, name) not in fields
        }
        more = tuple(
            one
            if not any(f.startswith(f"{field_id(number, f'more{row}')}-") for f in fields)
            else More()
            for row, one in enumerate(option.more)
        )
        options.append(option.model_copy(update={"levers": levers_left, "more": more}))
    of_all = {name: "" for name in OF_ALL.values() if name in fields}
    return draft.model_copy(update={"options": tuple(options), **of_all})


def _check_once(draft: Draft, *, is_one: bool) -> Checked:
    found = Checked()
    for file in draft.scenarios:
        found.files[f"{file.name}.yaml"] = file.text
    for file in draft.parameter_files:
        found.files[f"{file.name}.yaml"] = file.text
        found.parameter_files.append(f"{file.name}.yaml")
    places: dict[str, dict[str, str]] = {}
    for number, option in enumerate(draft.options):
        _add(found, draft, number, option, places)
    found.price_year = draft.price_year.strip() or None
    if draft.term_years.strip():
        found.sets.append(f"{TERM}={draft.term_years.strip()}")
    found.problems += _as_read(found, places, is_one=is_one)
    return found


def _add(
    found: Checked,
    draft: Draft,
    number: int,
    option: OptionDraft,
    places: dict[str, dict[str, str]],
) -> None:
    """One option's file, or its name where nothing was changed."""
    base = scenario_of(draft, option.base)
    title = option.title.strip() or base.title
    found.named.append(title)
    made = _choices(found, number, option, base)
    is_own = option.base not in ready_made()
    start = f"{option.base}.yaml" if is_own else option.base
    is_changed = bool(made.sets or made.assumes)
    if not is_changed and title == base.title and start not in found.scenarios:
        found.scenarios.append(start)
        found.titles.append(title)
        places[start] = {}
        return
    if title == base.title and is_changed:
        title = f"{title}, changed"
    while title in found.titles:
        title = _counted(title)
    name = f"{_stem(title, {*found.files, *(f'{one}.yaml' for one in ready_made())})}.yaml"
    extends = f"./{start}" if is_own else start
    found.files[name] = scenario_text(
        extends, title, "" if is_changed else base.question, made.sets, made.assumes,
        unproven=made.unproven if is_changed else base.unproven,
    )  # fmt: skip
    found.scenarios.append(name)
    found.titles.append(title)
    places[name] = made.where


@dataclass(frozen=True)
class _Choices:
    """What an option sets and assumes by key, the field of each key, and what is unproven in it."""

    sets: dict[str, Any]
    assumes: dict[str, Any]
    where: dict[str, str]
    unproven: str


def _choices(found: Checked, number: int, option: OptionDraft, base: Resolved) -> _Choices:
    """What the option chooses, and the field of each key."""
    where: dict[str, str] = {}
    picked = levers.chosen(base, option.levers)
    sets = dict(picked.sets)
    for named in picked.not_numbers:
        words = levers.refusal(base, named, option.levers[named])
        found.problems.append(Told(field_id(number, named), _named(base, option, named, words)))
    crossed = levers.crossed(picked)
    if crossed:
        del sets[levers.SESSIONS]
        words = _named(base, option, "sessions_low", crossed)
        found.problems.append(Told(field_id(number, "sessions_low"), words))
    for lever in levers.levers_of(base):
        if lever.key in sets:
            where.setdefault(lever.key, field_id(number, lever.field))
    assumes: dict[str, Any] = {}
    for row, more in enumerate(option.more):
        if not any((more.key.strip(), more.value.strip(), more.because.strip())):
            continue
        _further(found, f"o{number}-more{row}", more, base, sets, assumes, where)
    return _Choices(sets, assumes, where, picked.unproven)


def _further(
    found: Checked,
    place: str,
    more: More,
    base: Resolved,
    sets: dict[str, Any],
    assumes: dict[str, Any],
    where: dict[str, str],
) -> None:
    key = more.key.strip()
    parameter = base.parameters.get(key)
    if parameter is None:
        near = did_you_mean(key, base.parameters) or "The page 'Evidence' lists every number."
        found.problems.append(Told(f"{place}-key", f"There is no number '{key}'. {near}"))
        return
    if key in where:
        found.problems.append(Told(f"{place}-key", f"'{key}' is changed twice. Keep one."))
        return
    where[key] = f"{place}-value"
    value = _value(more.value)
    if parameter.is_decision:
        sets[key] = _priced(value, more, parameter)
    else:
        told: dict[str, Any] = {"value": value}
        if more.price_year.strip():
            told["price_year"] = more.price_year.strip()
        if not more.because.strip():
            words = f"Say why '{key}' is believed to be so: it is no decision of yours."
            found.problems.append(Told(f"{place}-because", words))
            return
        assumes[key] = told | {"because": more.because.strip()}


def _priced(value: Any, more: More, parameter: Parameter) -> Any:
    year = more.price_year.strip()
    return {"value": value, "price_year": year} if year and parameter.is_single_sum else value


def _value(text: str) -> Any:
    """What was typed, as a number, yes or no, or words."""
    plain = text.strip().replace(",", "").removeprefix("£")
    if _NUMBER.fullmatch(plain) and math.isfinite(float(plain)):  # else the loader says what it is
        return float(plain) if "." in plain else int(plain)
    return {"yes": True, "no": False}.get(text.strip().lower(), text.strip())


def _as_read(
    found: Checked, places: Mapping[str, Mapping[str, str]], *, is_one: bool
) -> list[Told]:
    """What the loader says of the files, as it would on the command line."""
    with tempfile.TemporaryDirectory(prefix="familyflow-") as folder:
        for name, text in found.files.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        at = [str(Path(folder) / one) if one in found.files else one for one in found.scenarios]
        extra = [Path(folder) / one for one in found.parameter_files]
        try:
            if is_one or len(at) < 2:
                for one in at:
                    load_inputs(one, found.sets_alone(), extra)
            else:
                load_options(at, found.sets, extra, found.price_year)
        except InputError as error:
            return [_told(one, found, places) for one in error.problems]
        except UnlikeError as error:
            return [_unlike(one, found.titles) for one in error.unlike]
    return []


def _unlike(one: Unlike, titles: Sequence[str]) -> Told:
    """That options differ in what they must have in common, at the field that settles it."""
    told = "; ".join(f"{value} in {quoted(title)}"
                     for value, title in zip(one.values, titles, strict=True))  # fmt: skip
    words = f"These options cannot be compared as they are: the {one.words} is {told}."
    if one.key in SHARED:
        field, label = SHARED[one.key]
        to_do = f"Give all of them one: fill in {quoted(label)} here, such as {one.values[0]}."
        return Told(field, f"{words} {to_do}")
    to_do = (
        f"Give all of them one: under 'Further choices and beliefs' add {one.key} to each option, "
        f"with the value {one.values[0]}."
    )
    return Told("", f"{words} {to_do}")


def _told(problem: Problem, found: Checked, places: Mapping[str, Mapping[str, str]]) -> Told:
    """A problem beside its field: the key is that which stands at or above its line."""
    name = Path(problem.file).name
    if name in OF_ALL:
        return Told(OF_ALL[name], in_words(problem))
    if name in found.parameter_files:
        return Told("", of_file(problem))
    words = in_words(problem)
    number = found.scenarios.index(name) if name in found.scenarios else None
    option = "" if number is None else f"{found.named[number]}: "
    fields = places.get(name, {})
    lines = found.files.get(name, "").splitlines()[: problem.line]
    for line in reversed(lines):
        key = line.strip().removeprefix("- ").partition(":")[0].strip("'\"")
        if key in fields:
            return Told(fields[key], f"{option}{_in_our_words(words, key)}")
    if number is None:
        return Told("", words)
    return Told(field_id(number, "title"), f"{option}{words}")


def _in_our_words(words: str, key: str) -> str:
    """The same with the row's own name in place of its key, where it is one of the rows."""
    labels = [lever.label for lever in levers.LEVERS if lever.key == key]
    if not labels:
        return words
    words = words.replace(f" 'familyflow explain {key}' says why.", "")  # the row links to it
    label = quoted(labels[0] if len(labels) == 1 else labels[0].partition(",")[0])
    return (
        words.replace(f"{key}.varies", label).replace(f"{key} =", f"{label}:").replace(key, label)
    )


def _named(base: Resolved, option: OptionDraft, name: str, words: str) -> str:
    label = next((one.label for one in levers.levers_of(base) if one.field == name), name)
    return f"{option.title.strip() or base.title}, {label.lower()}: {words}"


def _counted(title: str) -> str:
    found = re.fullmatch(r"(.*) \(([0-9]+)\)", title)
    return f"{title} (2)" if found is None else f"{found[1]} ({int(found[2]) + 1})"


def _stem(title: str, taken: set[str]) -> str:
    """A file's name made of a title: plain letters, and one that is not taken."""
    plain = _PLAIN.sub("_", title.lower()).strip("_")[:LONGEST_STEM].strip("_")
    if not plain or name_problem(plain):
        plain = f"option_{plain}".strip("_")
    stem, number = plain, 2
    while f"{stem}.yaml" in taken:
        stem, number = f"{plain}_{number}", number + 1
    return stem


def option_alone(draft: Draft, number: int) -> Draft:
    """A draft of one of the options."""
    return draft.model_copy(update={"options": (draft.options[number],)})
