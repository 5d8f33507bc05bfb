"""Turns a value as written into a number, or says what it looks like and what was meant."""

from __future__ import annotations

import math
import re
import unicodedata

from familyflow.parameters.yaml_tree import Node, Scalar, Section, Wrong, kind_of

_NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
_WHOLE = re.compile(r"[-+]?[0-9]+")
_SMALLEST = 1e-300
_LARGEST = 1e300
_MULTIPLES = {"k": 1e3, "m": 1e6, "bn": 1e9}


def number(node: Node | None) -> int | float:
    """The number written here: whole ones as int. Raises Wrong with what it looks like instead."""
    if not isinstance(node, Scalar):
        raise Wrong(f"a number is due here, not {kind_of(node)}" if node else "a number is missing")
    if node.blank:
        raise Wrong("missing value", "Give a number.")
    text = node.text.strip()
    if node.plain and _NUMBER.fullmatch(text):
        return _checked(text)
    raise _what_it_looks_like(text, node.plain)


def number_in(section: Section, field: str) -> float | None:
    """The number of a field; None where there is none, or none that can be read."""
    try:
        return float(number(section.entries.get(field)))
    except Wrong:
        return None  # noted where the entry is read


def looks_like_a_number(node: Scalar) -> bool:
    """Whether unquoted text was probably meant as a number (1,000, 60%, 12k, a strange minus)."""
    if not node.plain or _NUMBER.fullmatch(node.text) or not any(c.isdigit() for c in node.text):
        return False
    return _plainer(node.text) is not None


def yes_or_no(node: Node) -> bool:
    """`true`, `false`, `yes` or `no` (unquoted). Raises Wrong."""
    if isinstance(node, Scalar) and node.plain and node.text.lower() in ("true", "yes"):
        return True
    if isinstance(node, Scalar) and node.plain and node.text.lower() in ("false", "no"):
        return False
    raise Wrong("must be yes or no", "Write yes or no, without quotes.")


def text(node: Node | None) -> str:
    """A text, as written. Raises Wrong when it is blank, a list or a section."""
    if not isinstance(node, Scalar):
        raise Wrong(f"a text is due here, not {kind_of(node)}" if node else "a text is missing")
    if node.blank or not node.text.strip():
        raise Wrong("missing value", "Give a text.")
    return " ".join(node.text.split())


def neat(value: float) -> str:
    """A number for a message: no trailing zeros, no exponent for ordinary sizes."""
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}"


def short_or_beyond(total: float, due: float) -> str:
    """What to do about a sum that is not the one due, the difference in plain digits.

    >>> short_or_beyond(1.4, 1.0), short_or_beyond(0.9, 1.0)
    ('What is too much is 0.4.', 'What is missing is 0.1.')
    """
    by = f"{abs(total - due):.9f}".rstrip("0").rstrip(".")
    return f"What is {'too much' if total > due else 'missing'} is {by}."


def _checked(text: str) -> int | float:
    digits = text.lstrip("+-")
    if len(digits) > 1 and digits[0] == "0" and digits.isdigit():
        raise Wrong(
            "a leading zero: some programs read this in base 8", f"Did you mean {int(text)}?"
        )
    if _WHOLE.fullmatch(text) and len(digits) <= 15:
        return int(text)
    value = float(text)
    if abs(value) > _LARGEST:
        raise Wrong("too large to be a number from the world")
    if value == 0.0 and any(c in "123456789" for c in re.split("[eE]", digits)[0]):
        raise Wrong("too small to be told from 0", "Write 0 if that is meant.")
    if value != 0.0 and abs(value) < _SMALLEST:
        raise Wrong("too small to be told from 0", "Write 0 if that is meant.")
    return value


def _what_it_looks_like(text: str, plain: bool) -> Wrong:
    if not plain and _NUMBER.fullmatch(text):
        return Wrong("a number is due, and this is text in quotes", f"Take the quotes away: {text}")
    lower = text.lower()
    if lower in ("true", "false", "yes", "no", "on", "off", "y", "n"):
        return Wrong("a number is due, not a yes or no", "Write 1 or 0 if that is meant.")
    if lower.lstrip("+-.") in ("nan", "inf", "infinity"):
        return Wrong("not a number that can be used", "Give a finite number.")
    if re.fullmatch(r"[-+]?0[xbo][0-9a-f_]+", lower):
        return Wrong("a number in base 16, 8 or 2", "Write it in ordinary digits.")
    if re.fullmatch(r"\d{1,3}(:\d{1,2})+(\.\d*)?", text):
        return Wrong("this looks like a time", "Give one number in the unit of the entry.")
    if re.match(r"\d{4}-\d{1,2}-\d{1,2}", text):
        return Wrong("this looks like a date", "Give a number.")
    if re.fullmatch(r"\d{4}/\d{2,4}", text):
        return Wrong("this looks like a financial year", "Give a number.")
    if text.startswith("="):
        return Wrong("formulas are not supported", "Work it out and write the number.")
    return _range(text) or _look_alike(text) or Wrong("a number is due, and this is text")


def _range(text: str) -> Wrong | None:
    found = re.fullmatch(r"([0-9.]+)\s*(?:-|to|\u2013|\u2014|\u2212)\s*([0-9.]+)", _ascii(text))
    found = found or re.fullmatch(r"([0-9.]+)\s*(?:-|to|\u2013|\u2014|\u2212)\s*([0-9.]+)", text)
    if not found or not all(_NUMBER.fullmatch(end) for end in found.groups()):
        return None
    low, high = sorted(found.groups(), key=float)
    return Wrong(
        "this looks like a range",
        f"Did you mean {{uniform: {{low: {low}, high: {high}}}}}? It goes under 'varies:' (with "
        "'by: family') for what differs, or under 'distribution:' (beside a value) for doubt.",
    )


def _look_alike(text: str) -> Wrong | None:
    plainer = _plainer(text)
    if plainer is None:
        return None
    strange = [
        f"{unicodedata.name(c, 'an unusual character').lower()} (U+{ord(c):04X})"
        for c in text
        if not c.isascii() and c != "£"
    ]
    what = "a number is due, and this is text"
    if strange:
        what = f"a number is due; this holds {strange[0]}"
    return Wrong(what, f"Did you mean {plainer}?")


def _plainer(text: str) -> str | None:
    """What a look-alike was probably meant to be, or None."""
    bare = _ascii(text).strip().replace(" ", "").replace("_", "").lstrip("£$€")
    scale = 1.0
    if bare.endswith("%"):
        bare, scale = bare[:-1], 0.01
    for ending, times in _MULTIPLES.items():
        if re.fullmatch(rf"[-+0-9.,]+{ending}", bare, re.IGNORECASE):
            bare, scale = bare[: -len(ending)], times
            break
    if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", bare):
        bare = bare.replace(",", "")
    elif re.fullmatch(r"[-+]?\d{1,3}(\.\d{3})+,\d+", bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[-+]?\d+,\d+", bare):
        bare = bare.replace(",", ".")
    bare = bare.lstrip("£$€")
    if not _NUMBER.fullmatch(bare) or not math.isfinite(float(bare) * scale):
        return None
    return bare if scale == 1.0 else neat(round(float(bare) * scale, 12))


def _ascii(text: str) -> str:
    """Digits, minus signs and spaces in their plain form."""
    text = "".join(str(unicodedata.digit(c)) if unicodedata.digit(c, -1) >= 0 else c for c in text)
    for dash in "\u2212\u2013\u2014\u2010\u2011\uff0d":
        text = text.replace(dash, "-")
    for space in "\xa0\u2007\u2009\u202f\u3000":
        text = text.replace(space, " ")
    return text.replace("\uff0e", ".").replace("\uff0c", ",").replace("\uff05", "%")
