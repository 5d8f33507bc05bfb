"""What this machine has, and plain words for when it stands in the way."""

from __future__ import annotations

import errno
import hashlib
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from familyflow.problems import MachineError

# Libraries whose arithmetic or way of writing reaches the files; another version is another run.
COUNTED: Final = ("numpy", "pandas", "pyarrow", "scipy")
LIBRARIES: Final = (
    "numpy", "pandas", "scipy", "simpy", "numba", "SALib", "PyYAML", "pydantic", "pyarrow",
)  # fmt: skip
# Parts of the package that show an answer and cannot change it: nothing below imports them.
_SHOWN_ONLY: Final = ("cli", "web", "reports")
_NO_SPACE: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_PERMISSION: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_ODD: Final = frozenset({errno.EIO, errno.ENOMEM, errno.EMFILE, errno.ENAMETOOLONG})
_GONE: Final = frozenset({errno.ENOENT, errno.ESTALE})


@contextmanager
def machine_errors(folder: Path, need: int | None = None) -> Iterator[None]:
    """Turns an operating-system error inside the block into a MachineError that names the folder.

    ``need`` is how many bytes the block writes, said when there is no room for them.
    """
    try:
        yield
    except MachineError:
        raise
    except OSError as error:
        raise MachineError(explain_error(error, folder, need)) from error


def is_about_the_machine(error: OSError) -> bool:
    """Whether the error speaks of space, permission or a folder, and not of a fault in the code."""
    return error.errno in _NO_SPACE | _NO_PERMISSION | _ODD


def explain_error(error: OSError, folder: Path | str, need: int | None = None) -> str:
    """What went wrong and what to do, in a sentence or two. folder: a path, or words for one."""
    if error.errno in _NO_SPACE:
        return _no_space(folder, need)
    if error.errno in _NO_PERMISSION:
        return (
            f"{folder} may not be read or written ({error.strerror}). Change its permissions, or "
            "give another place (results: --out DIR)."
        )
    if error.errno in _GONE:
        return (
            f"{folder} is not there, or went away while it was in use: make the folder first, or "
            "name another."
        )
    if error.errno == errno.ENOTDIR or isinstance(error, FileExistsError):
        return f"{folder} cannot be a folder: a file of that name is in the way."
    if error.errno == errno.ENAMETOOLONG:
        return f"{folder}: the name is longer than this machine allows."
    return f"{folder}: {error.strerror or error}"


def _no_space(folder: Path | str, need: int | None) -> str:
    wanted = "" if need is None else f": {in_words(need)} must be written"
    room = free_bytes(folder) if isinstance(folder, Path) else None
    left = "" if room is None else f", {in_words(room)} free"
    if room is not None and room > (need or 0):
        left += " on the disk (so a quota, or a limit on the size of files?)"
    return f"no space left in {folder}{wanted}{left}. Free some space, or give --out DIR."


def ensure_writable(folder: Path) -> None:
    """Make the folder and try it with a small file, so that no work is done in vain.

    The file has no name where the system allows it: who is killed at that moment leaves nothing.
    """
    with machine_errors(folder, need=1):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"x")


def free_bytes(folder: Path) -> int | None:
    """Free space where the folder is, or would be; None when it cannot be told."""
    for place in (folder, *folder.absolute().parents):
        try:
            return shutil.disk_usage(place).free
        except OSError:
            continue
    return None


def in_words(count: float) -> str:
    """A number of bytes as a person says it.

    >>> in_words(2_400_000)
    '2.4 MB'
    """
    for unit in ("bytes", "kB", "MB", "GB", "TB"):
        if count < 1000:
            return f"{count:,.0f} {unit}" if unit == "bytes" else f"{count:,.1f} {unit}"
        count /= 1000
    return f"{count:,.1f} PB"


def library_versions(names: tuple[str, ...] = LIBRARIES) -> dict[str, str | None]:
    """The version of each library, without importing it; None when it is not installed."""
    return {name: _version(name) for name in names}


def platform_name() -> str:
    """The system and the processor, e.g. 'Linux x86_64'; never the name of the machine."""
    return f"{platform.system()} {platform.machine()}"


def python_version() -> str:
    """The version of Python, e.g. '3.11.7'."""
    return platform.python_version()


def package_version() -> str | None:
    """The version of familyflow as installed; None in a bare checkout."""
    return _version("familyflow")


def memory_bytes() -> int | None:
    """The memory this machine has; None where the system does not say."""
    if sys.platform == "win32":
        return None
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return None


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@cache
def source_hash() -> str:
    """SHA-256 over the package's own code, so that results of changed code are told apart.

    The parts that only show an answer are left out; line ends count as one.
    """
    root = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for file in sorted(root.rglob("*.py"), key=lambda file: file.relative_to(root).as_posix()):
        name = file.relative_to(root).as_posix()
        if name.split("/")[0] in _SHOWN_ONLY:
            continue
        text = file.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(text)}\0".encode())
        digest.update(text)
    return digest.hexdigest()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
