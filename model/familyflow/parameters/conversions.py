"""From what stands in a file to what a field of an entry needs; each raises Wrong in words."""

from __future__ import annotations

import re
from typing import Any

from familyflow.parameters import numerals
from familyflow.parameters.yaml_tree import Items, Node, Scalar, Section, Wrong, kind_of

LAST_SEED = 2**64 - 1
_DIGITS = re.compile(r"0|[1-9][0-9]*")


def fields(value: Any) -> Any:
    """One section as the dictionary pydantic expects."""
    if isinstance(value, Section):
        return dict(value.entries)
    if isinstance(value, (Scalar, Items)):
        raise Wrong(f"a section of names is due here, not {kind_of(value)}")
    return value


def texts(value: Any) -> Any:
    """A list of texts."""
    if isinstance(value, Items):
        return [numerals.text(item) for item in value.items]
    raise Wrong(f"a list of texts is due here, not {kind_of(value)}")


def shares(value: Any) -> Any:
    """Agencies with numbers."""
    if not isinstance(value, Section):
        raise Wrong(
            f"agencies with their shares are due here, not {kind_of(value)}",
            "For example {nhs: 1}.",
        )
    return {name: float(numerals.number(share)) for name, share in value.entries.items()}


def prices(value: Any) -> Any:
    """Financial years with prices."""
    if not isinstance(value, Section):
        raise Wrong(
            f"years with their prices are due here, not {kind_of(value)}",
            'For example {"2019/20": 3830}.',
        )
    return {year: _price(price) for year, price in value.entries.items()}


def _price(node: Node) -> float:
    """A price of a series; one that is no number is noted where the series is looked at."""
    try:
        return float(numerals.number(node))
    except Wrong:
        return 0.0


def share_or_key(value: Any) -> Any:
    """A share between 0 and 1, or the key of one."""
    if isinstance(value, Scalar) and value.plain and "." in value.text and value.text[0].isalpha():
        return numerals.text(value)
    share = float(numerals.number(value))
    if not 0.0 <= share <= 1.0:
        raise Wrong("must lie between 0 and 1", "Give a share, or the key of one.")
    return share


def share_key_or_rest(value: Any) -> Any:
    """A share between 0 and 1, the key of one, or what another share leaves: {rest_of: KEY}."""
    if not isinstance(value, Section):
        return share_or_key(value)
    if list(value.entries) != ["rest_of"]:
        raise Wrong("a share, a key or {rest_of: KEY} is due here", "Name one key: {rest_of: KEY}.")
    return {"rest_of": numerals.text(value.entries["rest_of"])}


def key_or_keys(value: Any) -> Any:
    """A key, or a key for each scope."""
    if isinstance(value, Section):
        return {name: numerals.text(key) for name, key in value.entries.items()}
    return numerals.text(value)


def whole(value: Any) -> Any:
    """A whole number."""
    number = numerals.number(value)
    if float(number) != int(number):
        raise Wrong("a whole number is due here")
    return int(number)


def seed(value: Any) -> Any:
    """A whole number of which every digit counts: it begins the luck."""
    text = value.text if isinstance(value, Scalar) and value.plain else ""
    if not _DIGITS.fullmatch(text):
        return whole(value)
    if int(text) > LAST_SEED:
        what = f"must be {LAST_SEED:,} or less, the largest number of 64 bits"
        raise Wrong(what, "Any smaller whole number does as well, for example 1.")
    return int(text)


def number(value: Any) -> Any:
    """A number."""
    return float(numerals.number(value))


def optional_section(value: Any) -> Any:
    """A section, or nothing."""
    return None if isinstance(value, Scalar) and value.blank else fields(value)


def plain(node: Node) -> Any:
    """A table as plain numbers, texts, lists and dictionaries. Raises Wrong for look-alikes."""
    if isinstance(node, Section):
        return {name: plain(child) for name, child in node.entries.items()}
    if isinstance(node, Items):
        return [plain(child) for child in node.items]
    return plain_value(node)


def plain_value(node: Scalar) -> int | float | bool | str | None:
    """A cell of a table: a number, yes or no, a text, or None when blank. Raises Wrong."""
    if node.blank:
        return None
    if not node.plain:
        return node.text
    if node.text in ("true", "false", "yes", "no"):
        return node.text in ("true", "yes")
    try:
        return numerals.number(node)
    except Wrong:
        if numerals.looks_like_a_number(node) or node.text.lower().lstrip("+-") in (".nan", ".inf"):
            raise
        return node.text
