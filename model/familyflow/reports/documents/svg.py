"""Puts a chart into a page: only shapes, with a name that can be heard and ids of its own."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree

SVG: Final = "http://www.w3.org/2000/svg"
LINK: Final = "{http://www.w3.org/1999/xlink}href"
# What matplotlib draws with; whatever else a file may hold stays out of the page.
_SHAPES: Final = frozenset(
    ("svg", "g", "path", "defs", "use", "clipPath", "rect", "pattern", "line", "circle", "polygon")
)
_WITHIN: Final = re.compile(r"url\(#([^)\s]+)\)")
_OUTSIDE: Final = re.compile(r"url\((?!#)", re.IGNORECASE)


def inline(svg: str, name: str, alt_text: str) -> str:
    """The chart as an element for HTML, its ids begun with `name`, read out as `alt_text`."""
    root = ElementTree.fromstring(svg)
    _keep_shapes(root)
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{SVG}}}")
        element.attrib = dict(_attributes(element, name))
        element.text = element.tail = None  # shapes hold no words
    for size in ("width", "height"):  # the page says how large
        root.attrib.pop(size, None)
    root.attrib |= {"role": "img", "aria-label": alt_text}
    return ElementTree.tostring(root, encoding="unicode")


def _keep_shapes(parent: ElementTree.Element) -> None:
    for child in list(parent):
        if isinstance(child.tag, str) and child.tag.removeprefix(f"{{{SVG}}}") in _SHAPES:
            _keep_shapes(child)
        else:
            parent.remove(child)


def _attributes(element: ElementTree.Element, name: str) -> list[tuple[str, str]]:
    """Those that draw; two charts in one page may not share an id, and none may reach outside."""
    kept = []
    for key, value in element.attrib.items():
        if key == "id":
            kept.append((key, f"{name}-{value}"))
        elif key in (LINK, "href"):
            if value.startswith("#"):
                kept.append(("href", f"#{name}-{value[1:]}"))
        elif not key.lower().startswith("on") and not _OUTSIDE.search(value) and "{" not in key:
            kept.append((key, _WITHIN.sub(rf"url(#{name}-\1)", value)))
    return kept
