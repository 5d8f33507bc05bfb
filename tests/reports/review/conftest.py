"""A small run of somebody's own scenario: words that mean harm, and a choice of each kind."""

import json
import shutil
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

import familyflow
from familyflow.reports.review import verified
from familyflow.reports.review.kept import Reviewed, read_reviewed
from familyflow.reports.review.log import Assumption, log_of
from familyflow.reports.review.pack import files_of
from familyflow.store.manifest import fingerprints, manifest_text, read_manifest

DRAWS, SEED = 24, 11
BAD = "=cmd|' /C calc'!A0<script>alert(1)</script> & \"x\" "  # input refuses unseen characters
UNSEEN = "\x00\x1b\u202e\uffff"
LONG = "long " * 8_000
SCENARIO = {
    "extends": "reaching_communities_bid",
    "title": f"Ours {BAD}",
    "question": BAD,
    "set": {"service.team.key_workers": 6},
    "assume": {
        "service.key_work.attendance": {"value": 0.7, "because": f"{BAD}{LONG}"},
    },
}
PARAMETERS = {
    "unit_costs.children_social_care.residential_week": {
        "note": f"{BAD}{LONG}",
        "source": {"title": BAD, "where": f"-1+1 {BAD}", "year": 2025},
    },
    "unit_costs.children_social_care.of_our_own": {
        "label": BAD, "unit": "weeks", "value": 2.5, "grade": "E", "status": "assumed",
        "note": f"@{BAD}",
    },
}  # fmt: skip
TYPED = "appraisal.timing=mid"


@dataclass(frozen=True)
class Ran:
    folder: Path
    scenario: Path
    parameters: Path
    inputs: dict
    unverified: list


@pytest.fixture(scope="session")
def ran(tmp_path_factory):
    place = tmp_path_factory.mktemp("review")
    scenario, parameters = place / "ours.yaml", place / "prices.yaml"
    scenario.write_text(json.dumps(SCENARIO), encoding="utf-8")  # JSON is YAML
    parameters.write_text(json.dumps(PARAMETERS), encoding="utf-8")
    folder = familyflow.run(
        str(scenario), draws=DRAWS, seed=SEED, sets=[TYPED], parameter_files=[parameters],
        out=place / "outputs",
    ).folder  # fmt: skip
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    inputs = dict(read_manifest(folder).inputs)
    return Ran(folder, scenario, parameters, inputs, results["unverified_inputs"])


@pytest.fixture(scope="session")
def reviewed(ran) -> Reviewed:
    return read_reviewed(ran.folder)


@pytest.fixture(scope="session")
def log(reviewed) -> list[Assumption]:
    return log_of(reviewed)


@pytest.fixture(scope="session")
def files(reviewed) -> dict[str, bytes]:
    return files_of(reviewed, verified.Found((), ()))


@pytest.fixture(scope="session")
def text(files) -> str:
    return files["reviewers_pack.html"].decode("utf-8")


@pytest.fixture(scope="session")
def page(text) -> "Page":
    return Page(text)


@pytest.fixture(scope="session")
def hostile_files(ran, tmp_path_factory):
    """The pack of a run whose results were written by somebody hostile, with a sound manifest."""
    folder = tmp_path_factory.mktemp("hostile") / "run"
    shutil.copytree(ran.folder, folder)
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    for name in ("title", "question", "comparator"):
        results[name] = f"{BAD}{UNSEEN}{LONG}"
    results["warnings"], results["not_monetised"] = [BAD + UNSEEN] * 30, [BAD]
    for row in results["posts"]:
        row["agency"] = row["role"] = BAD + UNSEEN
    (folder / "results.json").write_text(json.dumps(results), encoding="utf-8")
    manifest = replace(read_manifest(folder), files=fingerprints(folder))
    (folder / "manifest.json").write_text(manifest_text(manifest), encoding="utf-8")
    return files_of(read_reviewed(folder), verified.Found((), ()))


BLOCKS = frozenset(("p", "ul", "ol", "table", "div", "h2", "h3", "section", "figure"))


class Page(HTMLParser):
    """Elements with their attributes in order, words, and whether every element is closed."""

    EMPTY = frozenset(("meta", "br", "hr", "line", "rect", "polygon", "path", "circle", "use"))

    def __init__(self, text):
        super().__init__()
        self.elements, self.words, self.open, self.wrong = [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag in BLOCKS and "p" in self.open:
            self.wrong.append(f"{tag} in p")
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        if tag in self.EMPTY:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, text):
        self.words.append(text)

    def all(self, tag):
        return [held for name, held in self.elements if name == tag]

    @property
    def said(self):
        return " ".join(" ".join(self.words).split())
