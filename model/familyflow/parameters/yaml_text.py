"""Gets the text of a file: its size, its encoding and the characters that do not belong in it."""

from __future__ import annotations

import re
from pathlib import Path

from familyflow.problems import MachineError, Problems

MOST_BYTES = 2_000_000
# Control characters made by an escape ("\\e"), marks that turn text round, halves of characters.
UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_FORBIDDEN = re.compile("[^\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HARD_SPACE = re.compile("(?m)^[ ]*[\xa0\u2007\u202f\u3000]|^[^#\n\"']*?:[\xa0\u2007\u202f\u3000]")
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


def read_text(path: Path | str, problems: Problems) -> str | None:
    """The text of a file, or None when it cannot be used (its problems are then noted).

    Raises MachineError when the machine refuses to give the file up.
    """
    shown = shown_path(path)
    raw = _bytes(Path(path), shown, problems)
    return None if raw is None else _decoded(raw, shown, problems)


def shown_path(path: Path | str) -> str:
    """How messages name a file: from the working folder where it lies below it."""
    resolved = Path(path).absolute()
    try:
        return resolved.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def _bytes(path: Path, shown: str, problems: Problems) -> bytes | None:
    if path.is_dir():
        problems.add(shown, 0, 0, "this is a folder, not a file")
        return None
    if not path.is_file():
        problems.add(shown, 0, 0, "there is no such file", "Check the name and the folder.")
        return None
    try:
        if path.stat().st_size > MOST_BYTES:
            size = path.stat().st_size
            problems.add(
                shown, 0, 0, f"the file has {size:,} bytes; at most {MOST_BYTES:,} are read"
            )
            return None
        return path.read_bytes()
    except OSError as error:
        raise MachineError(f"{shown} cannot be read: {error.strerror}") from error


def _decoded(raw: bytes, shown: str, problems: Problems) -> str | None:
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    if encoding == "utf-8-sig" and b"\x00" in raw[:400]:
        line, column = _line_and_column(raw[: raw.index(b"\x00")].decode("latin-1"))
        problems.add(
            shown,
            line,
            column,
            "the file holds NUL bytes, as UTF-16 text does",
            "Save it as UTF-8.",
        )
        return None
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line, column = _line_and_column(raw[: error.start].decode(encoding, "replace"))
        what = f"byte {error.start + 1} (0x{raw[error.start]:02x}) is not UTF-8 text"
        problems.add(shown, line, column, what, "Save the file as UTF-8.")
        return None


def bad_characters(text: str, file: str, problems: Problems) -> bool:
    """Note tabs, control characters and no-break spaces in the layout; whether there were any."""
    lines = set()
    for match in _FORBIDDEN.finditer(text):
        line, column = _line_and_column(text[: match.start()])
        if line in lines:
            continue
        lines.add(line)
        if match.group() == "\t":
            what, to_do = "a tab character", "Use spaces: YAML gives tabs no width."
        else:
            name = f"U+{ord(match.group()):04X}"
            what, to_do = f"a control character ({name})", "Delete it."
        problems.add(file, line, column, what, to_do)
        if len(lines) > 50:
            break
    for match in _HARD_SPACE.finditer(text):
        line, column = _line_and_column(text[: match.end() - 1])
        name = f"U+{ord(text[match.end() - 1]):04X}"
        what = f"a no-break space ({name}) where an ordinary space is due"
        problems.add(file, line, column, what, "Type an ordinary space in its place.")
        lines.add(line)
    return bool(lines)


def _line_and_column(before: str) -> tuple[int, int]:
    breaks = list(_BREAK.finditer(before))
    start = breaks[-1].end() if breaks else 0
    return len(breaks) + 1, len(before) - start + 1
