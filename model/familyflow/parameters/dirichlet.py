"""The doubt about shares that sum to 1, such as the make-up of referrals: drawn together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from familyflow.parameters.distributions import U, like, special


@dataclass(frozen=True)
class Dirichlet:
    """Shares that sum to 1, drawn together; the larger the concentration, the less doubt.

    The parameters are shares x concentration. Var(i) = m_i (1 - m_i) / (concentration + 1).
    """

    shares: tuple[float, ...]
    concentration: float
    settings: Mapping[str, Any] = field(default_factory=dict, compare=False, kw_only=True)
    shape = "dirichlet"

    @property
    def drawn(self) -> tuple[int, ...]:
        """The places that take a uniform number: those with a share, but the last of them."""
        return tuple(i for i, share in enumerate(self.shares) if share > 0.0)[:-1]

    def parts(self, uniforms: Mapping[int, U]) -> list[U]:
        """The shares at these uniforms (one for each place in `drawn`), by breaking a stick.

        Numbers, or an array of draws for each place.
        """
        some = next(iter(uniforms.values()))
        shares, rest = [like(some, 0.0 * np.asarray(some)) for _ in self.shares], 1.0 + 0.0 * some
        weights = [share * self.concentration for share in self.shares]
        for place in self.drawn:
            after = sum(weights[place + 1 :])
            broken = special().betaincinv(weights[place], after, uniforms[place])
            shares[place] = like(some, rest * broken)
            rest = rest - shares[place]
        last = max(i for i, share in enumerate(self.shares) if share > 0.0)
        shares[last] = like(some, np.maximum(0.0, rest))
        return shares
