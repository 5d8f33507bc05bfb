"""The options page: what each option is, changed by anybody who can fill in a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from familyflow.problems import InputError, bad_input
from familyflow.web.asked import check, option_alone
from familyflow.web.downloads import attachment
from familyflow.web.drafts import MOST_FILES, MOST_OPTIONS, Draft, OwnFile, saved
from familyflow.web.errors import NothingHereError
from familyflow.web.files import own_file
from familyflow.web.form_draft import OF_ALL, after, as_sent, with_team
from familyflow.web.jobs.jobs import TooManyError
from familyflow.web.known import base_of, check_parameter_file, own_scenario, scenario_of
from familyflow.web.levers import POSTS, NotANumberError, number_in
from familyflow.web.mistakes import Told, by_field, field_id, index, of_file
from familyflow.web.options_view import columns, rows, starts
from familyflow.web.pages import page
from familyflow.web.refused import TOO_MANY, why
from familyflow.web.session import OurForm, session_of
from familyflow.web.settings import Limits
from familyflow.web.told import in_seconds

router = APIRouter()
USUAL_DRAWS: Final = 1_000
LEAST_DRAWS: Final = 50
MOST_SEED: Final = 2**64 - 1
MOST_POSTS_TRIED: Final = 14
OPTION_GONE: Final = (
    "The option that this team was found for is not there any more, or is called otherwise now. "
    "Nothing was changed. Open the page of the teams again, or look for the team anew here."
)


@router.get("/options/{draft}")
def options(request: Request, draft: str, check: str = "") -> HTMLResponse:
    """The options side by side; with `check` every mistake in them is told."""
    one = _draft(request, draft)
    told = _mistakes(one, request.app.state.settings.limits) if check else []
    return _page(request, draft, one, told)


@router.post("/options/{draft}")
def change(request: Request, draft: str, form: OurForm) -> Response:
    """Keep what was typed, then do what the button says."""
    now = _draft(request, draft)
    team = form.get("use_team")
    if isinstance(team, str):
        return _use(request, draft, now, team, str(form.get("of", "")))
    button = str(form.get("do", "compare"))
    typed = as_sent(now, form)
    changed = after(typed, button)
    request.app.state.drafts.put(draft, changed)
    if button == "compare":
        return _compare(request, draft, changed)
    if button.startswith("fit:"):
        return _fit(request, draft, changed, button)
    if button in ("parameters", "scenario"):
        return _bring(request, draft, changed, form, button)
    if button == "check":
        return RedirectResponse(f"/options/{draft}?check=yes", 303)
    return RedirectResponse(f"/options/{draft}{_beside(button, changed)}", 303)


@router.get("/options/{draft}/again")
def again(request: Request, draft: str) -> Response:
    """The same options to be changed, beside those that were compared, which stay as they were."""
    drafts = request.app.state.drafts
    return RedirectResponse(
        f"/options/{drafts.begin(_draft(request, draft), session_of(request))}", 303
    )


@router.get("/options/{draft}/saved.json")
def save(request: Request, draft: str) -> Response:
    """The options as a file, to be opened again here or elsewhere."""
    return attachment(saved(_draft(request, draft)), "comparison.json", "application/json")


def _draft(request: Request, name: str) -> Draft:
    found: Draft | None = request.app.state.drafts.get(name)
    if found is None:
        raise NothingHereError
    return found


def _use(request: Request, name: str, draft: Draft, team: str, of: str) -> Response:
    """Give a team that was found to its option, and show it there; say so where it is gone."""
    made = with_team(draft, team, of)
    if made is None:
        return _page(request, name, draft, [Told("", OPTION_GONE)], 422)
    changed, number = made
    request.app.state.drafts.put(name, changed)
    return RedirectResponse(f"/options/{name}#{field_id(number, 'posts')}", 303)


def _compare(request: Request, name: str, draft: Draft) -> Response:
    """Ask for the comparison, or show what stands in its way."""
    limits = request.app.state.settings.limits
    told = _mistakes(draft, limits)
    if told:
        return _page(request, name, draft, told, 422)
    checked = check(draft)
    asked = {
        **checked.asked(),
        **_settings(draft),
        "price_year": checked.price_year,
        "draft": request.app.state.drafts.begin(draft, session_of(request)),  # as it is now
    }
    try:
        job = request.app.state.jobs.ask(
            "compare", asked, session_of(request), "/comparisons/{run}"
        )
    except (TooManyError, InputError) as error:
        return _page(request, name, draft, why(error), TOO_MANY)
    return RedirectResponse(f"/jobs/{job}", 303)


def _fit(request: Request, name: str, draft: Draft, button: str) -> Response:
    """Ask which team makes the best use of a grant."""
    number = index(button.partition(":")[2], len(draft.options))
    if number is None:
        raise NothingHereError
    alone = option_alone(draft, number)
    checked = check(alone, is_one=True)
    told = [Told(one.field.replace("o0-", f"o{number}-", 1), one.words) for one in checked.problems]
    grant, place = draft.options[number].grant, field_id(number, "grant")
    try:
        pounds = float(number_in(grant))
    except NotANumberError:
        words = "Give the grant in pounds a year, such as 300,000."
        told.append(Told(place, words))
    if told:
        return _page(request, name, draft, told, 422)
    asked = {
        "scenario": checked.scenarios[0],
        "files": checked.files,
        "parameter_files": checked.parameter_files,
        "sets": checked.sets_alone(),
        "grant": pounds,
        "posts": _posts_to_try(draft, number),
        "draft": name,
    }
    then = f"/staffing/{{run}}?draft={name}&option={number}"
    try:
        job = request.app.state.jobs.ask("staff", asked, session_of(request), then)
    except (TooManyError, InputError) as error:
        return _page(request, name, draft, why(error), TOO_MANY)
    return RedirectResponse(f"/jobs/{job}", 303)


def _posts_to_try(draft: Draft, number: int) -> list[int]:
    """Every team from one post to twice those of the option."""
    option = draft.options[number]
    now = scenario_of(draft, option.base).parameters[POSTS].value
    posts = int(number_in(option.levers.get("posts", str(now))))
    return [*range(1, min(MOST_POSTS_TRIED, 2 * posts) + 1)]


def _bring(request: Request, name: str, draft: Draft, form: FormData, what: str) -> Response:
    """Take in somebody's own parameter file or scenario, checked as `check` does."""
    taken = {file.name for file in (*draft.scenarios, *draft.parameter_files)}
    taken |= {one for one, _ in starts(draft)}
    try:
        file = own_file(form, what, taken)
        if what == "parameters":
            check_parameter_file(file)
            more = {"parameter_files": (*draft.parameter_files, file)}
        else:
            own_scenario(file.name, file.text)
            more = {"scenarios": (*draft.scenarios, file)}
        _must_have_room(more)
    except InputError as error:
        told = [Told(what, of_file(one)) for one in error.problems]
        return _page(request, name, draft, told, 422)
    request.app.state.drafts.put(name, draft.model_copy(update=more))
    return RedirectResponse(f"/options/{name}#own", 303)


def _must_have_room(files: Mapping[str, Sequence[OwnFile]]) -> None:
    """Refuse a file more than a draft may hold: another would go without a word."""
    if any(len(held) > MOST_FILES for held in files.values()):
        raise bad_input(
            f"there are {MOST_FILES} files of this kind already",
            "Put what is in them into one file, or start anew without them.",
            where="the file",
        )


def _mistakes(draft: Draft, limits: Limits) -> list[Told]:
    """Everything that is wrong with the options and with how much is asked."""
    told = []
    if len(draft.options) < 2:
        told.append(Told("add", "A comparison needs two options: add one."))
    told += check(draft, is_one=len(draft.options) < 2).problems
    told += _wrong_number(draft.draws, "draws", LEAST_DRAWS, limits.draws)
    told += _wrong_number(draft.seed, "seed", 0, MOST_SEED)
    return told


def _wrong_number(text: str, name: str, least: int, most: int) -> list[Told]:
    plain = text.strip().replace(",", "")
    if not plain or (plain.isascii() and plain.isdigit() and least <= int(plain[:25]) <= most):
        return []
    return [Told(name, f"{name.capitalize()}: give a whole number from {least:,} to {most:,}.")]


def _settings(draft: Draft) -> dict[str, Any]:
    seed = draft.seed.strip().replace(",", "")
    draws = draft.draws.strip().replace(",", "")
    return {
        "draws": int(draws) if draws else USUAL_DRAWS,
        "seed": int(seed) if seed.isascii() and seed.isdigit() else None,
        "structures": True,
    }


def _beside(button: str, draft: Draft) -> str:
    """Where the page goes on after a button."""
    what, _, of = button.partition(":")
    if what == "further":
        number = index(of, len(draft.options)) or 0
        last = len(draft.options[number].more) - 1
        return f"#{field_id(number, f'more{last}-key')}"
    return ""


def _page(
    request: Request, name: str, draft: Draft, told: list[Told], status: int = 200
) -> HTMLResponse:
    jobs = request.app.state.jobs
    asked = {
        "scenarios": [one.base for one in draft.options],
        **_settings_or_usual(draft, request.app.state.settings.limits),
    }
    return page(
        request,
        "options.html.j2",
        status=status,
        draft=name,
        columns=columns(draft, told),
        rows=rows(draft, told),
        starts=starts(draft),
        problems=[(one.field, one.words) for one in told],
        by_field=by_field(told),
        own=[file.name for file in (*draft.parameter_files, *draft.scenarios)],
        of_all={name: getattr(draft, name) for name in OF_ALL},
        usual_draws=USUAL_DRAWS,
        takes=in_seconds(jobs.estimate("compare", asked)),
        keys=_keys() if any(o.more for o in draft.options) else [],
        is_full=len(draft.options) >= MOST_OPTIONS,
    )


def _settings_or_usual(draft: Draft, limits: Limits) -> dict[str, Any]:
    """What is asked, to say how long it takes; the usual where what was typed cannot be."""
    wrong = _wrong_number(draft.draws, "draws", LEAST_DRAWS, limits.draws)
    return {"draws": USUAL_DRAWS, "structures": True} if wrong else _settings(draft)


def _keys() -> list[tuple[str, str]]:
    """Every number that may be chosen or believed, by its key, with what it is."""
    return sorted((key, one.label) for key, one in base_of("core_offer").parameters.items())
