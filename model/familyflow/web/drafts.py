"""Comparisons that are being put together: kept by an id of their own, so that nothing is lost.

A draft holds text as it was typed, right or wrong. Saved and opened again it is a JSON file.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from familyflow.problems import bad_input
from familyflow.shipped import scenarios_folder
from familyflow.store.atomic import write_file
from familyflow.web.settings import Limits

FOLDER: Final = "drafts"
MOST_OPTIONS: Final = 4
MOST_FILES: Final = 4  # of each kind that somebody brings
KEPT_DRAFTS: Final = 2_000
READY_MADE: Final = ("core_offer", "grant_cut_20")
_OWN: Final = 8  # letters of an id that are the same for all drafts of a browser
_ID: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)

Short = Annotated[str, StringConstraints(max_length=400)]
Long = Annotated[str, StringConstraints(max_length=4_000)]
Name = Annotated[str, StringConstraints(max_length=100, pattern=r"^[A-Za-z0-9_-]+$")]


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class More(_Kept):
    """A further choice or belief: the key of a number, its value, and why."""

    key: Short = ""
    value: Short = ""
    price_year: Short = ""
    because: Long = ""


class OwnFile(_Kept):
    """A file that somebody brought: a scenario, or parameters. name: its stem."""

    name: Name
    text: Annotated[str, StringConstraints(max_length=500_000)]


class OptionDraft(_Kept):
    """An option: what it starts from, and what was typed. levers: by the field's name."""

    base: Name
    title: Short = ""
    levers: dict[Short, Short] = Field(default_factory=dict, max_length=60)
    grant: Short = ""
    more: tuple[More, ...] = Field(default=(), max_length=20)


class Draft(_Kept):
    """Options side by side. What holds for all of them is as typed, empty for the usual.

    price_year, term_years: make options alike that are not, so that they can be compared.
    """

    familyflow: Literal["comparison"] = "comparison"
    schema_version: Literal[1] = 1
    options: tuple[OptionDraft, ...] = Field(min_length=1, max_length=MOST_OPTIONS)
    scenarios: tuple[OwnFile, ...] = Field(default=(), max_length=MOST_FILES)
    parameter_files: tuple[OwnFile, ...] = Field(default=(), max_length=MOST_FILES)
    draws: Short = ""
    seed: Short = ""
    price_year: Short = ""
    term_years: Short = ""


def ready_made() -> list[str]:
    """The names of the shipped scenarios."""
    return sorted(file.stem for file in scenarios_folder().glob("*.yaml"))


def started_from(names: tuple[str, ...] = READY_MADE) -> Draft:
    """A draft of ready-made options."""
    return Draft(options=tuple(OptionDraft(base=name) for name in names))


def saved(draft: Draft) -> bytes:
    """The draft as a file to keep."""
    return (json.dumps(draft.model_dump(), indent=1, ensure_ascii=False) + "\n").encode()


def opened(content: bytes) -> Draft:
    """The draft in a file. Raises InputError where it is none."""
    try:
        draft = Draft.model_validate_json(content)
    except (ValidationError, ValueError, RecursionError) as error:
        raise bad_input(_wrong(error), _AS_SAVED, where="the file") from None
    own = {file.name for file in draft.scenarios}
    names = [file.name.lower() for file in (*draft.scenarios, *draft.parameter_files)]
    twice = next((name for name in names if names.count(name) > 1 or name in ready_made()), None)
    if twice is not None:
        raise bad_input(
            f"a file in it is named '{twice}', which something else is named too",
            _AS_SAVED,
            where="the file",
        )
    unknown = [one.base for one in draft.options if one.base not in own | {*ready_made()}]
    if unknown:
        raise bad_input(
            f"it starts from '{unknown[0]}', which is neither ready-made nor in the file",
            _AS_SAVED,
            where="the file",
        )
    return draft


_AS_SAVED: Final = "Use a file that 'Save these options' gave you."


def _wrong(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return "it is no saved comparison"
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"it is no saved comparison: {place or 'its beginning'}: {first['msg']}"[:300]


class Drafts:
    """The drafts of this server, a file each. A browser's oldest go when it has too many."""

    def __init__(self, kept: Path, limits: Limits) -> None:
        self._folder, self._limits = kept / FOLDER, limits
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def begin(self, draft: Draft, session: str) -> str:
        """Keep a new draft of this browser; returns its id, which begins as all its drafts do."""
        own = hashlib.sha256(session.encode()).hexdigest()[:_OWN]
        self._make_room(f"{own}*.json", self._limits.drafts_each)
        self._make_room("*.json", KEPT_DRAFTS)
        name = own + secrets.token_hex(16)[_OWN:]
        self.put(name, draft)
        return name

    def get(self, name: str) -> Draft | None:
        """The draft of this id, or None where there is none."""
        if not _ID.fullmatch(name):
            return None
        try:
            return Draft.model_validate_json(self._file(name).read_bytes())
        except (FileNotFoundError, ValidationError):  # gone, or damaged: the person is told so
            return None

    def put(self, name: str, draft: Draft) -> None:
        """Keep a draft as it now is."""
        write_file(self._file(name), draft.model_dump_json().encode())

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.json"

    def _make_room(self, of: str, most: int) -> None:
        """Let the oldest of these go, where there are as many as may be."""
        files = sorted(self._folder.glob(of), key=lambda file: file.stat().st_mtime)
        for file in files[: max(0, len(files) - most + 1)]:
            file.unlink(missing_ok=True)
