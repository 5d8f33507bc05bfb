"""The printed worth of knowing more: whether to wait, which numbers matter, which study pays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from familyflow.reports.words import count, in_years, likelihood, out_of_ten, pounds, share

Results = Mapping[str, Any]
SHOWN: Final = 10
_NAME = 58


def knowing_text(results: Results) -> str:
    """One page: the finding, then what each number, group of numbers and study is worth."""
    parts = [
        ["What it is worth to know more before choosing: " + ", ".join(results["options"])],
        list(finding(results)),
        list(_perfect(results)),
        *([] if results["too_rough"] else [list(_groups(results)), list(_singles(results))]),
        *([] if results["too_rough"] else [list(_study(study)) for study in results["evsi"]]),
        list(_rests_on(results)),
        [f"Warning: {warning}" for warning in results["warnings"]],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def finding(results: Results) -> Iterator[str]:
    """Which option is best, how surely, and what knowing everything or a study is worth."""
    best, chance, evpi = results["best_on_the_mean"], results["frontier"], results["evpi"]
    yield (
        f"On what is known now {best} is best on the mean (public value less cost, studied lines: "
        f"{pounds(results['mean'][best])})."
    )
    if results["too_rough"]:
        yield (
            f"These {results['draws']} draws cannot tell what knowing more is worth: too much "
            "of what one simulation shows is chance. It lies "
            f"between nothing and {pounds(evpi['raw']['value'])}. Ask with more draws (--draws "
            "10000) before anybody decides not to wait for evidence."
        )
        return
    yield f"That it is best is {likelihood(chance)} ({out_of_ten(chance)})."
    if evpi["value"] <= 0.0:
        yield "No more knowledge would change that choice, so none is worth paying for."
        return
    yield (
        f"Knowing every number exactly before choosing would be worth {_with_se(evpi)} for one "
        f"service over its term, or {_with_se(evpi, 'population')} for all families of "
        f"{_scaled(results)}. A study can be worth at most that."
    )
    pays = [s for s in results["evsi"] if s.get("best", {}).get("net_benefit", 0.0) > 0.0]
    if pays:
        top = max(pays, key=lambda study: study["best"]["net_benefit"])
        yield (
            f"Of the studies asked about, {top['study']} brings most beyond its cost: with "
            f"{count(top['best']['families_per_arm'])} families in each arm "
            f"{pounds(top['best']['net_benefit'])}."
        )
    else:
        yield "None of the studies asked about is worth its cost at any size tried."


def _scaled(results: Results) -> str:
    scale = results["population"]
    services = scale["services"]
    who = "this service" if services == 1 else f"{services:g} such services"
    return f"{who} over {in_years(scale['years_of_use'])}"


def _perfect(results: Results) -> Iterator[str]:
    evpi = results["evpi"]
    yield "Knowing everything (EVPI, one service over its term)"
    yield f"  {'the estimate, chance taken out':{_NAME}} {_with_se(evpi)}"
    yield f"  {'above it: the raw best of noisy values':{_NAME}} {_with_se(evpi['raw'])}"
    if evpi["split"] is not None:
        label = "below it: chosen by one stretch of luck, valued by another"
        told = _with_se(evpi["split"])
        if evpi["split"]["value"] < 0.0:
            told = f"nothing ({told}: choosing by one simulation loses)"
        yield f"  {label:{_NAME}} {told}"
    r2 = ", ".join(f"{name} {share(value)}" for name, value in results["fit"]["r2"].items())
    yield f"  of the spread between draws the numbers foretell (the rest is chance): {r2}"


def _groups(results: Results) -> Iterator[str]:
    yield "Knowing a group of numbers (EVPPI, one service over its term)"
    for row in results["evppi_groups"]:
        label = f"{row['group']} ({row['parameters']} numbers)"
        yield f"  {label:{_NAME}} {_with_se(row)}"


def _singles(results: Results) -> Iterator[str]:
    floor = results["floor"]
    shown = [row for row in results["evppi"] if row["value"] > floor][:SHOWN]
    if not shown:
        yield (
            "Knowing one number: none by itself is worth more than a number that cannot matter "
            f"seems to be ({pounds(floor)})."
        )
        return
    yield "Knowing one number (EVPPI; in brackets the check by groups of equal count)"
    for row in shown:
        check = f"   [{pounds(row['binned'])}]" if "binned" in row else ""
        yield f"  {row['parameter']:{_NAME}} {_with_se(row)}{check}"
    yield (
        f"  All others are worth no more than {pounds(floor)}, which is what a number that cannot "
        "matter seems to be worth."
        if len(shown) < SHOWN
        else "  More in tables/evppi.csv."
    )


def _study(study: Results) -> Iterator[str]:
    yield f"Is it worth it: {study['study']}?"
    if "reason" in study:
        yield f"  Not told: {study['reason']}."
        return
    asked, top = study["asked"], study["best"]
    yield (
        f"  It would show {study['informs']}. With {count(asked['families_per_arm'])} families in "
        f"each arm it costs {pounds(asked['cost'])}, and what it shows is worth "
        f"{pounds(asked['evsi'])} (± {pounds(2.0 * asked['se'])}) for one service and term; "
        f"knowing the number exactly {pounds(study['evppi'])}."
    )
    yield (
        f"  It reports after {study['months_until_report']:g} months; "
        f"{count(study['families_to_come'])} families (discounted) are still to come then. "
        f"{_verdict(asked)}"
    )
    if top["families_per_arm"] > 0.0:
        yield (
            f"  The size that brings most: {count(top['families_per_arm'])} families in each arm, "
            f"{pounds(top['net_benefit'])} beyond its cost."
        )
    else:
        yield "  No size tried brings more than it costs."


def _verdict(asked: Results) -> str:
    net = asked["net_benefit"]
    needed = asked["families_needed"]
    many = "" if needed is None else f" It would pay from {count(needed)} families on."
    if net > 0.0:
        return f"So it is worth {pounds(net)} more than it costs.{many}"
    return f"So it costs {pounds(-net)} more than it is worth.{many}"


def _with_se(found: Results, name: str = "value") -> str:
    """The value and two standard errors."""
    se = found["se"] if name == "value" else found[f"{name}_se"]
    return f"{pounds(found[name])} (± {pounds(2.0 * se)})"


def _rests_on(results: Results) -> Iterator[str]:
    fit, scale = results["fit"], results["population"]
    yield (
        f"{results['draws']} draws, {fit['columns']} columns of regression; ± is two standard "
        f"errors. Value is net public value, {results['price_year']} prices. Scaled to "
        f"{count(scale['families_discounted'])} families (discounted): "
        f"{count(scale['families_a_year'])} referred a year in {scale['services']:g} service"
        f"{'' if scale['services'] == 1 else 's'} for {in_years(scale['years_of_use'])} "
        "(decision.services and decision.years_of_use, both assumed)."
    )
