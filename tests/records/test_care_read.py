"""Care histories by hand: dates, joins, what is left out, and what is told."""

from datetime import date
from pathlib import Path

from tests.records.care_files import HEADER, TODAY, good, line, written

import familyflow.records
from familyflow.problems import Problems
from familyflow.records.care_columns import NEEDED, READ, STRIPPED, kind_of, provided
from familyflow.records.care_read import read_care


def day(text):
    return date.fromisoformat(text)


def test_a_row_is_an_episode(tmp_path):
    records = good(tmp_path, line("A1", "10/01/2024", "31/03/2024", "U4", "PR4", "C1", ends="E4A"))

    (one,) = records.episodes
    assert (one.child, one.began, one.ended) == (0, day("2024-01-10"), day("2024-03-31"))
    assert (one.placement, one.provider, one.legal) == ("U4", "PR4", "C1")
    assert (one.ended_because, one.began_because, one.row) == ("E4A", "S", 2)


def test_episodes_that_meet_are_one_period_and_a_gap_parts_two(tmp_path):
    records = good(
        tmp_path,
        line("A", "2024-03-01", "2024-05-01", starts="P", ends="E4A"),
        line("A", "2024-01-10", "2024-03-01", ends="X1"),
        line("A", "2024-05-02", "2024-06-01"),
    )

    spans = [(one.began, one.ended, len(one.episodes)) for one in records.periods]
    assert spans == [
        (day("2024-01-10"), day("2024-05-01"), 2),
        (day("2024-05-02"), day("2024-06-01"), 1),
    ]


def test_an_open_period_is_followed_to_the_day_that_the_file_tells_of(tmp_path):
    lines = line("A", "2024-01-10", ends=""), line("B", "2024-01-10", "2024-06-01")

    by_default, given = good(tmp_path, *lines), good(tmp_path, *lines, as_of=day("2025-01-01"))

    assert [one.last for one in by_default.periods] == [day("2024-06-01")] * 2
    assert {(one.ended, one.last) for one in given.periods} == {
        (None, day("2025-01-01")),
        (day("2024-06-01"), day("2024-06-01")),
    }
    assert any("2024-06-01, the last in it" in told for told in by_default.told)


def test_care_that_goes_on_outside_the_file_has_no_end(tmp_path):
    records = good(tmp_path, line("A", "2024-01-10", "2024-03-01", ends="X1"),
                   line("B", "2024-01-10", "2024-06-01"))  # fmt: skip

    (cut, whole) = records.periods
    assert (cut.ended, cut.last) == (None, day("2024-03-01"))
    assert whole.ended == day("2024-06-01")
    assert any("go on in episodes that are not in the file" in told for told in records.told)


def test_a_period_that_began_before_the_file_has_no_known_length(tmp_path):
    records = good(tmp_path, line("A", "2024-01-10", "2024-06-01", starts="P"))

    assert not records.periods[0].from_start
    assert any("of unknown length" in told for told in records.told)


def test_short_breaks_are_left_out_and_told(tmp_path):
    breaks = [line(f"S{n}", "2024-02-01", "2024-02-03", legal="V4") for n in range(6)]
    records = good(tmp_path, line("A", "2024-01-10", "2024-06-01"), *breaks)

    assert len(records.episodes) == 1
    assert "Care: 6 episodes of short breaks (V3, V4) were left out." in records.told


def test_fewer_than_five_of_anything_are_told_as_that(tmp_path):
    records = good(tmp_path, line("A", "2024-01-10", "2024-06-01"),
                   line("B", "2024-02-01", "2024-02-03", legal="V3"))  # fmt: skip

    assert "Care: fewer than 5 episodes of short breaks (V3, V4) were left out." in records.told


def test_codes_that_are_not_on_the_list_count_as_other_and_are_told(tmp_path):
    lines = [line(f"A{n}", "2024-01-10", "2024-06-01", "Q9", "PR8") for n in range(5)]
    records = good(tmp_path, *lines)

    assert len(records.episodes) == 5
    assert kind_of("Q9") == provided("PR8") == "other"
    told = [one for one in records.told if "not on our list" in one]
    assert [one.split(":")[0] for one in told] == ["PLACE", "PLACE_PROVIDER"]
    assert "5 codes" in told[0]
    assert "U4" in told[0]


def test_the_file_is_trusted_from_the_first_day_on_which_one_left(tmp_path):
    lines = line("A", "2020-01-10", "2024-04-20"), line("B", "2024-05-01", "2024-06-01")

    assert good(tmp_path, *lines).since == day("2024-04-20")
    assert good(tmp_path, *lines, since=day("2024-04-01")).since == day("2024-04-01")


def test_columns_may_stand_in_any_order_and_case_and_with_semicolons(tmp_path):
    records = good(
        tmp_path, "x;2024-06-01;K2;C2;2024-01-10;A1", header="urn;dec;place;ls;decom;child"
    )

    assert records.episodes[0].placement == "K2"
    assert records.columns == ("DEC", "PLACE", "LS", "DECOM", "CHILD")
    assert any("RNE, PLACE_PROVIDER, REC" in told for told in records.told)
    assert "Stripped unread: 1 columns that nothing is learnt from." in records.told


def test_every_column_of_the_return_is_either_read_or_stripped():
    assert set(HEADER.split(",")) <= set(READ) | set(STRIPPED)
    assert not set(READ) & set(STRIPPED)


def test_a_file_is_left_as_it_was(tmp_path):
    path = written(tmp_path, line("A", "2024-01-10", "2024-06-01"))
    before = path.read_bytes()

    read_care(path, Problems(), None, TODAY)

    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_the_readme_tells_the_columns_as_they_are():
    told = (Path(familyflow.records.__file__).parent / "README.md").read_text(encoding="utf-8")

    for name, meaning in READ.items():
        assert f"| `{name}` | {'yes' if name in NEEDED else ''} | {meaning} |" in told
    assert all(f"`{name}`" in told for name in STRIPPED)
