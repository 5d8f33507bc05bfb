"""The cost case as a page shows it: the parts of the document, its length, and what is weak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from familyflow.planning.advice import has_advice
from familyflow.reports.documents.bid import Bid, bid_of
from familyflow.reports.documents.claims import Claim, weak_claims
from familyflow.reports.documents.clean import clean
from familyflow.reports.documents.kept import Kept, read_kept
from familyflow.reports.documents.layout import Section
from familyflow.reports.documents.length import Length, length
from familyflow.reports.documents.limits import asked_of
from familyflow.reports.documents.told import Part, told
from familyflow.reports.documents.word_parts import LEAST_SIZE
from familyflow.web.cases.rules import Rule, rule_of

BEFORE_SENDING: Final = "before_sending"  # shown above the rest: it is for the writer alone


@dataclass(frozen=True)
class Preview:
    """What is told of one run. sections: those of the document but the last, for the writer."""

    title: str
    sections: Sequence[tuple[Section, list[Part]]]
    before_sending: Sequence[str]
    weak: Sequence[Claim]
    length: Length
    length_words: Sequence[str]


def preview(folder: Path) -> Preview:
    """The preview of the run in a folder. Raises InputError where no cost case is made of it."""
    kept = read_kept(folder)
    bid = bid_of(kept)
    long = length(bid)
    return Preview(
        title=bid.title,
        sections=list(_sections(bid)),
        before_sending=[*bid.sentences.get(BEFORE_SENDING, ()), *_advice(kept)],
        weak=weak_claims(bid),
        length=long,
        length_words=_length_words(kept, long),
    )


def _sections(bid: Bid) -> list[tuple[Section, list[Part]]]:
    return [
        (section, parts)
        for section, parts in told(bid)
        if not any(part.name == BEFORE_SENDING for part in parts)
    ]


def _advice(kept: Kept) -> list[str]:
    """Warnings that say what to do: the document has only what they say is so."""
    return [clean(one) for one in map(str, kept.results["warnings"]) if has_advice(one)]


def _length_words(kept: Kept, long: Length) -> list[str]:
    """How long it is, set against the rule of the funder who is asked."""
    funder = asked_of(kept)
    pages = f"about {long.pages} page{'' if long.pages == 1 else 's'}"
    said = [f"{long.words:,} words on {pages} (A4), all writing {LEAST_SIZE} points or larger."]
    rule = rule_of(funder)
    if rule is None:
        return [*said, "How long a bid may be is not known here for the funder who is asked."]
    return [*said, _against(rule, long)]


def _against(rule: Rule, long: Length) -> str:
    may = (
        f"{rule.bid[:1].upper()}{rule.bid[1:]} may have up to {rule.most_pages} pages, in writing "
        f"of {rule.least_points:g} points or larger ({rule.funder})"
    )
    if rule.least_points > LEAST_SIZE:
        return f"{may}: the writing of this is too small. Make it larger in Word."
    if long.pages > rule.most_pages:
        over = long.pages - rule.most_pages
        return f"{may}: this is about {over} too long. Leave sections out in Word."
    left = rule.most_pages - long.pages
    return f"{may}: this leaves about {left} for the rest of your answers."
