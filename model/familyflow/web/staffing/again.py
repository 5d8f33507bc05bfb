"""What a search for a team began with: others can then be tried, and one of them be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import Request

from familyflow.parameters.numerals import neat
from familyflow.store import Manifest
from familyflow.web.drafts import Draft, ready_made, started_from
from familyflow.web.form_draft import name_of, with_team
from familyflow.web.mistakes import index
from familyflow.web.staffing.form import FIELDS
from familyflow.web.started import Query, named_in

BESIDE: Final = 1  # the place of the option that gets the team, beside the scenario as it is


@dataclass(frozen=True)
class Use:
    """Where a team is used. address: of its form; option: its place there; of: what it is called.

    fields: what the form carries. head: of the column with its buttons.
    """

    address: str
    option: int
    of: str
    fields: Mapping[str, str]
    head: str


def began_with(request: Request, run: str, manifest: Manifest) -> Query:
    """What names it in addresses: as this one does, else as the job's, else a shipped scenario.

    Empty where none of them is there any more.
    """
    job = request.app.state.jobs.of_run(run)
    asked_then = {} if job is None else dict(parse_qsl(urlsplit(job.then).query))
    for named in (named_in(request.query_params), named_in(asked_then)):
        if named and _is_there(request, named):
            return named
    scenario, asked = str(manifest.asked["staff"]), manifest.asked
    is_as_shipped = not asked.get("sets") and not asked.get("parameter_files")
    return {"scenario": scenario} if scenario in ready_made() and is_as_shipped else {}


def use_of(request: Request, run: str, named: Query) -> Use | None:
    """How a team is used: in the option of a draft, or beside a shipped scenario; else None."""
    if "draft" in named:
        draft, number = _option_of(request, named)
        if draft is None or number is None:
            return None
        of = name_of(draft, number)
        head = f"Option {number + 1}: {of}"
        return Use(f"/options/{named['draft']}", number, of, {"of": of}, head)
    if "scenario" in named:
        name = named["scenario"]
        of = name_of(started_from((name, name)), BESIDE)
        return Use(f"/staffing/{run}", BESIDE, of, {"scenario": name}, f"Compare it with {of}")
    return None


def beside(scenario: str, team: str) -> Draft | None:
    """A draft of a shipped scenario as it is, and of it with a team; None where there is none."""
    if scenario not in ready_made():
        return None
    draft = started_from((scenario, scenario))
    made = with_team(draft, team, name_of(draft, BESIDE))
    return None if made is None or made[1] != BESIDE else made[0]


def other_teams(named: Query, asked: Mapping[str, Any]) -> str:
    """The address of the form as it was filled in for these teams."""
    typed = {name: _text(asked.get(name)) for name in FIELDS}
    given = {name: text for name, text in typed.items() if text}
    return f"/staffing?{urlencode({**named, **given})}"


def _is_there(request: Request, named: Query) -> bool:
    return "draft" not in named or None not in _option_of(request, named)


def _option_of(request: Request, named: Query) -> tuple[Draft | None, int | None]:
    draft: Draft | None = request.app.state.drafts.get(named["draft"])
    of = named.get("option", "0")
    return draft, None if draft is None else index(of, len(draft.options))


def _text(value: Any) -> str:
    if value is None:
        return ""
    return ",".join(map(neat, value)) if isinstance(value, list) else neat(value)
