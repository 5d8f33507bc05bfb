"""Turns the plan of one draw into flat arrays that the kernels can read."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from familyflow.compiled import records
from familyflow.luck import family_word
from familyflow.outcomes.other_outcomes import is_simulated
from familyflow.outcomes.step_rates import StepRates
from familyflow.specification.plan import Chain, Outcome, Plan
from familyflow.specification.variates import Spread, units, units_of

Records = Any  # arrays of the records: fields are read and written by name
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_CODES = {np.dtype(np.int64).char: "q", np.dtype(np.float64).char: "d"}


class Tables(NamedTuple):
    """One plan as arrays, and the one record that says where they stand."""

    plan: Records  # (1,): records.PLAN, what the kernels take
    spreads: Records  # in the order of records.SPREADS
    scales: Records
    sources: Records  # these and the following: in the plan's order
    posts: Records
    programmes: Records
    activities: Records
    levels: Records
    outcomes: Records
    in_term: Ints  # by engine day: 1 in term
    whole: Ints  # pool
    real: Floats  # pool


class _Pool:
    """Lists of every length, one after the other: numbers of one type, int64 or float64."""

    def __init__(self, kind: type[np.int64] | type[np.float64]) -> None:
        self._type = np.dtype(kind)
        self._code = _CODES[self._type.char]
        self._pieces: list[Any] = []  # whatever lends its bytes
        self._length = 0

    def add(self, numbers: Sequence[float] | Ints | Floats) -> tuple[int, int]:
        """Where these numbers stand: start and stop."""
        piece: Any
        if isinstance(numbers, np.ndarray):
            piece = np.ascontiguousarray(numbers, dtype=self._type).ravel()
        else:  # most are a few: an array of numpy would take longer to make than they to copy
            piece = array(self._code, numbers)
        self._pieces.append(piece)
        start = self._length
        self._length += len(piece)
        return start, self._length

    def joined(self) -> Any:
        """All numbers, and a 0, so that there is always one."""
        return np.frombuffer(bytearray().join([*self._pieces, bytes(8)]), self._type)


class _Pools:
    """The two pools of a plan."""

    def __init__(self) -> None:
        whole, real = self._both = _Pool(np.int64), _Pool(np.float64)
        self.add_whole, self.add_real = whole.add, real.add

    def joined(self) -> tuple[Ints, Floats]:
        """All whole numbers, and all others."""
        whole, real = self._both
        return whole.joined(), real.joined()


def make_tables(plan: Plan) -> Tables:
    """The plan as arrays. Raises OverflowError where the luck has no room for it."""
    pools = _Pools()
    rates = StepRates(plan.chain)
    numbers = _numbers(plan, rates, pools)
    sources = _records(records.SOURCE, (_source(source, pools) for source in plan.sources))
    programmes = _records(
        records.PROGRAMME,
        (_fields(each) | {"days": _dates(each.start_days, pools)} for each in plan.programmes),
    )
    activities = _records(
        records.ACTIVITY,
        (_fields(each) | {"days": _dates(each.days, pools)} for each in plan.activities),
    )
    levels = _records(
        records.LEVEL, (_level(rates, level, pools) for level in range(len(rates.levels)))
    )
    outcomes = _records(
        records.OUTCOME,
        (_outcome(outcome, pools) for outcome in plan.outcomes if is_simulated(outcome)),
    )
    whole, real = pools.joined()
    arrays = {
        "spreads": _records(records.SPREAD, map(_spread, _spreads_of(plan))),
        "scales": _records(records.SCALE, (_scale(plan, name) for name in records.SCALES)),
        "sources": sources,
        "posts": _records(records.POST, (_fields(post) for post in plan.team.posts)),
        "programmes": programmes,
        "activities": activities,
        "levels": levels,
        "outcomes": outcomes,
        "in_term": _whole(plan.in_term),
        "whole": whole,
        "real": real,
    }
    for name in ("sources", "posts", "programmes", "activities", "outcomes"):
        numbers[name] = len(arrays[name])
    for name, numbers_of in arrays.items():
        numbers[name + "_address"] = numbers_of.ctypes.data
    return Tables(plan=_records(records.PLAN, [numbers]), **arrays)


def _records(kind: np.dtype[np.void], rows: Iterable[dict[str, Any]]) -> Records:
    """An array of one record a row; fields that hold several numbers are given as lists of them."""
    in_order, pack, single = _packer(kind)
    packed = []
    for row in rows:
        fields = in_order(row)
        packed.append(pack(*fields[:single], *chain.from_iterable(fields[single:])))
    # ten times as quick as to let numpy fill in the fields
    return np.frombuffer(bytearray().join(packed), kind)


@lru_cache(maxsize=32)
def _packer(kind: np.dtype[np.void]) -> tuple[Callable[..., Any], Callable[..., bytes], int]:
    """What takes a record's fields from a row, what packs their numbers, how many hold but one.

    Those stand first, and every number takes eight bytes, so that nothing is left between them.
    """
    names = kind.names or ()
    counts = [kind[name].itemsize // 8 for name in names]
    code = struct.Struct(
        "".join(f"{n}{_CODES[kind[name].base.char]}" for n, name in zip(counts, names, strict=True))
    )
    single = sum(count == 1 for count in counts)
    assert code.size == kind.itemsize
    assert all(count == 1 for count in counts[:single])
    return itemgetter(*names), code.pack, single


def _fields(thing: object) -> dict[str, Any]:
    return vars(thing)


def _numbers(plan: Plan, rates: StepRates, pools: _Pools) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in (plan, plan.waiting, plan.team, plan.key_work, plan.make_up):
        found |= _fields(part)
    of_need, make_up = plan.chain, plan.make_up
    for name in ("children", "needs", "level", "weekdays", "minority_ethnic", "interpreter"):
        found[name] = pools.add_real(found[name])
    found["screening"] = pools.add_real(plan.waiting.screening)
    found["minutes_per_week"] = pools.add_real(make_up.minutes_per_week)
    for name in ("needs_masks", "needs_leading"):
        found[name] = pools.add_whole(found[name])
    found["detection"] = pools.add_real(of_need.detection)
    found["detection_days"] = pools.add_whole(of_need.detection_days)
    found["effect_at"], _ = pools.add_real(of_need.effect)
    found |= {
        "follow_days": of_need.follow_days,
        "most_sessions_felt": rates.most_sessions,
        "most_years_felt": rates.most_years,
        "longest_linger_days": max((each.linger_days for each in plan.activities), default=0),
        "complexity_by_level": _padded(make_up.complexity_by_level, records.LEVELS),
        "extra_sessions_by_level": _padded(plan.key_work.extra_sessions_by_level, records.LEVELS),
    }
    return found


def _source(source: Any, pools: _Pools) -> dict[str, Any]:
    family_word(source.code, 0)  # the luck must have room for it
    listed = source.days is not None
    numbers = sorted(source.days) if listed else source.cumulative
    return {"code": source.code, "is_listed": listed, "numbers": pools.add_whole(numbers)}


def _dates(days: Sequence[int], pools: _Pools) -> tuple[int, int]:
    return pools.add_whole(_in_order(tuple(days)))


@lru_cache(maxsize=256)
def _in_order(days: tuple[int, ...]) -> Ints:
    """These days, each once: most draws of a run have the same ones."""
    return np.array(sorted(set(days)), dtype=np.int64)


@lru_cache(maxsize=16)
def _whole(numbers: tuple[int, ...]) -> Ints:
    """These numbers as an array, which is the same one for every draw; nobody writes in it."""
    return np.array(numbers, dtype=np.int64)


def _spreads_of(plan: Plan) -> list[Spread]:
    """In the order of records.SPREADS."""
    waiting, key_work, team = plan.waiting, plan.key_work, plan.team
    return [
        waiting.patience_days,
        waiting.days_until_return,
        key_work.introductory_slots,
        key_work.sessions,
        key_work.closing_weeks,
        key_work.weeks_of_parent_support,
        key_work.weeks_of_outside_wait,
        team.vacancy_days,
        team.absence_days,
    ]


@lru_cache(maxsize=256)  # most do not differ between draws
def _spread(spread: Spread) -> dict[str, Any]:
    if spread.shape not in records.SHAPES:
        raise ValueError(f"there is no shape {spread.shape!r} for a length")
    return spread._asdict() | {"shape": records.SHAPES.index(spread.shape)}


def _scale(plan: Plan, name: str) -> dict[str, Any]:
    return dict(zip(records.SCALE.names or (), getattr(plan.measures, name), strict=True))


def _level(rates: StepRates, level: int, pools: _Pools) -> dict[str, Any]:
    """The level with neighbouring bands that do not differ made one, as `StepRates` has it."""
    of_level, steps = rates.levels[level], rates.steps[level]
    by_age = [rate for ages in of_level.base for steps in ages for rate in steps]
    rates_at, _ = pools.add_real(by_age)
    return {
        "steps": len(steps),
        "rates_at": rates_at,
        "ages": len(of_level.base[0]),
        "feels_effect": of_level.feels_effect,
        "feels_detection": of_level.feels_detection,
        "to": _padded(steps, records.MOST_STEPS),
        "code": _padded(rates.codes[level], records.MOST_STEPS),
        "upward": _padded(of_level.upward, records.MOST_STEPS),
        "detected": _padded(of_level.detected, records.MOST_STEPS),
        "link": _padded(_links(rates.chain, of_level.links), records.MOST_STEPS),
        "band_starts": pools.add_whole(of_level.bands),
        "age_starts": pools.add_whole(of_level.ages),
    }


def _links(of_need: Chain, links: Sequence[int]) -> list[int]:
    """Where each step's row of effects begins, counted from `effect_at`; -1 for none."""
    size = of_need.effect.size // max(1, len(of_need.effect))
    return [link * size if link >= 0 else -1 for link in links]


def _outcome(outcome: Outcome, pools: _Pools) -> dict[str, Any]:
    sessions, years = outcome.effect.shape
    feels_effect = bool(outcome.effect.any())
    if feels_effect:
        happens_at, _ = pools.add_whole(units_of(outcome.happens * (1.0 - outcome.effect)))
    else:
        happens_at, _ = pools.add_whole([units(outcome.happens)])  # all that kernels read then
    return _fields(outcome) | {
        "ends": units(outcome.ends) if outcome.is_state else 0,
        "feels_effect": feels_effect,
        "happens_at": happens_at,
        "most_sessions": sessions - 1,
        "most_years": years - 1,
    }


def _padded(numbers: Sequence[Any], length: int) -> list[Any]:
    return [*numbers, *[0] * (length - len(numbers))]
