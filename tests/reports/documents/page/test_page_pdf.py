"""The PDF of the page: one tagged sheet of A4, its figures those of the page, nobody's text run."""

import builtins
import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from familyflow.problems import InputError
from familyflow.reports.documents.one_page import built, kept_in, one_page_pdf
from familyflow.reports.documents.page.parts import Table
from familyflow.reports.documents.page.pdf import NO_SIGN, not_shown, page_as_pdf
from familyflow.reports.take_away import write_documents


@pytest.fixture(scope="module", params=["run", "comparison"])
def made(request, ran, compared):
    folder = (ran if request.param == "run" else compared).folder
    return built(kept_in(folder)), one_page_pdf(folder), folder


def read(data):
    """The PDF, and its words without the ends of lines."""
    found = PdfReader(io.BytesIO(data))
    return found, squeezed(" ".join(sheet.extract_text() for sheet in found.pages))


def squeezed(text):
    """The text without spaces, since lines and justified words break where they will."""
    return re.sub(r"\s+", "", text)


def test_it_is_one_tagged_sheet_of_a4_in_british_english(made):
    found, _ = read(made[1])
    root = found.trailer["/Root"]

    assert len(found.pages) == 1
    assert [float(side) for side in found.pages[0].mediabox[2:]] == pytest.approx(
        [595.28, 841.89], abs=0.1
    )
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower() == "en-gb"
    assert found.metadata.title == f"{made[0].title}: {made[0].about}"


def test_every_figure_and_sentence_of_the_page_stands_in_it(made):
    page, data, _ = made
    _, words = read(data)

    for sentence in (page.answer, *page.beside, *page.basis, page.foot):
        assert squeezed(sentence) in words, sentence
    tables = [part for block in page.blocks() for part in block.parts if isinstance(part, Table)]
    told = [cell for table in tables for row in table.rows for cell in row.cells]
    assert len([cell for cell in told if cell.exact is not None]) > 30
    for cell in told:
        assert squeezed(cell.text) in words, cell


def test_a_page_too_full_for_one_sheet_leaves_years_and_work_to_the_screen(comparison):
    page = built(comparison)
    full = replace(page, beside=(*page.beside, *["A warning that takes a line. " * 4] * 6))

    found, words = read(page_as_pdf(full))

    assert len(found.pages) == 1
    unverified = next(one for one in page.blocks() if one.name == "unverified")
    for sentence in (full.answer, *full.beside, *full.basis, *unverified.parts[0].sentences):
        assert squeezed(sentence) in words, sentence
    assert squeezed("Each year stands on the screen.") in words
    assert squeezed("numbers to put in first") not in words


def test_every_warning_of_a_comparison_stands_in_it(compared):
    kept = kept_in(compared.folder)
    options = [{**row, "warnings": [f"Warning {n} costs £{n}00."]} for n, row in
               enumerate(kept.results["options"])]  # fmt: skip
    page = built(replace(kept, results={**kept.results, "options": options, "cautions": ["Mind"]}))
    _, words = read(page_as_pdf(page))

    assert "Mind." in words
    for number in range(len(options)):
        assert f"Warning{number}costs£{number}00." in words


def test_no_font_of_the_machine_is_used_and_nothing_smaller_than_8_points(made):
    found, _ = read(made[1])
    sizes, names = set(), set()

    def seen(text, _, matrix, font, size):
        if text.strip():
            sizes.add(round(size * abs(matrix[3]), 2))
            names.add(str(font["/BaseFont"]) if font else "")

    found.pages[0].extract_text(visitor_text=seen)

    assert min(sizes) >= 8.0
    assert all("LibertinusSerif" in name for name in names)


def test_the_same_folder_gives_the_same_bytes(made):
    assert one_page_pdf(made[2]) == made[1]


def test_hostile_text_is_only_told(hostile_run, hostile_comparison):
    for folder in (hostile_run, hostile_comparison):
        data = one_page_pdf(folder)
        _, words = read(data)

        assert squeezed("'=cmd|' /C calc'!A0<script>alert(1)</script>") in words
        assert len(data) < 1_000_000
        assert b"/JavaScript" not in data
        assert b"/URI" not in data


def test_marks_of_typst_in_a_title_are_read_as_they_are_written(comparison):
    page = replace(built(comparison), title='#panic("x") *bold* $x^2$ @ref <label> \\ // /* "')

    _, words = read(page_as_pdf(page))

    assert squeezed(page.title) in words


@pytest.mark.parametrize(
    ("title", "lost"),
    [
        ("Family 家庭支援 in Leeds", "家庭支援"),
        ("Family \N{GRINNING FACE} and \N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}",
         "\N{GRINNING FACE}\N{MAN}\N{WOMAN}"),
        ("Family ครอบครัว \u0e17\u0e35\u0e48", "ครอบัว\u0e17\u0e35\u0e48"),
        ("ቤተሰብ বাংলা 家", "ቤተሰብলব家"),
    ],
)  # fmt: skip
def test_a_letter_without_a_sign_in_the_fonts_is_a_square_and_somebody_is_told(
    comparison, title, lost
):
    told = []

    data = page_as_pdf(replace(built(comparison), title=title), told.append)

    _, words = read(data)
    assert not set(lost) & set(words)
    assert words.count(NO_SIGN) >= sum(title.count(letter) for letter in lost if letter != "\u0e35")
    (sentence,) = told
    assert set(lost) <= set(sentence)
    assert all(letter.isascii() or letter == NO_SIGN or letter in title for letter in sentence)


@pytest.mark.parametrize("title", ["משפחה", "أسرة", "परिवार", "Łódź Ελλάδα семья"])
def test_a_script_that_the_fonts_hold_stays_as_it_is(comparison, title):
    told = []

    page = replace(built(comparison), title=title)
    found, words = read(page_as_pdf(page, told.append))

    assert told == []
    assert NO_SIGN not in words
    assert found.metadata.title.startswith(title)


def test_only_what_typst_could_not_show_is_read_from_its_words():
    words = 'the text `"{}"` could not be displayed with font `"é"`'

    told = "\n".join(map(words.format, ("中", r"\u{200d}", "x", NO_SIGN)))

    assert not_shown(told) == {"中", "\u200d"}


def test_without_typst_a_person_is_told_what_to_install_and_nothing_is_written(
    ran, monkeypatch, tmp_path
):
    import shutil

    really = builtins.__import__

    def without(name, *others, **more):
        if name == "typst":
            raise ImportError(name)
        return really(name, *others, **more)

    folder = shutil.copytree(ran.folder, tmp_path / "run")
    monkeypatch.setattr(builtins, "__import__", without)

    with pytest.raises(InputError, match=r"familyflow\[pdf\]") as caught:
        write_documents(folder, ["html", "pdf"])

    assert caught.value.exit_code == 2
    assert not (folder / "reports").exists()
