"""Finds scenarios by name or path, and says which names cannot be used."""

from __future__ import annotations

from pathlib import Path

from familyflow.parameters.nearest import did_you_mean, listed
from familyflow.problems import bad_input
from familyflow.shipped import scenarios_folder

LONGEST_NAME = 100
_RESERVED = {
    ".",
    "..",
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10)),
}


def find_scenario(name: str, folder: Path | None = None, beside: Path | None = None) -> Path:
    """The file of a scenario: a path, or a name.

    A name is looked up in `beside`, in `folder` (default ./scenarios) and among the shipped ones.
    Raises InputError, which lists those there are.
    """
    problem = name_problem(name)
    if problem:
        raise bad_input(f"'{name[:120]}' cannot be a scenario: {problem}")
    if name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name:
        path = Path(name) if beside is None or Path(name).is_absolute() else beside / name
        if path.is_file():
            return path
    else:
        for place in _places(folder, beside):
            if (place / f"{name}.yaml").is_file():
                return place / f"{name}.yaml"
    names = scenario_names(folder, beside)
    to_do = did_you_mean(Path(name).stem, names) or ""
    raise bad_input(f"there is no scenario '{name}'", f"{to_do} There are {listed(names)}.".strip())


def scenario_names(folder: Path | None = None, beside: Path | None = None) -> list[str]:
    """The names of the scenarios that can be run from here."""
    return sorted({path.stem for place in _places(folder, beside) for path in place.glob("*.yaml")})


def name_problem(name: str) -> str:
    """Why this cannot name a scenario, or nothing."""
    stem = Path(name).name.removesuffix(".yaml").removesuffix(".yml")
    if not stem.strip():
        return "the name is empty"
    if len(stem) > LONGEST_NAME:
        return f"the name has {len(stem)} characters; at most {LONGEST_NAME} are allowed"
    if stem.casefold() in _RESERVED or name in (".", ".."):
        return "the name is reserved by operating systems"
    if any(not c.isprintable() or c in '<>:"|?*' for c in stem):
        return "the name holds a character that file names cannot have"
    return ""


def _places(folder: Path | None, beside: Path | None) -> list[Path]:
    own = Path("scenarios") if folder is None else folder
    places = [*([beside] if beside is not None else []), own, scenarios_folder()]
    return [place for place in places if place.is_dir()]
