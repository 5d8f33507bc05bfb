"""A service of which records are made: planned once, lived through under as many seeds as wanted.

Made records are what a service in the shape of a scenario, at its stated values, would have
written: they show how a file looks, and whether what is learnt from records finds the values that
made them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from familyflow.experiments.engine_names import Engine
from familyflow.experiments.inputs import load_inputs, reference_values
from familyflow.families.family import Family
from familyflow.families.make_up import families_of
from familyflow.luck import Luck
from familyflow.outcomes.solve import Solved, solve
from familyflow.parameters.draws import base_values
from familyflow.planning.calendar import first_date
from familyflow.planning.plan import make_plan
from familyflow.problems import bad_input
from familyflow.service.engine import simulate
from familyflow.specification.journal import Rows, as_rows
from familyflow.specification.plan import LEVEL_NAMES, NEED_NAMES, Plan

_ONLY_DRAW = 0
Needs = tuple[int, int]  # as a bit mask, and the one that leads


@dataclass(frozen=True)
class RecordedService:
    """A plan, and what turns its numbers into the words and dates of case records.

    begins: the date of the first day of the funding term. Days follow one another as they do in
    the model, so that lengths are its own; its years have 365 days, so after a 29 February the
    years of the term begin a day earlier.
    """

    plan: Plan
    begins: date
    sources: Mapping[int, str]
    needs: Mapping[Needs, str]

    def date_of(self, day: int) -> date:
        """The date of a day of the engine."""
        return self.begins + timedelta(days=day - self.plan.first_day)

    def day_of(self, on: date) -> int:
        """The day of the engine on a date."""
        return self.plan.first_day + (on - self.begins).days

    @property
    def opened(self) -> date:
        """The first day on which a family may be referred: that of the warm-up, if there is one."""
        return self.date_of(0)

    @property
    def term_ends(self) -> date:
        """The day on which the term ends, and with it whatever is still open."""
        return self.date_of(self.plan.last_day)

    def level_of(self, family: Family) -> str:
        """The level of need of the children on arrival, in the word of the parameters."""
        return LEVEL_NAMES[family.level]


def recorded_service(
    scenario: str, sets: Sequence[str] = (), begins: date | None = None
) -> RecordedService:
    """The service of a scenario at its stated values.

    sets: as of `--set`. begins: in place of the first day of the scenario's first year. On a
    Monday the days of meetings are working days, as in the model. Raises InputError.
    """
    resolved = load_inputs(scenario, sets)
    values = base_values(resolved.parameters)
    (solved,) = solve([values], reference_values(resolved))
    return service_of(values, solved, begins)


def service_of(
    values: Mapping[str, Any], solved: Solved, begins: date | None = None
) -> RecordedService:
    """As `recorded_service`, of values by name and what is solved for them, of a draw or stated."""
    plan = make_plan(values, solved)
    if not plan.has_service:
        raise bad_input(
            "there is no service in this scenario, so it leaves no case records",
            "Choose a scenario with a service.",
            where="service.team.runs",
        )
    return RecordedService(
        plan=plan,
        begins=begins or first_date(values),
        sources={source.code: source.name for source in plan.sources},
        needs={_needs(key): key for key in values["families.needs.combinations"]},
    )


def lived_through(
    service: RecordedService, seed: int, engine: Engine = "compiled"
) -> tuple[list[Family], Rows]:
    """The families of one world and everything that happens with the service, in order.

    Days are those of the engine and families of a warm-up are among them. The same from either
    engine: the compiled one is quicker from the second seed on, the readable one compiles nothing.
    """
    luck = Luck(seed, _ONLY_DRAW)
    families = families_of(service.plan, luck)
    if engine == "simpy":
        return families, as_rows(simulate(service.plan, families, luck))
    from familyflow.compiled.engine import simulate as simulate_compiled

    _, rows = simulate_compiled(service.plan, families, luck)
    return families, rows


def _needs(key: str) -> Needs:
    listed = [NEED_NAMES.index(need) for need in key.split("+")]
    return sum(1 << need for need in listed), listed[0]
