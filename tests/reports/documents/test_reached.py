"""Who is reached: the run's own table, and no claim where the intervals of two shares overlap."""

import io
import json
import shutil
from dataclasses import replace

import pandas as pd
import pytest
from docx import Document
from openpyxl import load_workbook

from familyflow.experiments.family_groups import GROUPINGS, GROUPS
from familyflow.reports.documents import lines
from familyflow.reports.documents.cost_case import case_of, cost_case
from familyflow.reports.documents.kept import SERVED, read_kept
from familyflow.reports.documents.one_page import one_page
from familyflow.reports.documents.reached import draws_in_words, finding, reached, widest
from familyflow.reports.words import count, share
from familyflow.reports.workbook import workbook_bytes
from familyflow.store.manifest import fingerprints, manifest_text, read_manifest

HEAD = ["Group of families", "Referred", "Who start", "Share", "End as planned"]
FIGURES = ("families_referred", "families_started", "share_starting", "families_completed")
MANY = {"who_is_served_draws": 100, "draws": 1_000}
WIDE = 0.5  # an interval that overlaps with whatever there is


def made_up(shares, half_width=WIDE):
    """Rows of a run's table: a share by group, .5 for those not named, with an interval each.

    shares: share, or (share, half of its interval), None where nobody was referred.
    """
    rows = []
    for grouping, group in GROUPS:
        told = shares.get(group, (0.5, half_width))
        mean, half = told if isinstance(told, tuple) else (told, half_width)
        figures = dict.fromkeys(("families_referred", "families_started", "families_completed"))
        figures |= {"share_starting": mean}
        for figure, value in figures.items():
            number = 10.0 if value is None else value
            ends = (number - half, number + half) if mean is not None else ("", "")
            rows.append({"grouping": grouping, "group": group, "figure": figure,
                         "mean": number if mean is not None else "",
                         "low": ends[0], "high": ends[1]})  # fmt: skip
    return rows


def said(shares, half_width=WIDE, results=MANY):
    return " ".join(finding(results, made_up(shares, half_width)))


def rows_of_case(document):
    tables = [[[c.text for c in row.cells] for row in t.rows] for t in document.tables]
    return next((rows for rows in tables if rows[0] == HEAD), None)


@pytest.fixture
def older(ran, tmp_path):
    """A sound folder of the same run as it was kept before it told who is served."""
    folder = tmp_path / ran.folder.name
    shutil.copytree(ran.folder, folder)
    (folder / "tables" / f"{SERVED}.csv").unlink()
    results = {k: v for k, v in ran.results.items() if k != "who_is_served_draws"}
    (folder / "results.json").write_text(json.dumps(results), encoding="utf-8")
    manifest = replace(read_manifest(folder), files=fingerprints(folder))
    (folder / "manifest.json").write_text(manifest_text(manifest), encoding="utf-8")
    return folder


def test_the_table_of_the_cost_case_is_that_of_the_run(ran, kept):
    table = pd.read_csv(ran.folder / "tables" / "who_is_served.csv")
    figures = table.set_index(["group", "figure"])["mean"]

    head, *rows = rows_of_case(Document(io.BytesIO(cost_case(ran.folder))))

    told = [one for one in reached(kept.tables[SERVED]) if not one.is_rest]
    assert head == HEAD
    assert [row[0] for row in rows] == [one.label for one in told]
    for (_, *written), one in zip(rows, told, strict=True):
        numbers = [figures[one.group, figure] for figure in FIGURES]
        forms = (count, count, share, count)
        assert written == [form(number) for form, number in zip(forms, numbers, strict=True)]
    named = {one.group for one in told}
    assert {"domestic abuse", "parental substance misuse", "parental mental ill health",
            "two needs", "all three needs", "minority ethnic", "needs an interpreter",
            "4 or more children in scope", "universal services only"} <= named  # fmt: skip


def test_the_caption_says_of_how_many_draws_it_is(ran, kept):
    assert draws_in_words(ran.results) == f"means of {ran.results['draws']} draws"
    more = {**kept.results, "draws": 1_000, "who_is_served_draws": 100}

    document = Document(io.BytesIO(case_of(replace(kept, results=more))))

    (caption,) = [p.text for p in document.paragraphs if p.text.startswith("Who the service rea")]
    assert "first 100 of 1,000 draws" in caption


def test_every_group_has_its_own_words():
    labels = [one.label for one in reached(made_up({}))]

    assert len(labels) == len(set(labels)) == len(GROUPS)
    for grouping in GROUPINGS[1:]:
        for group in grouping.groups:
            others = dict.fromkeys(grouping.groups, (0.9, 0.01))
            assert "10% start, of those" in said({**others, group: (0.1, 0.01)})


def test_what_is_left_out_is_the_rest_of_what_is_told():
    told = {one.group for one in reached(made_up({})) if not one.is_rest}

    for grouping in GROUPINGS:
        assert len(set(grouping.groups) - told) <= 1, grouping.name


@pytest.mark.parametrize(
    ("one", "other", "is_claimed"),
    [
        ((0.40, 0.04), (0.50, 0.05), True),
        ((0.40, 0.05), (0.50, 0.05), False),  # they meet
        ((0.40, 0.06), (0.50, 0.05), False),
        ((0.50, 0.05), (0.40, 0.04), True),  # whichever is lower
        ((0.40, 0.04), None, False),  # nobody to set it beside
    ],
)
def test_a_group_is_said_to_start_less_often_only_where_no_interval_overlaps(
    one, other, is_claimed
):
    told = said({"minority ethnic": one, "not minority ethnic": other})

    claim = "of a minority ethnic group 40% start" if one[0] < 0.5 else "of no minority ethnic"
    assert (claim in told) == is_claimed
    assert ("ethnic group" in told.rpartition("By ")[2]) == (not is_claimed and other is not None)


def test_where_every_interval_overlaps_nothing_is_claimed():
    told = said({})

    assert "start," not in told
    assert told.startswith("By domestic abuse, ")
    assert told.endswith("no difference is sure: the 95% intervals of the shares overlap.")


def test_the_widest_gap_is_told_first():
    told = said({"1 child in scope": (0.6, 0.01), "4 or more children in scope": (0.4, 0.01),
                 "universal services only": (0.2, 0.01), "early help": (0.7, 0.01)})  # fmt: skip

    assert told.index("universal services only 20%") < told.index("4 or more children 40%")


def test_the_page_has_room_for_the_widest_difference_alone_where_one_is_sure():
    apart = {"universal services only": (0.2, 0.01), "early help": (0.7, 0.01),
             "1 child in scope": (0.6, 0.01), "3 children in scope": (0.4, 0.01)}  # fmt: skip
    few = {"who_is_served_draws": 19, "draws": 19}

    told = widest(MANY, made_up(apart))

    assert told.startswith("Of families who came with universal services only 20% start, of those")
    assert told[:-1].lower() in said(apart).lower()
    assert "1 child" in said(apart)
    assert "1 child" not in told
    assert "child " not in told
    for results, shares in ((few, apart), (MANY, {}), (MANY, {"early help": (0.7, 0.3)})):
        assert widest(results, made_up(shares)) == ""


def test_the_page_says_so_in_its_part_on_families(ran):
    page = one_page(ran.folder)

    told = widest(ran.results, read_kept(ran.folder).tables[SERVED])
    assert told  # the small run knows of one: places go by level of need
    assert told in page


def test_a_difference_that_is_sure_is_told_though_a_smaller_group_lies_further_out():
    told = said({"1 child in scope": (0.6, 0.01), "2 children in scope": (0.5, 0.01),
                 "4 or more children in scope": (0.1, 0.9)})  # fmt: skip

    assert "of families with 2 children 50% start, of those with 1 child 60%" in told
    assert "10%" not in told
    assert "family size" not in told


def test_too_few_draws_tell_nothing_of_the_shares():
    few = {"who_is_served_draws": 19, "draws": 19}

    told = said({"early help": (0.1, 0.01), "child in need": (0.9, 0.01)}, results=few)

    assert told.endswith("cannot be told from so few draws.")
    assert "10%" not in told


def test_nobody_at_all_is_told_of_as_nothing():
    assert finding(MANY, []) == []
    assert finding(MANY, made_up({group: None for _, group in GROUPS})) == []


def test_an_older_run_has_its_documents_without_the_table(older, ran):
    document = Document(io.BytesIO(cost_case(older)))
    sheet = load_workbook(io.BytesIO(workbook_bytes(older)))["Outcomes"]

    assert read_kept(older).tables[SERVED] == []
    assert rows_of_case(document) is None
    assert not [p.text for p in document.paragraphs if "who the service reaches" in p.text.lower()]
    families = next(t for t in document.tables if t.cell(0, 0).text == "Families")
    wanted = [*lines.reach(ran.results, lines.NARROW), *lines.whom(ran.results, lines.NARROW)]
    assert [row.cells[1].text for row in families.rows][1:] == [one.value for one in wanted]
    assert not [row for row in sheet.iter_rows(values_only=True) if row[0] == HEAD[0]]
    assert "<html" in one_page(older)
