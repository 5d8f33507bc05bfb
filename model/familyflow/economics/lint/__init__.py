"""What a reviewer of a cost case would object to, one rule a function.

A rule takes the facts of a case and yields what it finds. What would make a number wrong is
refused; the rest is a warning. A new rule is one function and one line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from familyflow.economics.lint import counting, effects, horizons, money
from familyflow.economics.lint.facts import Facts, Finding

Rule = Callable[[Facts], Iterator[Finding]]

RULES: Final[tuple[Rule, ...]] = (
    effects.before_and_after_as_compared,
    effects.comparison_without_a_study,
    effects.whole_change_credited,
    effects.ratio_before_and_after,
    effects.deadweight_unexplained,
    effects.deadweight_of_another_base,
    effects.netted_twice,
    counting.counted_twice,
    counting.several_prices_of_one_quantity,
    counting.service_as_a_saving,
    counting.units_that_do_not_meet,
    counting.lifetime_by_the_year,
    money.one_sided_transfer,
    money.transfer_unsaid,
    money.old_prices,
    money.past_sunset,
    money.not_the_sum_of_its_parts,
    horizons.budget_window,
    horizons.longer_than_published,
    horizons.never_fading,
)


def review(facts: Facts, rules: Iterable[Rule] = RULES) -> list[Finding]:
    """Everything the rules find, in their order."""
    return [finding for rule in rules for finding in rule(facts)]


__all__ = ["RULES", "Facts", "Finding", "Rule", "review"]
