"""The 24 items of STRESS-DES, filled: the model's own description, and what this run adds to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from familyflow.reports.documents.clean import clean
from familyflow.reports.review.headings import parts_of
from familyflow.reports.review.kept import Reviewed
from familyflow.reports.review.log import Assumption
from familyflow.reports.words import in_years, share
from familyflow.shipped import model_description

SOURCE: Final = (
    "Monks T, Currie CSM, Onggo BS, Robinson S, Kunc M, Taylor SJE. Strengthening the reporting of "
    "empirical simulation studies: introducing the STRESS guidelines. Journal of Simulation, 2018."
)
Facts = Callable[[Reviewed, Sequence[Assumption]], Iterator[str]]


@dataclass(frozen=True)
class Item:
    """One item. body: the description under its heading; facts: what this run says of it."""

    number: str
    title: str
    body: Markup
    facts: tuple[str, ...]


def items(reviewed: Reviewed, log: Sequence[Assumption]) -> list[Item]:
    """Every item that the description of the model has words for. Raises MachineError."""
    text = model_description().read_text(encoding="utf-8")
    return [
        Item(
            part.number,
            part.title,
            part.body,
            tuple(clean(fact) for fact in _FACTS.get(part.number, _nothing)(reviewed, log)),
        )
        for part in parts_of(text)
        if not part.is_empty
    ]


def _nothing(*_: object) -> Iterator[str]:
    yield from ()


def _purpose(reviewed: Reviewed, _: object) -> Iterator[str]:
    yield f"Question of this run: {reviewed.results['question']}"


def _outputs(reviewed: Reviewed, _: object) -> Iterator[str]:
    results = reviewed.results
    yield (
        f"This run holds {len(results['flow'])} figures of flow and {len(results['money'])} of "
        f"money, each with its interval (summary.csv), and {len(reviewed.manifest.files)} files."
    )


def _experiment(reviewed: Reviewed, _: object) -> Iterator[str]:
    results = reviewed.results
    yield f"Scenario of this run: {results['title']} ({results['scenario']})."
    if results["unproven"]:
        yield f"No evidence says that outcomes change with {results['unproven']}."


def _scenario(reviewed: Reviewed, _: object) -> Iterator[str]:
    yield f"Scenario files, each changing the next: {', '.join(reviewed.resolved.lineage)}."
    yield f"Choices made: {len(reviewed.resolved.choices)}, in the decisions log."


def _resources(reviewed: Reviewed, _: object) -> Iterator[str]:
    for post in reviewed.results["posts"]:
        agency = f", {post['agency']}" if post["agency"] else ""
        yield f"{post['role']}{agency}: {share(post['full_time_share'])} of full time"


def _sources(_: object, log: Sequence[Assumption]) -> Iterator[str]:
    cited = Counter(one.source for one in log if one.source)
    yield f"{len(cited)} places in sources are cited by {sum(cited.values())} numbers; each stands"
    " in the assumptions log."


def _inputs(_: object, log: Sequence[Assumption]) -> Iterator[str]:
    yield f"{len(log)} entries: " + _counted([one.status or "without a status" for one in log])
    yield "Grades: " + _counted([one.grade or "none" for one in log])


def _assumptions(_: object, log: Sequence[Assumption]) -> Iterator[str]:
    assumed = sum(1 for one in log if one.status == "assumed")
    yield f"{assumed} numbers are assumed, each with its reason in the assumptions log."


def _start(reviewed: Reviewed, _: object) -> Iterator[str]:
    yield from _values(reviewed, "appraisal.start", "appraisal.warm_up_weeks")


def _length(reviewed: Reviewed, _: object) -> Iterator[str]:
    results = reviewed.results
    yield (
        f"Term of {in_years(results['term_years'])}; each child is followed for "
        f"{results['watched_years']}, of which the headline counts {results['follow_up_years']} "
        f"from referral (window: {results['window'].replace('_', ' ')})."
    )


def _estimation(reviewed: Reviewed, _: object) -> Iterator[str]:
    results = reviewed.results
    luck = "the same luck in every draw" if results["common_luck"] else "luck of its own each"
    yield (
        f"{results['draws']:,} draws, {results['replications']} replication(s) each, {luck}; "
        f"follow-up {results['follow_up']}."
    )
    yield f"Effects: {results['calibration']['method']}."


def _software(reviewed: Reviewed, _: object) -> Iterator[str]:
    held = reviewed.manifest.versions
    yield ", ".join(f"{name} {version or 'not installed'}" for name, version in held.items())


def _luck(reviewed: Reviewed, _: object) -> Iterator[str]:
    yield f"Seed {reviewed.results['seed']}."


def _engine(reviewed: Reviewed, _: object) -> Iterator[str]:
    yield f"Engine of this run: {reviewed.manifest.engine}, workers: {reviewed.manifest.workers}."


def _machine(reviewed: Reviewed, _: object) -> Iterator[str]:
    seconds = reviewed.manifest.seconds
    yield f"This run took {seconds:.0f} seconds on {reviewed.manifest.platform}."


def _code(reviewed: Reviewed, _: object) -> Iterator[str]:
    version = reviewed.manifest.versions.get("familyflow") or "not installed as a package"
    yield f"familyflow {version}; fingerprint of the model's code: {reviewed.manifest.source}."


def _values(reviewed: Reviewed, *keys: str) -> Iterator[str]:
    for key in keys:
        one = reviewed.parameters[key]
        unit = "" if one.unit == "text" else f" {one.unit}"
        yield f"{one.label}: {one.value}{unit}."


def _counted(names: Sequence[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(Counter(names).items()))


_FACTS: Final[Mapping[str, Facts]] = {
    "1.1": _purpose,
    "1.2": _outputs,
    "1.3": _experiment,
    "2.3": _scenario,
    "2.5.3": _resources,
    "3.1": _sources,
    "3.3": _inputs,
    "3.4": _assumptions,
    "4.1": _start,
    "4.2": _length,
    "4.3": _estimation,
    "5.1": _software,
    "5.2": _luck,
    "5.3": _engine,
    "5.4": _machine,
    "6.1": _code,
}
