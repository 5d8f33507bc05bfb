"""Equal inputs have equal fingerprints, and nothing without a single text gets one."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from familyflow.store.canonical import canonical_json, content_hash, json_text, run_id, slug

numbers = st.integers(-(2**80), 2**80) | st.floats(allow_nan=False, allow_infinity=False)
leaves = st.none() | st.booleans() | numbers | st.text()
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_reading_the_canonical_text_and_writing_it_again_changes_nothing(value: object) -> None:
    text = canonical_json(value)

    assert canonical_json(json.loads(text)) == text


@given(st.dictionaries(st.text(), leaves, min_size=2))
def test_the_order_of_keys_does_not_matter(value: dict[str, object]) -> None:
    turned = dict(reversed(value.items()))

    assert content_hash(turned) == content_hash(value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_comes_back_to_the_last_bit(number: float) -> None:
    assert json.loads(canonical_json(number)) == number
    assert json.loads(json_text(number)) == number


def test_five_and_five_point_nought_are_one_number() -> None:
    assert canonical_json({"weeks": 5}) == canonical_json({"weeks": 5.0}) == '{"weeks":5}'


def test_minus_nought_is_nought() -> None:
    assert canonical_json(-0.0) == "0"
    assert json_text(-0.0) == "0.0\n"


def test_large_whole_numbers_keep_every_digit() -> None:
    seed = 2**64 - 1

    assert canonical_json(seed) == "18446744073709551615"
    assert canonical_json(float(2**60)) == "1.152921504606847e+18"


def test_true_is_not_one() -> None:
    assert content_hash({"a": True}) != content_hash({"a": 1})


def test_numbers_of_numpy_are_written_as_numbers() -> None:
    assert canonical_json([np.float64(0.1), np.int64(7), np.float64(3.0)]) == "[0.1,7,3]"


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_what_is_not_a_number_is_refused_with_its_place(number: float) -> None:
    with pytest.raises(ValueError, match=r"money\.cost\[1\]"):
        canonical_json({"money": {"cost": [1.0, number]}})
    with pytest.raises(ValueError, match=r"money\.cost\[1\]"):
        json_text({"money": {"cost": [1.0, number]}})


@pytest.mark.parametrize("value", [{1, 2}, b"bytes", object(), {"a": {("b",): 1}}, "\ud800"])
def test_what_json_cannot_say_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"cannot|Unicode"):
        canonical_json(value)


def test_two_keys_that_read_the_same_are_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        canonical_json({"years": {1: 0.5, "1": 0.6}})


@given(st.text(max_size=300))
def test_a_slug_is_safe_in_any_file_system(name: str) -> None:
    made = slug(name)

    assert 1 <= len(made) <= 60
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789_")


def test_a_run_id_is_the_name_and_ten_digits_of_the_hash() -> None:
    assert run_id("core_offer", "0123456789abcdef") == "core_offer-0123456789"
    assert run_id("家族", "0123456789abcdef") == "scenario-0123456789"
    assert run_id("con", "0123456789abcdef") != "con"
