"""The share of a beta that lies below x, in plain Python: `check` must not wait for scipy.

By the continued fraction (NIST Digital Library of Mathematical Functions, 8.17.22), evaluated
forwards by Lentz's method; a test holds it to scipy.
"""

from __future__ import annotations

import math

_TINY = 1e-300
_CLOSE = 1e-15
_MOST_TERMS = 20_000


def share_below(x: float, a: float, b: float) -> float:
    """The share of Beta(a, b) below x. a and b are above 0, x lies strictly between 0 and 1."""
    log_front = (
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x < (a + 1.0) / (a + b + 2.0):
        return math.exp(log_front) / (a * _fraction(x, a, b))
    # The fraction converges fast only on the near side: use the symmetry of the beta.
    return 1.0 - math.exp(log_front) / (b * _fraction(1.0 - x, b, a))


def _fraction(x: float, a: float, b: float) -> float:
    value = above = 1.0
    below = 0.0
    for m in range(1, _MOST_TERMS):
        half = m // 2
        if m % 2:
            term = -(a + half) * (a + b + half) * x / ((a + m - 1.0) * (a + m))
        else:
            term = half * (b - half) * x / ((a + m - 1.0) * (a + m))
        below = 1.0 / _not_zero(1.0 + term * below)
        above = _not_zero(1.0 + term / above)
        value *= above * below
        if abs(above * below - 1.0) < _CLOSE:
            break
    return value


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
