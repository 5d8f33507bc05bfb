"""``verify``: the model's own checks on these very inputs, whatever the answer is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from familyflow.economics import price
from familyflow.economics.checks import identities
from familyflow.experiments.engines import announce, blocks_of, solver_of
from familyflow.experiments.inputs import Inputs, Progress, Settings, draw_inputs, load_inputs
from familyflow.experiments.pricing import ledger_inputs, quantities_in_order
from familyflow.experiments.quantities import EVENT, QUANTITY, WITH, WITHOUT, Rows
from familyflow.experiments.quantity_names import quantities_in
from familyflow.experiments.sampling import luck_of
from familyflow.experiments.simulation import simulate_draw
from familyflow.families.make_up import families_of
from familyflow.outcomes.effect_table import EFFECTS, TOTALS
from familyflow.outcomes.solve import solve
from familyflow.outcomes.without import without_arm
from familyflow.planning.outcomes import NAMES
from familyflow.planning.plan import make_plan
from familyflow.service.engine import simulate
from familyflow.specification.journal import Event, as_rows

DRAWS: Final = 3
ENDINGS: Final = (
    Event.SIGNPOSTED, Event.PASSED_UP, Event.DECLINED, Event.GAVE_UP_WAITING, Event.LEFT_LIST,
    Event.CLOSED_PLANNED, Event.CLOSED_DISENGAGED, Event.CLOSED_DISENGAGED_ON_CHANGE,
    Event.CLOSED_BY_SERVICE, Event.CLOSED_MOVED_AWAY, Event.CLOSED_REFERRED_UP,
    Event.CLOSED_TERM_ENDED,
)  # fmt: skip


@dataclass(frozen=True)
class Verified:
    """One check: what must hold, whether it does, and what was found where it does not."""

    name: str
    holds: bool
    found: str = ""


def verify(
    scenario: str,
    *,
    sets: Sequence[str] = (),
    parameter_files: Sequence[Path | str] = (),
    draws: int = DRAWS,
    seed: int | None = None,
    progress: Progress | None = None,
    say: Callable[[str], object] = lambda _: None,
) -> list[Verified]:
    """Every check, on so many draws of a scenario. Raises InputError for bad input."""
    resolved = load_inputs(scenario, sets, [Path(file) for file in parameter_files])
    settings = Settings(draws, 1, resolved.seed if seed is None else seed)
    settings.check()
    announce("compiled", say)
    show = progress or (lambda *_: None)
    inputs = draw_inputs(resolved, settings, show, solver_of("compiled", 1))
    found = [_solvers_agree(inputs)]
    for draw in range(draws):
        show("verifying", draw, draws)
        found += _of_draw(inputs, draw)
    found += [*_neutral(inputs), *_ledger(inputs), _threads(inputs)]
    show("verifying", draws, draws)
    return found


def _solvers_agree(inputs: Inputs) -> Verified:
    again = solve([*inputs.values], inputs.reference)
    return Verified(
        "effects solved in plain Python and by compiled code are the same to the last bit",
        again == list(inputs.solved),
    )


def _of_draw(inputs: Inputs, draw: int) -> Iterator[Verified]:
    """Both engines on one draw, row for row, and what must hold of the rows."""
    from familyflow.compiled.engine import simulate as compiled

    plan = make_plan(inputs.values[draw], inputs.solved[draw])
    luck = luck_of(inputs.settings, draw, 0)
    families = families_of(plan, luck)
    readable = as_rows(without_arm(plan, families, luck)), as_rows(simulate(plan, families, luck))
    for arm, ours, theirs in zip(
        ("without", "with"), readable, compiled(plan, families, luck), strict=True
    ):
        yield Verified(
            f"draw {draw}: both engines leave the same rows, {arm} the service",
            np.array_equal(ours, theirs),
            _first_difference(ours, theirs),
        )
    yield _every_referral_ends(readable[1], draw)
    yield _days_of_children(readable, draw)


def _first_difference(ours: Rows, theirs: Rows) -> str:
    both = min(len(ours), len(theirs))
    apart = np.flatnonzero((ours[:both] != theirs[:both]).any(axis=1))
    if len(apart):
        return f"{ours[apart[0]].tolist()} and {theirs[apart[0]].tolist()}"
    return "" if len(ours) == len(theirs) else f"{len(ours)} and {len(theirs)} rows"


def _every_referral_ends(rows: Rows, draw: int) -> Verified:
    referred = int((rows[:, EVENT] == Event.REFERRED).sum())
    ended = int(np.isin(rows[:, EVENT], ENDINGS).sum())
    return Verified(
        f"draw {draw}: every referral ends once",
        referred == ended,
        f"{referred} referrals and {ended} endings",
    )


def _days_of_children(arms: Sequence[Rows], draw: int) -> Verified:
    """Children are followed for the same days in both arms, whatever becomes of them."""
    days = [int(rows[rows[:, EVENT] == Event.CHILD_DAYS, QUANTITY].sum()) for rows in arms]
    return Verified(
        f"draw {draw}: children are followed for as many days with the service as without",
        days[0] == days[1] > 0,
        f"{days[0]:,} and {days[1]:,} days",
    )


def _neutral(inputs: Inputs) -> Iterator[Verified]:
    """Where the service changes nothing, nothing is saved, exactly."""
    values = {**inputs.base, **neutral_values()}
    (solved,) = solve([values], {**inputs.reference, **neutral_values()})
    yield Verified(
        "without an effect the solved ratios are 1", solved.links == (1.0, 1.0, 1.0),
        f"{solved.links}",
    )  # fmt: skip
    one = simulate_draw(values, solved, luck_of(inputs.settings, 0, 0))
    outcomes = [place for place, name in enumerate(quantities_in(values)) if name.is_outcome]
    fewer = one.quantities[WITHOUT][..., outcomes] - one.quantities[WITH][..., outcomes]
    yield Verified("without an effect nothing is saved, exactly", not fewer.any())


def neutral_values() -> Mapping[str, Any]:
    """Every number by which a service could change an outcome, at the value that changes none."""
    ratios = {f"outcomes.{name}.ratio": 1.0 for name in NAMES.values() if name != "domestic_abuse"}
    return {
        **{EFFECTS + name: 1.0 for name in TOTALS},
        **ratios,
        EFFECTS + "detection": 1.0,
        EFFECTS + "group_effect": 0.0,
        "outcomes.domestic_abuse.repeat_ratio": 1.0,
        "families.referrals.passed_up_anyway": 1.0,
        "outcomes.usual_support.displaced": 0.0,
    }


def _ledger(inputs: Inputs) -> Iterator[Verified]:
    """Pounds add up, by parts, by years, and priced by a second route."""
    names = quantities_in(inputs.base)
    for block in blocks_of(inputs, "compiled", 1, lambda *_: None, journal=False, months=False):
        values = inputs.values[block.first : block.first + len(block.quantities)]
        quantities = quantities_in_order(names, block.quantities)
        priced = price(ledger_inputs(inputs.resolved.parameters, values, quantities, names))
        for check in identities(priced):
            told = f"{check.found:,.6f} and {check.expected:,.6f}"
            yield Verified(check.name, check.passed, told)


def _threads(inputs: Inputs) -> Verified:
    runs = [
        next(blocks_of(inputs, "compiled", threads, lambda *_: None, journal=False, months=False))
        for threads in (1, 2)
    ]
    return Verified(
        "two threads leave the same quantities as one",
        np.array_equal(runs[0].quantities, runs[1].quantities),
    )
