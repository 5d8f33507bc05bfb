"""What was found of a service's first months: the sentence first, then every line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from familyflow.experiments.monitoring.expected import DRAWS
from familyflow.experiments.monitoring.foretold import Foretold
from familyflow.experiments.monitoring.judged import Line
from familyflow.experiments.monitoring.monitor import LABELS, Monitored, shown, verdict
from familyflow.experiments.monitoring.study import StudyNeeded
from familyflow.experiments.monitoring.written import observed_shown
from familyflow.records.estimate import NO_EFFECT
from familyflow.records.suppress import about
from familyflow.reports.calibration.area_page import Shown
from familyflow.reports.calibration.page import NAME, PACKAGE
from familyflow.reports.documents.one_page import template
from familyflow.reports.rows import ratio
from familyflow.reports.units import figure

TEMPLATE: Final = "monitoring.html.j2"
_HEADS: Final = ("what", "expected", "95 in 100 lie in", "observed", "")


def monitoring_pages(found: Monitored) -> dict[str, str]:
    """The page by the name of its file."""
    return {NAME: monitoring_page(found)}


def monitoring_page(found: Monitored) -> str:
    """The page as HTML that needs nothing else; no row of the records, no count under five."""
    return template(PACKAGE, TEMPLATE).render(
        verdict=verdict(found),
        worry=bool(found.worries) or found.too_early,
        period=found.period,
        scenario=found.scenario,
        draws=DRAWS,
        never=NO_EFFECT,
        study=study_sentence(found.study, found.starts_per_year),
        spent=spent_sentence(found),
        told=found.told,
        tables=[*_by_heading(found), _answer(found)],
    )


def _by_heading(found: Monitored) -> Iterator[Shown]:
    headings = dict.fromkeys(line.statistic.about for line in found.lines)
    for heading in headings:
        rows = tuple(
            (
                line.statistic.label,
                shown(line.mean, line.statistic.unit),
                f"{shown(line.p2_5, line.statistic.unit)} to "
                f"{shown(line.p97_5, line.statistic.unit)}",
                observed_shown(line.observed, line.statistic.unit),
                "look into this" if line.worry else "",
            )
            for line in found.lines if line.statistic.about == heading
        )  # fmt: skip
        yield Shown(heading, _HEADS, rows)


def _answer(found: Monitored) -> Shown:
    rows = tuple(
        (LABELS[name], _figure(before), _figure(after)) for name, before, after in found.changes
    )
    note = (
        "The same draws and the same luck before and after; effects and what would be without the "
        "service are untouched."
    )
    heads = ("what", "as the scenario says", "with what these records tell")
    return Shown("The answer, before and after (95% interval)", heads, rows, note)


def _figure(found: Mapping[str, Any]) -> str:
    if found["mean"] is None:
        return "not defined"
    unit = found["unit"]
    mean, low, high = (
        ratio(found[end]) if unit == "ratio" else figure(found[end], unit)
        for end in ("mean", "low", "high")
    )
    return f"{mean} ({low} to {high})"


def spent_sentence(found: Monitored) -> str:
    """Money of these months, expected and spent."""
    spent = found.spent
    told = (
        f"These months were expected to cost {figure(spent.mean, 'GBP')} "
        f"({figure(spent.low, 'GBP')} to {figure(spent.high, 'GBP')}) in pounds of the time"
    )
    if spent.from_accounts is None:
        return f"{told}. Give --spent to set the accounts beside it."
    place = "outside" if spent.is_outside else "within"
    return f"{told}; {figure(spent.from_accounts, 'GBP')} were spent, {place} that interval."


def study_sentence(study: StudyNeeded | None, starts_per_year: float) -> str:
    """How many families would show the effect itself."""
    if study is None:
        return "No study shows an effect of nothing, and none is believed in here."
    families = about(study.families_to_begin_with)
    years = about(study.years(starts_per_year))
    return (
        f"Whether fewer children come into care ({100 * study.without:.1f}% without the service, "
        f"{100 * study.with_service:.1f}% as believed with it, by months 19 to 24) would show in a "
        f"comparison of about {families} families, half of them with the service (8 chances in 10 "
        f"to see it at the 5% level, {100 * study.share_followed_up:.0f}% followed to the end, "
        f"correlation of {study.correlation:g} within a family). This service starts about "
        f"{starts_per_year:.0f} families a year, so alone it would need about {years} years."
    )


def monitoring_text(found: Monitored) -> str:
    """The same as lines for a terminal."""
    width = max(len(line.statistic.label) for line in found.lines)
    lines = [verdict(found), ""]
    for table in _by_heading(found):
        lines.append(table.title)
        for label, mean, ends, seen, worry in table.rows:
            mark = f"   {worry}" if worry else ""
            lines.append(f"  {label:{width}}  {seen:>15}   expected {mean} ({ends}){mark}")
    lines += ["", "The answer: as the scenario says, and with what these records tell"]
    lines += [f"  {label}: {before}; {after}" for label, before, after in _answer(found).rows]
    lines += ["", spent_sentence(found), "", NO_EFFECT,
              study_sentence(found.study, found.starts_per_year)]  # fmt: skip
    return "\n".join(lines)


def as_data(found: Monitored, folder: Any) -> dict[str, Any]:
    """For machines."""
    return {
        "folder": str(folder),
        "verdict": verdict(found),
        "look_into": [line.statistic.name for line in found.worries],
        "too_early": found.too_early,
    }


def foretold_text(found: Foretold) -> str:
    """A held-back year, foretold and observed, as lines for a terminal."""
    window = found.window
    lines = [
        f"{found.within} of {len(found.told)} lines of {window.first} to {window.last} lie within "
        "what was foretold of them from the records before (95% intervals).",
        "",
    ]
    width = max(len(line.statistic.label) for line in found.lines)
    for line in found.lines:
        unit = line.statistic.unit
        seen = observed_shown(line.observed, unit)
        ends = f"{shown(line.p2_5, unit)} to {shown(line.p97_5, unit)}"
        place = "" if line.observed is None else _place(line)
        lines.append(f"  {line.statistic.label:{width}}  {seen:>15}   foretold "
                     f"{shown(line.mean, unit)} ({ends}){place}")  # fmt: skip
    worries = [line.statistic.label for line in found.lines if line.worry]
    of_what = "Validity: predictive. A year outside fails nothing: the service may have changed."
    lines += ["", _sentence_of(worries), "", of_what]
    return "\n".join(lines)


def _place(line: Line) -> str:
    inside = line.p2_5 <= (line.observed or 0.0) <= line.p97_5
    return "" if inside else f"   outside, {line.side}"


def _sentence_of(worries: Sequence[str]) -> str:
    if not worries:
        return "Together they are no further out than chance leaves them."
    return f"Further out than chance among so many lines: {', '.join(worries)}."
