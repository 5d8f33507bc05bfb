"""What a comparison warns of, for whoever reads its answer: titles for names, and no advice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from familyflow.planning.advice import without_advice
from familyflow.reports.documents.kept import Kept
from familyflow.reports.pictures.labels import quoted, said
from familyflow.reports.signs import lowered
from familyflow.reports.words import share

Results = Mapping[str, Any]
EVERY: Final = "Every option with a service"
_POUNDS: Final = re.compile(r"£[0-9][0-9,]*[0-9]|£[0-9]")
_KEY: Final = re.compile(r"'?\b([a-z0-9_]+(?:\.[a-z0-9_]+)+)\b'?")


def cautions(results: Results) -> tuple[str, ...]:
    """What to mind of the comparison itself, beside its answer; but what the answer itself says."""
    answered = results["probability_best"].get("reason")
    told = [one for one in results.get("cautions", ()) if one != answered]
    return tuple(f"{one[:1].upper()}{one[1:].rstrip('.')}." for one in told)


def of_options(kept: Kept) -> tuple[str, ...]:
    """Each warning of an option once; those of the same options behind their titles together.

    Warnings that differ in pounds alone are one, with the pounds in the order of the titles.
    """
    results, labels = kept.results, {row["key"]: row["label"] for row in kept.tables["assumptions"]}
    alike: dict[str, dict[str, str]] = {}  # without its pounds: option -> the warning
    for row in results["options"]:
        for warning in map(without_advice, map(str, row["warnings"])):
            alike.setdefault(_POUNDS.sub("£", warning), {})[row["option"]] = warning
    together: dict[str, list[str]] = {}
    for told in alike.values():
        sentence = f"{in_labels(_with_pounds([*told.values()]), labels).rstrip('.')}."
        titles = _titles(results, [*told], are_listed=len({*told.values()}) > 1)
        together.setdefault(titles, []).append(sentence)
    return tuple(f"{titles}: {' '.join(said)}" for titles, said in together.items())


def _with_pounds(warnings: list[str]) -> str:
    """The warning with the pounds of all of them in the place of its own."""
    places = zip(*map(_POUNDS.findall, warnings), strict=True)
    amounts = iter([_listed([*dict.fromkeys(place)]) for place in places])
    return _POUNDS.sub(lambda _: next(amounts), warnings[0])


def _listed(amounts: list[str]) -> str:
    return f"{', '.join(amounts[:-1])} and {amounts[-1]}" if len(amounts) > 1 else amounts[0]


def in_labels(text: str, labels: Mapping[str, str]) -> str:
    """The text with what a number is called, in quotation marks, in place of its key."""
    return _KEY.sub(lambda found: _labelled(found, labels), text)


def _labelled(found: re.Match[str], labels: Mapping[str, str]) -> str:
    label = labels.get(found[1])
    return found[0] if label is None else quoted(label)


def _titles(results: Results, names: list[str], *, are_listed: bool = False) -> str:
    served = [row["option"] for row in results["options"]
              if row["option"] not in results["without_service"]]  # fmt: skip
    if len(served) > 1 and names == served and not are_listed:
        return EVERY
    titles = said(results)
    return ", ".join(titles[name] for name in names)


def never_start(results: Results) -> Iterator[str]:
    """The share of suitable families who never start, of every option that has one."""
    shares: dict[str, list[str]] = {}
    published = ""
    for row in results["options"]:
        found = row["checks"]["never_start"]
        if found["model"] is not None:
            shares.setdefault(share(found["model"]), []).append(row["option"])
            published = share(found["published"])
    if shares:
        with_each = (f"{size} with {_titles(results, names)}" for size, names in shares.items())
        told = ", ".join(with_each).replace(EVERY, lowered(EVERY))
        yield (
            f"Of suitable families {told} never start in this simulation; published for such "
            f"services is {published}."
        )
