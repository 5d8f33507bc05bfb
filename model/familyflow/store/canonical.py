"""One way of writing any set of inputs as text, so that equal inputs have equal fingerprints."""

from __future__ import annotations

import hashlib
import json
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from numbers import Integral, Real

# Beyond this a float no longer tells neighbouring whole numbers apart.
_EXACT = 2**53
_LONGEST_SLUG = 60
_DIGITS_OF_HASH = 10


def canonical_json(value: object) -> str:
    """The one text of a value: keys sorted, no spaces, floats by their shortest form.

    5 and 5.0 are the same number and so are 0.0 and -0.0. Raises ValueError, naming the place, for
    what has no single text: NaN, infinity, and anything but mappings, lists, text, numbers,
    true, false and null.

    >>> canonical_json({"b": 5.0, "a": [-0.0, None, True]})
    '{"a":[0,null,true],"b":5}'
    """
    return json.dumps(
        _plain(value, "", whole=True),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )


def content_hash(value: object) -> str:
    """SHA-256 of the canonical text, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value).encode("utf-8")).hexdigest()


def json_text(value: object) -> str:
    """Readable JSON in the order given, strict (no NaN or infinity), ending in a newline."""
    plain = _plain(value, "", whole=False)
    return json.dumps(plain, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def run_id(name: str, digest: str) -> str:
    """A readable name and the first ten digits of the content hash.

    >>> run_id("Two more key workers", "0123456789abcdef")
    'two_more_key_workers-0123456789'
    """
    return f"{slug(name)}-{digest[:_DIGITS_OF_HASH]}"


def slug(name: str) -> str:
    """A name safe in any file system: small letters, digits and underscores, at most 60.

    >>> slug("  Café / Été 2026 ")
    'cafe_ete_2026'
    """
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    tidy = re.sub(r"[^a-z0-9]+", "_", letters.lower())[:_LONGEST_SLUG].strip("_")
    return tidy or "scenario"


def _plain(value: object, place: str, *, whole: bool) -> object:
    """A copy in Python's own types; ``whole`` writes whole floats as integers."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value, place)
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return _number(float(value), place, whole=whole)
    if isinstance(value, Mapping):
        return _mapping(value, place, whole=whole)
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        return [_plain(item, f"{place}[{n}]", whole=whole) for n, item in enumerate(value)]
    raise ValueError(f"{place or 'the value'}: a {type(value).__name__} cannot be written as JSON")


def _text(value: str, place: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError(f"{place or 'the value'}: text that is not Unicode") from None
    return str(value)


def _number(value: float, place: str, *, whole: bool) -> float | int:
    if not math.isfinite(value):
        raise ValueError(f"{place or 'the value'}: {value} is not a number that can be kept")
    if whole and value.is_integer() and abs(value) <= _EXACT:
        return int(value)
    return value + 0.0  # turns -0.0 into 0.0


def _mapping(value: Mapping[object, object], place: str, *, whole: bool) -> dict[str, object]:
    plain: dict[str, object] = {}
    for key, item in value.items():
        if isinstance(key, bool) or not isinstance(key, (str, int)):
            raise ValueError(f"{place or 'the value'}: {key!r} cannot be a key")
        name = _text(str(key), place)
        if name in plain:
            raise ValueError(f"{place or 'the value'}: the key {name!r} stands twice")
        plain[name] = _plain(item, f"{place}.{name}" if place else name, whole=whole)
    return plain
