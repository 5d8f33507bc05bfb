"""The table of options as the page shows it: a column an option, a row a lever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from familyflow.parameters.explain import cited
from familyflow.parameters.numerals import neat
from familyflow.parameters.parameter import Parameter
from familyflow.scenarios.resolve import Resolved
from familyflow.web.drafts import Draft, OptionDraft, ready_made
from familyflow.web.known import base_of, scenario_of
from familyflow.web.levers import Lever, groups_of, levers_of, size_of_a_post, stated
from familyflow.web.mistakes import Told, by_field, field_id

WITHOUT_LIMIT = "0 or more"


@dataclass(frozen=True)
class Field:
    """One cell. value: as typed, or as the option's start has it. is_there: whether it has one."""

    id: str
    name: str
    value: str
    problem: str = ""
    is_there: bool = True
    is_changed: bool = False
    note: str = ""


@dataclass(frozen=True)
class Row:
    """A lever over all options. source: where its number is from, in a line."""

    id: str
    label: str
    hint: str
    key: str
    source: str
    cells: tuple[Field, ...]


@dataclass(frozen=True)
class Column:
    """An option's head. starts: what it may start from, as (name, title)."""

    number: int
    title: Field
    base: str
    base_title: str
    question: str
    grant: Field
    has_service: bool
    more: tuple[dict[str, Any], ...]


def columns(draft: Draft, told: list[Told]) -> list[Column]:
    """The head of every option."""
    return [_column(draft, number, option, told) for number, option in enumerate(draft.options)]


def rows(draft: Draft, told: list[Told]) -> list[Row]:
    """Every lever that any of the options has, each once."""
    bases = [scenario_of(draft, option.base) for option in draft.options]
    levers = {lever.field: lever for base in bases for lever in levers_of(base)}
    ordered = [one for one in levers.values() if one.field != "budget"]
    ordered += [one for one in levers.values() if one.field == "budget"]
    return [_row(lever, draft, bases, told) for lever in ordered]


def starts(draft: Draft) -> list[tuple[str, str]]:
    """What an option may start from: name and title, the draft's own first."""
    own = [(file.name, scenario_of(draft, file.name).title) for file in draft.scenarios]
    return own + [(name, base_of(name).title) for name in ready_made()]


def _column(draft: Draft, number: int, option: OptionDraft, told: list[Told]) -> Column:
    base = scenario_of(draft, option.base)
    title = _field(number, "title", option.title or base.title, told)
    more = tuple(
        {
            "key": _field(number, f"more{row}-key", one.key, told),
            "value": _field(number, f"more{row}-value", one.value, told),
            "price_year": _field(number, f"more{row}-price_year", one.price_year, told),
            "because": _field(number, f"more{row}-because", one.because, told),
        }
        for row, one in enumerate(option.more)
    )
    return Column(
        number, title, option.base, base.title, base.question,
        _field(number, "grant", option.grant, told), bool(stated(base)), more,
    )  # fmt: skip


def _row(lever: Lever, draft: Draft, bases: list[Resolved], told: list[Told]) -> Row:
    cells = []
    for number, (option, base) in enumerate(zip(draft.options, bases, strict=True)):
        now = stated(base)
        text = option.levers.get(lever.field, now.get(lever.field, ""))
        changed = lever.field in now and text.strip() != now[lever.field]
        cells.append(
            _field(
                number, lever.field, text, told,
                is_there=lever.field in now, is_changed=changed,
                note=groups_of(base, lever.field),
            )
        )  # fmt: skip
    parameter = bases[0].parameters[lever.key]
    size = size_of_a_post(bases[0]) if lever.field == "posts" else ""
    parts = (_unit(lever, parameter), _range(parameter), lever.hint, size)
    hint = ", ".join(part for part in parts if part)
    return Row(f"row-{lever.field}", lever.label, hint, lever.key, _source(parameter), tuple(cells))


def _field(
    number: int,
    name: str,
    value: str,
    told: list[Told],
    *,
    is_there: bool = True,
    is_changed: bool = False,
    note: str = "",
) -> Field:
    own = field_id(number, name)
    return Field(own, own, value, by_field(told).get(own, ""), is_there, is_changed, note)


def _unit(lever: Lever, parameter: Parameter) -> str:
    year = f" in {parameter.price_year} prices" if parameter.price_year else ""
    return f"{lever.unit}{year}"


def _range(parameter: Parameter) -> str:
    """What is allowed, as the loader has it; tables and spreads have none in one number."""
    if parameter.table is not None or parameter.varies is not None:
        return ""
    if parameter.lowest is None and parameter.highest is None:
        return WITHOUT_LIMIT
    low = neat(parameter.lowest) if parameter.lowest is not None else "0"
    return f"{low} or more" if parameter.highest is None else f"{low} to {neat(parameter.highest)}"


def _source(parameter: Parameter) -> str:
    """How sure it is and where it is from: a published source may hold less than the number."""
    told = cited(parameter.source) if parameter.source else parameter.note or ""
    return f"{parameter.status}: {told}" if told else str(parameter.status)
