"""Which part of the model does what and uses which others, read from its own source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

PACKAGE: Final = "familyflow"
# Read as text: parsing every file takes seconds, and a test compares the two ways.
_DESCRIPTION: Final = re.compile(r'\s*r?"""(.*?)"""', re.DOTALL)
_IMPORT: Final = re.compile(
    rf"^[ ]*(?:from {PACKAGE}\.(\w+)|import {PACKAGE}\.(\w+)|from {PACKAGE} import ([\w, ]+))", re.M
)


@dataclass(frozen=True)
class Module:
    """A file of code. says: the first sentence of its own description."""

    name: str
    says: str


@dataclass(frozen=True)
class Part:
    """A folder, or a file beside the folders, of the package. uses: the other parts it imports.

    level: 0 uses no other part; each part stands above all that it uses.
    """

    name: str
    says: str
    uses: tuple[str, ...]
    level: int
    modules: tuple[Module, ...]


def parts() -> list[Part]:
    """Every part of the package, those that use most above: nothing is imported to find out."""
    found: dict[str, tuple[str, set[str], list[Module]]] = {}
    for path, text in sorted(_sources(files(PACKAGE), "")):
        name = path.split("/")[0].removesuffix(".py")
        if name.startswith("__"):
            continue
        says, uses, modules = found.get(name, ("", set(), []))
        told = first_paragraph(text)
        if path in (f"{name}.py", f"{name}/__init__.py"):
            says = told
        else:
            module = path.removeprefix(f"{name}/").removesuffix(".py").removesuffix("/__init__")
            modules.append(Module(module, told))
        found[name] = (says, uses | set(imported(text)), modules)
    known = set(found)
    among = {name: (held[1] - {name}) & known for name, held in found.items()}
    levels = _levels(among)
    made = [
        Part(name, says, tuple(sorted(among[name])), levels[name], tuple(modules))
        for name, (says, _, modules) in found.items()
    ]
    return sorted(made, key=lambda part: (-part.level, part.name))


def _sources(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for one in folder.iterdir():
        if one.is_dir() and not one.name.startswith((".", "_")):
            yield from _sources(one, f"{path}{one.name}/")
        elif one.name.endswith(".py"):
            yield f"{path}{one.name}", one.read_text(encoding="utf-8")


def first_paragraph(text: str) -> str:
    """The first paragraph of a file's description, on one line."""
    told = _DESCRIPTION.match(text)
    return " ".join(told[1].partition("\n\n")[0].split()).replace("`", "") if told else ""


def imported(text: str) -> Iterator[str]:
    """The parts of the package that a file imports, wherever in it."""
    for found in _IMPORT.finditer(text):
        if found[3]:
            yield from (name.strip().split(" ")[0] for name in found[3].split(",") if name.strip())
        else:
            yield found[1] or found[2]


def _levels(uses: Mapping[str, set[str]]) -> dict[str, int]:
    """How many parts stand below each, one on another. Raises ValueError where they go round."""
    levels: dict[str, int] = {}
    while len(levels) < len(uses):
        ready = [name for name in uses if name not in levels and uses[name] <= levels.keys()]
        if not ready:
            raise ValueError(f"parts use each other in a circle: {sorted(uses.keys() - levels)}")
        for name in ready:
            levels[name] = 1 + max((levels[one] for one in uses[name]), default=-1)
    return levels
