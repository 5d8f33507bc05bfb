"""Hands memory that nothing uses any more back to the machine, before what needs much begins."""

from __future__ import annotations

import ctypes
from contextlib import suppress

import pyarrow as pa


def give_back() -> None:
    """Let go of what was freed and is held for later: charts need as much as a block of draws."""
    pa.default_memory_pool().release_unused()
    with suppress(AttributeError, OSError, TypeError):  # only the C library of Linux can be asked
        ctypes.CDLL(None).malloc_trim(0)
