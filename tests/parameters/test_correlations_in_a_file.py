"""A parameter file laid over others may say which numbers go together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from familyflow.experiments.inputs import Settings, draw_numbers, load_inputs
from familyflow.problems import InputError

FIRST = "outcomes.escalation.early_help_to_child_in_need"
SECOND = "outcomes.escalation.early_help_ends"


def given(folder: Path, text: str) -> Path:
    file = folder / "together.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def ranks(files: list[Path]) -> float:
    resolved = load_inputs("core_offer", parameter_files=files)
    drawn = [*draw_numbers(resolved, Settings(500, 1, 1)).values]
    columns = np.array([[one[FIRST], one[SECOND]] for one in drawn])
    return float(np.corrcoef(columns.argsort(axis=0).argsort(axis=0).T)[0, 1])


def test_numbers_go_together_as_the_file_says_and_no_longer_without_it(tmp_path: Path) -> None:
    """Seed 1, 500 draws: within four standard errors of a rank correlation."""
    file = given(tmp_path, f"correlations:\n  - {{of: [{FIRST}, {SECOND}], rank: 0.6, note: x}}\n")

    assert ranks([file]) == pytest.approx(0.6, abs=4 / 500**0.5)
    assert ranks([]) == pytest.approx(0.0, abs=4 / 500**0.5)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            f"correlations:\n  - {{of: [{FIRST}, outcomes.escalation.nothing], rank: 0.6}}\n",
            "nothing",
        ),
        (f"correlations:\n  - {{of: [{FIRST}, {SECOND}], rank: 1.6}}\n", "1.6"),
        ("correlations:\n  - 0.5\n", "a section is due here"),
        ("correlations: 0.5\n", "correlations"),
    ],
)
def test_what_is_wrong_with_it_is_told(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        load_inputs("core_offer", parameter_files=[given(tmp_path, text)])
