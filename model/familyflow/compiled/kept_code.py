"""Where compiled kernels are kept, and whether they are there.

numba keeps what it compiled beside the source, and looks only at the file of the function that is
called. Here the folder's name carries a fingerprint of everything whose values are frozen into the
kernels, so a change of an event code or of a table can never be answered by yesterday's code.
Nothing of numba is imported: the command line can ask at once.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path

SECONDS_TO_COMPILE = 30  # about, on an ordinary laptop: what a waiting person is told
KERNELS = (  # what a run calls
    "cohort_chain.solve_draws",
    "kernels.count_entries",
    "kernels.fold",
    "kernels.make_families",
    "kernels.run_arms",
)
KERNELS_OF_EXPECTED = ("kernels.follow_again",)  # and besides, one with an expected follow-up
_PREFIX = "kernels-"
_PACKAGE = Path(__file__).resolve().parents[1]
# what the kernels are made of, and take values from
_FROZEN = (
    "compiled/access.py",
    "compiled/cache.py",
    "compiled/kernels.py",
    "compiled/pipeline.py",
    "compiled/records.py",
    "luck.py",
    "outcomes/cohort_chain.py",
    "specification/*.py",
)


@cache
def folder_of_code() -> Path | None:
    """The folder of the kept code for these sources, made if need be.

    One for this run only where there is no lasting one; None when nothing can be written at all.
    """
    lasting = lasting_folder()
    if lasting is not None:
        with suppress(OSError):  # another has taken the place since; one for this run will do
            lasting.mkdir(parents=True, exist_ok=True)
            return lasting
    try:
        folder = _of_this_run()
    except OSError:
        warn("there is no folder to keep the compiled kernels in; each start compiles them again")
        return None
    warn(f"the compiled kernels are kept in {folder}, for this run only; set NUMBA_CACHE_DIR")
    return folder


def lasting_folder() -> Path | None:
    """Where the code for these sources is kept from run to run, or would be; None: nowhere."""
    name = _PREFIX + _fingerprint()
    return next((place / name for place in _places() if _is_writable(place / name)), None)


def is_compiled(folder: Path | None = None, *, expected: bool = False) -> bool:
    """Whether all that a run calls is there, so that nothing has to be compiled.

    expected: a run with an expected follow-up.
    """
    folder = folder or folder_of_code()
    if folder is None:
        return False
    # numba keeps an index and, beside it, code; a disk that was full leaves one without the other
    kept = set.intersection(*(_names_kept(folder, kind) for kind in ("nbi", "nbc")))
    return kept.issuperset((*KERNELS, *(KERNELS_OF_EXPECTED if expected else ())))


def _names_kept(folder: Path, kind: str) -> set[str]:
    files = folder.rglob(f"*.{kind}")
    return {file.name.split("-")[0] for file in files if file.is_file() and file.stat().st_size}


def announce(say: Callable[[str], object], *, expected: bool = False) -> None:
    """Tell whoever waits that kernels are about to be compiled, if they are."""
    if not is_compiled(expected=expected):
        say(f"compiling kernels, once, about {SECONDS_TO_COMPILE} s")


def outdated() -> Iterator[Path]:
    """Folders of code for other sources or another numba or Python, which nobody reads again."""
    present = _PREFIX + _fingerprint()
    for place in _places():
        yield from sorted(path for path in place.glob(f"{_PREFIX}*") if path.name != present)


def warn(message: str) -> None:
    """One line about code that cannot be kept."""
    warnings.warn(message, RuntimeWarning, stacklevel=2)


def _places() -> list[Path]:
    """Where code may be kept, the first choice first."""
    asked = os.environ.get("NUMBA_CACHE_DIR")
    if asked:
        return [Path(asked)]
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    places = [_PACKAGE / "compiled" / "__pycache__"]
    with suppress(RuntimeError):  # there is no home
        places.append((Path(home) if home else Path.home() / ".cache") / "familyflow")
    return places


def _is_writable(folder: Path) -> bool:
    """Whether files can be written there, or where it would be made; nothing is left behind."""
    try:
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _of_this_run() -> Path:
    """A folder that is removed when Python ends."""
    _TEMPORARY.append(tempfile.TemporaryDirectory(prefix="familyflow-kernels-"))
    return Path(_TEMPORARY[-1].name)


_TEMPORARY: list[tempfile.TemporaryDirectory[str]] = []


def _fingerprint() -> str:
    digest = hashlib.sha256(f"{metadata.version('numba')} {sys.version}".encode())
    for pattern in _FROZEN:
        for file in sorted(_PACKAGE.glob(pattern)):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]
