"""The documents of a finished run, written beside it: each whole or not there at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from familyflow.parameters.nearest import did_you_mean
from familyflow.problems import Problems, bad_input
from familyflow.store import write_file
from familyflow.store.machine import machine_errors

FOLDER: Final = "reports"  # inside the run's own


@dataclass(frozen=True)
class Wished:
    """What a reader asks of the documents beside their kind.

    template: a Word document of one's own, whose tags the cost case fills.
    """

    template: Path | None = None


NOTHING_MORE: Final = Wished()
Made = Mapping[str, bytes]  # name of a file in the folder (a path within it) -> what it holds
Maker = Callable[[Path, Wished], Made]


def _one_page(run: Path, wished: Wished) -> Made:
    from familyflow.reports.documents.one_page import one_page

    return {"one_page.html": one_page(run).encode("utf-8")}


def _one_page_pdf(run: Path, wished: Wished) -> Made:
    from familyflow.reports.documents.one_page import one_page_pdf

    return {"one_page.pdf": one_page_pdf(run)}


def _cost_case(run: Path, wished: Wished) -> Made:
    from familyflow.reports.documents.cost_case import cost_case

    name = "cost_case.docx" if wished.template is None else "cost_case_own_template.docx"
    return {name: cost_case(run, wished.template)}


def _workbook(run: Path, wished: Wished) -> Made:
    from familyflow.reports.workbook import is_comparison, options_workbook_bytes, workbook_bytes

    made = options_workbook_bytes if is_comparison(run) else workbook_bytes
    return {"workbook.xlsx": made(run)}


def _journey(run: Path, wished: Wished) -> Made:
    from familyflow.reports.journey.page import journey_page

    return {"journey.html": journey_page(run).encode("utf-8")}


def _review(run: Path, wished: Wished) -> Made:
    from familyflow.reports.review.pack import review_files

    return {f"review/{name}": data for name, data in review_files(run).items()}


# kind of document -> what makes it; each imports its libraries only when it is asked for
MADE: Final[Mapping[str, Maker]] = {
    "html": _one_page,
    "docx": _cost_case,
    "xlsx": _workbook,
    "pdf": _one_page_pdf,
    "review": _review,
    "journey": _journey,
}
USUAL: Final = ("html", "docx", "xlsx")  # where nobody says which
# kinds that are made of one run alone -> what to do with a comparison instead
OF_A_RUN_ALONE: Final[Mapping[str, str]] = {
    "docx": "Make the cost case of the option you choose: familyflow report RUN --to docx.",
    "review": "Make the pack of the option you choose: familyflow report RUN --to review.",
    "journey": "Show the journey of the option you choose: familyflow report RUN --to journey.",
}


def kinds_in(text: str) -> list[str]:
    """The kinds of document that are meant, each once: 'html,xlsx'. Raises InputError."""
    problems = Problems()
    kinds = [one.strip().lower() for one in text.split(",") if one.strip()]
    for kind in kinds or [text]:
        if kind not in MADE:
            to_do = did_you_mean(kind, MADE, otherwise=f"There are: {', '.join(MADE)}.")
            problems.add("--to", 0, 0, f"there is no document {kind!r}", to_do)
    problems.raise_if_any()
    return list(dict.fromkeys(kinds))


def check_wished(kinds: Sequence[str], wished: Wished) -> None:
    """Refuse a wish that none of these documents heeds. Raises InputError."""
    if wished.template is not None and "docx" not in kinds:
        raise bad_input(
            f"a template is given, and --to makes no Word document of it: {', '.join(kinds)}",
            "Put docx into --to, or leave --template out.",
            where="--template",
        )


def write_template_sample(file: Path) -> None:
    """Write a template to start from. Raises InputError, MachineError.

    It never overwrites.
    """
    from familyflow.reports.documents.template_sample import template_sample

    if file.suffix.lower() != ".docx":
        raise bad_input(
            "the name does not end in .docx", "Give a name such as ours.docx.", where=str(file)
        )
    try:
        write_file(file, template_sample(), replace=False)
    except FileExistsError:
        raise bad_input(
            "there is already a file of that name", "Choose another name.", where=str(file)
        ) from None


def kinds_for(folder: Path, text: str | None) -> list[str]:
    """The kinds to make of what the folder holds: those meant, or the usual ones there are of it.

    Raises InputError where a kind is meant that is not made of a comparison.
    """
    from familyflow.reports.documents.kept import COMPARISON, kind_of
    from familyflow.store import read_manifest

    meant = None if text is None else kinds_in(text)
    if kind_of(read_manifest(folder)) != COMPARISON:
        return list(USUAL) if meant is None else meant
    if meant is None:
        return [kind for kind in USUAL if kind not in OF_A_RUN_ALONE]
    problems = Problems()
    for kind in meant:
        if kind in OF_A_RUN_ALONE:
            what = f"{kind} is made of one run, and this is a comparison"
            problems.add("--to", 0, 0, what, OF_A_RUN_ALONE[kind])
    problems.raise_if_any()
    return meant


def left_out_of(kinds: Sequence[str]) -> list[str]:
    """What is said where the usual kinds were to be made and some are not made of a comparison."""
    return [
        f"No {kind} is made of a comparison. {OF_A_RUN_ALONE[kind]}"
        for kind in USUAL
        if kind not in kinds
    ]


def write_documents(run: Path, kinds: Sequence[str], wished: Wished = NOTHING_MORE) -> list[Path]:
    """Make these documents of the run in this folder; returns where they stand.

    Every one is made before the first is written, so that one that cannot be made leaves those
    of before as they are. The same run gives the same bytes. Raises InputError, RefusedError,
    MachineError.
    """
    check_wished(kinds, wished)
    made = {name: data for kind in kinds for name, data in MADE[kind](run, wished).items()}
    folder = run / FOLDER
    for name, data in made.items():
        file = folder / name
        with machine_errors(run):
            file.parent.mkdir(parents=True, exist_ok=True)
        write_file(file, data)
    return [folder / name for name in made]
