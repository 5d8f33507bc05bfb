"""A new edition of a unit cost database drops in by its codes, and changes nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from familyflow.parameters.draws import base_values
from familyflow.parameters.explain import explain
from familyflow.parameters.library import Library, load_library, read_library
from familyflow.problems import InputError, Problems
from familyflow.scenarios.resolve import resolve
from familyflow.shipped import parameters_folder

HEADER = "code,value,price_year,kind,edition\n"
# GMCA (New Economy), Unit Cost Database v1.4, March 2015: code, kind, pounds, price year
PUBLISHED = (
    ("SS4.1", "fiscal", 25_000, "2005/06"),
    ("SS5.0", "fiscal", 1_416, "2008/09"),
    ("SS5.0.1", "fiscal", 186, "2008/09"),
    ("SS5.0.2", "fiscal", 271, "2008/09"),
    ("SS5.0.7", "fiscal", 511, "2008/09"),
    ("SS6.0", "fiscal", 1_515, "2010/11"),
    ("CR2.0.1", "fiscal", 1_171, "2008/09"),
    ("CR2.0.2", "fiscal", 581, "2008/09"),
    ("CR2.0.3", "fiscal", 415, "2008/09"),
    ("CR2.0", "economic", 1_473, "2008/09"),
    ("CR2.0", "social", 6_795, "2008/09"),
    ("HE1.0", "fiscal", 1_800, "2009/10"),
    ("HE1.0", "social", 1_398, "2009/10"),
    ("HE11.0", "fiscal", 830, "2007/08"),
    ("HE11.0", "economic", 3_841, "2007/08"),
)
CASE_TIME = "unit_costs.children_social_care.early_help_year_case_time"
USUAL = "unit_costs.children_social_care.usual_support_episode"
ASSESSMENT = "unit_costs.children_social_care.assessment"
TREE = """\
week:
  label: A week in foster care
  unit: GBP per week
  price_year: 2013/14
  value: 700
  dated: {"2013/14": 700, "2016/17": 800}
  distribution: {gamma: {mean: 700, sd: 140}}
  code: SS2.0
  grade: B
  status: assumed
  note: A test.
other: {label: Another, unit: GBP per week, price_year: 2013/14, value: 700, grade: B,
  status: assumed, note: A test., distribution: {uniform: {low: 600, high: 800}}}
by_grade: {label: By grade, unit: GBP per year, price_year: 2013/14, value: 1400, grade: B,
  status: assumed, note: A test., distribution: by_grade, code: SS2.0, per_code: 2}
listed: {label: Listed, unit: GBP per week, price_year: 2013/14, value: 700, grade: B,
  status: assumed, note: A test., code: SS2.0,
  distribution: {discrete: {values: [600, 800], shares: [0.5, 0.5]}}}
"""


def edition(folder: Path, text: str) -> Path:
    path = folder / "edition.csv"
    path.write_text(text, encoding="utf-8")
    return path


def shipped_with(path: Path) -> Library:
    return load_library([parameters_folder(), path])


@pytest.fixture
def small(tree, tmp_path: Path):
    """The small tree with these rows laid over it."""
    folder = tree(**{"service/costs": TREE})

    def lay(rows: str) -> Library:
        return load_library([folder, edition(tmp_path, "code,value,price_year\n" + rows)])

    return lay


def test_every_shipped_value_is_its_database_figure_times_its_factor() -> None:
    figures = {(code, kind): (pounds, year) for code, kind, pounds, year in PUBLISHED}

    coded = [parameter for parameter in load_library().values() if parameter.code]

    assert len(coded) >= 13
    for parameter in coded:
        parts = [figures[code, str(parameter.kind)] for code in str(parameter.code).split("+")]
        database = sum(pounds for pounds, _ in parts)
        times = parameter.per_code or 1.0
        assert parameter.value == pytest.approx(times * database, rel=1e-6), parameter.name
        assert {year for _, year in parts} == {parameter.price_year}, parameter.name


def test_the_edition_with_todays_values_changes_no_number(tmp_path: Path) -> None:
    rows = "".join(f"{c},{v},{y},{k},The same\n" for c, k, v, y in PUBLISHED)
    path = edition(tmp_path, HEADER + rows)

    now, then = resolve("core_offer", parameter_files=[path]), resolve("core_offer")

    assert now.warnings == ()
    assert base_values(now.parameters) == base_values(then.parameters)
    assert now.canonical() == then.canonical()


def test_a_doubled_figure_doubles_only_what_uses_it(tmp_path: Path) -> None:
    before = load_library()

    after = shipped_with(edition(tmp_path, HEADER + "SS6.0,3030,2010/11,,v3\n"))

    changed = [name for name in before if before[name].value != after[name].value]
    assert changed == [CASE_TIME, USUAL]
    for name in changed:
        assert after[name].value == 2 * before[name].value
        assert after[name].distribution.mean == pytest.approx(2 * before[name].distribution.mean)
        doubled = [2 * end for end in before[name].distribution.interval()]
        assert after[name].distribution.interval() == pytest.approx(doubled, rel=1e-12)
    same = [name for name in before if name not in changed]
    assert all(before[name] == after[name] for name in same)


def test_a_factor_keeps_half_a_year_from_being_read_as_a_year(tmp_path: Path) -> None:
    library = shipped_with(edition(tmp_path, HEADER + "SS6.0,2000,2024/25,,v3\n"))

    assert (library[CASE_TIME].value, library[CASE_TIME].price_year) == (4000.0, "2024/25")
    assert (library[USUAL].value, library[USUAL].price_year) == (2000.0, "2024/25")


def test_joined_codes_are_the_sum_when_all_of_them_stand_in_the_file(tmp_path: Path) -> None:
    rows = "SS5.0.1,300,2024/25,,v3\nSS5.0.2,400,2024/25,,v3\n"

    assert shipped_with(edition(tmp_path, HEADER + rows))[ASSESSMENT].value == 700.0


def test_one_of_two_joined_codes_changes_nothing_and_is_warned_of(tmp_path: Path) -> None:
    library = shipped_with(edition(tmp_path, HEADER + "SS5.0.1,300,2024/25,,v3\n"))

    assert library[ASSESSMENT] == load_library()[ASSESSMENT]
    assert "without SS5.0.2" in library.warnings[0]
    assert f"{ASSESSMENT} is the sum of all of them" in library.warnings[0]


def test_joined_codes_in_different_price_years_are_refused(tmp_path: Path) -> None:
    rows = "SS5.0.1,300,2024/25,,v3\nSS5.0.2,400,2023/24,,v3\n"

    with pytest.raises(InputError, match="prices of 2023/24, 2024/25") as refused:
        shipped_with(edition(tmp_path, HEADER + rows))

    assert refused.value.problems[0].line == 2


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("\n\n", (1, 1), "the file is empty"),
        (HEADER, (1, 1), "no row below the names"),
        (HEADER + "SS6.0,1,2024/25,,v\x1b[31m3\n", (2, 18), "cannot be shown (U+001B)"),
        (HEADER + "SS5.0.1+SS5.0.2,1,2024/25,,v3\n", (2, 1), "is no single code"),
        (HEADER + "SS5.0.7,1e12,2024/25,,v3\n", (2, 9), "distribution.pert: pert gives values"),
    ],
)
def test_a_mistake_points_at_its_row_and_never_at_the_entry(
    tmp_path: Path, text: str, place: tuple[int, int], words: str
) -> None:
    with pytest.raises(InputError) as refused:
        shipped_with(edition(tmp_path, text))

    (problem,) = refused.value.problems
    assert words in problem.what
    assert (Path(problem.file).name, problem.line, problem.column) == ("edition.csv", *place)


def test_a_code_that_nobody_uses_is_named_in_a_warning(tmp_path: Path) -> None:
    library = shipped_with(edition(tmp_path, HEADER + "SS2.0,1400,2013/14,,v3\n"))

    assert [w.rpartition("edition.csv")[2] for w in library.warnings] == [
        ":2:7: no fiscal unit cost uses the code SS2.0, so its row changes nothing."
    ]
    assert dict(library) == dict(load_library())


def test_one_code_with_several_values_is_told_apart_by_kind(tmp_path: Path) -> None:
    library = shipped_with(edition(tmp_path, HEADER + "HE1.0,2000,2009/10,social,v3\n"))

    assert library["unit_costs.health.substance_misuse_social"].value == 2000.0
    assert library["unit_costs.health.substance_misuse_fiscal"].value == 1800.0


def test_a_value_of_another_kind_is_never_taken_without_being_asked(tmp_path: Path) -> None:
    library = shipped_with(edition(tmp_path, HEADER + "CR2.0,2470,2008/09,,v1.4\n"))

    assert "is that of economic, social: say so in a column 'kind'" in library.warnings[0]
    assert dict(library) == dict(load_library())


def test_every_form_of_doubt_keeps_its_proportion(small) -> None:
    library = small("SS2.0,1400,2016/17\n")

    week, listed = library["service.costs.week"], library["service.costs.listed"]
    assert week.distribution.settings == {"mean": 1400.0, "sd": 280.0}
    assert listed.distribution.settings == {"values": [1200.0, 1600.0], "shares": [0.5, 0.5]}
    assert library["service.costs.by_grade"].value == 2800.0
    assert library["service.costs.by_grade"].distribution.mean == pytest.approx(2800.0)
    assert library["service.costs.other"].value == 700.0


def test_a_price_series_gains_the_new_figure(small) -> None:
    week = small("SS2.0,1400,2024/25\n")["service.costs.week"]

    assert week.dated == {"2013/14": 700.0, "2016/17": 800.0, "2024/25": 1400.0}


def test_a_figure_of_another_unit_is_suspected(small) -> None:
    warnings = small("SS2.0,50000,2024/25\n").warnings

    assert "service.costs.week = 50000 is far from 700 before: check the unit" in warnings[0]


@pytest.mark.parametrize(
    ("column", "given", "title"),
    [("edition", "Unit Cost Database v3.0", "Unit Cost Database v3.0"), ("title", "T", "T"),
     ("unit", "per six months", "edition")],
)  # fmt: skip
def test_explain_names_the_edition_and_the_file_that_chose_it(
    tmp_path: Path, column: str, given: str, title: str
) -> None:
    text = f"code,value,price_year,year,{column}\nSS6.0,2000,2024/25,2026,{given}\n"

    lines = explain(shipped_with(edition(tmp_path, text)), CASE_TIME)

    source = next(line for line in lines if line.startswith("source: "))
    assert source.startswith(f"source: {title} (2026): SS6.0, 2000 x 2")
    assert source.endswith("edition.csv, line 2")
    assert lines[-1].endswith("edition.csv:2:7")


@pytest.mark.parametrize(
    ("text", "place", "what", "to_do"),
    [
        ("", (1, 1), "the file is empty", "code,value,price_year"),
        ("code,value\nSS6.0,1\n", (1, 1), "no column price_year", "code,value,price_year"),
        ("code;value;price_year\n", (1, 1), "no column", "separated by commas"),
        ("code,value,price_year,pages\n", (1, 1), "no column 'pages'", "Columns are"),
        ("code,value,price_year,code\n", (1, 1), "'code' stands twice", "Keep one"),
        ("{h}SS6.0,1,515,2010/11\n", (2, 1), "4 cells", "write 1515, not 1,515"),
        ('{h}SS6.0,"1,515",2010/11\n', (2, 7), "'1,515'", "Did you mean 1515"),
        ("{h}SS6.0,,2010/11\n", (2, 7), "missing value", "Give a number"),
        ("{h}SS6.0,0,2010/11\n", (2, 7), "above 0", "Leave the row out"),
        ("{h}SS6.0,nan,2010/11\n", (2, 7), "not a number", "finite"),
        ("{h}SS6.0,1515,2010\n", (2, 12), "not a financial year", "2010/11"),
        ("{h}SS6.0,1515,2010/11\n\nSS6.0,2,2010/11\n", (4, 1), "twice: here and in line 2", "one"),
        ("{h},1515,2010/11\n", (2, 1), "missing value", "Give the code"),
        ("{h}SS6.0,1515,1950/51\n", (2, 7), "no deflator", "Covered are"),
        ('{h}SS6.0,"1515"5,2010/11\n', (2, 1), "no CSV", "Save it again"),
        ("code,value,price_year,kind\nHE1.0,1,2010/11,soziall\n", (2, 17), "no kind", "'social'"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_its_line(
    tmp_path: Path, text: str, place: tuple[int, int], what: str, to_do: str
) -> None:
    path = edition(tmp_path, text.replace("{h}", "code,value,price_year\n"))
    problems = Problems()

    read_library([parameters_folder(), path], problems)

    assert {(p.line, p.column) for p in problems.found} == {place}
    assert all(what in p.what and to_do in p.to_do for p in problems.found)


def test_every_bad_row_is_told_at_once(tmp_path: Path) -> None:
    path = edition(tmp_path, "code,value,price_year\nSS6.0,x,2010/11\nSS5.0,y,2010/11\n")
    problems = Problems()

    read_library([parameters_folder(), path], problems)

    assert [p.line for p in problems.found] == [2, 3]


def test_a_scenario_may_name_an_edition(tmp_path: Path) -> None:
    edition(tmp_path, HEADER + "SS6.0,2000,2024/25,,v3\n")
    scenario = tmp_path / "s.yaml"
    scenario.write_text("title: x\nextends: core_offer\nparameters: [edition.csv]\n")

    assert resolve(scenario).parameters[USUAL].value == 2000.0
