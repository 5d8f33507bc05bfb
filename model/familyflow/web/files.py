"""Files that a browser sends: their content, their names made safe, and never a path."""

from __future__ import annotations

import re
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final

from starlette.datastructures import FormData, UploadFile

from familyflow.problems import bad_input
from familyflow.web.drafts import OwnFile

MOST_BYTES: Final = 500_000
_PLAIN: Final = re.compile(r"[^A-Za-z0-9_-]+")


def content_of(form: FormData, field: str) -> bytes:
    """What stands in the file of a field. Raises InputError where there is none, or too much."""
    file = form.get(field)
    if not isinstance(file, UploadFile) or not file.filename:
        raise bad_input("no file was chosen", "Choose one, then send it.", where="the file")
    content = file.file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise bad_input(
            "the file is larger than half a megabyte",
            "Parameter files, scenarios and saved comparisons are far smaller.",
            where="the file",
        )
    return content


def own_file(form: FormData, field: str, taken: set[str]) -> OwnFile:
    """A YAML file that was sent, under a name of plain letters that nothing else has.

    Raises InputError where it is no text.
    """
    content = content_of(form, field)
    file = form[field]
    assert isinstance(file, UploadFile)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise bad_input(
            "it is not text in UTF-8", "Save it as UTF-8 in your editor.", where="the file"
        ) from None
    stem = PurePosixPath(PureWindowsPath(str(file.filename)).name).stem
    plain = _PLAIN.sub("_", stem).strip("_-")[:60] or "ours"
    name, number = plain, 2
    while name.lower() in {one.lower() for one in taken}:
        name, number = f"{plain}_{number}", number + 1
    return OwnFile(name=name, text=text)
