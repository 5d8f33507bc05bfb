"""A hash of a file by which its owner knows it again, and nobody else: a plain one is guessed."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path
from typing import Final

from familyflow.problems import RefusedError
from familyflow.store.atomic import write_file

KEY: Final = ".records_key"
SECRET_BYTES: Final = 32


def key_of(out: Path) -> bytes:
    """The key of this folder: made when it is first needed, for its owner's eyes only.

    Raises RefusedError where a link stands in its place.
    """
    file = out / KEY
    if not file.exists():
        write_file(file, secrets.token_bytes(SECRET_BYTES), replace=False)
        file.chmod(0o600)
    if file.is_symlink():
        raise RefusedError(f"{file} is a link; take it away, so that a key of its own can be made")
    return file.read_bytes()


def keyed(key: bytes, data: bytes) -> str:
    """The hash of some bytes under a key, in hexadecimal digits."""
    return hmac.new(key, data, hashlib.sha256).hexdigest()
