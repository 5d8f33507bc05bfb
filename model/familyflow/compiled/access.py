"""Reads records of memory that Python holds, by its address: how kernels reach families and posts.

A kernel is given one record with the addresses of all memory. An element is handed over as a
pointer, without a copy or a count of references, and the compiler has one argument to deal with.
Whoever makes that record must keep the memory alive (`memory.World`, `tables.Tables`).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba.core import cgutils, types
from numba.extending import intrinsic
from numba.np.numpy_support import from_dtype

_POINTER_ADD: Any = cgutils.pointer_add


def element(field: str, kind: np.dtype[np.void]) -> Any:
    """A function (owner, k): the k-th record of a kind; `field` of the owner holds the address."""
    record = from_dtype(kind)

    @intrinsic
    def read(_: Any, owner: Any, place: Any) -> Any:
        def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            whole = context.get_value_type(types.int64)
            held = _POINTER_ADD(builder, arguments[0], owner.offset(field), whole.as_pointer())
            return _pointer(context, builder, record, builder.load(held), arguments[1])

        return record(owner, types.int64), build

    return read


def element_of_list(kind: np.dtype[np.void]) -> Any:
    """A function (address, k): the k-th record of a kind from this address on."""
    record = from_dtype(kind)

    @intrinsic
    def read(_: Any, address: Any, place: Any) -> Any:
        def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return _pointer(context, builder, record, *arguments)

        return record(types.int64, types.int64), build

    return read


def _pointer(context: Any, builder: Any, record: Any, address: Any, place: Any) -> Any:
    size = context.get_value_type(types.int64)(record.size)
    there = builder.add(address, builder.mul(place, size))
    return builder.inttoptr(there, context.get_value_type(record))
