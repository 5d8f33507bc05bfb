"""The documents of a finished run, written beside it: each whole or not there at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from familyflow.parameters.nearest import did_you_mean
from familyflow.problems import Problems, bad_input
from familyflow.store import Manifest, read_manifest, sweep_passing, write_file, write_files

FOLDER: Final = "reports"  # inside the run's own


@dataclass(frozen=True)
class Wished:
    """What a reader asks of the documents beside their kind.

    template: a Word document of one's own, whose tags the cost case fills. say: told what a
    document cannot show as it is written.
    """

    template: Path | None = None
    say: Callable[[str], object] | None = None


NOTHING_MORE: Final = Wished()
Made = Mapping[str, bytes]  # name of a file in the folder (a path within it) -> what it holds
Maker = Callable[[Path, Wished], Made]


def _one_page(run: Path, wished: Wished) -> Made:
    from familyflow.reports.documents.one_page import one_page

    return {"one_page.html": one_page(run).encode("utf-8")}


def _one_page_pdf(run: Path, wished: Wished) -> Made:
    from familyflow.reports.documents.one_page import one_page_pdf

    return {"one_page.pdf": one_page_pdf(run, wished.say)}


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
# kinds that are made of a run with a service alone -> what is said of a run without one
OF_A_SERVICE: Final[Mapping[str, str]] = {
    "docx": "No docx is made: there is no service in that run, so there is no cost case.",
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
    meant = None if text is None else kinds_in(text)
    manifest = read_manifest(folder)
    is_comparison = _is_comparison(manifest)
    if meant is None:
        there_are_not = OF_A_RUN_ALONE if is_comparison else _of_a_service(folder, manifest)
        return [kind for kind in USUAL if kind not in there_are_not]
    if not is_comparison:
        return meant
    problems = Problems()
    for kind in meant:
        if kind in OF_A_RUN_ALONE:
            what = f"{kind} is made of one run, and this is a comparison"
            problems.add("--to", 0, 0, what, OF_A_RUN_ALONE[kind])
    problems.raise_if_any()
    return meant


def left_out_of(folder: Path, kinds: Sequence[str]) -> list[str]:
    """What is said where the usual kinds were to be made and some are not made of this."""
    left_out = [kind for kind in USUAL if kind not in kinds]
    if _is_comparison(read_manifest(folder)):
        return [f"No {kind} is made of a comparison. {OF_A_RUN_ALONE[kind]}" for kind in left_out]
    return [OF_A_SERVICE[kind] for kind in left_out]


def _is_comparison(manifest: Manifest) -> bool:
    from familyflow.reports.documents.kept import COMPARISON, kind_of

    return kind_of(manifest) == COMPARISON


def _of_a_service(folder: Path, manifest: Manifest) -> Mapping[str, str]:
    """The kinds that this run has not, for want of a service."""
    from familyflow.reports.documents.kept import has_cost_case

    return {} if has_cost_case(folder, manifest) else OF_A_SERVICE


def write_documents(run: Path, kinds: Sequence[str], wished: Wished = NOTHING_MORE) -> list[Path]:
    """Make these documents of the run in this folder; returns where they stand.

    Every one is made before the first is written, and written before the first has its name, so
    that old and new ones never stand side by side. The same run gives the same bytes. Raises
    InputError, RefusedError, MachineError.
    """
    check_wished(kinds, wished)
    made = {name: data for kind in kinds for name, data in MADE[kind](run, wished).items()}
    files = {run / FOLDER / name: data for name, data in made.items()}
    for folder in {file.parent for file in files}:
        sweep_passing(folder)  # what a writer left that was killed before its last name was given
    write_files(files)
    return list(files)
