"""Rules on years: windows that must not be mixed, and effects carried further than observed."""

from __future__ import annotations

from collections.abc import Iterator

from familyflow.economics.lint.facts import Facts, Finding

RETENTION = "outcomes.effects.retention_per_year"


def budget_window(facts: Facts) -> Iterator[Finding]:
    """A headline of the term only, which must not stand beside savings over the follow-up."""
    horizon = facts.horizon
    if horizon is not None and horizon.window == "budget":
        yield Finding(
            "appraisal.window",
            ("value",),
            f"the headline counts the {horizon.term_years:g} years of the term only, so "
            f"follow_up_years ({horizon.follow_up_years:g}) does not move it",
            "Never set it beside savings over the follow-up of another run: quote one window.",
        )


def longer_than_published(facts: Facts) -> Iterator[Finding]:
    """A follow-up longer than any published appraisal of such a service counts."""
    horizon = facts.horizon
    if horizon is None or horizon.counted_years <= horizon.longest_years:
        return
    name = "window" if horizon.window == "everything" else "follow_up_years"
    yield Finding(
        f"appraisal.{name}",
        ("value",),
        f"{horizon.counted_years:g} years are counted; published appraisals of such services count "
        f"{horizon.longest_years:g}, and outcomes were observed for {horizon.observed_years:g}",
        f"Show the result at {horizon.longest_years:g} years too.",
    )


def never_fading(facts: Facts) -> Iterator[Finding]:
    """An effect that lasts in full for longer than anybody has observed it."""
    horizon = facts.horizon
    if horizon is None:
        return
    observed = f"outcomes were observed for {horizon.observed_years:g} years"
    if horizon.retention >= 1 and horizon.counted_years > horizon.observed_years:
        what = f"nothing of the effect fades in {horizon.counted_years:g} years, and {observed}"
        yield Finding(RETENTION, ("value",), what, "Give the share left after a year, below 1.")
    for claim in facts.claims:
        chain = claim.line.chain
        if chain is None or chain.drop_off > 0 or chain.saving_years <= horizon.observed_years:
            continue
        what = f"the saving lasts {chain.saving_years} years without drop-off, and {observed}"
        to_do = "Give a drop-off above 0, or fewer saving_years."
        yield Finding(claim.line.name, ("chain", "drop_off"), what, to_do)
