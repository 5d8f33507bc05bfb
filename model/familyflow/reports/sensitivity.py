"""The printed sweep: what was varied and how, what moves each result, and where it would turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from textwrap import fill
from typing import Any, Final

from familyflow.reports.sensitivity_tables import SHOWN, range_told, table
from familyflow.reports.signs import lowered
from familyflow.reports.units import amount
from familyflow.reports.varied import LUCK, Varied, is_known, ranked, varied_by
from familyflow.reports.words import share, window

Results = Mapping[str, Any]
WIDTH: Final = 100
_METHODS: Final = {
    "tornado": "One number at a time (tornado): each goes to the lower and to the upper end of its "
    "own 95% range, with all others as stated.",
    "grid": "Two numbers together (grid): every pair of their values, with all others as stated.",
    "switching": "One number at a time (switching values): each goes over its own 95% range, with "
    "all others as stated, until the result changes its sign. A turn and back between two values "
    "looked at is not seen.",
    "morris": "Screening (Morris): along each path one number or group after another takes a step, "
    "with the others anywhere in what is believed of them.",
    "sobol": "Shares of the spread (Sobol): all numbers at once, over all that is believed of "
    "them; the spread of the result is shared out among them.",
    "pawn": "Gaps (PAWN): all numbers at once; how far the whole spread of the result moves when "
    "one of them is known.",
}
_NARROW: Final = 0.1  # a half-width of ST above which a larger n is advised
_COUNTED: Final = {"morris": "paths", "sobol": "base points (n)", "pawn": "draws"}
_LUCK: Final = {
    "a factor": "Chance is varied as a factor of its own",
    "common": "Every point meets the same stretches of luck; ± is what they leave to chance (95%)",
    "averaged": "Chance is averaged over the same stretches of luck at every point and has no "
    "share; ± is what the choice of points leaves open",
    "single": "Every point meets the same single stretch of luck, so what chance does is not known",
    "of each draw": "Every draw has luck of its own, so chance is part of the spread",
}
_FOLLOW_UP: Final = {
    "sampled": "how families fare after the service is one course of events (sampled)",
    "expected": "how families fare after the service is the mean of all courses (expected)",
}


def sensitivity_text(results: Results) -> str:
    """The page, at most 100 characters wide but for commands, which are left whole."""
    varied = varied_by(results)
    parts = [
        [_filled(f"What moves the result of {results['scenario']}: {results['title']}")],
        [_filled(" ".join(_how(results)))],
        *([*_target(target, results, varied)] for target in results["targets"]),
        [*_weak(results, varied)],
        [*_quarantined(results)],
        [_filled(f"Warning: {warning}") for warning in results["warnings"]],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _filled(text: str, indent: str = "", more: str | None = None) -> str:
    return fill(
        " ".join(text.split()), WIDTH, initial_indent=indent,
        subsequent_indent=indent if more is None else more,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _how(results: Results) -> Iterator[str]:
    """What was varied, the method, how many points, whose luck, and what is counted."""
    method, groups = results["method"], results.get("groups", ())
    together = method in ("morris", "sobol")
    grouped = sum(len(group["factors"]) for group in groups) if together else 0
    numbers = _many(len(results["factors"]), "number")
    yield f"Varied: {numbers}" + (
        f", of which {grouped} move together in {_many(len(groups), 'group')}." if grouped else "."
    )
    if grouped:
        yield "The table of groups (tables/groups.csv) names them."
    if results.get("fixed"):
        yield f"Fixed by this scenario, so not varied: {'; '.join(results['fixed'])}."
    yield _METHODS[method]
    n = f"{results['n']:,} {_COUNTED[method]}, " if results["n"] and method in _COUNTED else ""
    yield (
        f"{n}{_many(results['points'], 'point')}, "
        f"{_many(results['replications'], 'replication')} of each; seed {results['seed']}."
    )
    luck = results["luck"]
    if luck == "common" and method in ("morris", "sobol"):
        luck = "averaged"
    elif luck == "common" and results["replications"] == 1:
        luck = "single"
    yield f"{_LUCK[luck]}; {_FOLLOW_UP[results['follow_up']]}."
    prices = f"{results['price_year']} prices, discounting {results['discounting']}"
    yield f"{prices}; {_window(results)}"


def _window(results: Results) -> str:
    told = {"budget": "savings of the term only", "everything": "savings of all years followed"}
    if results["window"] in told:
        return f"{told[results['window']]}."
    return f"savings {window(results)}."


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def _target(target: Results, results: Results, varied: Varied) -> Iterator[str]:
    """One result: as stated, the table, how to read it, and the sentences."""
    stated = target["stated"]
    told = "not known" if not is_known(stated) else amount(stated, target["unit"])
    half = target.get("stated_half_width")
    chance = f" ± {amount(half, target['unit'])} by chance" if is_known(half) else ""
    yield _filled(f"{target['label']}, with every number as stated: {told}{chance}")
    if chance:
        yield _filled("(The mean of a run, over all that is believed, is another number.)", "  ")
    if results["method"] == "grid" or ranked(target, str(results["method"]), varied):
        yield from table(results, target)
        yield from (_filled(line, "  ") for line in _reading(results, target))
    if target.get("reason"):
        yield _filled(f"Not told: {target['reason']}.", "  ")
    yield from (_filled(f"- {sentence}", "  ", "    ") for sentence in target.get("sentences", ()))


def _reading(results: Results, target: Results) -> Iterator[str]:
    """How to read the columns of the method."""
    method, what = results["method"], lowered(str(target["label"]))
    if method == "tornado":
        yield (
            "chance: what of the difference between both ends may be chance (95%); none: all of it "
            "may be. Where two ± reach into each other, the order is not sure."
        )
    elif method == "morris":
        yield (
            f"mu*: how far the {what} moves on the mean when the number goes across all that is "
            "believed of it. sigma: how unequal those moves are, large where its effect bends or "
            "hangs on other numbers. Where two ± reach into each other, the order is not sure."
        )
        yield "none: the ± reaches 0, so it cannot be told from a number that moves nothing."
        if any(not is_known(row["sigma"]) for row in target["moves"]):
            yield (
                "A group has no sigma: its numbers take their steps in different directions at "
                "once, so its moves have no sign to compare."
            )
    elif method == "sobol":
        yield f"S1: the share of the spread of the {what} that would go if the number were known."
        yield "ST: the share that would be left if all others were known, joint effects counted in."
        yield (
            "place: where it may stand, by the intervals of differences. none: ST's reaches 1% or "
            "less, too near to nothing to be told from it. A share below 0 is one near 0."
        )
        yield from _chance(target)
        yield from _wide(target)
    elif method == "pawn":
        yield (
            f"Gap: from 0 (knowing it changes nothing) to 1. The floor is {target['floor']:.3f}: "
            "999 of 1,000 numbers that move nothing show no more by chance."
        )
    elif method == "switching":
        yield (
            "chance leaves: between which values it may turn as well; open: whether it turns, or "
            "that it does not. Ranges, and how near the others come, are in tables/*.csv."
        )


def _chance(target: Results) -> Iterator[str]:
    chance = target.get("chance")
    if chance and is_known(chance["S1"]) and is_known(chance["ST"]):
        alone, whole = (
            share(chance[name]) + (f" ± {share(half)}" if is_known(half) else "")
            for name in ("S1", "ST")
            for half in [chance.get(f"{name}_conf")]
        )
        yield f"Chance, which no evidence takes away: {alone} of the spread alone, {whole} in all."


def _wide(target: Results) -> Iterator[str]:
    """That these points are too few, where the intervals of the first few say so."""
    if any(row["ST_conf"] > _NARROW for row in target["indices"][:5]):
        yield (
            "Intervals as wide as these say little: a larger --n narrows them, and begins with the "
            "points made so far."
        )


def _weak(results: Results, varied: Varied) -> Iterator[str]:
    """Numbers that rest on no checked source, by name; assumed ones where they are shown."""
    shown = [name for target in results["targets"] for name in _shown(target, results, varied)]
    recalled = [name for name in varied.factors if varied.mark(name) == "unverified"]
    assumed = [name for name in dict.fromkeys(shown) if varied.mark(name) == "assumed"]
    if recalled:
        told = "; ".join(varied.label(name) for name in recalled)
        yield _filled(f"Unverified (recalled, no source checked yet): {told}.")
    if assumed:
        told = "; ".join(_with_range(name, varied) for name in assumed)
        yield _filled(f"Assumed, of those shown (with the range tried): {told}.")


def _shown(target: Results, results: Results, varied: Varied) -> Iterable[str]:
    if results["method"] == "grid":
        return target["first"], target["second"]
    rows = ranked(target, str(results["method"]), varied)[:SHOWN]
    return [row["factor"] for row in rows if row["factor"] != LUCK]


def _with_range(name: str, varied: Varied) -> str:
    told = range_told(name, varied)
    return f"{varied.label(name)}, {told}" if told else varied.label(name)


def _quarantined(results: Results) -> Iterator[str]:
    """Points without an answer, each with the command that runs it again."""
    rows = results["quarantined"]
    if rows:
        told = f"{_many(len(rows), 'point')} gave no answer."
        yield _filled(f"{told} To run one by itself, with the same --out:")
    for row in rows:
        yield _filled(f"point {row['point']}: {row['reason']}", "  ", "    ")
        yield f"    {row['command']}"
