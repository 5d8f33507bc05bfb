"""What the compiled engine refuses, it refuses in the words of the readable one."""

from typing import Any

import pytest
from tests.service.worlds import constant, family, listed, run_families, world

from familyflow.compiled.engine import draw_families, simulate
from familyflow.families.make_up import families_of
from familyflow.luck import Luck
from familyflow.problems import InputError
from familyflow.specification.variates import units

ALWAYS = units(16.0)  # a rate that rings on the next day
TOO_MANY_RETURNS: dict[str, Any] = {
    "last_day": 300,
    "in_term": (True,) * 301,
    "waiting__return_chance": 1.0,
    "waiting__days_until_return": constant(1),
    "key_work__sessions": constant(1),
}
TOO_MANY_PEOPLE: dict[str, Any] = {"team__leaving": ALWAYS, "team__vacancy_days": constant(1)}


@pytest.mark.parametrize("changes", [TOO_MANY_RETURNS, TOO_MANY_PEOPLE])
def test_both_engines_refuse_the_same_worlds_with_the_same_message(changes: dict[str, Any]) -> None:
    plan = world(**changes)
    with pytest.raises((OverflowError, InputError)) as readable:
        run_families(plan, family(0, 0))
    with pytest.raises(readable.type) as compiled:
        simulate(plan, [family(0, 0)], Luck(1))

    assert str(compiled.value) == str(readable.value)


def test_both_engines_refuse_more_children_than_the_luck_has_room_for() -> None:
    plan = world(sources=listed(0), make_up__children=(0.0,) * 16 + (1.0,))
    with pytest.raises(OverflowError) as readable:
        families_of(plan, Luck(1))
    with pytest.raises(OverflowError) as compiled:
        draw_families(plan, Luck(1))

    assert str(compiled.value) == str(readable.value)
