"""The map of the model is what the source says, and the picture says it too."""

import ast
from pathlib import Path

import familyflow
from familyflow.reports.review.map_picture import alt_text, picture
from familyflow.reports.review.model_map import first_paragraph, imported, parts

PACKAGE = Path(familyflow.__file__).parent
SOURCES = [
    file
    for folder in ("reports", "store", "economics", "cli")
    for file in (PACKAGE / folder).rglob("*.py")
]


def test_the_source_read_as_text_says_what_it_says_when_parsed():
    assert len(SOURCES) > 100
    for file in SOURCES:
        text = file.read_text(encoding="utf-8")
        tree = ast.parse(text)
        assert set(imported(text)) == set(parsed(tree)), file
        told = (ast.get_docstring(tree) or "").partition("\n\n")[0]
        assert first_paragraph(text) == " ".join(told.split()).replace("`", ""), file


def parsed(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("familyflow"):
            below = node.module.split(".")[1:2]
            yield from below or [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            named = [alias.name.split(".") for alias in node.names]
            yield from (parts[1] for parts in named if parts[0] == "familyflow" and parts[1:])


def test_each_part_stands_above_all_that_it_uses_and_says_what_it_does():
    level = {part.name: part.level for part in parts()}

    folders = {file.parent.name for file in PACKAGE.glob("*/__init__.py")}
    assert folders <= set(level)
    for part in parts():
        assert part.says.endswith("."), part.name
        assert all(level[used] < part.level for used in part.uses)
        assert all(module.says for module in part.modules), part.name


def test_the_picture_holds_every_part_and_can_be_read_by_ear():
    found = parts()

    assert all(f">{part.name}</text>" in picture(found) for part in found)
    assert all(part.name in alt_text(found) for part in found)
    assert alt_text(found) in picture(found).unescape()
