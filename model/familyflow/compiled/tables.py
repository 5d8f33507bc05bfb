"""Turns the plans of a block of draws into flat arrays that the kernels can read."""

from __future__ import annotations

import math
import struct
from array import array
from collections.abc import Callable, Sequence
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
from familyflow.specification.by_draw import across, each, stacked
from familyflow.specification.plan import Chain, Outcome, Plan
from familyflow.specification.variates import Spread, units, units_of

Records = Any  # arrays of the records: fields are read and written by name
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_CODES = {np.dtype(np.int64).char: "q", np.dtype(np.float64).char: "d"}


class Tables(NamedTuple):
    """The plan of one draw as arrays, and the one record that says where they stand."""

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
    """Lists of every length, one after the other, by draw: numbers of one type."""

    def __init__(self, kind: type[np.int64] | type[np.float64]) -> None:
        self._type = np.dtype(kind)
        self._code = _CODES[self._type.char]
        self._pieces: list[npt.NDArray[Any]] = []  # (number,), or (draw, number)
        self._length = 0

    def add(self, numbers: Sequence[Any] | npt.NDArray[Any], axes: int = 1) -> tuple[int, int]:
        """Where these numbers stand: start and stop. axes: of a table, without that of draws."""
        table = numbers if isinstance(numbers, np.ndarray) else self._table_of(numbers)
        piece = table if axes == 1 else table.reshape(*table.shape[: table.ndim - axes], -1)
        self._pieces.append(piece)
        start = self._length
        self._length += piece.shape[-1]
        return start, self._length

    def joined(self, draws: int) -> Any:
        """All numbers (draw, number), and a 0, so that there is always one."""
        first = [piece if piece.ndim == 1 else piece[0] for piece in self._pieces]
        row = np.concatenate([*first, [0]], dtype=self._type, casting="same_kind")
        if draws == 1:
            return row[np.newaxis]
        pool, start = np.repeat(row[np.newaxis], draws, axis=0), 0
        for piece in self._pieces:
            stop = start + piece.shape[-1]
            if piece.ndim > 1:
                pool[:, start:stop] = piece
            start = stop
        return pool

    def _table_of(self, numbers: Sequence[Any]) -> npt.NDArray[Any]:
        if np.ndarray in map(type, numbers):
            return stacked(numbers)
        return np.array(array(self._code, numbers))


class _Pools:
    """The two pools of a plan."""

    def __init__(self) -> None:
        whole, real = self._both = _Pool(np.int64), _Pool(np.float64)
        self.add_whole, self.add_real = whole.add, real.add

    def joined(self, draws: int) -> tuple[Ints, Floats]:
        """All whole numbers, and all others."""
        whole, real = self._both
        return whole.joined(draws), real.joined(draws)


def make_tables(plan: Plan) -> Tables:
    """The plan of one draw as arrays. Raises OverflowError where the luck has no room for it."""
    return tables_by_draw(plan, 1)[0]


def tables_by_draw(plan: Plan, draws: int) -> list[Tables]:
    """The plan of a block of so many draws as arrays, for each of them.

    They are made for all at once: what is handed over is where each draw has its own.
    """
    pools = _Pools()
    rates = StepRates(plan.chain)
    numbers = _numbers(plan, rates, pools)
    rows = {
        "spreads": (records.SPREAD, map(_spread, _spreads_of(plan))),
        "scales": (records.SCALE, (_scale(plan, name) for name in records.SCALES)),
        "sources": (records.SOURCE, (_source(source, pools) for source in plan.sources)),
        "posts": (records.POST, (_fields(post) for post in plan.team.posts)),
        "programmes": (
            records.PROGRAMME,
            (_fields(one) | {"days": _dates(one.start_days, pools)} for one in plan.programmes),
        ),
        "activities": (
            records.ACTIVITY,
            (_fields(one) | {"days": _dates(one.days, pools)} for one in plan.activities),
        ),
        "levels": (
            records.LEVEL, (_level(rates, level, pools) for level in range(len(rates.levels)))
        ),
        "outcomes": (
            records.OUTCOME,
            (_outcome(outcome, pools) for outcome in plan.outcomes if is_simulated(outcome)),
        ),
    }  # fmt: skip
    arrays = {name: _records(kind, list(given), draws) for name, (kind, given) in rows.items()}
    arrays["whole"], arrays["real"] = pools.joined(draws)
    in_term = _whole(plan.in_term)
    for name in ("sources", "posts", "programmes", "activities", "outcomes"):
        numbers[name] = arrays[name].shape[1]
    numbers["in_term_address"] = in_term.ctypes.data
    for name, numbers_of in arrays.items():
        first, size = numbers_of.ctypes.data, numbers_of.strides[0]
        numbers[name + "_address"] = first + size * np.arange(draws) if draws > 1 else first
    plans = _records(records.PLAN, [numbers], draws)
    return [
        Tables(
            plan=plans[draw],
            in_term=in_term,
            **{name: numbers_of[draw] for name, numbers_of in arrays.items()},
        )
        for draw in range(draws)
    ]


def _records(kind: np.dtype[np.void], rows: Sequence[dict[str, Any]], draws: int) -> Records:
    """Records (draw, row); a field that holds several numbers is given as a list of them.

    What is the same in every draw is packed once, then columns are put in their places.
    """
    names, in_order, pack, single = _packer(kind)
    packed, columns = [], []
    for place, row in enumerate(rows):
        fields = in_order(row)
        if draws > 1:
            found = {name: _column(value) for name, value in zip(names, fields, strict=True)}
            columns += [(name, place, one) for name, one in found.items() if one is not None]
            fields = [
                value if one is None else [0] * one.shape[1] if one.ndim > 1 else 0
                for value, one in zip(fields, found.values(), strict=True)
            ]
        packed.append(pack(*fields[:single], *chain.from_iterable(fields[single:])))
    # ten times as quick as to let numpy fill in the fields
    table = np.frombuffer(bytearray().join(packed), kind)[np.newaxis]
    if draws > 1:
        table = np.repeat(table, draws, axis=0)
    for name, place, column in columns:
        # whole numbers are due in whole places: nothing is cut off
        np.copyto(table[name][:, place], column, casting="same_kind")
    return table


def _column(value: Any) -> npt.NDArray[Any] | None:
    """What differs between draws in a field: an array (draw,) or (draw, number); None if nothing.

    Numbers of a field are given as a list or a tuple of them.
    """
    if isinstance(value, (list, tuple)) and np.ndarray in map(type, value):
        return stacked(value)
    return value if isinstance(value, np.ndarray) else None


@lru_cache(maxsize=32)
def _packer(
    kind: np.dtype[np.void],
) -> tuple[tuple[str, ...], Callable[..., Any], Callable[..., bytes], int]:
    """A record's fields, what takes them from a row and packs their numbers, how many hold but one.

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
    return names, itemgetter(*names), code.pack, single


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
    found["effect_at"], _ = pools.add_real(of_need.effect, axes=4)
    found |= {
        "follow_days": of_need.follow_days,
        "most_sessions_felt": rates.most_sessions,
        "most_years_felt": rates.most_years,
        "longest_linger_days": max((one.linger_days for one in plan.activities), default=0),
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
    size = math.prod(of_need.effect.shape[-3:])
    return [link * size if link >= 0 else -1 for link in links]


def _outcome(outcome: Outcome, pools: _Pools) -> dict[str, Any]:
    sessions, years = outcome.effect.shape[-2:]
    feels_effect = bool(outcome.effect.any())
    if feels_effect:
        happens = units_of(across(outcome.happens, 2) * (1.0 - outcome.effect))
        happens_at, _ = pools.add_whole(happens, axes=2)
        most = happens.max(axis=(-2, -1))
    else:
        most = 0  # never asked for
        happens_at, _ = pools.add_whole(
            [each(units, outcome.happens)]
        )  # all that kernels read then
    return _fields(outcome) | {
        "ends": each(units, outcome.ends) if outcome.is_state else 0,
        "feels_effect": feels_effect,
        "happens_at": happens_at,
        "most_happens": most,
        "most_sessions": sessions - 1,
        "most_years": years - 1,
    }


def _padded(numbers: Sequence[Any], length: int) -> list[Any]:
    return [*numbers, *[0] * (length - len(numbers))]
