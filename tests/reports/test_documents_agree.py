"""The documents of a run agree: a figure in two of them is one number, and the results' own.

A new document joins with one function in READERS that gives the figures it tells by their path.
"""

import json
import shutil
from contextlib import suppress
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

import familyflow
from familyflow.reports.documents.kept import rows_of
from familyflow.reports.documents.lines import NARROW, economic, fiscal, found, reach, unit_costs
from familyflow.reports.documents.parties import savers
from familyflow.reports.documents.reached import reached
from familyflow.reports.rows import ratio
from familyflow.reports.take_away import MADE, NOTHING_MORE
from familyflow.reports.words import count, pounds, share
from familyflow.reports.workbook.summary_sheet import FIRST_ROW, LABELS
from familyflow.store.manifest import fingerprints, manifest_text, read_manifest

SCENARIOS = ("core_offer", "reaching_communities_bid")
DRAWS, SEED = 20, 5
TABLES = {"Families": reach, "Fiscal": fiscal, "Economic": economic, "Cost": unit_costs}
RATIOS = ("fiscal_return", "cashable_fiscal_return", "benefit_cost_ratio",
          "benefit_cost_ratio_with_weaker_evidence")  # fmt: skip
REACHED = "who_is_served"
BY_GROUP = ("families_referred", "families_started", "share_starting", "families_completed")
COMMON = {  # what every reader finds in its document
    f"money.{name}"
    for name in ("cost", "fiscal_saving", "cashable_saving", "net_saving", "fiscal_return",
                 "net_present_value", "benefit_cost_ratio")
}  # fmt: skip


def as_written(path, number):
    """A figure as the documents round it."""
    part, _, name = path.rpartition(".")
    if name.endswith("_weeks"):
        return f"{count(number)} weeks"
    if part == "flow" or name.startswith("families_"):
        return count(number)
    if part.startswith(REACHED):
        return share(number)
    return (ratio if name in RATIOS else pounds)(number)


class _Page(HTMLParser):
    """The <data> elements: both what a machine and what a person reads there."""

    def __init__(self, text):
        super().__init__()
        self.figures, self.at = {}, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        held = dict(attributes)
        self.at = held["id"] if tag == "data" else None
        if self.at:
            self.figures[self.at] = {as_written(self.at, float(held["value"]))}

    def handle_data(self, text):
        if self.at:
            self.figures[self.at].add(text)

    def handle_endtag(self, tag):
        self.at = None


def in_page(made, results):
    return _Page(made["one_page.html"].decode("utf-8")).figures


def in_cost_case(made, results):
    tables = Document(BytesIO(made["cost_case.docx"])).tables
    rows = {t.cell(0, 0).text: [[c.text for c in row.cells] for row in t.rows][1:] for t in tables}
    told = {}
    for head, lines in TABLES.items():
        wanted = lines(results, NARROW)
        for (label, mean, *_), line in zip(rows[head], wanted, strict=False):
            assert label == line.label
            told[line.path] = {mean}
    paths = {one.saves.label: one for one in savers(results, NARROW)}
    for label, saves, _, cashable, _ in rows["Who saves"]:
        told[paths[label].saves.path] = {saves}
        told[paths[label].cashable.path] = {cashable}
    for label, *texts in rows["Group of families"]:
        told |= {
            f"{REACHED}.{label}.{name}": {text} for name, text in zip(BY_GROUP, texts, strict=True)
        }
    return told


def in_workbook(made, results):
    summary = load_workbook(BytesIO(made["workbook.xlsx"]), data_only=True)["Summary"]
    told = {}
    for label, *numbers in summary.iter_rows(min_row=FIRST_ROW, max_col=3, values_only=True):
        for name in (name for name, known in LABELS.items() if known == label):
            path = f"money.{name}"
            told[path] = {as_written(path, one) for one in numbers if one is not None}
    rows = list(load_workbook(BytesIO(made["workbook.xlsx"]), data_only=True)["Outcomes"].values)
    first = [row[0] for row in rows].index("Group of families") + 1
    for label, _, referred, started, part, _, _, completed, *_ in rows[first:]:
        numbers = dict(zip(BY_GROUP, (referred, started, part, completed), strict=True))
        for name, number in numbers.items():
            path = f"{REACHED}.{label}.{name}"
            told[path] = {as_written(path, number)}
    return told


READERS = {"html": in_page, "docx": in_cost_case, "xlsx": in_workbook}


def figures_of(folders):
    """kind of document -> path -> the texts that stand for it, each made of a folder of its own."""
    told = {}
    for kind, folder in folders.items():
        results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
        told[kind] = READERS[kind](MADE[kind](folder, NOTHING_MORE), results)
    return told


def disagreements(told, results):
    """The paths that two documents tell, or one and the results, and that are not one number."""
    paths = {path for figures in told.values() for path in figures}
    wrong = {}
    for path in paths:
        texts = set().union(*(figures.get(path, set()) for figures in told.values()))
        with suppress(KeyError):  # the workbook tells sums that results.json does not keep
            texts.add(as_written(path, found(results, path)["mean"]))
        if len(texts) > 1:
            wrong[path] = texts
    return wrong


@pytest.fixture(scope="module", params=SCENARIOS)
def run(request, tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    return familyflow.run(request.param, draws=DRAWS, seed=SEED, workers=1, out=out)


@pytest.fixture(scope="module")
def told(run):
    return figures_of(dict.fromkeys(READERS, run.folder))


def test_every_figure_is_the_same_in_every_document_and_in_the_results(run, told):
    assert disagreements(told, run.results) == {}


def test_the_readers_read_what_the_documents_share(told):
    for kind, figures in told.items():
        assert set(figures) >= COMMON, kind
    assert len(set(told["html"]) & set(told["docx"])) >= 29


def test_who_is_reached_is_the_same_in_the_documents_and_in_the_table(run, told):
    kept = {}
    for one in reached(rows_of(run.folder / "tables" / "who_is_served.csv")):
        numbers = (one.referred, one.started, one.share, one.completed)
        for name, number in zip(BY_GROUP, numbers, strict=True):
            path = f"{REACHED}.{one.label}.{name}"
            kept[path] = {as_written(path, number)}

    for kind, least in (("docx", 16), ("xlsx", 22)):
        figures = {path: texts for path, texts in told[kind].items() if path.startswith(REACHED)}
        assert figures.items() <= kept.items(), kind
        assert len(figures) == least * len(BY_GROUP), kind


@pytest.mark.parametrize("kind", sorted(READERS))
def test_a_figure_altered_for_one_document_is_found(run, told, kind, tmp_path):
    folder = altered(run.folder, tmp_path / "run", "fiscal_saving", by=1.01)

    changed = {**told, **figures_of({kind: folder})}

    assert "money.fiscal_saving" in disagreements(changed, run.results)


def altered(folder, to, name, by):
    """A sound copy of a run in which a figure of money is another."""
    shutil.copytree(folder, to)
    results = json.loads((to / "results.json").read_text(encoding="utf-8"))
    results["money"][name]["mean"] *= by
    (to / "results.json").write_text(json.dumps(results), encoding="utf-8")
    manifest = replace(read_manifest(to), files=fingerprints(to))
    (to / "manifest.json").write_text(manifest_text(manifest), encoding="utf-8")
    return to
