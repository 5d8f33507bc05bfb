"""Compiles the kernels and keeps the machine code (`kept_code`), so that it is made once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, ParamSpec, TypeVar, cast

import numba
from numba.core import types

from familyflow.compiled.kept_code import folder_of_code, warn

P = ParamSpec("P")
R = TypeVar("R")

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
        dispatcher = _NJIT(cache=True, **_WHOLE)(function)
        _forgive_damage(dispatcher._cache, function.__name__)
        return cast("Callable[P, R]", dispatcher)
    except RuntimeError as error:  # numba finds no place for the code after all
        warn(f"the compiled kernels cannot be kept ({error}); each start compiles them again")
        return cast("Callable[P, R]", _NJIT(**_WHOLE)(function))
    finally:
        _CONFIG.CACHE_DIR = before


def _forgive_damage(kept: Any, name: str) -> None:
    """What was kept and cannot be read is made again, and what cannot be kept is used all the same.

    Files are cut off when a machine stops or a disk is full, and numba unpickles whatever it finds:
    any error may come of it.
    """
    load, save = kept.load_overload, kept.save_overload

    def load_or_nothing(*asked: Any) -> Any:
        try:
            made = load(*asked)
            if made is not None and made.fndesc.qualname.rpartition(".")[2] != name:
                raise ValueError(made.fndesc.qualname)  # another's code in its place
            return made
        except Exception as error:
            warn(f"the kept code of {name} is damaged ({type(error).__name__}) and is made again")
            with suppress(OSError):
                kept.flush()  # forget what is there
            return None

    def save_if_possible(*made: Any) -> None:
        try:
            save(*made)
        except Exception as error:
            warn(
                f"the compiled code of {name} cannot be kept ({error}); each start "
                "compiles it again; set NUMBA_CACHE_DIR to a folder with room"
            )

    kept.load_overload, kept.save_overload = load_or_nothing, save_if_possible
