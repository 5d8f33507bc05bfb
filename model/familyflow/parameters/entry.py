"""Reads one entry of a parameter file: the model checks its names, the rest is checked here.

The rules: a unit; exactly one of value, table and varies; a source, or the reason why it is only
assumed; a price year for money; a value that its unit and its own distribution allow.
"""

from __future__ import annotations

from familyflow.parameters.amounts import Amounts
from familyflow.parameters.models import LineModel, NumberModel, SourceModel
from familyflow.parameters.origin import check_money, check_origin
from familyflow.parameters.parameter import COSTS, SAVINGS, Parameter, Source
from familyflow.parameters.unit_cost_fields import check_unit_cost
from familyflow.parameters.units import Unit, unit_named
from familyflow.parameters.validation import Report, validated
from familyflow.parameters.yaml_tree import Place, Scalar, Section, Wrong
from familyflow.problems import Problems

_CHAIN = ("deadweight", "attribution", "drop_off", "profile", "prevalence", "engagement", "impact")
_SIMULATED = "comparator_arm"
_OF_COSTS = ("behaves", "type", "heading")
_OF_SAVINGS = ("share", "counterfactual", "cashable", "discount", "double_count_group",
               "disjoint", "evidence", "chain")  # fmt: skip


def read_entry(name: str, section: Section, place: Place, problems: Problems) -> Parameter | None:
    """The parameter of this name, or None with every mistake noted. `place` is its name's place."""
    report = Report(problems, name)
    if "quantity" in section.entries or "unit_cost" in section.entries:
        return _line(name, section, report)
    model = validated(NumberModel, section, report)
    unit = _unit(section, report)
    check_origin(section, place, report)
    if unit is None:
        return None
    _refuse_meaningless(section, unit, report)
    check_money(section, unit, place, report)
    check_unit_cost(section, unit, report)
    parts = Amounts(section, unit, report)
    parts.read(place)
    if model is None or report.count:
        return None
    return Parameter(
        name=name,
        value=parts.value,
        table=parts.table,
        varies=parts.varies,
        distribution=parts.distribution,
        source=_source(model.source),
        options=tuple(model.options or ()),
        columns=tuple(model.columns or ()),
        composed_of=tuple(model.composed_of or ()),
        **model.model_dump(
            include={
                "label", "unit", "grade", "status", "price_year", "note", "role", "kind",
                "falls_on", "code", "per_code", "transfer", "dated", "sums_to", "sunset",
                "lowest", "highest",
            }
        ),
    )  # fmt: skip


def _refuse_meaningless(section: Section, unit: Unit, report: Report) -> None:
    """Fields that this kind of entry cannot have: they would be left aside without a word."""
    is_number = unit.is_number and not unit.is_table
    for fields, has_meaning, due in (
        (("options",), unit.kind == "text", "only a text has options"),
        (("columns", "sums_to"), "table" in section.entries, "only a table has it"),
        (("lowest", "highest"), is_number, "only one number has it"),
    ):
        for field in (field for field in fields if field in section.entries and not has_meaning):
            what = f".{field}: {due}; the unit is '{unit.name}'"
            report.at(section.names[field], what, f"Take '{field}' away.")


def _unit(section: Section, report: Report) -> Unit | None:
    node = section.entries.get("unit")
    if not isinstance(node, Scalar) or node.blank:
        return None
    try:
        return unit_named(node.text)
    except Wrong as wrong:
        report.value(node, wrong, "unit")
        return None


def _source(model: SourceModel | None) -> Source | None:
    return None if model is None else Source(**model.model_dump())


def _line(name: str, section: Section, report: Report) -> Parameter | None:
    comparator = section.entries.get("counterfactual")
    is_simulated = isinstance(comparator, Scalar) and comparator.text == _SIMULATED
    if is_simulated:
        for field in (f for f in (*_CHAIN, "chain") if f in section.entries):
            what = f".{field}: this line is simulated, so the other arm already holds it"
            report.at(section.names[field], what, f"Take '{field}' away.")
    kept = {
        n: v for n, v in section.entries.items() if n not in (*_CHAIN, "chain") or not report.count
    }
    _refuse_of_the_other_account(name, section, report)
    model = validated(LineModel, Section(kept, section.names, section.place), report)
    if name.startswith(SAVINGS) and "counterfactual" not in section.entries:
        to_do = "Write comparator_arm where it is simulated; a chain says what deadweight is of."
        report.at(section.place, " has no 'counterfactual'", to_do)
    elif model is not None and not is_simulated:
        _chain_and_counterfactual(model, section, report)
    if model is None or report.count:
        return None
    fields = model.model_dump(exclude={"source"}, exclude_none=True)
    return Parameter(name=name, source=_source(model.source), **fields)


def _refuse_of_the_other_account(name: str, section: Section, report: Report) -> None:
    """What only a cost says on a line of saving, and the other way round, would have no effect."""
    for prefix, fields, of in ((SAVINGS, _OF_COSTS, "cost"), (COSTS, _OF_SAVINGS, "saving")):
        for field in (f for f in fields if f in section.entries and name.startswith(prefix)):
            what = f".{field}: it belongs to a line of {of} and has no meaning here"
            report.at(section.names[field], what, f"Take '{field}' away.")


def _chain_and_counterfactual(model: LineModel, section: Section, report: Report) -> None:
    """A saving is either simulated or a chain; what would have happened anyway must be said."""
    if model.chain is not None and model.counterfactual is None:
        report.at(
            section.names["chain"],
            " has no 'counterfactual'",
            "Say percentage_point (of all who take part), proportional (of achievers) or "
            "before_after: deadweight means something else in each.",
        )
    if model.chain is None and model.counterfactual is not None:
        report.value(
            section.entries["counterfactual"],
            Wrong("only a chain has it", "Add 'chain:', or write comparator_arm."),
            "counterfactual",
        )
