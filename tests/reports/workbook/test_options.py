"""The workbook of a comparison: options side by side, with sums and differences as formulas."""

import json
import re
from dataclasses import replace
from io import BytesIO

import pytest
from benchmarks.office import recalculated
from openpyxl import load_workbook
from tests.reports.workbook.office import needs_office
from tests.reports.workbook.test_workbook import SAFE

from familyflow.experiments.compare import compare
from familyflow.problems import InputError
from familyflow.reports.answer import FEWEST
from familyflow.reports.take_away import write_documents
from familyflow.reports.workbook import options_workbook_bytes
from familyflow.reports.workbook.options_book import bytes_of_options
from familyflow.reports.workbook.options_kept import read_compared

pytestmark = pytest.mark.whole
SMALL = ("appraisal.term_years=2", "appraisal.follow_up_years=2")
NAMES = ("core_offer", "two_more_key_workers", "no_service")


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    out = tmp_path_factory.mktemp("compared")
    return compare(NAMES, draws=4, sets=SMALL, workers=1, out=out, structures=False).folder


@pytest.fixture(scope="module")
def content(compared):
    return options_workbook_bytes(compared)


def rows_of(content, **how):
    book = load_workbook(BytesIO(content), **how)
    return {row[0]: row for row in book["Options"].iter_rows(values_only=True) if row[0]}


def test_each_option_has_its_cost_saving_and_unit_costs(compared, content):
    options = json.loads((compared / "results.json").read_text(encoding="utf-8"))["options"]

    rows = rows_of(content, data_only=True)

    for label, name in (("Cost, whoever pays", "cost"), ("Fiscal saving", "fiscal_saving"),
                        ("Net saving: fiscal saving less cost", "net_saving"),
                        ("Net present value: public value less cost", "net_present_value"),
                        ("Cost for each family who starts", "cost_per_family_started"),
                        ("Fiscal saving for each £1", "fiscal_return")):  # fmt: skip
        for place, option in enumerate(options, start=2):
            mean = option["money"][name]["mean"]
            expected = "not defined" if mean is None else pytest.approx(mean, rel=1e-9, abs=1e-6)
            assert rows[label][place] == expected, (label, option["option"])


def test_sums_ratios_and_differences_are_formulas_with_safe_functions(content):
    rows = rows_of(content)

    for label in ("Cost, whoever pays", "Fiscal saving for each £1", "Public value for each £1"):
        assert all(str(cell).startswith("=") for cell in rows[label][2:5]), label
    assert all(str(cell).startswith("=") for cell in rows["Families who start"][6:8])
    book = load_workbook(BytesIO(content))
    formulas = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row
                if cell.data_type == "f"]  # fmt: skip
    used = {name for text in formulas for name in re.findall(r"([A-Z_.]+)\(", text)}
    assert used <= SAFE | {"SUMIF"}


def test_what_is_told_of_all_options_stands_beside_them(content):
    book = load_workbook(BytesIO(content), data_only=True)

    assert book.sheetnames[0] == "Options"
    assert book.sheetnames[-2:] == ["Checks", "About"]
    assert "Who is served" in book.sheetnames
    assert book["Checks"]["B2"].value is True
    assert len(list(book["Checks"].iter_rows(min_row=4))) > 40
    served = {row[0] for row in book["Who is served"].iter_rows(min_row=5, values_only=True)}
    assert {"Core offer", "Two more key workers"} <= served


def test_it_says_that_prices_are_not_live_where_a_reader_would_look(content):
    notes = [row[0] for row in load_workbook(BytesIO(content))["Options"].iter_rows(
        min_row=2, max_row=5, values_only=True)]  # fmt: skip

    (told,) = [note for note in notes if note.startswith("Prices, pay, discount rates and offers")]
    assert "not in this workbook" in told
    assert "the workbook of each option's own run" in told


def test_the_same_comparison_gives_the_same_bytes_and_report_finds_its_workbook(compared, content):
    (written,) = write_documents(compared, ["xlsx"])

    assert written.read_bytes() == content == options_workbook_bytes(compared)


def test_of_too_few_draws_no_chance_is_told_and_the_workbook_says_so(content):
    book = load_workbook(BytesIO(content), data_only=True)
    rows = rows_of(content, data_only=True)

    for label in ("Chance of a net saving", "Chance of being best, by public value less cost"):
        assert rows[label][2:5] == ("too few draws",) * 3
    assert "Too few draws to tell" in book["Options"]["A2"].value
    assert "Too few draws to tell" in book["Frontier"]["A2"].value
    heads = [cell.value for cell in book["Frontier"][4] if cell.value]
    assert "Best on the mean" in heads
    assert [head for head in heads if head.startswith(("Best:", "Frontier"))] == []


def test_of_enough_draws_chances_are_told(compared):
    kept = read_compared(compared)
    results = {**kept.results, "draws": FEWEST}

    content = bytes_of_options(replace(kept, results=results))

    book = load_workbook(BytesIO(content), data_only=True)
    chances = rows_of(content, data_only=True)["Chance of a net saving"][2:5]
    assert all(isinstance(chance, int | float) for chance in chances)
    assert "Too few" not in book["Options"]["A2"].value + book["Frontier"]["A2"].value


@needs_office
def test_recalculated_the_options_are_what_was_cached(content):
    book = recalculated({"options": content})["options"]

    cached = load_workbook(BytesIO(content), data_only=True)
    for sheet in cached:
        for row in sheet.iter_rows():
            for cell in row:
                found, numeric = book[sheet.title][cell.coordinate].value, cell.data_type == "n"
                if cell.value in (None, ""):
                    assert found in (None, "")
                else:
                    right = pytest.approx(cell.value, rel=1e-9, abs=1e-7) if numeric else cell.value
                    assert found == right, (sheet.title, cell.coordinate)


def test_a_check_fails_where_the_comparison_found_something_else(compared):
    kept = read_compared(compared)
    results = json.loads(json.dumps(kept.results))
    results["options"][1]["money"]["net_saving"]["mean"] *= 1 + 1e-8

    book = load_workbook(BytesIO(bytes_of_options(replace(kept, results=results))), data_only=True)

    assert book["Checks"]["B2"].value is False


def test_hostile_titles_of_options_are_only_words(compared):
    kept = read_compared(compared)
    results = json.loads(json.dumps(kept.results))
    for option, title in zip(results["options"], ("=1+1", "<script>", "a\x00b" * 9), strict=True):
        option["title"] = title

    book = load_workbook(BytesIO(bytes_of_options(replace(kept, results=results))))

    heads = [cell for cell in book["Options"][6] if cell.value in ("=1+1", "<script>")]
    assert {cell.data_type for cell in heads} == {"s"}
    assert len(heads) == 2


def test_a_damaged_comparison_is_refused(tmp_path):
    folder = compare(
        NAMES[:2], draws=2, sets=SMALL, workers=1, out=tmp_path, structures=False
    ).folder
    (folder / "tables" / "frontier.csv").write_text("at\n=1+1\n", encoding="utf-8")

    with pytest.raises(InputError, match="damaged"):
        options_workbook_bytes(folder)
