"""The page is written in plain words: a reading age that most people have, no short form unsaid."""

import re
from dataclasses import replace

import pytest

from familyflow.reports.documents.one_page import built
from familyflow.reports.documents.page.parts import Table
from familyflow.reports.words import MINUS

GRADE = 10.0  # of school years (Flesch and Kincaid): about 15 years of age
KNOWN = {"NHS", "BM"}  # BM Radio is the name of a project
VOWELS = re.compile(r"[aeiouy]+")


def sentences_of(page):
    """Every sentence of the page, with names, figures and lists of names taken out."""
    words = [page.answer, *page.beside, *page.basis]
    for block in page.blocks():
        for part in block.parts:
            words += part.notes if isinstance(part, Table) else part.sentences
    text = " ".join(words)
    text = re.sub("\u2018[^\u2019]*\u2019", "it", text)
    text = re.sub(rf"[{MINUS}£]*\d[\d,.]*\d( million)?|\d", "5", text)
    return [one for one in re.split(r"(?<=[.!?:;])\s+", text) if len(one.split()) > 2]


def syllables(word):
    """About how many there are: runs of vowels, without a silent e at the end."""
    found = len(VOWELS.findall(word.lower()))
    return max(1, found - (word.lower().endswith("e") and not word.lower().endswith("le")))


def grade(sentences):
    """The Flesch-Kincaid grade: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    words = [word for one in sentences for word in re.findall(r"[A-Za-z']+", one)]
    return (
        0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    )


@pytest.fixture(scope="module", params=["run", "comparison"])
def page(request, kept, comparison):
    return built(kept if request.param == "run" else comparison)


def test_the_grade_of_known_sentences_is_as_worked_out_by_hand():
    # 6 words, 6 syllables: 0.39 * 6 + 11.8 - 15.59
    assert grade(["The cat sat on the mat."]) == pytest.approx(-1.45)
    assert grade(["Organisational considerations necessitate comprehensive deliberation."]) > 20


def test_most_people_can_read_the_page(page):
    assert grade(sentences_of(page)) <= GRADE


def test_the_measure_sees_words_that_few_can_read(page):
    heavy = "Institutional considerations necessitate methodological transparency. " * 60
    assert grade(sentences_of(replace(page, answer=heavy))) > GRADE


def test_no_short_form_is_left_unexplained(page):
    told = [page.title, page.question, page.answer, *page.beside, *page.basis, page.foot]
    for block in page.blocks():
        told.append(block.heading)
        for part in block.parts:
            if isinstance(part, Table):
                told += [part.caption, *part.heads, *part.notes]
                told += [row.label for row in part.rows]
                told += [cell.text + " " + cell.note for row in part.rows for cell in row.cells]
            else:
                told += part.sentences
    shorts = set(re.findall(r"\b[A-Z]{2,}\b", " ".join(told)))
    assert shorts <= KNOWN


def test_a_figure_is_never_told_without_its_price_base_near_it(page):
    for block in page.blocks():
        drawn = [part for part in block.parts if isinstance(part, Table) and part.key]
        assert all("prices" in part.caption for part in drawn)
