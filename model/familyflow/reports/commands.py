"""The commands that make a finished run again, as its manifest says what was asked."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Any


def commands(asked: Mapping[str, Any]) -> Iterator[str]:
    """The commands that make a run, and those that priced it again, in their order."""
    if "reprice" in asked:
        yield from commands(asked["first"])
        yield _command(["--reprice", str(asked["reprice"])], asked)
        return
    words = [str(asked["scenario"]), "--draws", str(asked["draws"]), "--seed", str(asked["seed"])]
    words += ["--replications", str(asked["replications"])]
    words += ["--common-luck"] if asked["common_luck"] else []
    if "follow_up" in asked:
        words += ["--follow-up", str(asked["follow_up"]), "--inner", str(asked["inner"])]
    yield _command(words, asked)


def verify_command(asked: Mapping[str, Any]) -> str:
    """The command that checks the model on the inputs of a run, whatever was priced again."""
    sets: dict[str, str] = {}
    files: list[str] = []
    one: Mapping[str, Any] | None = asked
    while one is not None:  # what was asked later comes first here, and holds
        sets = {text.partition("=")[0].strip(): text for text in one["sets"]} | sets
        files = [*one["parameter_files"], *files]
        scenario, one = one.get("scenario"), one.get("first")
    return _joined("verify", [str(scenario)], {"sets": [*sets.values()], "parameter_files": files})


def compare_command(
    asked: Mapping[str, Any], scenarios: Sequence[str], parameter_files: Sequence[str]
) -> str:
    """The command that makes a comparison again, with its files where they stand now."""
    words = [*scenarios, "--draws", str(asked["draws"]), "--seed", str(asked["seed"])]
    words += ["--replications", str(asked["replications"])]
    words += ["--common-luck"] if asked["common_luck"] else []
    words += ["--follow-up", str(asked["follow_up"])] if "follow_up" in asked else []
    words += [] if asked["price_year"] is None else ["--price-year", str(asked["price_year"])]
    words += [] if asked["structures"] else ["--no-structures"]
    words += [] if asked["within"] is None else ["--within", str(asked["within"])]
    return _joined("compare", words, {**asked, "parameter_files": parameter_files})


def _command(words: list[str], asked: Mapping[str, Any]) -> str:
    return _joined("run", words, asked)


def _joined(name: str, words: list[str], asked: Mapping[str, Any]) -> str:
    more = [["--set", one] for one in asked["sets"]]
    more += [["--parameters", one] for one in asked["parameter_files"]]
    return shlex.join(["familyflow", name, *words, *(word for pair in more for word in pair)])
