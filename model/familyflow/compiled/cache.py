"""Compiles the kernels and keeps the machine code, so that it is made once and never stale.

numba keeps what it compiled beside the source, and looks only at the file of the function that is
called. Here the folder also carries a fingerprint of everything whose values are frozen into the
kernels, so a change of an event code or of a table can never be answered by yesterday's code.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import numba
from numba.core import types

P = ParamSpec("P")
R = TypeVar("R")

SECONDS_TO_COMPILE = 30  # about, on an ordinary laptop: what a waiting person is told
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
_NJIT: Any = numba.njit
_CONFIG: Any = numba.config
_PLAIN: Any = types.unliteral
_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "fastmath": False}
# The quick way to compile uses numba's inside, and was tried with this numba alone. Any other
# compiles each step by itself: three times as long, for the same bits.
_TRIED = "0.68."


def _options() -> tuple[dict[str, Any], dict[str, Any]]:
    """How steps, and kernels, are compiled."""
    if not numba.__version__.startswith(_TRIED):
        return _OPTIONS, _OPTIONS
    from familyflow.compiled.pipeline import KernelCompiler, StepCompiler

    return (
        {**_OPTIONS, "pipeline_class": StepCompiler},
        {**_OPTIONS, "pipeline_class": KernelCompiler},
    )


STEP_OPTIONS, _WHOLE = _options()


def step(function: Callable[P, R]) -> Callable[P, R]:
    """A part of a kernel: compiled into the kernels that call it."""
    dispatcher = _NJIT(**STEP_OPTIONS)(function)
    find = dispatcher.get_call_template

    def find_once(arguments: Sequence[Any], named: dict[str, Any]) -> Any:
        # numba would compile a step anew for every constant that it is called with: 80 times `note`
        plain = [_PLAIN(argument) for argument in arguments]
        return find(plain, named)

    dispatcher.get_call_template = find_once
    return cast("Callable[P, R]", dispatcher)


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """A kernel that Python calls: compiled at the first call, and kept where there is a place."""
    folder = folder_of_code()
    if folder is None:
        return cast("Callable[P, R]", _NJIT(**_WHOLE)(function))
    before = _CONFIG.CACHE_DIR
    _CONFIG.CACHE_DIR = str(folder)
    try:
        return cast("Callable[P, R]", _NJIT(cache=True, **_WHOLE)(function))
    except RuntimeError as error:  # numba finds no place for the code after all
        _warn(f"the compiled kernels cannot be kept ({error}); each start compiles them again")
        return cast("Callable[P, R]", _NJIT(**_WHOLE)(function))
    finally:
        _CONFIG.CACHE_DIR = before


@cache
def folder_of_code() -> Path | None:
    """The folder of the kept code for these sources; None when nothing can be written at all."""
    name = f"kernels-{_fingerprint()}"
    for root in _places():
        if _is_writable(root / name):
            return root / name
    try:
        folder = Path(tempfile.mkdtemp(prefix="familyflow-"))
    except OSError:
        _warn("there is no folder to keep the compiled kernels in; each start compiles them again")
        return None
    _warn(f"the compiled kernels are kept in {folder}, for this run only; set NUMBA_CACHE_DIR")
    return folder


def is_compiled() -> bool:
    """Whether kept code is there, so that the first call need not compile."""
    folder = folder_of_code()
    return folder is not None and any(folder.rglob("*.nbi"))


def announce(say: Callable[[str], object]) -> None:
    """Tell whoever waits that kernels are about to be compiled, if they are."""
    if not is_compiled():
        say(f"compiling kernels, once, about {SECONDS_TO_COMPILE} s")


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
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _fingerprint() -> str:
    digest = hashlib.sha256(f"{numba.__version__} {sys.version}".encode())
    for pattern in _FROZEN:
        for file in sorted(_PACKAGE.glob(pattern)):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _warn(message: str) -> None:
    warnings.warn(message, RuntimeWarning, stacklevel=2)
