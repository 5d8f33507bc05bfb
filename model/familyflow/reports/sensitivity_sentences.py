"""What would have to be true for the answer to turn: the five numbers that move it most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from familyflow.reports.signs import Sign, lowered, sign_of
from familyflow.reports.units import amount, figure, figures_apart, is_share
from familyflow.reports.varied import (
    LUCK,
    Varied,
    by_name,
    is_known,
    moves_something,
    ranked,
    varied_in,
)
from familyflow.reports.words import significant

Row = Mapping[str, Any]
TOLD: Final = 5
_TIMES: Final = 3.0  # from so many times the stated value on, a percentage says little


def sentences(target: Row, results_about: Row, factors: Mapping[str, Row]) -> list[str]:
    """Plain sentences for one target: where it turns, or that it does not, and what is not known.

    results_about: the results without their targets; factors: the numbers varied, by name.
    """
    if target.get("nothing_moves"):
        return [f"{target['label']}: the same at every point tried, so nothing varied moves it."]
    sign = sign_of(target, results_about)
    varied = varied_in(factors, results_about.get("groups", ()))
    if results_about["method"] == "grid":
        return [_of_grid(target, varied, sign)]
    rows = _top(target, str(results_about["method"]), varied)
    sure = [row for row in rows if not row.get("is_none")]
    if target.get("turns_at", 0.0) is None:  # it says the same on both sides of any value
        return [*_not_told_apart(target, sure, varied), *_cannot_be_told(rows, varied)]
    switches = by_name(target.get("switches", ()))
    still = (
        []
        if not sign.is_plain
        else [row["factor"] for row in sure if _never_turns(switches.get(row["factor"]))]
    )
    told = [
        _of_factor(row["factor"], switches, target, varied, sign)
        for row in sure
        if row["factor"] not in still
    ]
    doubts = [*_not_told_apart(target, sure, varied), *_cannot_be_told(rows, varied)]
    plain = _stays(still, switches, varied, sign)
    return [one for one in (*_stated_open(target, sign), *told, *plain, *doubts) if one]


def _stated_open(target: Row, sign: Sign) -> Iterator[str]:
    """That chance leaves open on which side the stated result lies, where it does."""
    stated, half = target.get("stated"), target.get("stated_half_width")
    if is_known(stated) and is_known(half) and abs(stated - sign.at) <= half:
        yield (
            f"With every number as stated chance leaves open whether {sign.subject} would "
            f"{sign.would(1)} or {sign.would(-1)}: more --replications would tell."
        )


def in_words(results: Row) -> dict[str, Any]:
    """The results with its sentences at each target, as ``sentences``."""
    factors = by_name(results["factors"])
    told = [{**target, "sentences": sentences(target, results, factors)}
            for target in results["targets"]]  # fmt: skip
    return {**results, "targets": told}


def _top(target: Row, method: str, varied: Varied) -> list[Row]:
    """The five first numbers or groups; chance is no number that could be otherwise."""
    rows = ranked(target, method, varied)
    return [row for row in rows if row["factor"] != LUCK and moves_something(row, method)][:TOLD]


def _of_factor(
    name: str, switches: Mapping[str, Row], target: Row, varied: Varied, sign: Sign
) -> str:
    if name in varied.groups:
        return (
            f"{varied.said(name)} is several numbers that move together, so there is no one value "
            "at which the answer would turn."
        )
    if name not in switches:
        return f"Where {varied.said(name)} would turn the answer is not known: its points failed."
    switch = switches[name]
    if not switch.get("moves", True):
        return (
            f"{varied.said(name)}, moved alone, leaves the {lowered(str(target['label']))} as it "
            "is: it acts, if at all, together with other numbers."
        )
    if is_known(switch["value"]):
        return _turn(switch, varied, sign)
    return _no_turn(switch, target, varied, sign)


def _never_turns(switch: Row | None) -> bool:
    return switch is not None and not is_known(switch["value"])


def _stays(
    still: list[str], switches: Mapping[str, Row], varied: Varied, sign: Sign
) -> Iterator[str]:
    """One sentence for all that leave a result, to which zero means little, on its side of zero."""
    for side in (1, -1):
        names = [varied.said(name) for name in still if switches[name]["below"] == side]
        if names:
            each = "its" if len(names) == 1 else "each one's"
            yield (
                f"At every value of {_listed(names)} tried within {each} 95% range {sign.subject} "
                f"would {sign.would(side)}."
            )


def _turn(switch: Row, varied: Varied, sign: Sign) -> str:
    """Where the answer turns, how far that is from the stated value, and what it turns to."""
    name, value, stated = switch["factor"], switch["value"], switch["stated"]
    unit = varied.unit(name)
    figures = figures_apart([value, stated], unit)
    rises = value >= stated
    goes, side = ("rose above", "above") if rises else ("fell below", "below")
    told = (
        f"If {varied.said(name)} {goes} {amount(value, unit, figures)} (stated "
        f"{figure(stated, unit, figures)}{_change(value, stated, unit)}), {sign.subject} would "
        f"{sign.would(switch[side])}."
    )
    if switch["crossings"] > 1:
        told += (
            f" Within its 95% range the answer turns more than once ({switch['crossings']} times "
            f"that are seen), so this holds only for values just {side} that."
        )
    return told + _doubt(switch, unit, figures)


def _doubt(switch: Row, unit: str, figures: int) -> str:
    """What chance leaves open of a turn."""
    if not switch.get("is_sure", True):
        return " But whether it turns there chance leaves open."
    low, high = switch.get("value_low"), switch.get("value_high")
    if not is_known(low) or not is_known(high):
        return ""
    return (
        f" Chance leaves open where between {figure(low, unit, figures)} and "
        f"{amount(high, unit, figures)}."
    )


def _change(value: float, stated: float, unit: str) -> str:
    """', 37% more'; points for shares, times where it is far, nothing beside a stated 0."""
    more = "more" if value > stated else "less"
    if value == stated:
        return ", so it stands at the turn"
    if is_share(unit):
        points = significant(100.0 * abs(value - stated))
        return f", {points:g} percentage point{'' if points == 1 else 's'} {more}"
    if stated == 0.0:
        return ""
    if value / stated >= _TIMES:
        return f", {significant(value / stated, 2):g} times that"
    return f", {significant(100.0 * abs(value - stated) / abs(stated), 2):g}% {more}"


def _no_turn(switch: Row, target: Row, varied: Varied, sign: Sign) -> str:
    name, side = switch["factor"], switch["below"]
    unit, ends = varied.unit(name), varied.range_of(name)
    within = ""
    if ends is not None:
        figures = figures_apart(ends, unit)
        low, high = figure(ends[0], unit, figures), amount(ends[1], unit, figures)
        within = f" ({low} to {high})"
    where = f"{varied.said(name)} tried within its 95% range{within}"
    if side == sign.wanted:
        open_ = "" if switch.get("is_sure", True) else "; at some of them chance leaves that open"
        return f"At every value of {where} {sign.subject} would {sign.would(side)}{open_}."
    outcome = f"for {sign.subject} to {sign.would(-side)}"
    if switch.get("is_sure", True):
        told = f"No value of {where} is enough {outcome}"
    else:  # what follows says that chance leaves it open, so it is not said that none is
        told = f"It cannot be said that any value of {where} is enough {outcome}"
    return f"{told}{_at_best(switch, target, unit, sign)}."


def _at_best(switch: Row, target: Row, unit: str, sign: Sign) -> str:
    """The value that comes nearest to turning, and how near; nothing where that is not known."""
    best, where = switch.get("at_best"), switch.get("at_best_value")
    if not is_known(best) or not is_known(where) or sign.side_of(best) == sign.wanted:
        return ""
    half = switch.get("at_best_half_width")
    doubt = f" ± {amount(half, target['unit'])} by chance" if is_known(half) else ""
    open_ = "" if switch.get("is_sure", True) else ", so chance leaves that open"
    return (
        f": at {figure(where, unit)} the {lowered(str(target['label']))} is still "
        f"{amount(best, target['unit'])}{doubt}{open_}"
    )


def _not_told_apart(target: Row, sure: list[Row], varied: Varied) -> Iterator[str]:
    """Those above which nothing surely is: which of them moves the answer most cannot be said."""
    among = [row for row in target.get("indices", ()) if row["rank"] == 1 and not row["is_none"]]
    shown = [varied.label(row["factor"]) for row in sure if row.get("rank") == 1]
    more = ["chance" for row in among if row["factor"] == LUCK]
    others = len(among) - len(shown) - len(more)
    if len(among) > 1:
        more += [f"{others} other{'' if others == 1 else 's'}"] if others else []
        yield (
            f"{_listed([*_quoted(shown), *more])}: which of these moves the answer most cannot be "
            "said, for nothing is surely above any of them."
        )


def _cannot_be_told(rows: list[Row], varied: Varied) -> Iterator[str]:
    unsure = [varied.label(row["factor"]) for row in rows if row.get("is_none")]
    if unsure:
        moves = "moves" if len(unsure) == 1 else "each move"
        yield f"What {_listed(_quoted(unsure))} {moves} cannot be told from none."


def _of_grid(target: Row, varied: Varied, sign: Sign) -> str:
    """In how many of the pairs tried the answer is on the better side."""
    known = [cell for cell in target["cells"] if is_known(cell["output"])]
    first, second = varied.said(target["first"]), varied.said(target["second"])
    if not known:
        return f"No pair of {first} and {second} gave an answer."
    better = [cell for cell in known if sign.side_of(cell["output"]) == sign.wanted]
    pairs = f"{len(known)} pair{'' if len(known) == 1 else 's'}"
    if target.get("turns_at", 0.0) is None:
        outputs = [cell["output"] for cell in known]
        low, high = (amount(end, target["unit"]) for end in (min(outputs), max(outputs)))
        return f"Over {pairs} of {first} and {second} the {lowered(str(target['label']))} lies " + (
            f"between {low} and {high}."
        )
    told = f"Of {pairs} of {first} and {second} tried, {len(better) or 'none'}"
    told += f" would make {sign.subject} {sign.would(sign.wanted)}"
    if better:
        return f"{told}{_beyond_chance(better, sign)}."
    top = max(known, key=lambda cell: sign.wanted * cell["output"])
    units = [varied.unit(target[axis]) for axis in ("first", "second")]
    half = top.get("half_width")
    doubt = f" ± {amount(half, target['unit'])} by chance" if is_known(half) else ""
    return (
        f"{told}: at best, with {figure(top['first'], units[0])} and "
        f"{figure(top['second'], units[1])}, the {lowered(str(target['label']))} is "
        f"{amount(top['output'], target['unit'])}{doubt}."
    )


def _beyond_chance(better: list[Row], sign: Sign) -> str:
    """How many of the better cells are so whatever chance does."""
    halves = [cell.get("half_width") for cell in better]
    if not all(is_known(half) for half in halves):
        return ""
    sure = sum(abs(cell["output"] - sign.at) > cell["half_width"] for cell in better)
    return f", {sure or 'none'} of them beyond chance"


def _quoted(labels: list[str]) -> list[str]:
    left, right = "\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"
    return [f"{left}{label}{right}" for label in labels]


def _listed(parts: list[str]) -> str:
    """'a, b and c'."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
