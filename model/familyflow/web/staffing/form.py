"""The form that asks which team to have, as text, and what it asks of a job."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from familyflow.experiments.staff import DEFAULT_CONFIDENCE, check_aims
from familyflow.experiments.staffing.teams import (
    CAP,
    FEWER,
    MONTHS,
    MORE,
    POSTS,
    check_number,
    load_teams,
)
from familyflow.experiments.typed_numbers import decimal, decimals_in, posts_in, share_of
from familyflow.parameters.numerals import neat
from familyflow.problems import InputError, Problem
from familyflow.web.mistakes import Told, in_words
from familyflow.web.started import Started, written_out

MOST_TEXT: Final = 200
FIELDS: Final = ("posts", "caps", "months", "wait", "confidence", "grant")
# how problems name what was typed -> the field
NAMED: Final = {
    POSTS: "posts",
    CAP: "caps",
    MONTHS: "months",
    "--posts": "posts",
    "--wait": "wait",
    "--confidence": "confidence",
    "--grant": "grant",
}
_USUAL_TEAMS: Final = FEWER + MORE + 1


@dataclass(frozen=True)
class StaffForm:
    """Every field as text; what is empty is left to the scenario."""

    posts: str = ""
    caps: str = ""
    months: str = ""
    wait: str = ""
    confidence: str = neat(DEFAULT_CONFIDENCE)
    grant: str = ""


@dataclass
class Checked:
    """A form that was looked at: what a job is asked for it, or its mistakes."""

    asked: dict[str, Any] = field(default_factory=dict)
    problems: list[Told] = field(default_factory=list)

    def reading(self, name: str, read: Callable[..., Any], *given: object) -> Any:
        """What `read` makes of what was given; None, with the mistake noted, where it cannot."""
        try:
            return read(*given)
        except InputError as error:
            self.problems += [_told(one, name) for one in error.problems]
            return None


def sent(form: Mapping[str, Any]) -> StaffForm:
    """The form as it was sent, or as an address fills it in."""
    given = {name: form[name] for name in FIELDS if name in form}
    texts = {name: str(text)[:MOST_TEXT] for name, text in given.items() if isinstance(text, str)}
    return StaffForm(**texts)


def check(form: StaffForm, start: Started) -> Checked:
    """Every mistake in the form, in the words of the command line, or what a job is asked."""
    found = Checked()
    tried = {
        "posts": found.reading("posts", posts_in, form.posts, "Posts"),
        "caps": found.reading("caps", decimals_in, form.caps, "Families for each worker"),
        "months": found.reading("months", decimals_in, form.months, "Months to fill a post"),
    }
    aims = {
        "wait": found.reading("wait", _one, form.wait, "The wait"),
        "confidence": found.reading("confidence", _share, form.confidence, "The confidence"),
        "grant": found.reading("grant", _one, form.grant, "The grant"),
    }
    if aims["confidence"] is None:
        aims["confidence"] = DEFAULT_CONFIDENCE
    for name, value in aims.items():
        alone = {"wait": None, "confidence": DEFAULT_CONFIDENCE, "grant": None, name: value}
        found.reading(name, check_aims, alone["wait"], alone["confidence"], alone["grant"])
    _check_teams(found, {name: values or [] for name, values in tried.items()}, start)
    found.asked = {**start.asked(), **tried, **aims}
    return found


def _check_teams(found: Checked, tried: Mapping[str, list[Any]], start: Started) -> None:
    """Whether there are too many teams, and whether the least and the greatest could be run."""
    posts, caps, months = tried["posts"], tried["caps"], tried["months"]
    many = max(1, len(months)) * max(1, len(caps)) * (len(posts) or _USUAL_TEAMS)
    found.reading("posts", check_number, many)
    if found.problems:
        return
    with written_out(start.files) as folder:
        is_file = start.scenario in start.files
        scenario = str(folder / start.scenario) if is_file else start.scenario
        beside = [Path(folder / name) for name in start.parameter_files]
        for least_or_most in (min, max):
            extreme = [[least_or_most(one)] if one else [] for one in (posts, caps, months)]
            found.reading("", load_teams, scenario, *extreme, start.sets, beside)
    found.problems = list(dict.fromkeys(found.problems))


def _one(text: str, name: str) -> float | None:
    return decimal(text.strip() or None, name)


def _share(text: str, name: str) -> float | None:
    return share_of(text.strip() or None, name)


def _told(problem: Problem, name: str) -> Told:
    place = next((told for word, told in NAMED.items() if word in problem.file), name)
    return Told(place, in_words(problem))
