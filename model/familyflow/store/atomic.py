"""Files that are either whole or not there, whatever happens while they are written."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

from familyflow.store.machine import machine_errors
from familyflow.store.passing import passing_file

_PIECE = 1 << 20


def write_file(path: Path, data: bytes, *, replace: bool = True) -> None:
    """Write the file as one step: under another name first, then flushed, then renamed.

    With ``replace=False`` an existing file is left alone and FileExistsError is raised.
    Raises MachineError when there is no room or no permission; then no part of it is left.
    """
    folder = path.parent
    with machine_errors(folder, need=len(data)):
        with ExitStack() as held:
            temporary = passing_file(folder, held)
            _write_through(temporary, data)
            taken = _put(temporary, path, replace=replace)
        sync_folder(folder)
    if taken:
        raise FileExistsError(errno.EEXIST, "there is already a file of that name", str(path))


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write several files that belong together: none has its name before all are on the disk.

    Folders are made as they are needed. Raises MachineError where there is no room or no
    permission; then what stood there before is as it was, and no part of the new is left.
    """
    if not files:
        return
    need = sum(map(len, files.values()))
    written: dict[Path, Path] = {}
    with machine_errors(_shared(files), need=need):
        with ExitStack() as held:
            for path, data in files.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                if path.is_dir():  # found now, while nothing has been renamed
                    raise IsADirectoryError(errno.EISDIR, "a folder has that name", str(path))
                written[path] = passing_file(path.parent, held)
                _write_through(written[path], data)
            for path, temporary in written.items():
                os.replace(temporary, path)
        for folder in sorted({path.parent for path in files}):
            sync_folder(folder)


def make_folder(folder: Path) -> None:
    """Make a folder, with those above it, if it is not there. Raises MachineError if it cannot."""
    with machine_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)


def sync_file(path: Path) -> None:
    """Ask the disk to keep what was written to this file."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Ask the disk to keep the names in this folder (Windows has no such request)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network file systems cannot do this for a folder; the files themselves are kept.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def file_hash(path: Path) -> str:
    """SHA-256 of the file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _shared(files: Iterable[Path]) -> Path:
    """The folder that all of them stand in, however deep."""
    return Path(os.path.commonpath([path.parent for path in files]))


def _write_through(path: Path, data: bytes) -> None:
    with path.open("r+b") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _put(temporary: Path, path: Path, *, replace: bool) -> bool:
    """Give the file its name; True when the name was taken and must not be."""
    if replace:
        os.replace(temporary, path)
        return False
    try:
        os.link(temporary, path)
    except FileExistsError:
        return True
    except OSError:
        # A file system without links: creating exclusively still never overwrites.
        try:
            path.touch(exist_ok=False)
        except FileExistsError:
            return True
        _write_through(path, temporary.read_bytes())
    return False
