"""From the settings in a file to a distribution: which settings each shape takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from familyflow.parameters.dirichlet import Dirichlet
from familyflow.parameters.distributions import Distribution
from familyflow.parameters.makers import MAKERS, Given, above_zero
from familyflow.parameters.numerals import neat
from familyflow.parameters.yaml_tree import Wrong

GRADES = {"A": 0.10, "B": 0.20, "C": 0.30, "D": 0.45, "E": 0.60}

# The sets of settings a shape may be written with. `mode` may also be written `central`.
SETTINGS: dict[str, tuple[tuple[str, ...], ...]] = {
    "beta": (
        ("mean", "sd"),
        ("mean", "p2_5", "p97_5"),
        ("median", "p2_5", "p97_5"),
        ("p2_5", "p97_5"),
        ("alpha", "beta"),
    ),
    "gamma": (("mean", "sd"),),
    "lognormal": (("median", "p2_5", "p97_5"), ("mean", "sd")),
    "pert": (("low", "mode", "high"),),
    "triangular": (("low", "mode", "high"),),
    "uniform": (("low", "high"),),
    "normal": (("mean", "sd"),),
    "discrete": (("values", "shares"),),
    "empirical": (("values",),),
    "dirichlet": (("concentration",),),
}


def settings_in_words(shape: str) -> str:
    """What a shape needs: 'mean and sd, or p2_5 and p97_5'."""
    return ", or ".join(" and ".join(names) for names in SETTINGS[shape])


def check_settings(shape: str, given: Mapping[str, Any]) -> None:
    """Refuse settings that are missing or too many. Raises Wrong."""
    if any(set(names) == set(given) for names in SETTINGS[shape]):
        return
    if {"n", "se"} & set(given):
        raise Wrong(
            f"{shape} takes no {' or '.join(sorted({'n', 'se'} & set(given)))}: is sd the spread "
            "between people, or the doubt about their mean?",
            "sd is the doubt about the number: for a mean of n people, their spread divided by the "
            "square root of n.",
        )
    found = ", ".join(given) or "nothing"
    raise Wrong(f"{shape} cannot be made of {found}", f"It needs {settings_in_words(shape)}.")


def make(shape: str, settings: Given) -> Distribution:
    """The distribution of one number. `central` stands for `mode`. Raises Wrong."""
    given = {"mode" if name == "central" else name: value for name, value in settings.items()}
    check_settings(shape, given)
    return replace(MAKERS[shape](given), settings=given)


def make_dirichlet(settings: Given, shares: tuple[float, ...]) -> Dirichlet:
    """The doubt about a table's own shares. Raises Wrong."""
    check_settings("dirichlet", settings)
    above_zero(settings, "concentration")
    if not shares:
        raise Wrong("dirichlet is for a table of shares with sums_to: 1", "Use beta for one share.")
    if sum(share > 0.0 for share in shares) < 2:
        raise Wrong("dirichlet needs two shares above 0 or more")
    return Dirichlet(shares, settings["concentration"], settings=settings)


def default_distribution(grade: str, value: float, *, is_share: bool = False) -> Distribution:
    """The spread a grade stands for: A 10 %, B 20 %, C 30 %, D 45 %, E 60 % of the value.

    A share takes a beta whose spread is that part of the distance to the nearer of 0 and 1; money,
    ratios, rates and lengths a gamma. Raises Wrong where the value leaves no room for doubt.
    """
    spread = GRADES[grade]
    if is_share:
        if not 0.0 < value < 1.0:
            raise Wrong(f"a share of {neat(value)} leaves no room for the doubt of grade {grade}")
        return make("beta", {"mean": value, "sd": spread * min(value, 1.0 - value)})
    if value <= 0.0:
        raise Wrong(f"the doubt of grade {grade} needs a value above 0, got {neat(value)}")
    return make("gamma", {"mean": value, "sd": spread * value})
