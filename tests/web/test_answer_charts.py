"""Charts say of which draws their numbers are, in words that are not those of a machine."""

import csv

import pytest
from tests.web.finished import compared, made_once

from familyflow.reports.pictures.labels import called
from familyflow.store import read_manifest
from familyflow.web.answers.charts import charts_of
from familyflow.web.answers.size import size_of

__all__ = ["compared", "made_once"]


@pytest.fixture
def drawn(compared):
    """The charts of the comparison by name, as if it had so many draws."""

    def of(**more):
        results = {**compared.results, **more}
        manifest = read_manifest(compared.folder)
        found = charts_of(compared.folder, manifest, called(results), results)
        return {one.name: one for one in found}

    return of


def test_numbers_of_fewer_draws_than_the_page_say_so(drawn):
    told = drawn(draws=5_000, who_is_served_draws=70)

    cautions = {name: one.caution for name, one in told.items() if one.caution}
    assert cautions.keys() == {"who_is_served"}
    assert "the first 70 of 5,000 draws" in cautions["who_is_served"]


def test_numbers_of_every_draw_need_no_caution(drawn):
    told = drawn(draws=70, who_is_served_draws=70)

    assert not any(one.caution for one in told.values())


def test_tables_of_charts_are_written_in_words(compared, drawn):
    numbers = drawn()["who_is_served"].numbers
    with (compared.folder / "tables" / numbers.file).open(encoding="utf-8") as text:
        assert any(row["figure"] == "families_gave_up_waiting" for row in csv.DictReader(text))

    cells = [cell for row in numbers.rows for cell in row]
    assert "families gave up waiting" in cells
    assert not any("_" in cell for cell in cells)


def test_a_column_of_an_option_has_its_title(compared, drawn):
    heads = drawn()["chance_of_being_best"].numbers.heads

    assert "best: Core offer" in heads
    assert not any("core" in head for head in heads)


def test_every_chart_says_how_large_it_is_so_that_nothing_jumps(drawn):
    assert all(one.size for one in drawn().values())


def test_the_room_kept_for_a_chart_has_its_very_shape(tmp_path):
    file = tmp_path / "one.svg"
    file.write_text('<svg height="479pt" viewBox="0 0 648 479.52" width="648pt"></svg>')

    width, height = size_of(file)

    assert width / height == 648 / 479.52
