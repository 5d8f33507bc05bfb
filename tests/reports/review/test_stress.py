"""STRESS-DES is answered item by item; good practice is told honestly and points at what exists."""

import re
from collections import Counter
from pathlib import Path

import pytest

import familyflow
from familyflow.reports.review.good_practice import IN_PART, MET, NOT_MET, PRACTICES, SOURCE
from familyflow.reports.review.headings import arrows, parts_of
from familyflow.reports.review.stress import items

PACKAGE = Path(familyflow.__file__).parent
CHECKOUT = Path(__file__).resolve().parents[3]
# the numbers of the published checklist
ITEMS = (
    "1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4", "2.5.1", "2.5.2", "2.5.3", "2.5.4", "2.5.5",
    "3.1", "3.2", "3.3", "3.4", "4.1", "4.2", "4.3", "5.1", "5.2", "5.3", "5.4", "6.1",
)  # fmt: skip


def test_all_24_items_are_answered_and_none_is_empty(reviewed, log, page):
    found = items(reviewed, log)

    assert tuple(item.number for item in found) == ITEMS
    assert len(ITEMS) == 24
    for item in found:
        words = re.sub(r"<[^>]+>", " ", item.body).split()
        assert len(words) > 10, item.number
        assert f"{item.number} {item.title}" in page.said


def test_what_the_run_adds_is_that_of_the_run(reviewed, log):
    facts = {item.number: " ".join(item.facts) for item in items(reviewed, log)}

    assert f"Seed {reviewed.results['seed']}." in facts["5.2"]
    assert f"{reviewed.results['draws']} draws" in facts["4.3"]
    assert reviewed.manifest.source in facts["6.1"]
    assert f"{len(log)} entries" in facts["3.3"]


def test_a_description_cannot_bring_markup_or_links_into_a_page():
    (part,) = parts_of("## 1.1 A <b>title</b>\n\nA <script>x</script> [link](https://a.b/) ![i](x)")

    assert "<script" not in part.body
    assert "href" not in part.body
    assert "<img" not in part.body
    assert "link" in part.body


def test_a_heading_without_a_number_ends_the_part_before_it():
    parts = parts_of("### 1.1 One\n\nIn it.\n\n## Other\n\nOut of it.\n\n### 2.1 Two\n\nAgain.")

    assert [(part.number, "Out" in part.body) for part in parts] == [("1.1", False), ("2.1", False)]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("A[One] & B[Two] --> C([End])", ["One → End", "Two → End"]),
        ("A[One] <--> B{Two} -->|why| C[[Three]]", ["One ↔ Two", "Two → Three (why)"]),
        ("A[One: long] -.-> A", ["One: long ⇢ One: long"]),
    ],
)
def test_a_flow_chart_is_told_arrow_by_arrow(line, told):
    assert arrows(f"flowchart TD\n  {line}") == told


def test_good_practice_is_complete_and_says_where_it_falls_short():
    assert len(PRACTICES) == 18
    assert Counter(one.met for one in PRACTICES).keys() == {MET, IN_PART, NOT_MET}
    assert len({one.stage for one in PRACTICES}) == 5
    assert "recalled" in SOURCE


@pytest.mark.parametrize("practice", PRACTICES, ids=lambda one: one.asks[:40])
def test_good_practice_points_at_what_exists(practice, reviewed):
    for place in practice.where:
        if place.startswith("familyflow/"):
            assert (PACKAGE.parent / place).is_file(), place
        elif place.startswith("tests/"):
            assert (CHECKOUT / place).is_file(), place
        elif place in reviewed.parameters:
            continue
        else:
            assert (reviewed.folder / place).is_file(), place
