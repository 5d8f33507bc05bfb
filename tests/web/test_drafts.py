"""Options put together: nothing typed is lost, and what is saved can be opened again."""

import json

import pytest

from familyflow.problems import InputError
from familyflow.web.drafts import (
    Draft,
    Drafts,
    More,
    OptionDraft,
    OwnFile,
    opened,
    ready_made,
    saved,
    started_from,
)
from familyflow.web.settings import Limits

ODD = "012 'no': \N{GREEK SMALL LETTER BETA} \N{FAMILY} \n <b>&amp;</b> {x: [}"


def a_draft():
    return Draft(
        options=(
            OptionDraft(base="core_offer", title=ODD, levers={"posts": "7"}, grant="1"),
            OptionDraft(base="ours", more=(More(key="a.b", value="x", because=ODD),)),
        ),
        scenarios=(OwnFile(name="ours", text="extends: core_offer\ntitle: Ours\n"),),
        draws="500",
    )


def test_what_is_saved_is_opened_as_it_was():
    assert opened(saved(a_draft())) == a_draft()


def test_a_draft_is_kept_as_it_was(tmp_path):
    drafts = Drafts(tmp_path, Limits())
    name = drafts.begin(a_draft(), "somebody")
    assert drafts.get(name) == a_draft()
    drafts.put(name, started_from())
    assert Drafts(tmp_path, Limits()).get(name) == started_from()


@pytest.mark.parametrize("name", ["", "..", "../secret", "0" * 31, "0" * 32, "g" * 32, "a/b", "\0"])
def test_an_id_that_is_none_finds_nothing(tmp_path, name):
    (tmp_path / "secret").write_text("{}", encoding="utf-8")
    assert Drafts(tmp_path, Limits()).get(name) is None


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"options": []}', b'{"a": 1}',
     b'{"options": [{"base": "../../etc/passwd"}]}', b'{"options": [{"base": "nothing_like_it"}]}',
     json.dumps({"options": [{"base": "core_offer"}] * 5}).encode(),
     json.dumps({"options": [{"base": "core_offer", "levers": {"posts": 7}}]}).encode(),
     json.dumps({"options": [{"base": "core_offer", "title": "x" * 401}]}).encode()],
)  # fmt: skip
def test_a_file_that_is_no_saved_comparison_is_refused_in_words(content):
    with pytest.raises(InputError) as refused:
        opened(content)
    told = str(refused.value)
    assert "Save these options" in told
    assert "Traceback" not in told
    assert "pydantic" not in told


@pytest.mark.parametrize(
    "names", [("core_offer",), ("Core_Offer",), ("ours", "ours"), ("ours", "OURS")]
)
def test_a_file_may_not_pass_for_something_else(names):
    files = [{"name": name, "text": "extends: no_service\ntitle: Fake\n"} for name in names]
    content = json.dumps({"options": [{"base": "core_offer"}], "scenarios": files}).encode()
    with pytest.raises(InputError, match="something else is named too"):
        opened(content)


def test_one_browser_takes_no_room_from_another(tmp_path):
    drafts = Drafts(tmp_path, Limits(drafts_each=3))
    theirs = drafts.begin(started_from(), "them")
    own = [drafts.begin(started_from(), "us") for _ in range(6)]
    assert drafts.get(theirs) is not None
    assert sum(drafts.get(name) is not None for name in own) == 3


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"null"])
def test_a_damaged_draft_is_as_if_it_were_gone(tmp_path, content):
    drafts = Drafts(tmp_path, Limits())
    name = drafts.begin(started_from(), "us")
    next((tmp_path / "drafts").glob("*.json")).write_bytes(content)
    assert drafts.get(name) is None


def test_every_ready_made_scenario_is_offered():
    assert {"core_offer", "no_service", "reaching_communities_bid"} <= {*ready_made()}


def test_what_begins_as_an_id_and_goes_on_is_none(tmp_path):
    drafts = Drafts(tmp_path, Limits())
    name = drafts.begin(a_draft(), "somebody")
    for tail in ("-copy", "\n", "0"):
        (tmp_path / "drafts" / f"{name}{tail}.json").write_bytes(saved(a_draft()))

        assert drafts.get(name + tail) is None
