"""The page of an area's chain: each number beside the shipped one, the sums, and the figures."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from familyflow.parameters.parameter import Parameter
from familyflow.records.areas.chain import Chain, Number, shown
from familyflow.records.areas.figures import Figure
from familyflow.records.areas.written import NO_EFFECT, whose
from familyflow.records.parameter_file import significant
from familyflow.reports.calibration.page import NAME, PACKAGE
from familyflow.reports.documents.one_page import template
from familyflow.reports.documents.svg import inline
from familyflow.reports.figures import NO_TRACES
from familyflow.reports.style import PALETTE, chart_style, headings, new_figure

TEMPLATE: Final = "area.html.j2"
_LENGTHS: Final = "outcomes.escalation.child_in_need_lengths"
_DIGITS: Final = 3


@dataclass(frozen=True)
class Shown:
    """A table of texts."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def area_pages(chain: Chain, parameters: Mapping[str, Parameter]) -> dict[str, str]:
    """The page by the name of its file."""
    return {NAME: area_page(chain, parameters)}


def area_page(chain: Chain, parameters: Mapping[str, Parameter]) -> str:
    """The page as HTML that needs nothing else."""
    drawn = _lengths_drawn(chain, parameters)
    return template(PACKAGE, TEMPLATE).render(
        area=shown(chain.area),
        wider=[shown(area) for area in chain.areas[1:]],
        never=NO_EFFECT,
        pictures=[drawn] if drawn else [],
        tables=[
            Shown("The chain, beside the shipped numbers",
                  ("number", "shipped", shown(chain.area), "how", "figures of"),
                  tuple(_rows(chain, parameters))),
            Shown("As shipped, and why", ("number", "why"),
                  tuple((parameters[key].label, why) for key, why in chain.as_shipped.items())),
            Shown("Every figure used", ("figure", "value", "year", "of", "where", "grade"),
                  tuple(_figures(chain))),
        ],
    )  # fmt: skip


def _rows(chain: Chain, parameters: Mapping[str, Parameter]) -> Iterator[tuple[str, ...]]:
    for one in chain.numbers:
        shipped = parameters[one.key]
        for row, value in one.by_row.items():
            before = shipped.table[row] if one.is_table else shipped.value
            name = f"{shipped.label}: {row}" if row else shipped.label
            yield name, f"{before:g}", f"{significant(value, _DIGITS):g}", one.sum, whose(one)


def _figures(chain: Chain) -> Iterator[tuple[str, ...]]:
    used = dict.fromkeys(figure for one in chain.numbers for figure in one.used)
    for one in used:
        yield (_named(one), f"{one.value:,g}" if one.value < 1 else f"{one.value:,.0f}",
               str(one.year), shown(one.area), f"{one.source}: {one.where}", one.grade)  # fmt: skip


def _named(one: Figure) -> str:
    name = one.measure.replace("_", " ")
    return f"{name}, {one.row}" if one.row else name


def _lengths_drawn(chain: Chain, parameters: Mapping[str, Parameter]) -> tuple[Markup, str] | None:
    """How long children stay in need, beside what ships; None where no figure tells."""
    number = next((one for one in chain.numbers if one.key == _LENGTHS), None)
    if number is None:
        return None
    words = _words(number, parameters[_LENGTHS])
    with chart_style():
        figure, axes = new_figure()
        for name, rows, line, colour in (
            ("shipped (England)", parameters[_LENGTHS].table, "--", PALETTE[2]),
            (whose(number), number.by_row, "-", PALETTE[0]),
        ):
            months = [0, *map(int, rows)]
            axes.plot(months, [1.0, *rows.values()], ls=line, lw=2, marker="o", color=colour,
                      label=name)  # fmt: skip
        axes.set_xticks(months)
        axes.set_ylim(0.0, 1.02)
        axes.yaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f}%")
        axes.set_xlabel("Months")
        axes.set_ylabel("Share that lasts longer")
        axes.legend(frameon=False)
        headings(axes, words, "Child-in-need episodes that ended in the year, plans and care too")
        made = io.StringIO()
        about = {"Title": "lengths", "Description": words, **NO_TRACES["svg"]}
        figure.savefig(made, format="svg", metadata=about)
    # safe as it stands: only shapes are left of it, and the words are escaped as attributes
    return Markup(inline(made.getvalue(), "lengths", words)), words


def _words(number: Number, shipped: Parameter) -> str:
    at = "12"
    return (
        f"Of children who come to be in need, {100 * number.by_row[at]:.0f}% are so for more than "
        f"a year ({whose(number)}), against {100 * shipped.table[at]:.0f}% as shipped"
    )
