"""What is kept in git to be looked at is what the model says today, and the README quotes it."""

import json
import shutil
from pathlib import Path

import pytest
from tests.reports.example.reading import differences

from familyflow.cli.baseline import EXAMPLES, FOLDER, write_example

ROOT = Path(__file__).parents[3]
MOST_SHOWN = 20  # of the lines that differ


@pytest.mark.whole
@pytest.mark.parametrize(
    "scenario",
    [EXAMPLES[0], *(pytest.param(name, marks=pytest.mark.long) for name in EXAMPLES[1:])],
)
def test_the_example_is_what_the_model_says_today(scenario, tmp_path):
    write_example(scenario, tmp_path)

    found = differences(ROOT / FOLDER / scenario, tmp_path)

    assert found[:MOST_SHOWN] == [], (
        f"{len(found)} differences. If they are meant: familyflow baseline, and say in the "
        "changelog under Numbers what moved and why."
    )


@pytest.fixture
def copy(tmp_path):
    return Path(shutil.copytree(ROOT / FOLDER / EXAMPLES[0], tmp_path / "copy"))


def test_a_number_that_moved_by_a_millionth_is_told(copy):
    file = copy / "results.json"
    results = json.loads(file.read_text(encoding="utf-8"))
    results["money"]["cost"]["mean"] *= 1.000001
    file.write_text(json.dumps(results), encoding="utf-8")

    (told,) = differences(ROOT / FOLDER / EXAMPLES[0], copy)

    assert told.startswith("results.json: /money/cost/mean: ")


def test_a_word_that_changed_in_a_document_and_a_lost_picture_are_told(copy):
    page = copy / "reports" / "one_page.html"
    page.write_text(page.read_text(encoding="utf-8").replace("cashable", "cash"), encoding="utf-8")
    (copy / "figures" / "journey.svg").unlink()

    told = differences(ROOT / FOLDER / EXAMPLES[0], copy)

    assert "figures/journey.svg: no longer made" in told
    assert any(line.startswith("reports/one_page.html: text ") for line in told)
