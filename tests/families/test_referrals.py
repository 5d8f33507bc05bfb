"""Referrals: the right number on the right days, and the same family whatever the rate."""

from itertools import accumulate

import numpy as np

from familyflow.families.referrals import referral_days
from familyflow.luck import Luck
from familyflow.specification.plan import Source
from familyflow.specification.variates import units

DAYS = 1825


def _source(rates: list[float], code: int = 0) -> Source:
    sums = accumulate((units(rate) for rate in rates), initial=0)
    return Source("schools", code, tuple(sums), None)


def test_listed_days_are_kept_in_order():
    assert referral_days(Source("schools", 0, None, (14, 0, 7)), Luck(1)) == [0, 7, 14]


def test_a_level_rate_gives_poisson_numbers():
    yearly = 80.0
    source = _source([yearly / 365] * DAYS)

    counts = np.array([len(referral_days(source, Luck(5, draw))) for draw in range(300)])

    # mean 400 over five years; standard error sqrt(400 / 300); variance ratio sd sqrt(2 / 299)
    assert abs(counts.mean() - 400) < 4.79 * np.sqrt(400 / 300)
    assert abs(counts.var(ddof=1) / 400 - 1) < 4.79 * np.sqrt(2 / 299)


def test_seasons_move_referrals_to_their_days():
    # V40: 2 (1 + .5 sin(2 pi t / 52)) a week over 26 weeks is 68.552114 in all
    weekly = [2 * (1 + 0.5 * np.sin(2 * np.pi * ((d + 0.5) / 7) / 52)) for d in range(182)]
    source = _source([rate / 7 for rate in weekly])

    counts = np.array([len(referral_days(source, Luck(9, draw))) for draw in range(400)])

    assert abs(counts.mean() - 68.552114) < 4.79 * np.sqrt(68.552114 / 400)


def test_family_k_keeps_its_place_in_the_order_when_the_rate_doubles():
    slow = referral_days(_source([0.1] * DAYS), Luck(3))
    fast = referral_days(_source([0.2] * DAYS), Luck(3))

    halved = [(day + 1) // 2 for day in slow]
    close = [abs(a - b) <= 1 for a, b in zip(halved, fast, strict=False)]
    assert len(fast) > len(slow)
    assert all(close)


def test_no_rate_means_no_family():
    assert referral_days(_source([0.0] * DAYS), Luck(1)) == []


def test_sources_have_streams_of_their_own():
    first = referral_days(_source([0.2] * DAYS, code=0), Luck(1))
    second = referral_days(_source([0.2] * DAYS, code=1), Luck(1))

    assert first != second
