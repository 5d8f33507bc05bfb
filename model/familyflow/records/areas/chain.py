"""Numbers of the level-of-need chain made of an area's published figures.

The doubt that ships with a number is mostly about what the figure means for families like these; it
is kept in proportion. What is the area's own (few children, and years that differ) is added to it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from familyflow.parameters.distributions import Distribution
from familyflow.parameters.parameter import Parameter
from familyflow.records.areas.figures import BANDS, CARE_AGES, Figure
from familyflow.records.areas.measured import Measured, NotPublishedError

_CHAIN: Final = "outcomes.escalation."
_SIDE: Final = 1.959964  # standard deviations on each side of a 95 % interval
_TO_ENDS: Final = 3.0  # and to where a PERT ends
MONTHS: Final = (3, 6, 12, 24)  # at the ends of the bands


@dataclass(frozen=True)
class Number:
    """A number of the chain for an area.

    by_row: under "" for a single number. own: relative standard deviation from counts and years.
    sum: the arithmetic in words. used: every figure in it.
    """

    key: str
    by_row: Mapping[str, float]
    own: float
    sum: str
    used: tuple[Figure, ...]

    @property
    def is_table(self) -> bool:
        """Whether it is a table rather than one number."""
        return "" not in self.by_row


@dataclass(frozen=True)
class Chain:
    """All that an area's figures tell of the chain, and why they do not tell the rest."""

    area: str
    areas: tuple[str, ...]
    numbers: tuple[Number, ...]
    as_shipped: Mapping[str, str]


def chain_of_area(found: Measured, parameters: Mapping[str, Parameter]) -> Chain:
    """The chain for an area. parameters: those that ship, for what no figure tells."""
    numbers: list[Number] = []
    missing: dict[str, str] = {}
    for key, make in _MAKERS.items():
        try:
            made = make(found, parameters)
        except NotPublishedError as error:
            missing[key] = f"neither the area nor what it lies in has '{error}'"
            continue
        if len(found.areas) > 1 and {one.area for one in made.used} == {found.areas[-1]}:
            missing[key] = f"only figures of {shown(found.areas[-1])} are known"
            continue
        numbers.append(made)
    return Chain(found.areas[0], found.areas, tuple(numbers), {**missing, **_NEVER})


def referrals_in_need(found: Measured, other: Figure) -> tuple[float, tuple[Figure, ...]]:
    """Referrals found in need in the area of another count, with the figures that it is made of.

    Counts of two areas make no share; the share found in need may be of a wider area.
    """
    referrals = found.beside(other, "referrals")
    share, used = in_need_share(found)
    return referrals.value * share, (referrals, *used)


def in_need_share(found: Measured) -> tuple[float, tuple[Figure, ...]]:
    """Share of referrals found in need: neither closed at once nor assessed as not in need."""
    used = found.one("no_further_action_share"), found.one("not_in_need_share")
    return 1.0 - used[0].value - used[1].value, used


def survival(shares: Mapping[str, float]) -> dict[str, float]:
    """Share that lasts longer than the end of each band but the last, from shares by band.

    >>> survival({"0-3": 0.5, "3-6": 0.3, "6-12": 0.1, "12-24": 0.05, "24+": 0.05})
    {'3': 0.5, '6': 0.2, '12': 0.1, '24': 0.05}
    """
    longer, found = 1.0, {}
    for months, band in zip(MONTHS, BANDS, strict=False):
        longer -= shares[band]
        found[str(months)] = round(longer, 6)
    return found


def rates_of_leaving(lasting: Mapping[str, float]) -> dict[str, float]:
    """Rate per month within each band that gives these lengths; beyond the last, the last rate."""
    before, begin, found = 1.0, 0, {}
    for months, band in zip(MONTHS, BANDS, strict=False):
        after = lasting[str(months)]
        found[band] = math.log(before / after) / (months - begin)
        before, begin = after, months
    return {**found, BANDS[-1]: found[BANDS[-2]]}


def _share(part: float, whole: float, name: str) -> float:
    """A share that a belief can be about: of something, and neither none nor all of it."""
    if not 0.0 < part < whole:
        raise NotPublishedError(f"{name}, of which neither none nor all is so")
    return part / whole


def _own(found: Measured, *counts: float) -> float:
    """Relative standard deviation of a ratio of counts, and of figures from year to year."""
    return math.hypot(found.spread_between_years(), *(1.0 / math.sqrt(max(n, 1.0)) for n in counts))


def _universal(found: Measured, _: Mapping[str, Parameter]) -> Number:
    referred = found.one("children_referred")
    children = found.beside(referred, "children")
    share, used = in_need_share(found)
    value = _share(referred.value * share, children.value, "children_referred")
    told = f"{referred.value:,.0f} of {children.value:,.0f} referred x {share:.3f} in need"
    own = _own(found, referred.value * share)
    every = (referred, children, *used)
    return Number(_CHAIN + "universal_to_child_in_need", {"": value}, own, told, every)


def _to_plan(found: Measured, _: Mapping[str, Parameter]) -> Number:
    starts = found.one("plan_starts")
    in_need, used = referrals_in_need(found, starts)
    value = _share(starts.value, in_need, "plan_starts")
    told = f"{starts.value:,.0f} plans started / {in_need:,.0f} referrals found in need"
    return Number(_CHAIN + "child_in_need_to_plan", {"": value},
                  _own(found, starts.value), told, (starts, *used))  # fmt: skip


def _to_care(found: Measured, parameters: Mapping[str, Parameter]) -> Number:
    """In proportion to England's figure, from which the shipped number was rounded down."""
    shipped = _value(parameters, "child_in_need_to_care")
    onward = _value(parameters, "plan_to_care")
    here, used = _direct(found, onward)
    wide, _ = _direct(Measured(found.areas[-1:], found.figures), onward)
    told = (
        f"{used[0].value:,.0f} care starts / referrals found in need, less the route through a "
        f"plan, is {here:.4f} against {wide:.4f} in {shown(found.areas[-1])}; the shipped "
        f"{shipped:g} in that proportion"
    )
    return Number(_CHAIN + "child_in_need_to_care", {"": shipped * here / wide},
                  _own(found, used[0].value), told, used)  # fmt: skip


def _direct(found: Measured, onward: float) -> tuple[float, tuple[Figure, ...]]:
    starts = found.one("care_starts_not_alone")
    in_need, used = referrals_in_need(found, starts)
    plans = found.beside(starts, "plan_starts")
    name = "care_starts_not_alone, less those through a plan"
    return _share(starts.value - plans.value * onward, in_need, name), (starts, plans, *used)


def _lengths(measure: str, name: str) -> Callable[[Measured, Mapping[str, Parameter]], Number]:
    def made(found: Measured, _: Mapping[str, Parameter]) -> Number:
        used = found.rows(measure)
        lasting = survival({row: one.value for row, one in used.items()})
        if min(one.value for one in used.values()) <= 0.0 or min(lasting.values()) <= 0.0:
            raise NotPublishedError(f"{measure} with somebody in every band")
        told = "lasting longer than " + ", ".join(
            f"{months} months: {share:.3f}" for months, share in lasting.items()
        )
        rows = lasting if name.endswith("lengths") else rates_of_leaving(lasting)
        return Number(_CHAIN + name, rows, found.spread_between_years(), told,
                      tuple(used.values()))  # fmt: skip

    return made


def _care_leaving(found: Measured, _: Mapping[str, Parameter]) -> Number:
    stock, ended = found.rows("in_care"), found.rows("care_ended")
    if min(one.value for one in (*stock.values(), *ended.values())) <= 0.0:
        raise NotPublishedError("in_care and care_ended of somebody at every age")
    rates = {age: ended[age].value / stock[age].value for age in CARE_AGES}
    told = "; ".join(
        f"{ended[age].value:,.0f} / {stock[age].value:,.0f} at ages {age}" for age in CARE_AGES
    )
    used = (*stock.values(), *ended.values())
    least = min(one.value for one in ended.values())
    return Number(_CHAIN + "care_leaving", {**rates, "16-17": rates["10-15"]},
                  _own(found, least), f"{told}; at 16 and 17 as before", used)  # fmt: skip


def _proceedings(found: Measured, _: Mapping[str, Parameter]) -> Number:
    share = found.one("interim_care_order_share")
    starts = found.beside(share, "care_starts")
    _share(share.value, 1.0, "interim_care_order_share")
    told = f"legal status on starting: {100 * share.value:.0f} % of {starts.value:,.0f}"
    return Number(_CHAIN + "share_of_entries_with_proceedings", {"": share.value},
                  _own(found, starts.value * share.value), told, (share, starts))  # fmt: skip


_MAKERS: Final[Mapping[str, Callable[[Measured, Mapping[str, Parameter]], Number]]] = {
    _CHAIN + "universal_to_child_in_need": _universal,
    _CHAIN + "child_in_need_leaving": _lengths("episode_length_share", "child_in_need_leaving"),
    _CHAIN + "child_in_need_lengths": _lengths("episode_length_share", "child_in_need_lengths"),
    _CHAIN + "child_in_need_to_plan": _to_plan,
    _CHAIN + "child_in_need_to_care": _to_care,
    _CHAIN + "plan_leaving": _lengths("plan_length_share", "plan_leaving"),
    _CHAIN + "care_leaving": _care_leaving,
    _CHAIN + "share_of_entries_with_proceedings": _proceedings,
}
_NO_FIGURE: Final = "no authority publishes it"
_NEVER: Final = {
    _CHAIN + "universal_to_early_help": _NO_FIGURE,
    _CHAIN + "early_help_to_child_in_need": _NO_FIGURE,
    _CHAIN + "early_help_ends": _NO_FIGURE,
    _CHAIN + "plan_to_care": _NO_FIGURE,
    _CHAIN + "plan_to_child_in_need": _NO_FIGURE,
    _CHAIN + "care_leaves_home": "published for all ages together",
    _CHAIN + "residential_share": "published for all ages together, most of them teenagers",
    _CHAIN + "looked_after_months_19_24":
        "what becomes of such families without the service is in no authority's figures",
}  # fmt: skip


def _value(parameters: Mapping[str, Parameter], name: str) -> float:
    value = parameters[_CHAIN + name].value
    assert isinstance(value, (int, float))  # as it ships; a file of one's own is checked to be
    return float(value)


def shown(area: str) -> str:
    """The name of an area as it is written."""
    return area.replace("_", " ").title()


def doubt_about(shipped: Parameter, value: float, own: float) -> dict[str, dict[str, float]]:
    """The doubt of an area's number as a parameter file has it; {} if none ships.

    shipped: the number that it takes the place of. own: see Number.
    """
    doubt = shipped.distribution
    centre = shipped.value
    if not isinstance(doubt, Distribution) or not isinstance(centre, (int, float)):
        return {}
    low, high = doubt.extent if doubt.shape == "pert" else doubt.interval()
    out = own * (_TO_ENDS if doubt.shape == "pert" else _SIDE)
    low, high = (value * math.exp(step) for step in _wider(low / centre, high / centre, out))
    if doubt.shape == "pert":
        return {"pert": {"low": low, "mode": value, "high": min(high, 0.99)}}
    return {"beta": {"mean": value, "p2_5": low, "p97_5": min(high, 0.999)}}


def _wider(low: float, high: float, out: float) -> Iterator[float]:
    yield -math.hypot(math.log(low), out)
    yield math.hypot(math.log(high), out)
