"""A small comparison that was really made, and what a reader finds on a page."""

import json
import shutil
from dataclasses import dataclass, replace
from html.parser import HTMLParser

import pytest
from tests.reports.documents.conftest import HOSTILE

import familyflow
from familyflow.reports.documents.kept import read_comparison
from familyflow.reports.words import MINUS
from familyflow.store.manifest import fingerprints, manifest_text, read_manifest

OPTIONS = ("core_offer", "two_more_key_workers", "grant_cut_20", "no_service")
DRAWS, SEED = 24, 11


@dataclass(frozen=True)
class Compared:
    folder: object
    results: dict


@pytest.fixture(scope="session")
def compared(made_once):
    def make(out):
        asked = {"draws": DRAWS, "seed": SEED, "structures": False}
        return familyflow.compare(*OPTIONS, **asked, out=out).folder

    folder = made_once("compared", make)
    return Compared(folder, json.loads((folder / "results.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def comparison(compared):
    return read_comparison(compared.folder)


@pytest.fixture(scope="session")
def hostile_comparison(compared, tmp_path_factory):
    """A sound comparison whose every title, funder and agency was written by somebody hostile."""
    folder = tmp_path_factory.mktemp("hostile") / "comparison"
    shutil.copytree(compared.folder, folder, ignore=shutil.ignore_patterns("reports"))
    results = json.loads(json.dumps(compared.results))
    results["comparator"], results["warnings"] = HOSTILE, [HOSTILE] * 30
    results["cautions"] = [HOSTILE]
    for number, row in enumerate(results["options"]):
        row["title"], row["question"], row["unproven"] = f"{HOSTILE} {number}", HOSTILE, HOSTILE
        row["warnings"] = [HOSTILE]
        row["comparator"], row["not_monetised"] = HOSTILE, [HOSTILE]
        for funder in row["by_funder"]:
            funder["funder"] = HOSTILE
        for agency in row["by_agency"]:
            agency["title"] = HOSTILE
    (folder / "results.json").write_text(json.dumps(results), encoding="utf-8")
    manifest = replace(read_manifest(folder), files=fingerprints(folder))
    (folder / "manifest.json").write_text(manifest_text(manifest), encoding="utf-8")
    return folder


class Read(HTMLParser):
    """A page as a machine reads it: elements, words, figures by path, and numbers of years."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.words, self.figures, self.years = [], [], {}, {}
        self._held = None
        self.feed(text)

    @property
    def said(self):
        return " ".join(" ".join(self.words).split())

    def all(self, tag):
        return [held for name, held in self.elements if name == tag]

    def handle_starttag(self, tag, attributes):
        held = dict(attributes)
        self.elements.append((tag, held))
        self._held = held if tag == "data" or "data-path" in held else None

    def handle_data(self, text):
        self.words.append(text)
        if self._held and "id" in self._held:
            self.figures[self._held["id"]] = (float(self._held["value"]), text)
        elif self._held:
            self.years[self._held["data-path"]] = (float(self._held["data-value"]), text)

    def handle_endtag(self, tag):
        self._held = None


def written_as(number, written):
    """Whether a written figure is the number, to the last place that is written."""
    text = written.replace(",", "").replace("£", "").replace(MINUS, "-")
    text, _, unit = text.partition(" ")
    scale = {"million": 1e6}.get(unit, 1.0)
    if text.endswith("%"):
        text, scale = text[:-1], 0.01
    # three significant figures are kept, so a sum of six is written to the thousand
    digits = len(text.partition(".")[2])
    step = max(10.0**-digits * scale, abs(number) * 0.01)
    return abs(float(text) * scale - number) <= 0.51 * step
