"""Scenarios written as text, and read back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from familyflow.parameters.conversions import plain
from familyflow.parameters.yaml_file import parse_yaml
from familyflow.problems import InputError, Problems
from familyflow.scenarios.resolve import Resolved, resolve
from familyflow.scenarios.written import quoted, scenario_text
from familyflow.shipped import scenarios_folder

ODD = (
    "no", "012", "1e3", "~", "null", ".nan", "2025-11-30", "0x1F", "12:30", "a: b", "- a", "#1",
    "it's", '"said"', "back\\slash", "{a: b}", "[a]", "&a", "*a", "!!tag", "%", "@", "`", "| ",
    "two\nlines", "\U0001f600 \U0001f469\u200d\U0001f467", "é", "e\u0301", "a\u00a0b", "a: \u00a0b",
    "\u2028", "\u00a3500,000", " ends ", "service.team.posts", "<script>", "\ufeffx", "a" * 300,
)  # fmt: skip
# what the reader of files refuses to show: it says so, and nothing breaks
REFUSED = ("\x00", "\t", "\x1b[31m", "\x85", "\u202e", "\ud83d")
MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # they turn text round
VISIBLE = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters=MARKS))
NUMBERS = st.one_of(
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False).filter(lambda x: not 0 < abs(x) < 1e-299),
).filter(lambda x: abs(x) < 1e300)
SINGLE = st.one_of(st.none(), st.booleans(), NUMBERS, VISIBLE)
VALUES = st.recursive(
    SINGLE,
    lambda inside: st.one_of(
        st.lists(inside, min_size=1, max_size=4),
        st.dictionaries(st.sampled_from(["fte", "no", "0", "a b", "x.y", "2025/26"]), inside),
    ),
    max_leaves=8,
)


def read(text: str) -> dict[str, object]:
    problems = Problems()
    node = parse_yaml(text, "written.yaml", problems)
    assert not problems.found, text
    assert node is not None
    held = plain(node)
    assert isinstance(held, dict)
    return held


@given(title=VISIBLE.filter(str.strip), chosen=VALUES, believed=VALUES)
@settings(max_examples=150, deadline=None)
def test_what_is_read_is_what_was_written(title: str, chosen: object, believed: object) -> None:
    choices = {"service.team.posts": chosen}
    beliefs = {"service.key_work.attendance": {"value": believed, "because": title}}

    told = read(scenario_text("core_offer", title, title, choices, beliefs))

    assert told == {
        "extends": "core_offer",
        "title": title,
        "question": title,
        "set": choices,
        "assume": beliefs,
    }


@pytest.mark.parametrize("text", ODD)
def test_a_text_is_read_as_the_text_it_is(text: str) -> None:
    told = read(scenario_text("core_offer", text, set={"a.b": text, "a.c": [{"name": text}]}))

    assert told["title"] == text
    assert told["set"] == {"a.b": text, "a.c": [{"name": text}]}


@pytest.mark.parametrize("text", REFUSED)
def test_a_character_that_cannot_be_shown_is_refused_by_the_reader(
    tmp_path: Path, text: str
) -> None:
    file = tmp_path / "odd.yaml"
    file.write_text(scenario_text("core_offer", f"a{text}b"), encoding="utf-8")

    with pytest.raises(InputError):
        resolve(file)


def test_choices_resolve_to_what_was_chosen(tmp_path: Path, write: Callable[..., Path]) -> None:
    rows = [
        {"funder": name, "public": True, "council": False, "agency": "charity",
         "by_year": {0: 1000, 1: 2000.5}}
        for name in ("no", "The \u201cbig: one\u201d, and a name long enough to fill a whole line")
    ]  # fmt: skip
    folder = write(
        own=scenario_text(
            "reaching_communities_bid",
            "Ours: 012",
            set={
                "appraisal.term_years": 2,
                "funding.funders": {"price_year": "2025/26", "table": rows},
            },
            assume={"service.key_work.attendance": {"value": 0.8, "because": "Our: registers."}},
        )
    )

    made = resolve(folder / "own.yaml")

    assert made.title == "Ours: 012"
    assert made.choices["appraisal.term_years"].value == 2
    found = made.choices["funding.funders"].value
    assert [row["funder"] for row in found] == [row["funder"] for row in rows]
    assert [row["by_year"] for row in found] == [{"0": 1000, "1": 2000.5}] * 2
    assert made.choices["service.key_work.attendance"].because == "Our: registers."


@pytest.mark.parametrize("file", sorted(scenarios_folder().glob("*.yaml")), ids=lambda f: f.stem)
def test_shipped_scenarios_written_again_choose_the_same(tmp_path: Path, file: Path) -> None:
    held = read(file.read_text(encoding="utf-8"))
    text = scenario_text(
        str(held.get("extends", "core_offer")),
        str(held["title"]),
        set=held.get("set"),  # type: ignore[arg-type]
        assume=held.get("assume"),  # type: ignore[arg-type]
    )

    again = tmp_path / "again.yaml"
    again.write_text(text, encoding="utf-8")

    assert _values(resolve(again)) == _values(resolve(file))


def test_a_number_that_is_none_is_not_written() -> None:
    with pytest.raises(ValueError, match="no number"):
        scenario_text("core_offer", "a", set={"a.b": float("inf")})


def test_a_quoted_text_stays_on_its_line() -> None:
    assert len(quoted("a\nb\u2028c\x85d").splitlines()) == 1


def _values(made: Resolved) -> dict[str, object]:
    return {key: choice.value for key, choice in made.choices.items()}
