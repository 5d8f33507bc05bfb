"""What only a unit cost says of itself: transfers, parts, a price series, a database code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from familyflow.parameters.dates import last_day
from familyflow.parameters.explain import explain
from familyflow.parameters.library import Library, load_library
from familyflow.parameters.yaml_tree import Wrong
from familyflow.problems import Problem

COST = """\
whole:
  label: A week
  unit: GBP per week
  price_year: 2023/24
  value: 6106
  {more}
  grade: E
  status: assumed
  note: A test.
part: {{label: A part, unit: GBP per week, price_year: 2023/24, value: 6106, grade: E,
  status: assumed, note: x}}
share: {{label: A share, unit: share, value: 0.5, {of_share} grade: E, status: assumed, note: x}}
"""
SERIES = 'dated: {"2019/20": 3870, "2023/24": 6106}'


def written(more: str = "kind: fiscal", of_share: str = "") -> str:
    return COST.format(more=more, of_share=of_share)


def test_a_unit_cost_may_say_all_of_it(loaded: Callable[[str], Library]) -> None:
    more = f"{SERIES}\n  transfer: yes\n  composed_of: [service.key_work.part]\n  code: SS3.0\n  "
    whole = loaded(written(more + "per_code: 2\n  sunset: 2030-03"))["service.key_work.whole"]

    assert whole.dated == {"2019/20": 3870.0, "2023/24": 6106.0}
    assert whole.transfer is True
    assert whole.composed_of == ("service.key_work.part",)
    assert whole.per_code == 2.0
    assert whole.sunset == "2030-03"


def test_what_is_not_said_stays_unsaid(loaded: Callable[[str], Library]) -> None:
    whole = loaded(written())["service.key_work.whole"]

    assert (whole.dated, whole.transfer, whole.composed_of, whole.per_code) == (
        None,
        None,
        (),
        None,
    )


def test_explain_tells_of_it(loaded: Callable[[str], Library]) -> None:
    more = f"{SERIES}\n  transfer: yes\n  composed_of: [service.key_work.part]\n  code: SS3.0\n  "

    lines = explain(loaded(written(more + "per_code: 2")), "service.key_work.whole")

    assert "transfer: yes, counts for who pays and never in public value" in lines
    assert "sum of: service.key_work.part" in lines
    assert (
        "published prices: 3870 in 2019/20, 6106 in 2023/24; the one nearest the year of results "
        "is used"
    ) in lines
    assert "code: SS3.0; its figure times 2" in lines


@pytest.mark.parametrize(
    ("more", "place", "what", "to_do"),
    [
        (
            'dated: {"2019/20": 3870}',
            (6, 10),
            "own price year 2023/24 is not in",
            '"2023/24": 6106',
        ),
        ('dated: {"2023/24": 6000}', (6, 22), "own value is 6106", "one figure for one year"),
        ('dated: {"2023": 6106}', (6, 19), "not a financial year", "2023/24"),
        ('dated: {"2023/24": 0}', (6, 22), "a price is above 0", ""),
        ('dated: {"1950/51": 1, "2023/24": 6106}', None, "", ""),  # no deflator here: nothing known
        ("dated: 6106", (6, 10), "years with their prices", "2019/20"),
        (
            "composed_of: [service.key_work.prat]",
            (6, 17),
            "no 'service.key_work.prat'",
            "'service.key_work.part'",
        ),
        ("composed_of: [service.key_work.whole]", (6, 17), "is itself", ""),
        ("composed_of: [service.key_work.share]", (6, 17), "not one sum of money", "unit costs"),
        ("transfer: perhaps", (6, 13), "yes or no", "without quotes"),
        ("per_code: 2", (6, 3), "no code", "code:"),
        ("sunset: soon", (6, 11), "no date", "2027-03"),
        ("sunset: 2027-13", (6, 11), "no date of the calendar", "2027-03"),
        ("sunset: 2027-02-30", (6, 11), "no date of the calendar", "2027-03"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(
    mistakes: Callable[..., list[Problem]],
    more: str,
    place: tuple[int, int] | None,
    what: str,
    to_do: str,
) -> None:
    found = mistakes(written(more))

    assert [(p.line, p.column) for p in found] == ([place] if place else [])
    assert all(what in p.what and to_do in p.to_do for p in found)


@pytest.mark.parametrize("field", ["transfer: yes", "composed_of: []", "dated: {}", "per_code: 2"])
def test_only_one_sum_of_money_has_it(mistakes: Callable[..., list[Problem]], field: str) -> None:
    found = mistakes(written(of_share=f"code: X, {field},"))

    assert any("only one sum of money has it" in p.what for p in found)


def test_pay_has_one_price_year(mistakes: Callable[..., list[Problem]]) -> None:
    pay = written(SERIES).replace(
        "GBP per week\n  price_year", "GBP per full-time year\n  price_year"
    )

    assert ["pay has one price year" in p.what for p in mistakes(pay)] == [True]


def test_a_year_of_the_series_without_a_deflator_is_refused(
    mistakes: Callable[..., list[Problem]],
) -> None:
    prices = """\
gdp_deflator: {label: D, unit: table of index, grade: A, status: assumed, note: x,
  table: {"2023/24": 96, "2024/25": 100}}
"""
    found = mistakes(**{"service/key_work": written(SERIES), "economy/prices": prices})

    assert [p.what.partition(".dated")[2] for p in found] == [": no deflator for 2019/20"]


def test_a_new_number_leaves_the_old_series_behind(tree: Callable[..., object], tmp_path) -> None:
    folder = tree(**{"service/key_work": written(SERIES)})
    own = tmp_path / "own.yaml"
    own.write_text("service.key_work.whole: {value: 7000, price_year: 2025/26, because: Ours.}\n")

    whole = load_library([folder, own])["service.key_work.whole"]

    assert (whole.value, whole.price_year, whole.dated) == (7000.0, "2025/26", None)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2027", date(2027, 12, 31)),
        ("2028-02", date(2028, 2, 29)),
        ("2027-03-31", date(2027, 3, 31)),
    ],
)
def test_a_sunset_lasts_to_the_end_of_its_year_month_or_day(text: str, last: date) -> None:
    assert last_day(text) == last


@pytest.mark.parametrize("text", ["", "27", "2027-3", "2027-00", "0000", "March 2027", "2027/28"])
def test_what_is_no_date_is_not_taken_for_one(text: str) -> None:
    with pytest.raises(Wrong):
        last_day(text)
