"""``familyflow doctor``: what this machine has, and whether it is enough."""

from __future__ import annotations

import locale
import os
import sys
import tempfile
from pathlib import Path

import typer

from familyflow.cli import options
from familyflow.cli.output import columns, say, say_json
from familyflow.problems import MachineError
from familyflow.store import machine
from familyflow.store.machine import in_words

MACHINE = 4
SMALL_BYTES = 500_000_000


def doctor(out: options.Out = options.OUTPUTS, as_json: options.AsJson = False) -> None:
    """Say what this machine has.

    Versions, processors, memory, space, folders and letters; nothing leaves the machine.
    """
    facts, faults = _facts(out), _faults(out)
    if as_json:
        say_json({**facts, "problems": faults})
    else:
        rows = [[name.replace("_", " "), _in_words(name, fact)] for name, fact in facts.items()]
        say(columns(rows))
        say("\n".join(["", *faults]) if faults else "\nNothing stands in the way.")
    if faults:
        raise typer.Exit(MACHINE)


def _facts(out: Path) -> dict[str, object]:
    return {
        "familyflow": machine.package_version() or "not installed, run from its folder",
        "source": machine.source_hash()[:10],
        "python": machine.python_version(),
        "platform": machine.platform_name(),
        **machine.library_versions((*machine.LIBRARIES, "typer", "rich")),
        "processors": machine.processors(),
        "memory": machine.memory_bytes(),
        "compiled_engine": _compiled(),
        "outputs": str(out.absolute()),
        "free_space": machine.free_bytes(out),
        "outputs_writable": _writable(out),
        "temporary_folder": tempfile.gettempdir(),
        "shipped_files": _shipped(),
        "language": ".".join(part or "none" for part in locale.getlocale()),
        "letters_on_screen": getattr(sys.stdout, "encoding", None),
        "letters_in_file_names": sys.getfilesystemencoding(),
    }


def _faults(out: Path) -> list[str]:
    faults = []
    missing = [name for name, found in machine.library_versions().items() if found is None]
    if missing:
        faults.append(f"Missing: {', '.join(missing)}. Install familyflow again.")
    if not _writable(out):
        faults.append(f"{out.absolute()} cannot be written to. Give another with --out DIR.")
    room = machine.free_bytes(out)
    if room is not None and room < SMALL_BYTES:
        faults.append(f"Only {in_words(room)} free for outputs.")
    if _shipped() is None:
        faults.append("The shipped parameters and scenarios are not found. Install again.")
    return faults


def _writable(out: Path) -> bool:
    """Try to write where the folder is, or would be made; nothing is left behind."""
    place = out.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        handle, name = tempfile.mkstemp(prefix=".familyflow-", suffix=".tmp", dir=place)
    except OSError:
        return False
    os.close(handle)
    os.unlink(name)
    return True


def _compiled() -> str:
    """Whether the machine code of the compiled engine is there, and where it is kept."""
    from familyflow.compiled import kept_code

    folder = kept_code.lasting_folder()
    if folder is None:
        return "cannot be kept anywhere: each start compiles it; set NUMBA_CACHE_DIR"
    if kept_code.is_compiled(folder, expected=True):
        return f"ready, kept in {folder}"
    if kept_code.is_compiled(folder):
        return f"ready but for --follow-up expected ('familyflow warm'), kept in {folder}"
    wait = f"about {kept_code.SECONDS_TO_COMPILE} s"
    return f"not made yet: the first run, or 'familyflow warm', makes it in {wait}, in {folder}"


def _in_words(name: str, fact: object) -> str:
    if fact is None:
        return "not found"
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    if isinstance(fact, int) and name in ("memory", "free_space"):
        return in_words(fact)
    return str(fact)


def _shipped() -> str | None:
    from familyflow.shipped import parameters_folder, scenarios_folder

    try:
        parameters_folder()
        return str(scenarios_folder().parent)
    except MachineError:
        return None
