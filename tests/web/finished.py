"""Finished comparisons that tests of the web pages read; import the fixtures that are used."""

import json
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.reports.once import made_once
from tests.web.answer_app import Browser, NotedJobs, app_of

import familyflow
from familyflow.web.drafts import Drafts, started_from
from familyflow.web.settings import Limits, Settings

__all__ = ["compared", "hostile", "made_once", "many"]

HOSTILE = '<script>alert(1)</script> & "x" \' ' + "long" * 91
OPTIONS = ("core_offer", "grant_cut_20", "two_more_key_workers", "no_service")
MANY = 8  # twice as many as the page itself compares
LOCAL = "unit_costs.staff.key_worker_salary"
BECAUSE = "<b>Our</b> payroll"
ASKED = {"seed": 3, "structures": False}


@dataclass(frozen=True)
class Compared:
    """A finished comparison, and a browser for its pages. noted: the jobs asked of it."""

    folder: Path
    results: dict
    client: Browser
    jobs: NotedJobs

    @property
    def at(self):
        return f"/comparisons/{self.folder.name}"

    def get(self, path=""):
        return self.client.get(f"{self.at}{path}")


def compared_in(folder):
    """The comparison of a folder, with pages that show it."""
    jobs = NotedJobs()
    client = Browser(app_of(folder.parent, jobs))
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return Compared(folder, results, client, jobs)


@pytest.fixture(scope="session")
def compared(made_once):
    """The shipped options, as the command line compares them."""

    def make(out):
        return familyflow.compare(*OPTIONS, draws=24, **ASKED, out=out).folder

    return compared_in(made_once("web_compared", make))


@pytest.fixture(scope="session")
def hostile(made_once):
    """Two files of somebody's own with a title that means harm, and a parameter file."""

    def make(out):
        files = [_option(out / ".own", f"ours_{number}", number) for number in (1, 2)]
        prices = out / ".own" / "prices.yaml"
        told = f"{{value: 31000, price_year: 2025/26, because: '{BECAUSE}'}}"
        prices.write_text(f"{LOCAL}: {told}\n", encoding="utf-8")
        own = {"parameter_files": [str(prices)], "draws": 6}
        return familyflow.compare(*files, **own, **ASKED, out=out).folder

    return compared_in(made_once("web_hostile", make))


@pytest.fixture(scope="session")
def many(made_once):
    """More options than the page itself compares: the command line may."""

    def make(out):
        files = [_option(out / ".own", f"option_{number}", number) for number in range(MANY)]
        return familyflow.compare(*files, draws=2, **ASKED, out=out).folder

    return compared_in(made_once("web_many", make))


def _option(folder, name, number):
    """A scenario file with so many key workers, whose title means harm."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.yaml"
    title = json.dumps(f"{number} {HOSTILE}")  # JSON is YAML
    file.write_text(
        f"extends: core_offer\ntitle: {title}\nset:\n  service.team.key_workers: {number + 1}\n",
        encoding="utf-8",
    )
    return str(file)


def a_draft_in(out):
    """The id of a draft of somebody's, kept beside the runs."""
    return Drafts(Settings(out).kept, Limits()).begin(started_from(), "somebody")


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

    @property
    def ids(self):
        return [held["id"] for _, held in self.elements if "id" in held]

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
