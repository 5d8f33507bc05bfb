"""A draft as the form of the options page sends it, and what each of its buttons does to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from starlette.datastructures import FormData

from familyflow.reports.words import one_or_more
from familyflow.web.drafts import MOST_OPTIONS, Draft, More, OptionDraft, ready_made
from familyflow.web.known import scenario_of
from familyflow.web.levers import levers_of, stated
from familyflow.web.mistakes import field_id, index

MOST_TEXT, MOST_WHY = 400, 4_000
OF_ALL = ("draws", "seed", "price_year", "term_years")
MOST_FURTHER = 20
_NUMBER: Final = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4})?", re.ASCII)
_TEAM: Final = re.compile(r", [0-9.]{1,9} posts?$", re.ASCII)


def as_sent(draft: Draft, form: FormData) -> Draft:
    """The draft with what was typed in every field of the form."""
    options = tuple(_option(draft, form, n, one) for n, one in enumerate(draft.options))
    return draft.model_copy(
        update={
            "options": options,
            **{name: _text(form, name, getattr(draft, name)) for name in OF_ALL},
        }
    )


def after(draft: Draft, button: str) -> Draft:
    """The draft after a button: add, copy:N, remove:N, further:N; any other leaves it."""
    what, _, of = button.partition(":")
    options = [*draft.options]
    number = index(of, len(options))
    if what == "add" and len(options) < MOST_OPTIONS:
        options.append(OptionDraft(base=_unused(draft)))
    elif number is None:
        return draft
    elif what == "copy" and len(options) < MOST_OPTIONS:
        options.insert(number + 1, options[number])
    elif what == "remove" and len(options) > 1:
        del options[number]
    elif what == "further" and len(options[number].more) < MOST_FURTHER:
        more = (*options[number].more, More())
        options[number] = options[number].model_copy(update={"more": more})
    return draft.model_copy(update={"options": tuple(options)})


def with_team(draft: Draft, team: str, of: str) -> tuple[Draft, int] | None:
    """The draft with the team of "option:posts:cap" in the option it was found for, and its place.

    of: that option's name when the team was offered (`name_of`). None where there is no such
    option any more, or another has its place: nothing of what somebody made is then lost.
    """
    parts = team.split(":")
    number = index(parts[0], len(draft.options))
    if number is None or len(parts) != 3 or not _is_team(*parts[1:]):
        return None
    name = name_of(draft, number)
    if name.split() != of.split():  # a browser may send other white space than it was given
        return None
    option = draft.options[number]
    levers = {**option.levers, "posts": parts[1]}
    levers |= {"cap": parts[2]} if parts[2] else {}
    ending = f", {one_or_more(parts[1], 'post', 'posts')}"
    title = f"{name[: MOST_TEXT - len(ending)]}{ending}"
    options = [*draft.options]
    options[number] = option.model_copy(update={"levers": levers, "title": title})
    return draft.model_copy(update={"options": tuple(options)}), number


def name_of(draft: Draft, number: int) -> str:
    """What an option is called, without the team that it was given."""
    option = draft.options[number]
    return _TEAM.sub("", option.title.strip() or scenario_of(draft, option.base).title)


def _is_team(posts: str, cap: str) -> bool:
    """Whether these are a number of posts and a cap on families, or no cap."""
    return bool(_NUMBER.fullmatch(posts)) and (not cap or bool(_NUMBER.fullmatch(cap)))


def _option(draft: Draft, form: FormData, number: int, option: OptionDraft) -> OptionDraft:
    """An option as typed; one that starts from something else begins anew."""
    base = _text(form, field_id(number, "base"), option.base)
    known = {file.name for file in draft.scenarios}
    if base != option.base and (base in known or base in ready_made()):
        return OptionDraft(base=base)
    resolved = scenario_of(draft, option.base)
    now = stated(resolved)
    typed = {
        lever.field: _text(form, field_id(number, lever.field), option.levers.get(lever.field, ""))
        for lever in levers_of(resolved)
        if lever.field in now
    }
    title = _text(form, field_id(number, "title"), option.title)
    more = tuple(_more(form, number, row, one) for row, one in enumerate(option.more))
    return option.model_copy(
        update={
            "title": "" if title.strip() == resolved.title else title,
            "levers": _changed(typed, now),
            "grant": _text(form, field_id(number, "grant"), option.grant),
            "more": tuple(one for one in more if one != More()) if more else (),
        }
    )


def _changed(typed: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """What was typed otherwise than it is; a field left empty is as it was."""
    return {
        field: text
        for field, text in typed.items()
        if text.strip() and text.strip() != now.get(field)
    }


def _more(form: FormData, number: int, row: int, now: More) -> More:
    place = f"more{row}"
    return More(
        key=_text(form, field_id(number, f"{place}-key"), now.key),
        value=_text(form, field_id(number, f"{place}-value"), now.value),
        price_year=_text(form, field_id(number, f"{place}-price_year"), now.price_year),
        because=_text(form, field_id(number, f"{place}-because"), now.because, MOST_WHY),
    )


def _text(form: FormData, name: str, instead: str, most: int = MOST_TEXT) -> str:
    value = form.get(name, instead)
    return value[:most].replace("\0", "") if isinstance(value, str) else instead


def _unused(draft: Draft) -> str:
    """A ready-made option that is not there yet: the one named first."""
    used = {option.base for option in draft.options}
    wanted = ("core_offer", "grant_cut_20", "two_more_key_workers", "no_service", *ready_made())
    return next((name for name in wanted if name not in used), "core_offer")
