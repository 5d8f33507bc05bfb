"""The page of the journey: whole in itself, harmless, the same every time, and read by anybody."""

import base64
import hashlib
import json
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from tests.reports.documents.conftest import HOSTILE

from familyflow.experiments.run import run
from familyflow.problems import InputError
from familyflow.reports.journey import story as stories
from familyflow.reports.journey.page import journey_page
from familyflow.reports.journey.world import read_world
from familyflow.reports.take_away import write_documents
from familyflow.store.manifest import fingerprints, manifest_text, read_manifest


class Page(HTMLParser):
    """Elements with their attributes, and what each script or style holds."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.held, self.words = [], {"script": [], "style": []}, []
        self.inside = None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self.inside = tag
        if tag in self.held:
            self.held[tag].append("")

    def handle_data(self, text):
        if self.inside in self.held:
            self.held[self.inside][-1] += text
        else:
            self.words.append(text)

    def handle_endtag(self, tag):
        self.inside = None

    def all(self, tag):
        return [held for name, held in self.elements if name == tag]


@pytest.fixture(scope="module")
def text(empty_run):
    return journey_page(empty_run)


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


@pytest.fixture(scope="module")
def hostile(empty_run, tmp_path_factory):
    """A sound run whose every name was written by somebody hostile."""
    folder = shutil.copytree(empty_run, tmp_path_factory.mktemp("hostile") / "run")
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    bad = "</script><script>alert(1)</script><!--" + HOSTILE
    results["title"] = bad
    (folder / "results.json").write_text(json.dumps(results), encoding="utf-8")
    manifest = read_manifest(folder)
    parameters = json.loads(json.dumps(manifest.inputs["parameters"]))
    for key, names in {
        "service.team.posts": ("agency", "specialism"),
        "service.group_work.programmes": ("title",),
        "service.activities.programme": ("title",),
    }.items():
        for row in parameters[key]["table"]:
            row.update(dict.fromkeys(names, bad.replace("\ud800", "")))
    holidays = parameters["service.calendar.school_holidays"]["table"]
    parameters["service.calendar.school_holidays"]["table"] = {
        f"{bad.replace(chr(0xD800), '')[:60]}{name}": dates for name, dates in holidays.items()
    }
    inputs = {**manifest.inputs, "parameters": parameters}
    manifest = replace(manifest, inputs=inputs, files=fingerprints(folder))
    (folder / "manifest.json").write_text(manifest_text(manifest), encoding="utf-8")
    return folder


def embedded(page):
    (kind,) = [held for held in page.all("script") if "type" in held]
    assert kind == {"type": "application/json", "id": "world"}
    return json.loads(page.held["script"][0])


def test_the_same_run_gives_the_same_page(text, empty_run):
    assert journey_page(empty_run) == text


def test_the_page_is_small_and_needs_nothing_from_outside(text, page):
    assert len(text.encode("utf-8")) < 400_000
    reaching = ("src", "href", "action", "data", "poster", "srcset")
    assert not [name for _, held in page.elements for name in reaching if name in held]
    assert not {"link", "iframe", "object", "img"} & {tag for tag, _ in page.elements}
    assert not re.search(r"url\(|@import|https?:|fetch\(|XMLHttp", text)


def test_only_the_page_s_own_script_and_style_are_allowed(page):
    (policy,) = [held for held in page.all("meta") if "http-equiv" in held]
    for kind, held in (("style", page.held["style"][0]), ("script", page.held["script"][1])):
        digest = base64.b64encode(hashlib.sha256(held.encode("utf-8")).digest()).decode("ascii")
        assert f"{kind}-src 'sha256-{digest}'" in policy["content"]
    assert "default-src 'none'" in policy["content"]
    assert "unsafe" not in policy["content"]
    # what the policy would block, the page does not have
    assert not [name for _, held in page.elements for name in held if name.startswith("on")]
    assert not [tag for tag, held in page.elements if "style" in held]


def test_what_the_page_plays_gives_the_counts_of_every_week(page, story):
    data = embedded(page)
    weeks, stages = story.stages.shape
    counts = [[0] * stages for _ in range(weeks)]
    for path in data["paths"]:
        changes = [path[at : at + 4] for at in range(0, len(path), 4)]
        ends = [one[0] for one in changes[1:]] + [weeks]
        for (begins, stage, _, _), end in zip(changes, ends, strict=True):
            for week in range(begins, end):
                counts[week][stage] += 1

    assert counts == story.stages.tolist()
    assert len(data["when"]) == len(data["holidays"]) == weeks


def test_the_page_says_that_it_is_one_run_of_luck_and_not_real(page):
    said = " ".join(" ".join(page.words).split())

    assert "One simulated run of luck, not real families" in said
    assert "the first of the 2 simulated worlds of this run" in said
    assert "Decide on the figures of the whole run" in said


def test_the_page_can_be_read_by_ear(page):
    assert page.all("html")[0]["lang"] == "en-GB"
    assert len(page.all("h1")) == len(page.all("title")) == len(page.all("main")) == 1
    assert all(held.get("scope") in ("row", "col") for held in page.all("th"))
    assert next(held["aria-label"] for held in page.all("svg")).startswith("Line chart over 105")
    ids = [held["id"] for _, held in page.elements if "id" in held]
    assert len(ids) == len(set(ids))


def test_hostile_names_come_out_harmless(hostile, page):
    text = journey_page(hostile)
    theirs = Page(text)

    assert len(theirs.all("script")) == len(page.all("script")) == 2
    assert [tag for tag, _ in theirs.elements] == [tag for tag, _ in page.elements]
    assert embedded(theirs)["paths"] == embedded(page)["paths"]
    assert not [c for c in text if ord(c) < 32 and c != "\n"]
    assert "<script>alert" not in text
    text.encode("utf-8")


def test_too_many_families_to_watch_are_refused_with_what_to_do(empty_run, monkeypatch):
    monkeypatch.setattr(stories, "MOST_REFERRALS", 10)

    with pytest.raises(InputError, match="too many to watch") as error:
        journey_page(empty_run)

    assert error.value.problems[0].to_do


def test_a_run_without_a_service_has_no_journey_and_nothing_is_written(tmp_path):
    folder = run(
        "no_service", draws=1, sets=("appraisal.term_years=1",), out=tmp_path, workers=1
    ).folder

    with pytest.raises(InputError, match="no service runs"):
        write_documents(folder, ["journey"])

    assert not (folder / "reports").exists()


def test_the_journey_is_written_beside_the_other_documents(empty_run, text, tmp_path):
    folder = shutil.copytree(empty_run, tmp_path / "run")

    (file,) = write_documents(folder, ["journey"])

    assert file == folder / "reports" / "journey.html"
    assert file.read_bytes() == text.encode("utf-8")


def test_a_world_without_referrals_is_a_page_of_noughts(empty_run):
    world = read_world(empty_run)
    nobody = world.with_service[:0]

    story = stories.story_of(replace(world, with_service=nobody, without=nobody))

    assert not story.stages.any()
    assert stories.for_the_page(story)["paths"] == []
