"""How fast each step of need comes: base rate, frailty, effect and detection, in whole units."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from familyflow.outcomes.exposure import NOT_EXPOSED, Exposure, years_faded
from familyflow.specification.by_draw import alike
from familyflow.specification.decisions import step_code
from familyflow.specification.plan import Chain
from familyflow.specification.variates import NEVER, units

Rates = tuple[int, ...]  # units a day for each step of the level, in table order
Factors = tuple[float, ...]

# the rates, how much of each is owed to detection (None: nothing), and the days for which they hold
Stretch = tuple[Rates, Rates | None, int]


class _Level(NamedTuple):
    """What changes the rates at one level: inner starts of bands and ages, and the service."""

    bands: tuple[int, ...]
    ages: tuple[int, ...]
    base: tuple[tuple[Factors, ...], ...]  # [band][age][step]
    upward: tuple[bool, ...]
    links: tuple[int, ...]
    detected: tuple[bool, ...]
    felt: tuple[int, ...]  # the steps on which the service acts
    feels_effect: bool
    feels_detection: bool


class StepRates:
    """A chain made ready to be asked often: neighbouring bands that do not differ are one.

    Of a block of draws: that differ in none of them.
    """

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self.steps = chain.steps
        self.codes = _codes(chain.steps)
        every = (*range(chain.effect.ndim - 4), -3, -2, -1)
        acts: list[bool] = np.any(chain.effect, axis=every).tolist()  # by link
        detects = not all(alike(factor, 1.0) for factor in chain.detection)
        self.levels = tuple(
            _level(chain, level, acts, detects) for level in range(len(chain.steps))
        )
        self.detection = (1.0, *chain.detection)  # the first holds before the first session
        self.most_sessions = chain.effect.shape[-3] - 1
        self.most_years = chain.effect.shape[-2] - 1
        self._kept: dict[tuple[int, int, int, int], Factors] = {}

    def kept(self, level: int, sessions: int, years: int, group: int) -> Factors:
        """The share of each step's rate that the effect leaves: 1 - effect."""
        key = (level, sessions, years, group)
        if key not in self._kept:
            effect = self.chain.effect
            self._kept[key] = tuple(
                1.0 - float(effect[link, sessions, years, group]) if link >= 0 else 1.0
                for link in self.levels[level].links
            )
        return self._kept[key]

    def codes_in_use(self) -> list[int]:
        """The decision codes of the steps whose rate is not 0 throughout."""
        return [
            code
            for level, codes in enumerate(self.codes)
            for place, code in enumerate(codes)
            if any(rates[place] for band in self.levels[level].base for rates in band)
        ]


class FamilyStepRates:
    """The rates of the steps of one family's children, whose frailty they share."""

    def __init__(self, table: StepRates, frailty: float) -> None:
        self.table = table
        self._frailty = frailty
        self._fragile: dict[tuple[int, int, int], tuple[Factors, Rates]] = {}
        self._known: dict[tuple[int, ...], tuple[Rates, Rates | None]] = {}

    def at(
        self, level: int, days_in_level: int, age_days: int, exposure: Exposure, day: int
    ) -> Stretch:
        """The rates on this day and for how many days they hold if the exposure does not change."""
        table = self.table
        bands, ages, _, _, _, _, _, feels_effect, feels_detection = table.levels[level]
        holds = NEVER
        band = age = sessions = years = group = schedule = 0
        if bands:
            band, holds = _band(bands, days_in_level)
        if ages:
            age, days = _band(ages, age_days)
            holds = days if days < holds else holds
        if exposure is not NOT_EXPOSED:
            if feels_effect:
                sessions = min(exposure.sessions, table.most_sessions)
                years, days = years_faded(exposure, day, table.most_years)
                group = int(exposure.group_done)
                holds = days if days < holds else holds
            if feels_detection and exposure.first_session >= 0:
                since = day - exposure.first_session
                schedule, days = _band(table.chain.detection_days, since)
                holds = days if days < holds else holds
        key = (level, band, age, sessions, years, group, schedule)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._rates(*key)
        return known[0], known[1], holds

    def _rates(
        self, level: int, band: int, age: int, sessions: int, years: int, group: int, schedule: int
    ) -> tuple[Rates, Rates | None]:
        """The products in their one order: base, frailty, what the effect leaves, detection."""
        table = self.table
        of_level, kept = table.levels[level], table.kept(level, sessions, years, group)
        factor = table.detection[schedule]
        fragile, unserved = self._unserved(level, band, age)
        rates, owed = list(unserved), [0] * len(unserved)
        for place in of_level.felt:
            rate = fragile[place] * kept[place]
            rates[place] = units(rate)
            if factor != 1.0 and of_level.detected[place]:
                owed[place] = units(rate * factor) - rates[place]
                rates[place] += owed[place]
        return tuple(rates), tuple(owed) if factor != 1.0 else None

    def _unserved(self, level: int, band: int, age: int) -> tuple[Factors, Rates]:
        """Rates per day, and in units, where the service does not act."""
        key = (level, band, age)
        if key not in self._fragile:
            of_level, frailty = self.table.levels[level], self._frailty
            # a more fragile family must not step down sooner: frailty is for steps up alone
            fragile = tuple(
                rate * frailty if up else rate
                for rate, up in zip(of_level.base[band][age], of_level.upward, strict=True)
            )
            self._fragile[key] = fragile, tuple([units(rate) for rate in fragile])
        return self._fragile[key]


@lru_cache(maxsize=16)  # the same in every draw, like what is acted on
def _codes(steps: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(step_code(level, to) for to in ends) for level, ends in enumerate(steps))


def _level(chain: Chain, level: int, acts: Sequence[bool], detects: bool) -> _Level:
    """acts: whether there is any effect, by link; detects: whether there is any detection."""
    by_band, upward = chain.rates[level], chain.upward[level]
    bands = _distinct(by_band)
    ages = _distinct(tuple(zip(*by_band, strict=True)))
    links, detected, felt = _acted_on(upward, chain.link[level], chain.detected[level])
    return _Level(
        bands=tuple([chain.band_starts[k] for k in bands[1:]]),
        ages=tuple([chain.age_starts[k] for k in ages[1:]]),
        base=tuple([tuple([by_band[k][j] for j in ages]) for k in bands]),
        upward=upward,
        links=links,
        detected=detected,
        felt=felt,
        feels_effect=any(link >= 0 and acts[link] for link in links),
        feels_detection=detects and any(detected),
    )


@lru_cache(maxsize=64)
def _acted_on(
    upward: tuple[bool, ...], link: tuple[int, ...], detected: tuple[bool, ...]
) -> tuple[tuple[int, ...], tuple[bool, ...], tuple[int, ...]]:
    """Links and detection by step, and the places of the steps on which either acts.

    They act on steps up and on no other.
    """
    links = tuple(k if up else -1 for k, up in zip(link, upward, strict=True))
    hastened = tuple(flag and up for flag, up in zip(detected, upward, strict=True))
    return links, hastened, tuple(k for k, one in enumerate(links) if one >= 0 or hastened[k])


def _distinct(table: Sequence[object]) -> tuple[int, ...]:
    """The places of a table at which something new begins."""
    return tuple([k for k in range(len(table)) if k == 0 or not alike(table[k], table[k - 1])])


def _band(starts: Sequence[int], at: int) -> tuple[int, int]:
    """How many bands have begun by `at`, and how far it is to the next start."""
    begun = bisect_right(starts, at)
    return begun, starts[begun] - at if begun < len(starts) else NEVER
