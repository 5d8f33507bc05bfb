"""Everything of a comparison in one archive, the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from familyflow.reports.documents.page.choice import answer
from familyflow.reports.take_away import FOLDER as REPORTS
from familyflow.store import Manifest
from familyflow.web.answers.files import documents_there
from familyflow.web.answers.own_files import Laid, laid_out
from familyflow.web.answers.runs import Finished, whole

README: Final = "README.txt"
IN_MEMORY: Final = 8_000_000  # bytes of an archive that need no file
CHUNK: Final = 65_536
_MODE: Final = 0o644 << 16
_GONE: Final = (
    "The scenario files of this comparison were changed or removed since it was made, or the model "
    "is another, so they are not in this archive and no command makes it again."
)


def archive_of(found: Finished) -> Iterator[bytes]:
    """The archive, piece by piece; it is whole before the first one is given.

    Raises InputError where a file of the comparison was removed or altered.
    """
    kept = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed when it was read
    try:
        write_archive(whole(found), kept)
    except BaseException:
        kept.close()
        raise
    kept.seek(0)
    return _pieces(kept)


def _pieces(kept: IO[bytes]) -> Iterator[bytes]:
    with kept:
        while piece := kept.read(CHUNK):
            yield piece


def write_archive(found: Finished, to: IO[bytes]) -> None:
    """Write the archive of a comparison: what it found, its documents, and what makes it again."""
    laid = laid_out(found.manifest)
    files = dict(_files(found, laid))
    with ZipFile(to, "w", ZIP_DEFLATED) as archive:
        archive.writestr(_entry(README), readme(found, laid))
        for name in sorted(files):
            archive.writestr(_entry(name), files[name].read_bytes())


def readme(found: Finished, laid: Laid | None) -> str:
    """What is in the archive, and how to make it again."""
    results, manifest = found.results, found.manifest
    options = "\n".join(f"  {row['title']} ({row['option']})" for row in results["options"])
    versions = ", ".join(f"{name} {told}" for name, told in manifest.versions.items() if told)
    again = _GONE if laid is None else (
        "To make it again, install this version of familyflow, open a terminal in this folder and "
        f"give:\n\n  {laid.command}\n\n"
        "With these versions the new results.json has the same bytes as the one in this folder."
    )  # fmt: skip
    return (
        f"Comparison {found.run}\n\nOptions\n{options}\n\nThe answer\n{answer(results)}\n\n"
        f"{again}\n\nMade {manifest.finished} with {versions}.\n\n"
        "results.json: every figure. tables: the same as CSV. figures: the charts. "
        f"{REPORTS}: the documents that were made. scenarios, inputs: the options as files.\n"
        "Families are simulated; there is no personal data in it.\n"
    )


def _files(found: Finished, laid: Laid | None) -> Iterator[tuple[str, Path]]:
    for name in _kept(found.manifest):
        yield name, found.folder / name
    for name in documents_there(found.folder):
        yield f"{REPORTS}/{name}", found.folder / REPORTS / name
    if laid is not None:
        yield from laid.files.items()


def _kept(manifest: Manifest) -> list[str]:
    return [name for name in manifest.files if name.endswith((".json", ".csv", ".svg"))]


def _entry(name: str) -> ZipInfo:
    """An entry without a time, since the same comparison gives the same archive."""
    entry = ZipInfo(name)
    entry.compress_type, entry.external_attr = ZIP_DEFLATED, _MODE
    return entry
